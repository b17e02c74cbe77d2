"""`congvu export bpmn PROCEDURE`: the process of a procedure as a BPMN 2.0 file with lanes and a drawing."""

import argparse
import sys
from pathlib import Path

from congvu.config.cli.output import OK, BadInput, note

HELP = "quy trình của một thủ tục thành sơ đồ BPMN 2.0"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("procedure", metavar="MÃ", help="mã thủ tục, hoặc mã quy trình đã nhập")
    parser.add_argument("--output", metavar="TỆP", help="ghi vào tệp này (mặc định: in ra màn hình)")
    parser.add_argument("--draft", action="store_true", help="bản thảo thay cho bản đang áp dụng")


def run(args: argparse.Namespace) -> int:
    """0: written; 2: no such procedure, it has no process, or the file cannot be written."""
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.procedures.queries.graphs import process_of_code, stored_process
    from congvu.procedures.rules.bpmn.write import write_bpmn

    found = process_of_code(args.procedure, clock.today(), draft=args.draft)
    if found is None:
        raise BadInput(
            "Không có quy trình nào mang mã này đang áp dụng."
            if not args.draft
            else "Không có bản thảo quy trình.",
            where=args.procedure,
            do="Ghi mã như trong danh mục; thủ tục phải có quy trình đã công bố.",
        )
    document = write_bpmn(stored_process(found.pk).graph, found.name, found.code)
    if not args.output:
        sys.stdout.buffer.write(document)
        return OK
    try:
        Path(args.output).write_bytes(document)
    except OSError as problem:
        raise BadInput(
            f"Không ghi được tệp ({problem.strerror}).",
            where=args.output,
            do="Kiểm tra thư mục và quyền ghi.",
        ) from None
    note(f"Đã ghi {args.output}.")
    return OK

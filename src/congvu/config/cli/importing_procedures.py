"""`congvu import procedures FILE…`: published catalogues of procedures, JSON lines."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from congvu.config.cli.given import at_fault, day_if_given
from congvu.config.cli.output import OK, PROBLEM, note, print_json

if TYPE_CHECKING:
    from congvu.procedures.actions.import_procedures import ImportReport

HELP = "danh mục thủ tục đã công bố (mỗi dòng một đối tượng JSON)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="TỆP", help="tệp .jsonl, mã UTF-8")
    parser.add_argument(
        "--valid-from", metavar="NGÀY", help="ngày các bản mới bắt đầu có hiệu lực; mặc định hôm nay"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: all rows stored; 1: some rows rejected (listed); 2: a file that cannot be taken at all."""
    first_day = day_if_given(args.valid_from, "--valid-from")
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.procedures.actions.import_files import BadFile
    from congvu.procedures.actions.import_procedures import import_procedures

    with at_fault(only=BadFile):
        report = import_procedures(
            [Path(name) for name in args.files], by=SYSTEM, at=clock.now(), valid_from=first_day
        )
    if args.json:
        print_json(report.as_json())
    else:
        note(_words(report))
    return PROBLEM if report.rejected else OK


def _words(report: "ImportReport") -> str:
    from congvu.procedures.rules.doubts import DoubtKind

    lines = [
        f"Đã đọc {report.read} dòng; danh mục có {report.stored} dòng "
        f"(mới {report.new}, đổi {report.changed}, không đổi {report.unchanged}).",
        *(
            f"  Nghi vấn: {count:4d} {DoubtKind.label_of(kind).lower()}"
            for kind, count in report.doubts.items()
        ),
        *(f"  Không đọc được {one.row_ref}: {one.why}" for one in report.rejected),
    ]
    return "\n".join(lines)

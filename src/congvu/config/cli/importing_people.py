"""`congvu import people FILE`: people from a sheet; every row is answered, none dropped."""

import argparse
from pathlib import Path

from congvu.config.cli.given import at_fault, content_of
from congvu.config.cli.output import OK, PROBLEM, BadInput, note, note_first, print_json

HELP = "cán bộ, công chức, viên chức từ bảng Excel hoặc CSV; --dry-run chỉ xem, từng dòng được trả lời"
_SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="tệp .xlsx hoặc .csv (UTF-8), dòng tiêu đề tự nhận ra")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và trả lời, không ghi gì")
    parser.add_argument(
        "--decision", default="", metavar="SỐ", help="quyết định làm căn cứ, bắt buộc khi ghi thật"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: every row taken; 1: some rows refused (each with its reasons); 2: a file that cannot be read at all."""
    path = Path(args.file)
    content = content_of(path)
    if not args.dry_run and not args.decision.strip():
        raise BadInput(
            "Ghi thật cần số quyết định.", where="--decision", do="Thêm --decision SỐ, hoặc --dry-run."
        )
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.sheets.reading import read_csv, read_xlsx
    from congvu.people.actions.import_people import as_document, import_people
    from congvu.people.actions.recording import Decision

    with at_fault():
        report = import_people(
            (read_csv if path.suffix.lower() == ".csv" else read_xlsx)(path.name, content),
            dry_run=args.dry_run,
            decision=Decision(args.decision),
            by=SYSTEM,
            at=clock.now(),
        )
    document = as_document(report, path.name, dry_run=args.dry_run)
    if args.json:
        print_json(document)
    else:
        note(
            f"{path.name}: đọc {document['read']} dòng, nhận {document['accepted']}, không nhận {document['refused']}, "
            f"đã ghi {document['entered']}."
        )
        refused = [one for one in report.rows if not one.ok]
        note_first(
            [
                f"Dòng {one.row} ({one.name or 'không tên'}): {'; '.join(why for _, why in one.problems)}"
                for one in refused
            ],
            most=_SHOWN,
        )
    return PROBLEM if report.refused else OK

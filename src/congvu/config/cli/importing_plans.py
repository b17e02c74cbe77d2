"""`congvu import plans FILE`: plans issued, drafted or missing, from a sheet; every row is answered, none dropped."""

import argparse
from pathlib import Path

from congvu.config.cli.given import at_fault, content_of
from congvu.config.cli.output import OK, PROBLEM, note, note_first, print_json

HELP = "kế hoạch của các đơn vị từ bảng (.xlsx, .csv); --dry-run chỉ xem, từng dòng được trả lời"
_SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="bảng có các cột Đơn vị, Kế hoạch, Số, Ngày ban hành")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và trả lời, không ghi gì")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: every row taken; 1: some rows refused (each with its reasons); 2: a file that cannot be read at all."""
    path = Path(args.file)
    content = content_of(path)
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.sheets.reading import read_sheet
    from congvu.tasks.actions.import_plans import REFUSED, as_document, import_plans

    with at_fault():
        sheet = read_sheet(path.name, content)
        told = import_plans(sheet, dry_run=args.dry_run, by=SYSTEM, at=clock.now())
    document = as_document(told, path.name, dry_run=args.dry_run)
    if args.json:
        print_json(document)
    else:
        note(
            f"{path.name}: đọc {document['read']} dòng, mới {document['new']}, đã có {document['known']}, "
            f"chưa có kế hoạch {document['nothing']}, không nhận {document['refused']}; đã ghi {document['written']}."
        )
        refused = [one.row for one in told.answers if one.outcome == REFUSED]
        note_first(
            [
                f"Dòng {row.line} ({row.unit_words or 'không tên'}): {' '.join(row.problems)}"
                for row in refused
            ],
            most=_SHOWN,
        )
    return PROBLEM if document["refused"] else OK

"""`congvu import index DIR`: an index others publish (PAPI), a file a year with its codebooks."""

import argparse
from pathlib import Path

from congvu.config.cli.given import at_fault, content_of
from congvu.config.cli.output import OK, PROBLEM, BadInput, note, note_first, print_json

HELP = "chỉ số bên ngoài: thư mục có tệp từng năm (papi_2011.csv …) và bảng mã"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="THƯ_MỤC", help="thư mục chứa các tệp CSV")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: every row taken; 1: some rejected (listed with reasons); 2: a folder that cannot be taken at all."""
    folder = Path(args.folder)
    if not folder.is_dir():
        raise BadInput("Không có thư mục này.", where=args.folder, do="Kiểm tra lại đường dẫn.")
    files = {path.name: content_of(path) for path in sorted(folder.glob("*.csv"))}
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indices.actions.import_index import import_index

    with at_fault(where=args.folder):
        done = import_index(files, by=SYSTEM, at=clock.now())
    if args.json:
        print_json(
            {
                "files": done.files, "rows": done.rows, "read": done.read, "stored": done.stored, "unchanged": done.unchanged,
                "blanks": done.blanks, "sets": done.sets,
                "rejected": [{"where": where, "why": why} for where, why in done.rejected],
            }
        )  # fmt: skip
    else:
        note(
            f"{done.files} tệp, {done.rows} dòng: đọc {done.read} số, ghi mới {done.stored}, đã có {done.unchanged}, "
            f"{done.blanks} ô trống để trống, không nhận {len(done.rejected)}."
        )
        note_first([f"Không nhận: {where}: {why}" for where, why in done.rejected], "ô")
    return PROBLEM if done.rejected else OK

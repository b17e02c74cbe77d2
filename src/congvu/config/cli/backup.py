"""`congvu backup FILE`: the database and the attached files in one archive."""

import argparse
from pathlib import Path

from congvu.config.cli.output import OK, note, print_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "backup",
        description="Sao lưu khi hệ thống đang chạy. Tệp chứa dữ liệu cá nhân: cất nơi an toàn (quyền 0600).",
    )
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp .tar sẽ tạo; không ghi đè tệp đã có")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready(migrated=False)  # what is to be upgraded next is backed up as it is
    from congvu.config.cli.archive import write_backup
    from congvu.foundation import clock

    page = write_backup(args.file, at=clock.now())
    if args.json:
        print_json({"file": str(args.file), **page})
    else:
        note(
            f"Đã sao lưu vào {args.file}: cơ sở dữ liệu {page['dump_bytes']} byte, {page['files']} tệp đính kèm."
        )
    return OK

"""`congvu restore FILE`: an archive back into an empty installation, then the upgrades it lacks."""

import argparse
from pathlib import Path

from congvu.config.cli.output import OK, note, print_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "restore",
        description="Phục hồi vào một cơ sở dữ liệu còn trống (CONGVU_HOME mới hoặc DATABASE_URL mới).",
    )
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp do ./congvu backup làm ra")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready(migrated=False)
    from congvu.config.cli.archive import read_backup
    from congvu.config.cli.tables import migrate

    page = read_backup(args.file)
    applied = migrate()  # an older backup is brought up to this program
    from congvu.dossiers.actions import write_notices
    from congvu.foundation import clock
    from congvu.foundation.notices.actions.after_restore import doubt_restored
    from congvu.surveys.actions import invite_finished

    doubtful = doubt_restored((write_notices.READER, invite_finished.READER), at=clock.now())
    if args.json:
        print_json({"file": str(args.file), "applied": applied, "notices_in_doubt": doubtful, **page})
    else:
        note(f"Đã phục hồi bản lúc {page['at']}: {page['files']} tệp đính kèm, {len(applied)} bước nâng cấp.")
        if doubtful:
            note(
                f"{doubtful} thông báo còn chờ gửi lúc sao lưu: xem trang Thông báo, chưa gửi thì cho gửi lại."
            )
        note("Kiểm tra nhật ký: ./congvu audit verify")
    return OK

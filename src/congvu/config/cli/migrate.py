"""`congvu migrate`: create or upgrade the tables, and gather the static files."""

import argparse

from congvu.config.cli.output import OK, PROBLEM, note, print_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "migrate",
    )
    parser.add_argument(
        "--check", action="store_true", help="chỉ xem còn gì phải nâng cấp (mã thoát 1 nếu còn)"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready(migrated=False)
    from congvu.config.cli.static import gather
    from congvu.config.cli.tables import migrate, pending

    if args.check:
        waiting = pending()
        if args.json:
            print_json({"pending": waiting})
        else:
            note(
                "\n".join(["Còn phải nâng cấp:", *waiting])
                if waiting
                else "Các bảng đã đúng với chương trình."
            )
        return PROBLEM if waiting else OK
    applied = migrate()
    gathered = gather()
    if args.json:
        print_json({"applied": applied, "static_gathered": gathered})
    else:
        note(f"Đã áp dụng {len(applied)} bước nâng cấp." if applied else "Các bảng đã đúng với chương trình.")
    return OK

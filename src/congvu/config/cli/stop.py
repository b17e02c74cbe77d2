"""`congvu stop`: stop the embedded server of this home."""

import argparse

from congvu.config.cli.output import OK, note, print_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "stop",
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.environment import work_home
    from congvu.config.postgres import stop_server

    stopped = stop_server(work_home())
    if args.json:
        print_json({"stopped": stopped})
    else:
        note("Đã dừng máy chủ dữ liệu." if stopped else "Máy chủ dữ liệu không chạy.")
    return OK

"""`congvu import KIND …`: what comes from files."""

import argparse

from congvu.config.cli.kinds import add_kinds

KINDS = (
    "procedures", "workflows", "bpmn", "cases", "units", "reorganisation", "boundaries", "people", "plans", "index",
)  # fmt: skip


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "import",
        description="Nhập dữ liệu từ tệp. Nhập lại cùng một tệp không làm thay đổi gì.",
    )
    add_kinds(parser, "importing", KINDS)


def run(args: argparse.Namespace) -> int:
    return int(args.run_kind(args))

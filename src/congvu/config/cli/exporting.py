"""`congvu export KIND …`: what goes to files."""

import argparse

from congvu.config.cli.kinds import add_kinds

KINDS = ("xes", "ocel", "bpmn")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("export", description="Xuất dữ liệu ra tệp.")
    add_kinds(parser, "exporting", KINDS)


def run(args: argparse.Namespace) -> int:
    return int(args.run_kind(args))

"""`congvu export KIND …`: one sub-command per kind of thing, each in its own module `exporting_<kind>.py`.

A module has `HELP`, `add_arguments(parser)` and `run(args) -> int`, and imports nothing heavy before `run`.
"""

import argparse
import importlib
from types import ModuleType

KINDS = ("xes", "ocel", "bpmn")
_PACKAGE = "congvu.config.cli"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "export", help="xuất quy trình, nhật ký sự kiện", description="Xuất dữ liệu ra tệp."
    )
    kinds = parser.add_subparsers(dest="kind", metavar="LOẠI", required=True)
    for kind in KINDS:
        module = _module(kind)
        module.add_arguments(kinds.add_parser(kind, help=module.HELP, description=module.HELP))


def run(args: argparse.Namespace) -> int:
    return int(_module(args.kind).run(args))


def _module(kind: str) -> ModuleType:
    return importlib.import_module(f"{_PACKAGE}.exporting_{kind}")

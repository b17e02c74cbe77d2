"""`congvu import KIND …`: one sub-command per kind of thing, each in its own module `importing_<kind>.py`.

A module has `HELP`, `add_arguments(parser)` and `run(args) -> int`, and imports nothing heavy before `run`.
"""

import argparse
import importlib
from types import ModuleType

from congvu.config.cli.output import BadInput

KINDS = (
    "procedures",
    "workflows",
    "bpmn",
    "cases",
    "units",
    "reorganisation",
    "boundaries",
    "people",
    "plans",
    "index",
)
_PACKAGE = "congvu.config.cli"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "import",
        help="nhập thủ tục, quy trình, hồ sơ cũ, đơn vị, nhân sự",
        description="Nhập dữ liệu từ tệp. Nhập lại cùng một tệp không làm thay đổi gì.",
    )
    kinds = parser.add_subparsers(dest="kind", metavar="LOẠI", required=True)
    for kind in KINDS:
        module = _module(kind)
        if module is not None:
            module.add_arguments(kinds.add_parser(kind, help=module.HELP, description=module.HELP))


def run(args: argparse.Namespace) -> int:
    module = _module(args.kind)
    if module is None:  # argparse has refused unknown kinds; this one was taken out since
        raise BadInput(f"Chưa nhập được loại «{args.kind}» trong bản này.")
    return int(module.run(args))


def _module(kind: str) -> ModuleType | None:
    name = f"{_PACKAGE}.importing_{kind}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return None

"""Commands with one sub-command per kind of thing (`import units`, `export bpmn`), each in a module of its own.

A module `<command>_<kind>.py` has `HELP`, `add_arguments(parser)` and `run(args) -> int`, and imports nothing heavy
before `run`.
"""

import argparse
import importlib
from collections.abc import Iterable


def add_kinds(parser: argparse.ArgumentParser, command: str, kinds: Iterable[str]) -> None:
    """The sub-commands; `run_kind` of the arguments read is what does the one asked for."""
    added = parser.add_subparsers(dest="kind", metavar="LOẠI", required=True)
    for kind in kinds:
        module = importlib.import_module(f"congvu.config.cli.{command}_{kind}")
        one = added.add_parser(kind, help=module.HELP, description=module.HELP)
        module.add_arguments(one)
        one.set_defaults(run_kind=module.run)

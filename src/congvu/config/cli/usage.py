"""The parser of the command line: wrong usage is said in Vietnamese, and with `--json` as one document."""

import argparse
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from congvu.config.cli.output import BadInput

_SAID = (  # what argparse says -> what we say
    (r"the following arguments are required: (?P<a>.*)", "Thiếu {a}."),
    (
        r"argument (?P<a>.+?): invalid choice: (?P<b>.+?) \(choose from (?P<c>.*)\)",
        "{a}: không có {b}. Chọn một trong: {c}.",
    ),
    (r"argument (?P<a>.+?): expected .*", "{a}: thiếu giá trị đi sau."),
    (r"argument (?P<a>.+?): invalid int value: (?P<b>.*)", "{a}: {b} không phải số nguyên."),
    (r"argument (?P<a>.+?): invalid \S+ value: (?P<b>.*)", "{a}: không đọc được giá trị {b}."),
    (r"argument (?P<a>.+?): not allowed with argument (?P<b>.*)", "{a} không đi cùng {b}."),
    (r"unrecognized arguments: (?P<a>.*)", "Không rõ: {a}."),
)


class Commands(argparse._SubParsersAction):  # type: ignore[type-arg]
    """The commands of a parser. One that says nothing else is described by its line in the list; `summaries` are the lines
    of those that are listed before they are loaded."""

    summaries: Mapping[str, str] = {}

    def add_parser(self, name: str, **said: Any) -> argparse.ArgumentParser:
        summary = said.setdefault("help", self.summaries.get(name))
        said.setdefault("description", summary)
        parser: argparse.ArgumentParser = super().add_parser(name, **said)
        return parser


class Parser(argparse.ArgumentParser):
    """argparse in Vietnamese; wrong usage is a BadInput (exit code 2)."""

    def __init__(self, *, add_help: bool = True, **said: Any) -> None:
        super().__init__(add_help=False, **said)
        self.register("action", "parsers", Commands)
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="in trang này rồi thôi")

    def error(self, message: str) -> NoReturn:
        raise BadInput(in_words(message), do=f"Xem cách dùng: {self.prog} --help")


def in_words(message: str) -> str:
    """What argparse complains of, in Vietnamese; a complaint of ours, or one it may learn later, as it is."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(**found.groupdict())
    return message

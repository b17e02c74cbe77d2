"""The parser of the command line: wrong usage is said in Vietnamese, and with `--json` as one document."""

import argparse
import re
from typing import NoReturn

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


class Parser(argparse.ArgumentParser):
    """argparse, except that wrong usage is a BadInput (exit code 2) and not English on stderr."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(in_words(message), do=f"Xem cách dùng: {self.prog} --help")


def in_words(message: str) -> str:
    """What argparse complains of, in Vietnamese; a complaint of ours, or one it may learn later, as it is."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(**found.groupdict())
    return message

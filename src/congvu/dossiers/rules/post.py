"""Tracking numbers of the post, and a table of them pasted from elsewhere. Pure."""

import re
from dataclasses import dataclass

from congvu.dossiers.rules.codes import parse_code
from congvu.foundation.refusal import Refused

DEFAULT_CARRIER = "Bưu điện Việt Nam"
LONGEST = 40
_SEPARATORS = re.compile(r"[\s.\-]+")
_ALLOWED = re.compile(r"[A-Z0-9]{5,40}")
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_COLUMNS = re.compile(r"[\t;,|]")


def plain_tracking(typed: str) -> str:
    """A number as printed on the label, without spaces: "ea 123 456 785 vn" -> "EA123456785VN"."""
    return _SEPARATORS.sub("", typed).upper()


def check_digit(serial: str) -> int:
    """The check digit of eight digits (UPU standard S10)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def wrong_tracking(number: str) -> str:
    """What is wrong with a plain number, "" when nothing is. The check digit is asked where it has the shape of UPU S10;
    other carriers' numbers are taken as they are."""
    if not number:
        return "Chưa ghi số hiệu bưu gửi."
    if not _ALLOWED.fullmatch(number):
        return f"Số hiệu bưu gửi chỉ gồm chữ cái và chữ số, từ 5 đến {LONGEST} ký tự."
    shape = _S10.fullmatch(number)
    if shape is not None and check_digit(shape[1]) != int(shape[2]):
        return f"Số hiệu {number} sai chữ số kiểm tra; so lại với nhãn bưu gửi."
    return ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a pasted table: which dossier, which number, by whom ("" when the row does not say)."""

    code: str
    number: str
    carrier: str = ""


def pasted(text: str) -> list[Row]:
    """The rows of a table copied from a spreadsheet or a list: code and number in either order, then the carrier.

    Empty lines and a line of headings (no digit in it) are left out; what cannot be read stays a row, to be told of.
    """
    found = []
    for line in text.splitlines():
        if not any(letter.isdigit() for letter in line):
            continue
        cells = [
            cell.strip() for cell in (_COLUMNS.split(line) if _COLUMNS.search(line) else line.split(None, 1))
        ]
        cells = [cell for cell in cells if cell]
        nth = next((n for n, cell in enumerate(cells) if _is_code(cell)), 0)
        code = cells.pop(nth).upper()
        found.append(Row(code, plain_tracking(cells[0]) if cells else "", cells[1] if len(cells) > 1 else ""))
    return found


def _is_code(cell: str) -> bool:
    try:
        parse_code(cell.upper())
    except Refused:
        return False
    return True

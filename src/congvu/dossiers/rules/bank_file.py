"""A bank's day file (sao kê, CSV): its lines, whatever columns it names, none dropped."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from congvu.dossiers.rules.codes import code_in
from congvu.dossiers.rules.payment_report import REFERENCE
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold

MOST_LINES = 20_000
_MOST_JOINED = 10  # lines of the file that one cell in quotes may run over
_BREAK = re.compile(r"\r\n|\n|\r")
_COLUMNS = {
    "transaction": (
        "ma giao dich",
        "so but toan",
        "so giao dich",
        "so tham chieu",
        "transaction",
        "reference no",
    ),
    "amount": ("so tien ghi co", "ghi co", "so tien", "phat sinh co", "credit", "amount"),
    "content": ("noi dung", "noi dung giao dich", "dien giai", "mo ta", "description", "content"),
}


class Verdict(StrEnum):
    """What became of a line."""

    ENTERED = "entered"
    KNOWN = "known"
    UNKNOWN = "unknown"
    UNREAD = "unread"
    OUT = "out"
    SETTLED = "settled"
    NO_FEE = "no_fee"

    @property
    def label(self) -> str:
        return {
            "entered": "đã ghi thu", "known": "đã có trong sổ", "unknown": "chưa khớp hồ sơ", "unread": "không đọc được",
            "out": "không phải tiền vào", "settled": "đã gán hồ sơ", "no_fee": "không phải phí",
        }[self]  # fmt: skip


WAITING = (Verdict.UNKNOWN, Verdict.UNREAD)  # for a person


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the file. `why` says why it cannot be entered; "" when it can be tried. `out`: no money came with it."""

    row: int
    raw: str
    transaction: str = ""
    amount: int | None = None
    content: str = ""
    why: str = ""
    out: bool = False

    @property
    def reference(self) -> str:
        """Our reference in the content."""
        return reference_in(self.content)

    @property
    def code(self) -> str:
        """The one dossier's code in the content."""
        return code_in(self.content)


def reference_in(content: str) -> str:
    """Our reference, as banks leave it: in any case, perhaps between other words; "" when there is none."""
    found = REFERENCE.search(content.upper())
    return found.group() if found else ""


def read_bank_file(content: bytes) -> list[FileLine]:
    """Every line after the heading but empty ones. Refuses a file without a heading we know, or too long.

    A line that cannot be read answers for itself alone: a quote left open takes no other line with it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused("Tệp sao kê không phải UTF-8.", where="tep", do="Lưu lại dạng CSV UTF-8.") from wrong
    lines = _BREAK.split(text.rstrip())
    delimiter = max(",;\t", key=lines[0].count)
    places = _places(_cells(lines[0], delimiter) or [])
    if len(places) < len(_COLUMNS):
        raise Refused(
            "Dòng đầu tệp không có đủ cột mã giao dịch, số tiền, nội dung.", where="tep",
            do="Xuất sao kê CSV có dòng tên cột, ví dụ: Mã giao dịch;Ghi có;Nội dung.",
        )  # fmt: skip
    if len(lines) > MOST_LINES + 1:
        raise Refused(f"Tệp có hơn {MOST_LINES} dòng.", where="tep", do="Tách tệp theo ngày.")
    return list(_lines(lines, places, delimiter))


def _places(heading: list[str]) -> dict[str, int]:
    """Which column holds what, by the names banks give them."""
    names = [" ".join(fold(one).split()) for one in heading]
    found = {}
    for key, known in _COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[key] = place
    return found


def _lines(lines: list[str], places: dict[str, int], delimiter: str) -> Iterator[FileLine]:
    at = 1
    while at < len(lines):
        taken = _taken(lines, at, max(places.values()) + 1, delimiter)
        raw = "\n".join(lines[at : at + taken])
        if raw.replace(delimiter, "").strip():
            yield _line(at + 1, raw, places, delimiter)
        at += taken


def _taken(lines: list[str], at: int, least: int, delimiter: str) -> int:
    """How many lines of the file the record at `at` runs over: one, or those a quoted cell really takes.

    A line that is a record by itself ends the search: the quote before it was a slip, not the beginning of a cell.
    """
    if _cells(lines[at], delimiter) is not None:
        return 1
    for more in range(1, min(_MOST_JOINED, len(lines) - at)):
        if len(_cells(lines[at + more], delimiter) or ()) >= least:
            return 1
        if len(_cells("\n".join(lines[at : at + more + 1]), delimiter) or ()) >= least:
            return more + 1
    return 1


def _cells(record: str, delimiter: str) -> list[str] | None:
    """The cells of one record; None when a quote stays open, or a cell is longer than any bank's."""
    reader = csv.reader(iter((record, "")), delimiter=delimiter)
    try:
        row = next(reader)
    except csv.Error:
        return None
    return row if reader.line_num == 1 else None


def _line(nth: int, record: str, places: dict[str, int], delimiter: str) -> FileLine:
    raw, row = record[:2000].replace("\0", "\N{REPLACEMENT CHARACTER}"), _cells(record, delimiter)
    if row is None:
        return FileLine(nth, raw, why="Dòng hỏng: dấu ngoặc kép không đóng, hoặc ô dài quá.")
    if "\0" in record:
        return FileLine(nth, raw, why="Dòng có ký tự hỏng.")
    if len(row) <= max(places.values()):
        return FileLine(nth, raw, why="Dòng thiếu cột.")
    transaction, content = row[places["transaction"]].strip(), row[places["content"]].strip()[:1000]
    typed = row[places["amount"]].strip().removesuffix("VND").strip()
    digits = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", typed).removesuffix(".00").removesuffix(",00").lstrip("+")
    if digits in ("", "0") or digits.startswith("-"):
        return FileLine(nth, raw, transaction[:100], None, content, "Không phải tiền vào.", out=True)
    if not transaction or len(transaction) > 100:
        return FileLine(nth, raw, "", None, content, "Dòng không có mã giao dịch dùng được.")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        return FileLine(nth, raw, transaction, None, content, f"Không đọc được số tiền «{typed[:40]}».")
    return FileLine(nth, raw, transaction, int(digits), content)

"""A bank's day file (sao kê, CSV): its lines, whatever columns it names, none dropped."""

import csv
import io
import re
from dataclasses import dataclass

from congvu.dossiers.rules.codes import code_in
from congvu.dossiers.rules.payment_report import REFERENCE
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold

MOST_LINES = 20_000
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


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the file. `why` says why it cannot be entered; "" when it can be tried."""

    row: int
    raw: str
    transaction: str = ""
    amount: int | None = None
    content: str = ""
    why: str = ""

    @property
    def reference(self) -> str:
        """Our reference in the content, as banks leave it: capitals, perhaps between other words."""
        found = REFERENCE.search(self.content.upper())
        return found.group() if found else ""

    @property
    def code(self) -> str:
        """The one dossier's code in the content."""
        return code_in(self.content)


def read_bank_file(content: bytes) -> list[FileLine]:
    """Every line after the heading. Refuses a file without a heading we know, or too long."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused("Tệp sao kê không phải UTF-8.", where="tep", do="Lưu lại dạng CSV UTF-8.") from wrong
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    places = _places(rows[0]) if rows else {}
    if len(places) < len(_COLUMNS):
        raise Refused(
            "Dòng đầu tệp không có đủ cột mã giao dịch, số tiền, nội dung.", where="tep",
            do="Xuất sao kê CSV có dòng tên cột, ví dụ: Mã giao dịch;Ghi có;Nội dung.",
        )  # fmt: skip
    if len(rows) > MOST_LINES:
        raise Refused(f"Tệp có hơn {MOST_LINES} dòng.", where="tep", do="Tách tệp theo ngày.")
    return [
        _line(nth, row, places, delimiter) for nth, row in enumerate(rows[1:], 2) if any(map(str.strip, row))
    ]


def _places(heading: list[str]) -> dict[str, int]:
    """Which column holds what, by the names banks give them."""
    names = [" ".join(fold(one).split()) for one in heading]
    found = {}
    for key, known in _COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[key] = place
    return found


def _line(nth: int, row: list[str], places: dict[str, int], delimiter: str) -> FileLine:
    raw = delimiter.join(row)[:2000]
    if len(row) <= max(places.values()):
        return FileLine(nth, raw, why="Dòng thiếu cột.")
    transaction, content = row[places["transaction"]].strip(), row[places["content"]].strip()[:1000]
    typed = row[places["amount"]].strip().removesuffix("VND").strip()
    digits = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", typed).removesuffix(".00").removesuffix(",00").lstrip("+")
    if not transaction or len(transaction) > 100:
        return FileLine(nth, raw, "", None, content, "Dòng không có mã giao dịch dùng được.")
    if digits in ("", "0") or digits.startswith("-"):
        return FileLine(nth, raw, transaction, None, content, "Không phải tiền vào.")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        return FileLine(nth, raw, transaction, None, content, f"Không đọc được số tiền «{typed[:40]}».")
    return FileLine(nth, raw, transaction, int(digits), content)

"""The answers to a reorganisation's questions, as a sheet: `wardCode,newWardCode,share`, a line for each part.

The first line of a commune names who takes what hangs on the old unit. `share` may be empty: the decision does not say.
"""

import csv
import io
import re
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.organisation.rules.reorganisation import Share

_NEEDED = ("wardCode", "newWardCode", "share")
_PER_CENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def read_answers(content: bytes, name: str) -> dict[str, tuple[Share, ...]]:
    """Parts by old code, in the order of the file. Refuses, naming the line, what cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("Tệp không phải UTF-8.", where=name, do="Lưu lại tệp với mã UTF-8.") from None
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if any(column not in (reader.fieldnames or ()) for column in _NEEDED):
            raise Refused(
                "Tệp trả lời phải có các cột wardCode, newWardCode, share.",
                where=name,
                do="Thêm dòng tiêu đề.",
            )
        found: dict[str, tuple[Share, ...]] = {}
        for row in reader:
            where = f"{name}, dòng {reader.line_num}"
            old, new = (_code(row[column], where) for column in _NEEDED[:2])
            found[old] = (*found.get(old, ()), Share(new, share_of(row["share"], where)))
    except csv.Error as wrong:
        raise Refused(f"CSV hỏng: {wrong}.", where=name, do="Xuất lại tệp, dấu phẩy phân cách.") from None
    return found


def _code(text: str | None, where: str) -> str:
    code = (text or "").strip().removesuffix(".0")
    if not (code.isdecimal() and code.isascii() and len(code) <= 5):
        raise Refused(f"«{code[:40]}» không phải mã xã.", where=where, do="Ghi mã 5 chữ số.")
    return code.zfill(5)


def share_of(text: str | None, where: str) -> Fraction | None:
    """The part written "2/3", "40%" or "0,4"; None for an empty one: not known. Refuses what is no part of a whole."""
    given = (text or "").strip()
    if not given:
        return None
    per_cent = _PER_CENT.fullmatch(given)
    try:
        share = (
            Fraction(per_cent[1].replace(",", ".")) / 100 if per_cent else Fraction(given.replace(",", "."))
        )
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1:
        raise Refused(
            f"«{given[:40]}» không phải một phần.", where=where, do="Ghi dạng 2/3 hoặc 40%, hoặc để trống."
        )
    return share

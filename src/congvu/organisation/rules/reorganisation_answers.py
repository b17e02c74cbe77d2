"""The answers to a reorganisation's questions, as a sheet (CSV or XLSX): `wardCode,newWardCode,share`, a line for each part.

The first line of a commune names who takes what hangs on the old unit. `share` may be empty: the decision does not say.
"""

import re
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_sheet
from congvu.organisation.rules.reorganisation import Share

_NEEDED = ("wardCode", "newWardCode", "share")
_PER_CENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def read_answers(content: bytes, name: str) -> dict[str, tuple[Share, ...]]:
    """Parts by old code, in the order of the file. Refuses, naming the line, what cannot be read."""
    sheet = read_sheet(name, content)
    if sheet.lacks(_NEEDED):
        raise Refused(
            "Tệp trả lời phải có các cột wardCode, newWardCode, share.", where=name, do="Thêm dòng tiêu đề."
        )
    merged = sheet.merged_rows()
    found: dict[str, tuple[Share, ...]] = {}
    for line, row in sheet.records():
        where = f"{name}, dòng {line}"
        if line in merged:
            raise Refused(f"Ô gộp {merged[line][0]}.", where=where, do="Bỏ gộp và ghi đủ từng dòng.")
        old, new = (_code(row[column], where) for column in _NEEDED[:2])
        found[old] = (*found.get(old, ()), Share(new, share_of(row["share"], where)))
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

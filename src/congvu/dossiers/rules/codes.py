"""What a dossier code may look like, and making one.

Sources: NĐ 61/2018 art. 26 and TT 01/2018/TT-VPCP art. 19 (unit code, date of reception, number of the day);
QĐ 20/2020/QĐ-TTg (unit codes large to small, at most 35 characters). Both orders of unit codes are read.
"""

import re
from dataclasses import dataclass
from datetime import date

from congvu.foundation.refusal import Refused

_SHAPE = re.compile(
    r"(?P<unit>\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.[0-9A-Z]{1,5}){0,6})-(?P<day>\d{6})-(?P<number>\d{4,6})"
)
# Within other words: whatever touches it on the left may be the rest of a longer code, which is another dossier's.
_WITHIN = re.compile(rf"(?<![0-9A-Z.\-])(?:{_SHAPE.pattern})(?![0-9A-Z])")
_ENVELOPE = "LT"
_ARTICLE = "NĐ 61/2018, Điều 26"


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code taken apart. `unit` is as written; `number` counts from 1 within the unit's day."""

    unit: str
    day: date
    number: int

    def __str__(self) -> str:
        return format_code(self.unit, self.day, self.number)


def format_code(unit: str, day: date, number: int) -> str:
    """`H99.08`, 20/11/2026, 7 -> `H99.08-261120-0007`. Numbers over 9999 keep all their digits."""
    return f"{unit}-{day:%y%m%d}-{number:04d}"


def series_key(unit: str, day: date) -> str:
    """The gap-free series of a unit and day."""
    return f"dossier:{unit}:{day:%y%m%d}"


def envelope_code(unit: str, day: date, number: int) -> str:
    """`H99.08`, 20/11/2026, 7 -> `H99.08-LT-261120-0007`: of an envelope (hồ sơ liên thông). The letters keep it apart from
    the codes of dossiers, which the law numbers (NĐ 61/2018, Điều 26); an envelope is only the citizen's handle."""
    return f"{unit}-{_ENVELOPE}-{day:%y%m%d}-{number:04d}"


def envelope_series(unit: str, day: date) -> str:
    """The gap-free series of the envelopes of a unit and day."""
    return f"envelope:{unit}:{day:%y%m%d}"


def is_envelope_code(text: str) -> bool:
    """Whether a text is the code of an envelope; its parts are checked as those of a dossier's code (`parse_code`)."""
    unit, mark, rest = text.strip().upper().partition(f"-{_ENVELOPE}-")
    return bool(mark) and _SHAPE.fullmatch(f"{unit}-{rest}") is not None


def parse_code(text: str) -> DossierCode:
    """Read a code as typed, scanned or pasted (spaces around are dropped).

    Refuses, saying what is wrong: shape, capital letters, a day that does not exist, a unit code too long, number 0.
    """
    code = text.strip()
    found = _SHAPE.fullmatch(code)
    if found is None:
        if _SHAPE.fullmatch(code.upper()):
            raise Refused(
                "Mã hồ sơ phải viết chữ in hoa.",
                where=code,
                do=f"Nhập lại: {code.upper()}.",
                article=_ARTICLE,
            )
        raise Refused(
            "Mã hồ sơ không đúng dạng.",
            where=code,
            do="Nhập đúng như trên giấy hẹn, ví dụ H99.08-261120-0007.",
            article=_ARTICLE,
        )
    if len(found["unit"]) > 35:
        raise Refused(
            "Mã đơn vị dài quá 35 ký tự.",
            where=code,
            do="Kiểm tra lại mã trên giấy hẹn.",
            article="QĐ 20/2020/QĐ-TTg",
        )
    return DossierCode(found["unit"], _day(found["day"], code), _number(found["number"], code))


def code_in(text: str) -> str:
    """The code that stands among other words; "" when none does, or several different ones do."""
    found = {one.group() for one in _WITHIN.finditer(text.upper())}
    return found.pop() if len(found) == 1 else ""


def fault_of_code(text: str) -> str:
    """What is wrong with a text that has the shape of a code, in words; "" for a sound code and for any other text."""
    code = text.strip().upper()
    if _SHAPE.fullmatch(code) is None:
        return ""
    try:
        parse_code(code)
    except Refused as refusal:
        return f"{refusal.what} {refusal.do}"
    return ""


def _day(digits: str, code: str) -> date:
    year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if not 1 <= month <= 12:
        raise Refused(
            f"Mã hồ sơ ghi tháng {month:02d}, không có tháng này.",
            where=code,
            do="Kiểm tra 6 chữ số ngày (năm, tháng, ngày).",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(
            f"Mã hồ sơ ghi ngày {day:02d}/{month:02d}/{year}, không có ngày này.",
            where=code,
            do="Kiểm tra 6 chữ số ngày (năm, tháng, ngày).",
        ) from None


def _number(digits: str, code: str) -> int:
    if int(digits) == 0:
        raise Refused("Số thứ tự trong mã bắt đầu từ 0001.", where=code, do="Kiểm tra lại mã trên giấy hẹn.")
    return int(digits)

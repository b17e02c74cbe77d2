"""A term of the law: how many of which unit, forward or backward; and its reader of Vietnamese text.

"5 ngày" and "5 ngày làm việc" are different units and are never turned into each other.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.foundation.workdays.rules.kinds import EIGHT_HOURS


class Unit(StrEnum):
    """Units of term. The value is what is stored."""

    WORKING_HOUR = "GIO_LAM_VIEC"
    HOUR = "GIO"  # of the clock, day and night (Bộ luật Dân sự 2015, Điều 147)
    WORKING_DAY = "NGAY_LAM_VIEC"
    DAY = "NGAY"
    WEEK = "TUAN"
    MONTH = "THANG"
    YEAR = "NAM"
    SAME_DAY = "TRONG_NGAY"  # received by 15:00: the same day, later: the next working day

    @property
    def in_minutes(self) -> bool:
        """Whether a term of this unit ends at a moment, not at a day."""
        return self in (Unit.WORKING_HOUR, Unit.HOUR)

    @property
    def label(self) -> str:
        return _UNIT_WORDS[self]


class Direction(StrEnum):
    FORWARD = "SAU"
    BACKWARD = "TRUOC"


_UNIT_WORDS = {
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.HOUR: "giờ",
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.WEEK: "tuần",
    Unit.MONTH: "tháng",
    Unit.YEAR: "năm",
    Unit.SAME_DAY: "trong ngày",
}
# The longest term anyone means; a longer one is a slip of the keyboard.
LIMITS = {
    Unit.WORKING_HOUR: 80_000,
    Unit.HOUR: 240_000,
    Unit.WORKING_DAY: 20_000,
    Unit.DAY: 36_500,
    Unit.WEEK: 5_200,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
    Unit.SAME_DAY: 1,
}
_EXAMPLES = "«5 ngày làm việc», «8 giờ làm việc», «30 ngày», «2 tuần», «1 tháng», «1 năm», «trong ngày»"


@dataclass(frozen=True, slots=True)
class Term:
    """`n` whole units; `minutes` (0-59) only beside hours: "1,5 giờ làm việc" is Term(1, WORKING_HOUR, minutes=30)."""

    n: int
    unit: Unit
    direction: Direction = Direction.FORWARD
    minutes: int = 0

    def __post_init__(self) -> None:
        if self.minutes and not (self.unit.in_minutes and 0 < self.minutes < 60):
            raise Refused(
                "Chỉ thời hạn tính bằng giờ mới có phút lẻ.", where="thời hạn", do=f"Ví dụ: {_EXAMPLES}."
            )
        if self.n < 0 or (self.n == 0 and self.minutes == 0):
            raise Refused(
                f"Thời hạn {self.n} {self.unit.label} không có nghĩa: thời hạn phải từ 1 trở lên.",
                where="thời hạn",
                do="Ghi số lớn hơn 0; việc trả ngay thì ghi «trong ngày».",
            )
        if self.n > LIMITS[self.unit]:
            raise _too_long(f"{self.n} {self.unit.label}", self.unit)

    @property
    def total_minutes(self) -> int:
        """Minutes of a term in hours."""
        return self.n * 60 + self.minutes

    @property
    def backward(self) -> bool:
        return self.direction is Direction.BACKWARD

    def reversed(self) -> "Term":
        """The same length the other way."""
        other = Direction.FORWARD if self.backward else Direction.BACKWARD
        return Term(self.n, self.unit, other, self.minutes)

    def words(self) -> str:
        """ "5 ngày làm việc", "1 giờ 30 phút làm việc", "20 ngày trước"."""
        if self.unit is Unit.SAME_DAY:
            return self.unit.label
        label = f"{self.n} {self.unit.label}"
        if self.minutes:
            label = f"{self.n} giờ {self.minutes} phút" + (
                " làm việc" if self.unit is Unit.WORKING_HOUR else ""
            )
        return f"{label} trước" if self.backward else label


_UNITS = {fold(words): unit for unit, words in _UNIT_WORDS.items() if unit is not Unit.SAME_DAY}
_LEAD = (  # words that may stand before the number without changing it
    r"(?:(?:thoi han|thoi gian|giai quyet|xu ly|trong|vong|pham vi|la|khong qua|khong muon hon|toi da|cham nhat"
    r"|som nhat)\s+)*"
)
_TERM = re.compile(
    rf"{_LEAD}(?P<n>[0-9][0-9.,]*|nua|-[0-9.,]+)\s+"
    r"(?P<unit>gio lam viec|ngay lam viec|gio|ngay|tuan|thang|nam)"
    r"(?P<rest>(?:\s+(?:truoc|sau|ke tu|tinh tu)\b.*)?)"
)
_SAME_DAY = re.compile(
    rf"{_LEAD}(?:ngay trong ngay|trong ngay)(?: lam viec)?(?:\s+(?:ke tu|tinh tu|sau)\b.*)?"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LONG_TEXT = 300


def parse_term(text: str) -> Term:
    """The term `text` states: "05 (năm) ngày làm việc", "20 ngày trước ngày khai mạc", "nửa tháng", "1,5 giờ làm việc".

    Composed, decomposed and undiacriticked Vietnamese read the same. Refuses, in words, a text without a number or a
    unit, with two terms, with 0, and with a number beyond the limit of its unit. "0,5 ngày làm việc" is 4 working
    hours [IMPL]; other units have no fractions but "nửa" (BLDS 2015, art. 146: half a month is 15 days).
    """
    cleaned = composed(text)
    if len(cleaned) > _LONG_TEXT:
        raise Refused(
            "Đoạn chữ quá dài, không phải một thời hạn.", where="thời hạn", do=f"Ví dụ: {_EXAMPLES}."
        )
    plain = _folded(cleaned)
    if _SAME_DAY.fullmatch(plain):
        return Term(1, Unit.SAME_DAY)
    found = _TERM.fullmatch(plain)
    if found is None:
        raise _unreadable(cleaned, plain)
    direction = Direction.BACKWARD if re.match(r"\s*truoc\b", found["rest"]) else Direction.FORWARD
    return _measured(found["n"], _UNITS[found["unit"]], direction, cleaned)


def _folded(text: str) -> str:
    """Lower case without diacritics, keeping the marks a number may have; "05(năm)ngày" gets its spaces."""
    spaced = re.sub(r"(?<=[0-9])(?=[^\W\d_])", " ", _IN_BRACKETS.sub(" ", text.lower()))
    words = [part if re.fullmatch(r"-?[0-9][0-9.,]*", part) else fold(part) for part in spaced.split()]
    return " ".join(word.rstrip(".,;") for word in words if word)


def _measured(number: str, unit: Unit, direction: Direction, text: str) -> Term:
    if number == "nua":
        return _half(unit, direction, text)
    if number.startswith("-"):
        raise Refused(
            f"Thời hạn «{text}» là số âm.", where="thời hạn", do="Ghi số dương; tính lùi thì ghi «… trước»."
        )
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", number):  # 10.000 is ten thousand in Vietnamese
        return Term(_whole(number.replace(".", ""), unit, text), unit, direction)
    whole, _, fraction = number.replace(",", ".").partition(".")
    if not fraction.strip("0"):
        return Term(_whole(whole, unit, text), unit, direction)
    return _fractional(whole, fraction, unit, direction, text)


def _whole(digits: str, unit: Unit, text: str) -> int:
    if len(digits) > 12:  # no need to make a number of 300 digits to know that it is too long
        raise _too_long(text, unit)
    return int(digits)


def _fractional(whole: str, fraction: str, unit: Unit, direction: Direction, text: str) -> Term:
    """Hours to the minute; working days as hours of which 8 make a day. Anything else is refused."""
    per_unit = {Unit.WORKING_HOUR: 60, Unit.HOUR: 60, Unit.WORKING_DAY: 480}.get(unit)
    if per_unit is None or not fraction.isdigit() or len(fraction) > 4 or len(whole) > 6:
        raise Refused(
            f"Thời hạn «{text}» có phần lẻ mà đơn vị «{unit.label}» không chia được.",
            where="thời hạn",
            do="Ghi số nguyên, hoặc đổi ra giờ làm việc.",
        )
    minutes, left = divmod(int(whole + fraction) * per_unit, 10 ** len(fraction))
    if left:
        raise Refused(
            f"Thời hạn «{text}» lẻ hơn một phút.",
            where="thời hạn",
            do="Làm tròn đến phút.",
            article=EIGHT_HOURS,
        )
    in_hours = Unit.WORKING_HOUR if unit is Unit.WORKING_DAY else unit
    return Term(minutes // 60, in_hours, direction, minutes % 60)


def _half(unit: Unit, direction: Direction, text: str) -> Term:
    """Nửa tháng is 15 days, nửa năm 6 months (BLDS 2015, art. 146); nửa ngày làm việc 4 working hours [IMPL]."""
    halves = {
        Unit.MONTH: (15, Unit.DAY),
        Unit.YEAR: (6, Unit.MONTH),
        Unit.WORKING_DAY: (4, Unit.WORKING_HOUR),
    }
    if unit not in halves:
        raise Refused(f"Không rõ «{text}» dài bao nhiêu.", where="thời hạn", do=f"Ví dụ: {_EXAMPLES}.")
    n, smaller = halves[unit]
    return Term(n, smaller, direction)


def _too_long(text: str, unit: Unit) -> Refused:
    return Refused(
        f"Thời hạn «{_shown(text)}» dài quá mức hệ thống nhận ({LIMITS[unit]} {unit.label}).",
        where="thời hạn",
        do="Kiểm tra lại số và đơn vị.",
    )


def _shown(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"


def _unreadable(text: str, plain: str) -> Refused:
    shown = _shown(text)
    has_number = re.search(r"[0-9]", plain)
    has_unit = re.search(r"\b(gio|ngay|tuan|thang|nam)\b", plain)
    if not plain:
        what = "Chưa ghi thời hạn."
    elif not has_number:
        what = f"Thời hạn «{shown}» không có số."
    elif not has_unit:
        what = f"Thời hạn «{shown}» không có đơn vị (giờ, ngày, ngày làm việc, tuần, tháng, năm)."
    else:
        what = f"Không đọc được thời hạn «{shown}»: chỉ nhận một con số và một đơn vị."
    return Refused(what, where="thời hạn", do=f"Ví dụ: {_EXAMPLES}.")

"""Lines that figures cross, the running periods they are watched over, and what two values differ by. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from congvu.foundation.workdays.days import month_range, quarter_range, year_range
from congvu.indicators.rules.definitions import Figure, Value
from congvu.indicators.rules.periods import Period
from congvu.organisation.rules.mapping import Number, plain

SPANS = {"thang": "Tháng này", "quy": "Quý này", "nam": "Từ đầu năm"}


class Direction(StrEnum):
    """On which side of the line a number is told."""

    BELOW = "duoi"
    ABOVE = "tren"

    @property
    def words(self) -> str:
        return "xuống dưới" if self is Direction.BELOW else "lên trên"


def span_of(name: str, today: date) -> Period:
    """The running month, quarter or year up to today."""
    match name:
        case "thang":
            first = month_range(today.year, today.month)[0]
        case "quy":
            first = quarter_range(today.year, (today.month - 1) // 3 + 1)[0]
        case _:
            first = year_range(today.year)[0]
    return Period(first, today)


def crossed(value: Value, direction: Direction, line: Decimal) -> bool | None:
    """Whether a share (in per cent) or a count lies beyond the line, exactly; on the line it does not. None: nothing to
    compare, for a share of nothing and an unknown number are on no side."""
    exact = value.share if value.share is not None or value.denominator is not None else value.numerator
    if exact is None:
        return None
    return exact < Fraction(line) if direction is Direction.BELOW else exact > Fraction(line)


@dataclass(frozen=True, slots=True)
class Apart:
    """What the second value is more than the first: points of two shares, a number of two counts; or why there is none."""

    points: Fraction | None = None
    number: Number | None = None
    why: str = ""


def apart(first: Figure, one: Value, second: Figure, other: Value) -> Apart:
    """The difference of two values of one measure. Never of two measures, never of a share and a count."""
    if first.measure is not second.measure:
        return Apart(
            why=f"Hai số khác đơn vị tính ({first.measure.value} và {second.measure.value}): không trừ được."
        )
    if (first.out_of is None) != (second.out_of is None):
        return Apart(why="Một số là tỷ lệ, một số là số đếm: không trừ được.")
    if first.out_of is not None:
        if one.share is None or other.share is None:
            return Apart(why="Có bên không có gì để chia: không trừ được.")
        return Apart(points=other.share - one.share)
    if one.numerator is None or other.numerator is None:
        return Apart(why="Có bên chưa rõ số: không trừ được.")
    return Apart(number=plain(other.numerator - one.numerator))

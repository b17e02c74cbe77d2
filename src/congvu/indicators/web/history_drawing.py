"""The months of a figure as columns in a picture drawn on the server; the table under it tells the same. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu.foundation.ui import formats
from congvu.foundation.ui.track_picture import px
from congvu.indicators.rules.definitions import Value

LEFT, STEP, WIDE, TOP, BOTTOM = 12, 40, 26, 22, 150  # in a picture of 500 × 176


@dataclass(frozen=True, slots=True)
class Column:
    x: str
    y: str
    height: str
    middle: str
    label: str
    value: str
    value_y: str


@dataclass(frozen=True, slots=True)
class HistoryDrawing:
    """Columns from zero up to the highest value; a month without one leaves a gap, for nothing is not zero."""

    columns: tuple[Column, ...]
    described: str

    @property
    def empty(self) -> bool:
        return not any(one.value for one in self.columns)


def drawn_history(rows: Sequence[tuple[str, Value]]) -> HistoryDrawing:
    exact = [_exact(value) for _, value in rows]
    highest = max((one for one in exact if one is not None), default=Fraction(0)) or Fraction(1)
    columns = []
    for at, ((name, value), number) in enumerate(zip(rows, exact, strict=True)):
        x = LEFT + at * STEP
        tall = float((BOTTOM - TOP) * number / highest) if number else 0.0
        columns.append(
            Column(
                px(x),
                px(BOTTOM - tall),
                px(tall),
                px(x + WIDE / 2),
                _short(name),
                _words(value) if number is not None else "",
                px(BOTTOM - tall - 5),
            )
        )
    known = [(name, value) for (name, value), number in zip(rows, exact, strict=True) if number is not None]
    said = (
        f"Gần nhất {known[-1][0]}: {_words(known[-1][1])}. Số liệu ở bảng dưới."
        if known
        else "Chưa có số liệu."
    )
    return HistoryDrawing(tuple(columns), said)


def _short(name: str) -> str:
    """Months stand close in the picture: "11/2025" is "11/25"; the table has them in full."""
    month, _, year = name.partition("/")
    return f"{month}/{year[-2:]}" if year else name


def _exact(value: Value) -> Fraction | None:
    if value.denominator is None:
        return None if value.numerator is None else Fraction(value.numerator)
    return value.share


def _words(value: Value) -> str:
    if value.denominator is None:
        return formats.number(value.numerator)
    return formats.percent(value.numerator, value.denominator)

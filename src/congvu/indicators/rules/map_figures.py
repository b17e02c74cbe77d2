"""Figures a map is coloured by: one of the catalogue or of an office, a column of a statistic, one column's share of another;
and the classes of a legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu.indicators.rules.definitions import Figure as Defined
from congvu.organisation.rules.mapping import Number

CLASSES = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """`part` are columns added up; with `whole`, the share of these. `code` stands in the address."""

    code: str
    words: str
    statistic: str
    part: tuple[str, ...]
    whole: tuple[str, ...] = ()
    group: str = ""  # under which heading it is offered, where its statistic does not say

    @property
    def share(self) -> bool:
        return bool(self.whole)


SHARES = (
    Figure("ty-le-dung-han", "Tỷ lệ đúng hạn trên số đã giải quyết", "bieu-06", ("c8", "c9"), ("c7",)),
    Figure("ty-le-qua-han", "Tỷ lệ đang quá hạn trên số đang giải quyết", "bieu-06", ("c13",), ("c11",)),
    Figure("ty-le-truc-tuyen", "Tỷ lệ nộp trực tuyến trên số nhận trong kỳ", "bieu-06", ("c4",), ("c4", "c5")),
    Figure("ty-le-dung-lai", "Tỷ lệ hồ sơ có giấy tờ dùng lại", "tai-su-dung", ("dung-lai",), ("tiep-nhan",)),
    Figure("qua-han", "Hồ sơ quá hạn, đã và đang giải quyết", "bieu-06", ("c10", "c13")),
    Figure("nhan-trong-ky", "Hồ sơ nhận trong kỳ", "bieu-06", ("c4", "c5")),
)  # fmt: skip


CATALOGUE = (
    "so-lieu"  # the statistic of figures of the catalogue and of offices: their own two numbers by unit
)
PARTS = ("tu", "mau")


def of_catalogue(figure: Defined) -> Figure:
    """A figure of the catalogue or of an office, for the map: its numerator, its denominator."""
    whole = PARTS[1:] if figure.out_of is not None else ()
    return Figure(figure.code, figure.name, CATALOGUE, PARTS[:1], whole, figure.subject.value)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a commune: `part`, for a share also `whole`. A share of nothing is no value."""

    part: Number
    whole: Number | None = None

    @property
    def exact(self) -> Fraction | None:
        if self.whole is None:
            return Fraction(self.part)
        return Fraction(self.part) / Fraction(self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the legend: from the lowest to the highest value that is in it."""

    low: Fraction
    high: Fraction
    members: int


def classes(values: Sequence[Fraction], most: int = CLASSES) -> tuple[Class, ...]:
    """At most `most` classes of about as many communes each; equal values always stand in one class."""
    ordered = sorted(values)
    found: list[list[Fraction]] = []
    for at, value in enumerate(ordered):
        place = at * most // len(ordered)
        if found and (value == found[-1][-1] or len(found) > place):
            found[-1].append(value)
        else:
            found.append([value])
    return tuple(Class(one[0], one[-1], len(one)) for one in found)


def class_of(value: Fraction | None, found: Sequence[Class]) -> int | None:
    """Which class a value stands in, from 0; None without a value."""
    if value is None:
        return None
    return next((at for at, one in enumerate(found) if one.low <= value <= one.high), None)

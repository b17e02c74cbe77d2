"""Reporting periods: months and quarters of the calendar, and those of the reporting rules that begin on the 15th.

NĐ 09/2019/NĐ-CP as remembered, not yet checked against the text (evidence MEM): reports close on the 14th, so a quarter
runs from the 15th of the month before it to the 14th of its last month, and a year from 15/12 to 14/12. The closing day
is a row of the law table (`report.quarter_cutoff_day`); the day after it is passed in here as a number.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_months, month_range, previous_day

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class Kind(StrEnum):
    """The periods offered. `FREE` is any two days."""

    MONTH = "thang"
    QUARTER = "quy"
    HALF = "6-thang"
    NINE = "9-thang"
    YEAR = "nam"
    FREE = "tu-chon"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.MONTH: "Tháng",
    Kind.QUARTER: "Quý",
    Kind.HALF: "6 tháng",
    Kind.NINE: "9 tháng",
    Kind.YEAR: "Năm",
    Kind.FREE: "Tự chọn",
}
_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.NINE: 9, Kind.YEAR: 12}
_PLACES = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.HALF: 2, Kind.NINE: 1, Kind.YEAR: 1}


@dataclass(frozen=True, slots=True)
class Period:
    """The days `first`..`last`, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"


def period_of(first: date, last: date) -> Period:
    """The period, refused when it runs backwards or lies outside 1900-2199."""
    for day, where in ((first, "from"), (last, "to")):
        if not EARLIEST <= day <= LATEST:
            raise Refused(
                f"Ngày {day:%d/%m/%Y} nằm ngoài các năm 1900–2199.", where=where, do="Kiểm tra lại năm."
            )
    if first > last:
        raise Refused(
            f"Ngày bắt đầu {first:%d/%m/%Y} sau ngày kết thúc {last:%d/%m/%Y}.",
            where="from",
            do="Đổi lại hai ngày.",
        )
    return Period(first, last)


@dataclass(frozen=True, slots=True)
class Named:
    """A period as people name it: quarter 4 of 2026, by the calendar or by the reporting rules."""

    kind: Kind
    year: int
    place: int = 1  # which month, quarter or half of the year; 1 for nine months and for the year
    reporting: bool = False

    def days(self, first_day: int = 1) -> Period:
        """Its first and last day. `first_day` 15: from the 15th of the month before to the 14th of the last month."""
        months = _MONTHS[self.kind]
        opening = date(self.year, (self.place - 1) * months + 1, 1)
        closing = add_months(opening, months - 1)
        if not self.reporting or self.kind is Kind.MONTH or first_day == 1:
            return Period(opening, month_range(closing.year, closing.month)[1])
        return Period(
            add_months(opening, -1).replace(day=first_day), previous_day(closing.replace(day=first_day))
        )

    def moved(self, n: int) -> "Named":
        """The same kind of period `n` further on (back when negative)."""
        index = self.year * _PLACES[self.kind] + self.place - 1 + n
        year, place = divmod(index, _PLACES[self.kind])
        return Named(self.kind, year, place + 1, self.reporting)

    @property
    def words(self) -> str:
        """ "tháng 10/2026", "quý IV/2026", "6 tháng đầu năm 2026", "năm 2026"."""
        match self.kind:
            case Kind.MONTH:
                return f"tháng {self.place}/{self.year}"
            case Kind.QUARTER:
                return f"quý {('I', 'II', 'III', 'IV')[self.place - 1]}/{self.year}"
            case Kind.HALF:
                return f"6 tháng {'đầu' if self.place == 1 else 'cuối'} năm {self.year}"
            case Kind.NINE:
                return f"9 tháng năm {self.year}"
        return f"năm {self.year}"


def places(kind: Kind) -> range:
    """The numbers a named period of this kind may have within a year."""
    return range(1, _PLACES[kind] + 1)


def named(kind: Kind, year: int, place: int, *, reporting: bool = False) -> Named:
    """The named period, refused when there is none such (quarter 5, year 1800)."""
    if kind is Kind.FREE or place not in places(kind):
        raise Refused(
            f"Không có kỳ «{kind.label}» thứ {place} trong năm.", where="ky", do="Chọn lại kỳ báo cáo."
        )
    if not EARLIEST.year < year <= LATEST.year:
        raise Refused(f"Năm {year} nằm ngoài phạm vi báo cáo.", where="nam", do="Kiểm tra lại năm.")
    return Named(kind, year, place, reporting)


def around(day: date, kind: Kind) -> Named:
    """The named period of this kind that `day` falls in, by the calendar."""
    months = _MONTHS[kind]
    place = 1 if kind is Kind.NINE else (day.month - 1) // months + 1
    return Named(kind, day.year, min(place, _PLACES[kind]))


def before(day: date, kind: Kind) -> Named:
    """The last period of this kind that has ended by `day`."""
    found = around(day, kind)
    return found if found.days().last < day else found.moved(-1)

"""Plain day arithmetic, pure. No other module of the house uses `timedelta`; they call these.

Nothing here knows a holiday: working days live in `foundation.workdays.rules`.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeVar

_Moment = TypeVar("_Moment", date, datetime)
_ONE = timedelta(days=1)


def add_days(day: _Moment, n: int) -> _Moment:
    """`day` moved by `n` calendar days (back when negative); a moment keeps its time of day."""
    return day + timedelta(days=n)


def next_day(day: date) -> date:
    """The calendar day after."""
    return day + _ONE


def previous_day(day: date) -> date:
    """The calendar day before."""
    return day - _ONE


def days_between(first: date, last: date) -> int:
    """Calendar days from `first` to `last`: 0 for the same day, negative when `last` is earlier."""
    return last.toordinal() - first.toordinal()


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included; none when `last` is earlier."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def add_minutes(moment: datetime, n: int) -> datetime:
    """`moment` moved by `n` minutes of the clock."""
    return moment + timedelta(minutes=n)


def add_hours(moment: datetime, n: int) -> datetime:
    """`moment` moved by `n` hours of the clock (office hours are `rules.hours`)."""
    return moment + timedelta(hours=n)


def add_seconds(moment: datetime, n: float) -> datetime:
    """`moment` moved by `n` seconds of the clock."""
    return moment + timedelta(seconds=n)


def minutes_between(first: datetime, last: datetime) -> int:
    """Whole minutes of the clock from `first` to `last`, rounded down; negative when `last` is earlier."""
    return int((last - first) // timedelta(minutes=1))


def add_months(day: date, n: int) -> date:
    """The corresponding day `n` months later (earlier when negative), or the last day of a shorter month.

    Bộ luật Dân sự 2015, art. 148: 31/01 + 1 month is 28/02 (29/02 in a leap year).
    """
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_back(day: date, n: int) -> date:
    """First day of the month `n` months before the month of `day`; `n` = 0 is the first of its own month."""
    return add_months(day.replace(day=1), -n)


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def quarter_range(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of quarter 1-4."""
    return date(year, quarter * 3 - 2, 1), month_range(year, quarter * 3)[1]


def year_range(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def each_month(first: date, last: date) -> Iterator[tuple[date, date]]:
    """First and last day of every month that touches the period `first`..`last`, in order."""
    month = first.replace(day=1)
    while month <= last:
        yield month_range(month.year, month.month)
        month = add_months(month, 1)


def week_start(day: date) -> date:
    """The Monday of the week of `day`."""
    return date.fromordinal(day.toordinal() - day.weekday())


def week_rows(first: date, last: date) -> list[list[date]]:
    """Whole weeks, Monday to Sunday, that cover `first`..`last`: the rows of a month sheet."""
    monday, rows = week_start(first), []
    while monday <= last:
        rows.append([add_days(monday, i) for i in range(7)])
        monday = add_days(monday, 7)
    return rows


def day_start(day: date) -> datetime:
    """Midnight at which `day` begins, naive (legal time)."""
    return datetime.combine(day, time())


__all__ = [
    "add_days",
    "add_hours",
    "add_minutes",
    "add_months",
    "add_seconds",
    "day_start",
    "days_between",
    "each_day",
    "each_month",
    "minutes_between",
    "month_range",
    "months_back",
    "next_day",
    "previous_day",
    "quarter_range",
    "week_rows",
    "week_start",
    "year_range",
]

"""Where a piece of a plan, or the remedy of a finding, stands on a day. Pure: days and a calendar in, words out.

The day of completion is that of the paper that proves it. A last day that falls on a day off moves to the next working day
(Bộ luật Dân sự 2015, Điều 148.5); how late something is, is counted in working days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.holidays import FIRST_YEAR, LAST_YEAR

ON_TIME, LATE, OVERDUE, RUNNING, ENDLESS, DROPPED = (
    "dung-han",
    "tre-han",
    "qua-han",
    "trong-han",
    "khong-han",
    "rut",
)
STANDINGS = {
    ON_TIME: "Hoàn thành đúng hạn",
    LATE: "Hoàn thành trễ hạn",
    OVERDUE: "Quá hạn, chưa xong",
    RUNNING: "Chưa đến hạn",
    ENDLESS: "Không ấn định hạn",
    DROPPED: "Rút khỏi kế hoạch",
}
OPEN = (OVERDUE, RUNNING, ENDLESS)
DONE = (ON_TIME, LATE)


@dataclass(frozen=True, slots=True)
class Where:
    """A standing; `days`: working days left (below zero: late by so many), None without a last day or beyond the calendar."""

    standing: str
    days: int | None = None


def where(
    due: date | None, done_on: date | None, dropped_on: date | None, on: date, calendar: Calendar
) -> Where:
    """Where it stands at the end of the day `on`; what happened later is not yet known then."""
    last = calendar.roll(due) if due is not None and _reached(due) else due
    if done_on is not None and done_on <= on:
        days = _days(done_on, last, calendar) if last is not None else None
        return Where(LATE if last is not None and done_on > last else ON_TIME, days)
    if dropped_on is not None and dropped_on <= on:
        return Where(DROPPED)
    if last is None:
        return Where(ENDLESS)
    return Where(OVERDUE if on > last else RUNNING, _days(on, last, calendar))


def _reached(day: date) -> bool:
    """Whether the calendar knows the day and, for one that rolls on, the year after it."""
    return FIRST_YEAR <= day.year < LAST_YEAR


def _days(first: date, last: date, calendar: Calendar) -> int | None:
    """Working days between; None where a day lies beyond the calendar: one mistyped year must not take a whole list away."""
    return calendar.working_days_between(first, last) if _reached(first) and _reached(last) else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand where. What was withdrawn is told, and belongs to no whole."""

    counts: dict[str, int]

    @property
    def done(self) -> int:
        return sum(self.counts.get(one, 0) for one in DONE)

    @property
    def open(self) -> int:
        return sum(self.counts.get(one, 0) for one in OPEN)

    @property
    def overdue(self) -> int:
        return self.counts.get(OVERDUE, 0)

    @property
    def total(self) -> int:
        return self.done + self.open


def tally(standings: Iterable[str]) -> Tally:
    """The sum by standing; every standing is there, zero too."""
    counts = dict.fromkeys(STANDINGS, 0)
    for one in standings:
        counts[one] += 1
    return Tally(counts)

"""Which due days of open steps would move under another calendar: for the preview of an edit, and for applying it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.queries.moves import CalendarOf
from congvu.dossiers.rules import clock
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.sql import Statement, statement
from congvu.foundation.workdays.days import add_days
from congvu.foundation.workdays.rules.calendar import Calendar

_EVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Touched:
    """The days that may differ, and the units with a calendar of their own. `last` None: without an end."""

    first: date
    last: date | None
    own: Iterable[int]

    @property
    def params(self) -> dict[str, object]:
        return {
            "first": self.first,
            "after": add_days(self.last, 1) if self.last else _EVER,
            "own": sorted(self.own),
        }


@dataclass(frozen=True, slots=True)
class StepMove:
    """`count` open steps with the same clock."""

    began_on: date
    late: bool
    began_at: datetime | None  # of a term in hours
    term_n: Decimal
    term_unit: str
    unit: int | None
    before: clock.Day
    after: clock.Day
    count: int


def step_moves(was: CalendarOf, becomes: CalendarOf, touched: Touched) -> tuple[StepMove, ...]:
    """The open steps whose due day is that of the calendar `was` and another under `becomes`. 1 statement.

    A step whose day was given otherwise (another unit took it over in between) keeps it: its clock is not ours to replay.
    """
    known: dict[tuple[bool, int | None], Calendar] = {}

    def calendar(new: bool, unit: int | None) -> Calendar:
        if (new, unit) not in known:
            known[new, unit] = (becomes if new else was)(unit)
        return known[new, unit]

    found = []
    for began_on, late, began_at, n, in_unit, unit, due_on, due_at, count in with_clocks("step_moves").rows(
        touched.params
    ):
        start = began_at.astimezone(LEGAL_ZONE) if began_at else _hour(began_on, late)
        before = clock.step_due(start, n, in_unit, calendar(False, unit))
        after = clock.step_due(start, n, in_unit, calendar(True, unit))
        if before == (due_on, due_at) and after != before and after[0] is not None:
            found.append(StepMove(began_on, late, began_at, n, in_unit, unit, (due_on, due_at), after, count))
    return tuple(found)


def by_days(moves: Iterable[StepMove]) -> list[tuple[date, date, int]]:
    """(before, after, how many steps), soonest first. Steps that keep their day and change their hour are not named."""
    counted: dict[tuple[date, date], int] = {}
    for one in moves:
        if one.before[0] is not None and one.after[0] is not None and one.before[0] != one.after[0]:
            key = one.before[0], one.after[0]
            counted[key] = counted.get(key, 0) + one.count
    return [(before, after, count) for (before, after), count in sorted(counted.items())]


@cache
def with_clocks(name: str) -> Statement:
    """A statement over the running clocks of open steps."""
    return statement(BULK, name).with_part("clocks", statement(BULK, "step_clocks").text)


def _hour(day: date, late: bool) -> datetime:
    return datetime(day.year, day.month, day.day, 15 if late else 9, 30, tzinfo=LEGAL_ZONE)

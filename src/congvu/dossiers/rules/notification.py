"""Notifications: the applicant's own term around an event, and what the state's silence means.

A notification must reach the state at the latest some days before or after an event: the clock runs against the applicant,
and the state only records whether it came in time. Where the law says so, the state may object within the term of
the procedure, and after it the notification counts as accepted.
"""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.workdays.days import days_between
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.due import due
from congvu.foundation.workdays.rules.term import Direction, Term, Unit

BEFORE, AFTER = "TRUOC", "SAU"


@dataclass(frozen=True, slots=True)
class Timing:
    """Whether a notification came in time. `late_days` are calendar days past the last lawful one, 0 in time."""

    event_on: date
    latest: date
    told_on: date

    @property
    def in_time(self) -> bool:
        return self.told_on <= self.latest

    @property
    def late_days(self) -> int:
        return 0 if self.in_time else days_between(self.latest, self.told_on)


def latest_day(event_on: date, n: int, unit: str, side: str, calendar: Calendar) -> date:
    """The last lawful day. Backward terms end on their very day, forward ones roll to a working day (BLDS 2015, art. 148)."""
    direction = Direction.BACKWARD if side == BEFORE else Direction.FORWARD
    return due(event_on, Term(n, Unit(unit), direction), calendar).date


def timing(event_on: date, told_on: date, n: int, unit: str, side: str, calendar: Calendar) -> Timing:
    """Whether a notification told on a day was in time."""
    return Timing(event_on, latest_day(event_on, n, unit, side, calendar), told_on)


def silence_counts(due_on: date | None, on: date, *, deemed: bool) -> bool:
    """Whether the term has passed without objection on a day: the due day itself still belongs to the state."""
    return deemed and due_on is not None and on > due_on

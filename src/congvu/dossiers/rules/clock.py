"""The clock of a dossier: from its ledger (start, term, pauses, extension) to the day owed, by one pure function.

The same ledger explains itself: `explain(...)` gives the trace of every day. Hours of a step's term are working
hours; half a day is four of them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.counting import latest_apology_day
from congvu.foundation.workdays.rules.due import Due, due, legal_minute
from congvu.foundation.workdays.rules.policies import (
    LATE_RECEPTION,
    Extension,
    Pause,
    PausePolicy,
    StartPolicy,
)
from congvu.foundation.workdays.rules.term import Term, Unit

Day = tuple[
    date | None, datetime | None
]  # the due day, and its hour for terms in hours; (None, None): none promised

# What a dossier is opened with unless the province's rule pack says otherwise (NĐ 61/2018 art. 18.2, 19.4).
START_POLICY, PAUSE_POLICY = StartPolicy.RECEPTION_DAY.value, PausePolicy.RESTART.value
NO_DAY: Day = (None, None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What decides a due day. `pauses` are (from, to); to is None while the pause lasts."""

    started_at: datetime
    term_n: int | None
    term_unit: str
    start_policy: str = START_POLICY
    pause_policy: str = PAUSE_POLICY
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    extended_to: date | None = None
    extended_at: datetime | None = None


def explain(ledger: Ledger, calendar: Calendar) -> Due | None:
    """The due day of a ledger with its trace; None when the procedure promises no day."""
    if ledger.term_n is None:
        return None
    policy = PausePolicy(ledger.pause_policy)
    extension = Extension(until=ledger.extended_to, at=ledger.extended_at) if ledger.extended_to else None
    return due(
        ledger.started_at,
        Term(ledger.term_n, Unit(ledger.term_unit)),
        calendar,
        policy=StartPolicy(ledger.start_policy),
        pauses=[Pause(since, until, policy) for since, until in ledger.pauses],
        extension=extension,
    )


def due_of(ledger: Ledger, calendar: Calendar) -> Day:
    """The due day of a ledger."""
    answer = explain(ledger, calendar)
    return (answer.date, answer.moment) if answer is not None else NO_DAY


def first_due(
    started_at: datetime,
    term_n: int | None,
    term_unit: str,
    calendar: Calendar,
    start_policy: str = START_POLICY,
) -> Day:
    """The due day at reception, before any pause."""
    if term_n is None:
        return NO_DAY
    return _plain_due(started_at, _term(term_n, term_unit), calendar, start_policy)


def step_due(started_at: datetime, term_n: Decimal, term_unit: str, calendar: Calendar) -> Day:
    """The due day of a step. Half days become working hours; a term of 0 is due when it starts."""
    term = _step_term(term_n, term_unit)
    return (
        (started_at.date(), started_at)
        if term is None
        else _plain_due(started_at, term, calendar, START_POLICY)
    )


@lru_cache(maxsize=1024)
def _term(n: int, unit: str) -> Term:
    return Term(n, Unit(unit))


@lru_cache(maxsize=1024)
def _step_term(n: Decimal, unit: str) -> Term | None:
    """The term of a step; None when it is due as it starts."""
    if n == 0:
        return None
    if n == int(n):
        return _term(int(n), unit)
    minutes = int(n * (480 if unit == Unit.WORKING_DAY.value else 60))
    return Term(minutes // 60, Unit.WORKING_HOUR, minutes=minutes % 60)


_KEPT = 4096
_known: dict[tuple[int, object, Term, str], tuple[Calendar, Day]] = {}


def _plain_due(started_at: datetime, term: Term, calendar: Calendar, start_policy: str) -> Day:
    """The due day of a term without pauses, kept: receptions of one day share it, and a set is received at one moment.

    A term in days depends on the day and on whether it is past 15:00, one in hours on the minute. The answer is
    kept beside its calendar: a calendar never changes, and while it is held no other can take its identity.
    """
    legal = legal_minute(started_at)
    start: object = legal, started_at.tzinfo is None
    if not term.unit.in_minutes:
        start = legal.date(), legal.hour * 60 + legal.minute > LATE_RECEPTION
    key = id(calendar), start, term, start_policy
    found = _known.get(key)
    if found is None:
        answer = due(started_at, term, calendar, policy=StartPolicy(start_policy))
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[key] = calendar, (answer.date, answer.moment)
    return found[1]


def latest_apology(due_on: date, calendar: Calendar) -> date:
    """The last day to apologise: one working day before (the stricter reading of NĐ 61/2018 art. 19.9)."""
    return latest_apology_day(due_on, calendar)


def is_working(day: date, calendar: Calendar) -> bool:
    """Whether `day` is a working day of the calendar."""
    return calendar.works(day)

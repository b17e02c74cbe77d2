"""What a trace and a ledger are made of."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from congvu.foundation.workdays.rules.kinds import DayKind


class Role(StrEnum):
    """What a day did in the counting."""

    FIRST = "first"  # the day it began, not counted
    TERM = "term"  # counted
    OFF = "off"  # not a working day, not counted
    PAUSED = "paused"  # the clock stood
    VOID = "void"  # counted once, then counted again from zero
    WAITING = "waiting"  # between reception and the first day
    ROLLED = "rolled"  # after a last day that fell on a day off
    ADDED = "added"  # added by a pause or the extension


@dataclass(frozen=True, slots=True)
class TraceDay:
    """A day on the way: whether it counted, as which (`number`), what it is (`kind`), why, and by which text.

    `minutes` is what was counted of it, for terms in hours only.
    """

    date: date
    counts: bool
    number: int | None
    kind: DayKind
    role: Role
    why: str
    citation: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What one pause or the extension did to the due day: `before` -> `after`.

    kind      "restart", "extend_working_time", "extend_elapsed", "extension"
    amount    working days, calendar days or minutes waited or added; 0 for a restart
    applied   False when it came too late to move anything
    """

    kind: str
    since: datetime | None
    until: datetime | None
    before: date | datetime
    after: date | datetime
    amount: int
    why: str
    citation: str
    applied: bool = True

"""Which due days of open dossiers would move under another calendar: for the preview of an edit, and for applying it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules import clock
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.sql import statement
from congvu.foundation.workdays.rules.calendar import Calendar

CalendarOf = Callable[[int | None], Calendar]


@dataclass(frozen=True, slots=True)
class GroupMove:
    """`count` dossiers with the same clock: due `before`, would be due `after`."""

    received_on: date
    late: bool
    term_n: int
    term_unit: str
    start_policy: str
    unit: int | None
    before: date
    after: date
    count: int


@dataclass(frozen=True, slots=True)
class OneMove:
    """A dossier whose clock has pauses, an extension or hours."""

    dossier_id: int
    before: date
    after: date
    after_at: datetime | None


@dataclass(frozen=True, slots=True)
class Moves:
    """What would move. `asked` counts the open dossiers looked at, `total` those that move."""

    groups: tuple[GroupMove, ...]
    ones: tuple[OneMove, ...]
    asked: int

    @property
    def total(self) -> int:
        return sum(group.count for group in self.groups) + len(self.ones)

    def by_days(self) -> list[tuple[date, date, int]]:
        """(before, after, how many dossiers), soonest first: the list an official reads before deciding."""
        counted: dict[tuple[date, date], int] = {}
        for group in self.groups:
            counted[group.before, group.after] = counted.get((group.before, group.after), 0) + group.count
        for one in self.ones:
            counted[one.before, one.after] = counted.get((one.before, one.after), 0) + 1
        return [(before, after, count) for (before, after), count in sorted(counted.items())]


def moves_under(calendar_of: CalendarOf, own: Iterable[int]) -> Moves:
    """The open dossiers whose due day differs under `calendar_of(unit)`; `own` are units with a calendar of their own.

    2 statements, whatever the number of dossiers: one groups equal clocks, one lists the clocks with a ledger.
    """
    known: dict[
        int | None, Calendar
    ] = {}  # one a unit with its own: a proposed calendar builds its tables only once
    owning = frozenset(own)

    def calendar(unit: int | None) -> Calendar:
        owner = unit if unit in owning else None
        if owner not in known:
            known[owner] = calendar_of(owner)
        return known[owner]

    groups, asked = [], 0
    seen: dict[tuple[Any, ...], date | None] = {}
    for received_on, late, n, unit_of_term, policy, unit, before, count in statement(BULK, "clocks").rows(
        {"own": list(owning)}
    ):
        asked += count
        key = (received_on, late, n, unit_of_term, policy, unit)
        if key not in seen:
            start = datetime(
                received_on.year, received_on.month, received_on.day, 15 if late else 9, 30, tzinfo=LEGAL_ZONE
            )
            seen[key] = clock.first_due(start, n, unit_of_term, calendar(unit), policy)[0]
        after = seen[key]
        if after is not None and after != before:
            groups.append(GroupMove(received_on, late, n, unit_of_term, policy, unit, before, after, count))
    ones = []
    for row in statement(BULK, "ledgers").rows():
        asked += 1
        due_on, due_at = clock.due_of(_ledger(row), calendar(row[8]))
        if due_on is not None and due_on != row[6]:
            ones.append(OneMove(row[0], row[6], due_on, due_at))
    return Moves(tuple(groups), tuple(ones), asked)


def _ledger(row: tuple[Any, ...]) -> clock.Ledger:
    pauses, extension = row[9] or (), row[10]
    return clock.Ledger(
        started_at=row[1],
        term_n=row[2],
        term_unit=row[3],
        start_policy=row[4],
        pause_policy=row[5],
        pauses=tuple(
            (datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
            for since, until in pauses
        ),
        extended_to=date.fromisoformat(extension[1]) if extension else None,
        extended_at=datetime.fromisoformat(extension[0]) if extension else None,
    )

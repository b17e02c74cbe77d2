"""The facts of a dossier: on which days it stood in which state, with which agency. What figures in bulk are counted over.

The rule in Python, for one dossier; `bulk/facts_make.sql` says the same for a set, and the verifier holds them equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

STILL = date(9999, 12, 31)  # the end of a span that has not ended


@dataclass(frozen=True, slots=True)
class Told:
    """The state an event of the log left, on its legal day. Given in the order they happened."""

    day: date
    status: int
    due_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Left:
    """An agency that was competent until a day (from that day on it was another). In the order they happened."""

    day: date
    unit_id: int
    tier: str


@dataclass(frozen=True, slots=True)
class Now:
    """The row of a dossier as it stands."""

    unit_id: int
    tier: str
    field_id: int
    channel: int
    received_on: date
    status: int
    due_on: date | None
    ended_on: date | None
    last_event_on: date


@dataclass(frozen=True, slots=True)
class Span:
    """A dossier from `since` until the day before `till`: nothing of it changed at the end of any of these days."""

    since: date
    till: date
    unit_id: int
    tier: str
    field_id: int
    channel: int
    received_on: date
    status: int
    due_on: date | None
    ended_on: date | None


def spans(now: Now, log: Sequence[Told], left: Sequence[Left]) -> list[Span]:
    """The spans of a dossier, one after the other, the last one open. From the day handling ended (or the last event) the
    row speaks, as it does for Form 06; before it the last event of each day. Nothing before the day of reception."""
    settled = min(now.ended_on, now.last_event_on) if now.ended_on else now.last_event_on
    final = max(settled, now.received_on)
    states: dict[date, tuple[int, date | None, date | None]] = {}
    for one in log:
        since = max(one.day, now.received_on)
        if since < final:
            states[since] = (one.status, one.due_on, one.ended_on)
    states[final] = (now.status, now.due_on, now.ended_on)
    changes = sorted({*states, *(one.day for one in left if one.day > min(states))})
    found: list[Span] = []
    state = states[changes[0]]
    for day in changes:
        state = states.get(day, state)
        unit, tier = next(((one.unit_id, one.tier) for one in left if one.day > day), (now.unit_id, now.tier))
        span = Span(day, STILL, unit, tier, now.field_id, now.channel, now.received_on, *state)
        if not found:
            found.append(span)
        elif replace(found[-1], since=day) != span:
            found[-1] = replace(found[-1], till=day)
            found.append(span)
    return found

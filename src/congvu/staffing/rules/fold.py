"""The balance of every unit and pool on a day: the lines of decisions, folded in order, carried along as units merge
and split.

A decision gives posts to a unit; when the unit goes into another, its posts go along without a line of their own
(NĐ 150/2025 and every merger before it: the receiving unit takes over the posts). So a balance is worked out from two
kinds of fact, lines and events, each in its own two times, and nothing is ever written twice or left stale.

Nothing is lost and nothing is guessed: what an event does not say stays with the unit that had it, also when that unit
no longer exists, and is then shown as waiting for a decision.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from congvu.organisation.rules.picture import Flow

Key = tuple[int, str]  # a unit, a pool
Held = dict[int, dict[str, int]]  # unit -> pool -> posts
WHOLE = Fraction(1)


class Summed(
    NamedTuple
):  # tens of thousands in a ledger: a frozen dataclass takes three times as long to make
    """Lines of one unit and pool added up. `epoch`: how many days with flows lie on or before them."""

    epoch: int
    unit_id: int
    pool: str
    posts: int


class Carry(NamedTuple):
    """Posts that went from one unit to another by an event of the organisation."""

    event_id: int
    effective: date
    from_id: int
    to_id: int
    pool: str
    posts: int


@dataclass(frozen=True, slots=True)
class Folded:
    """Posts by unit and pool, without zeros, and how they travelled."""

    posts: Mapping[Key, int]
    carries: tuple[Carry, ...]

    def total(self, pool: str) -> int:
        return sum(number for (_, of), number in self.posts.items() if of == pool)


def flow_days(flows: Iterable[Flow], until: date) -> list[date]:
    """The days up to `until` on which units handed something on, in order: the bounds of the epochs."""
    return sorted({flow.effective for flow in flows if flow.effective <= until})


class Way(NamedTuple):
    """A unit that ended whole, and the one that holds its posts at the end, however many mergers lie between.
    `until_epoch`: lines of earlier epochs go along; what was given to the unit later stays with it."""

    unit_id: int
    until_epoch: int
    heir: int


def whole_ways(flows: Iterable[Flow], until: date) -> list[Way]:
    """The units whose posts only ever moved whole, up to a day. Whole mergers add up in any order, so the lines of these
    units may be told with the last of the heirs at once; where anything on the way was divided the fold walks it."""
    happened = [flow for flow in flows if flow.effective <= until]
    places = {day: place for place, day in enumerate(flow_days(happened, until), 1)}
    leaving: dict[int, int] = {}
    for flow in happened:
        leaving[flow.from_id] = leaving.get(flow.from_id, 0) + 1
    ways: dict[int, Way] = {}
    for flow in reversed(happened):  # what comes later is known first
        if leaving[flow.from_id] > 1 or flow.share != WHOLE:
            continue
        if flow.to_id not in leaving:
            heir = flow.to_id
        elif flow.to_id in ways:
            heir = ways[flow.to_id].heir
        else:
            continue
        ways[flow.from_id] = Way(flow.from_id, places[flow.effective], heir)
    return list(ways.values())


def fold(summed: Iterable[Summed], flows: Iterable[Flow], on: date) -> Folded:
    """The balances at the end of `on`. `summed`: lines effective up to that day. On the day of an event its posts move
    first, then the lines of that day are added: they speak of the units that then exist."""
    happened = [flow for flow in flows if flow.effective <= on]
    days = flow_days(happened, on)
    of_day: dict[date, list[Flow]] = {day: [] for day in days}
    for flow in happened:
        of_day[flow.effective].append(flow)
    epochs: list[list[Summed]] = [[] for _ in range(len(days) + 1)]
    for one in summed:
        epochs[one.epoch].append(one)
    held: Held = {}
    carries: list[Carry] = []
    _add(held, epochs[0])
    for place, day in enumerate(days, 1):
        carries += _carry(held, of_day[day])
        _add(held, epochs[place])
    posts = {(unit, pool): number for unit, of in held.items() for pool, number in of.items() if number}
    return Folded(posts, tuple(carries))


def _add(held: Held, lines: Iterable[Summed]) -> None:
    for one in lines:
        of = held.setdefault(one.unit_id, {})
        of[one.pool] = of.get(one.pool, 0) + one.posts


def _carry(held: Held, flows: Sequence[Flow]) -> list[Carry]:
    """Move posts by the flows of one day, event by event in the order recorded."""
    carries: list[Carry] = []
    grouped: dict[tuple[int, int], list[Flow]] = {}
    may_hold = {flow.to_id for flow in flows}
    for flow in flows:
        if flow.from_id not in held and flow.from_id not in may_hold:
            continue
        grouped.setdefault((flow.event_id, flow.from_id), []).append(flow)
    for (event_id, source), of in grouped.items():
        if source not in held:
            continue
        shares = [flow.share for flow in of if flow.share is not None]
        whole = shares == [WHOLE] and len(of) == 1  # most mergers: nothing to apportion
        if not whole and (len(shares) < len(of) or sum(shares, Fraction(0)) > WHOLE):
            continue  # a share nobody told: the posts wait for a decision
        for pool, number in list(held[source].items()):
            parts = [number] if whole else apportioned(number, shares)
            for flow, part in zip(of, parts, strict=False):
                if not part:
                    continue
                held[source][pool] -= part
                into = held.setdefault(flow.to_id, {})
                into[pool] = into.get(pool, 0) + part
                carries.append(Carry(event_id, flow.effective, source, flow.to_id, pool, part))
    return carries


def apportioned(number: int, shares: Sequence[Fraction]) -> list[int]:
    """`number` posts by shares, in whole posts: each its whole part, the rest to the largest fractions, the earlier
    first. What the shares leave of the whole comes last in the list. The parts always add up to `number`."""
    parties = [*shares, WHOLE - sum(shares, Fraction(0))]
    if number < 0:
        return [-part for part in apportioned(-number, shares)]
    exact = [number * share for share in parties]
    parts = [int(one) for one in exact]
    by_rest = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_rest[: number - sum(parts)]:
        parts[place] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Low:
    """The lowest a balance ever got, and the first day it got there."""

    posts: int
    on: date


def lows(by_day: Mapping[date, Sequence[Summed]], flows: Sequence[Flow]) -> dict[Key, Low]:
    """The lowest balance of every unit and pool at the end of any day, where it went below zero.

    `by_day`: the lines of each day (their epochs do not matter here).
    """
    of_day: dict[date, list[Flow]] = {}
    for flow in flows:
        of_day.setdefault(flow.effective, []).append(flow)
    held: Held = {}
    lowest: dict[Key, Low] = {}
    for day in sorted({*by_day, *of_day}):
        touched = {
            (flow.from_id, pool) for flow in of_day.get(day, ()) for pool in held.get(flow.from_id, ())
        }
        touched |= {(one.to_id, one.pool) for one in _carry(held, of_day.get(day, []))}
        lines = by_day.get(day, ())
        _add(held, lines)
        for unit, pool in touched | {(one.unit_id, one.pool) for one in lines}:
            number = held[unit][pool]
            if number < 0 and ((unit, pool) not in lowest or number < lowest[unit, pool].posts):
                lowest[unit, pool] = Low(number, day)
    return lowest

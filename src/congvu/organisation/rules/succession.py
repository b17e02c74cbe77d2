"""Where a unit went: following merges and splits from the map of one day to the map of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from heapq import heapify, heappop, heappush

from congvu.organisation.rules.picture import EventKey, Flow, Picture

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that took over; `share` of the old unit, None when some decision on the way did not say."""

    unit_id: int
    share: Fraction | None


def successors(picture: Picture, unit_id: int, on: date) -> tuple[Successor, ...]:
    """The units which on `on` stand for the given one, itself included when it still exists.

    Shares multiply along the way. Nothing is returned for a unit dissolved without a successor: nobody is guessed.
    """
    held: dict[int, Fraction | None] = {unit_id: WHOLE}
    waiting = [key for key in picture.handed_on(unit_id) if key[0] <= on]
    heapify(waiting)
    done: set[EventKey] = set()
    while waiting:  # only events on the way of this unit, in the order of their days
        key = heappop(waiting)
        if key in done:
            continue
        done.add(key)
        for source in [unit for unit in held if key in picture.handed_on(unit)]:
            moves = picture.handed_on(source)[key]
            _hand_on(held, source, moves)
            for flow in moves:
                for later in picture.handed_on(flow.to_id):
                    if key < later and later[0] <= on:
                        heappush(waiting, later)
    living = [(unit, share) for unit, share in held.items() if picture.at(unit, on) is not None]
    return tuple(Successor(unit, share) for unit, share in living)


def _hand_on(held: dict[int, Fraction | None], source: int, moves: Sequence[Flow]) -> None:
    before = held[source]
    for flow in moves:
        part = None if before is None or flow.share is None else before * flow.share
        held[flow.to_id] = _plus(held[flow.to_id], part) if flow.to_id in held else part
    given = Fraction(0)
    for flow in moves:
        given = given + flow.share if flow.share is not None else Fraction(-1)
        if flow.share is None:
            break
    if moves[0].whole:
        del held[source]
    else:
        held[source] = None if before is None or given < 0 else before * (WHOLE - given)


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def inherited(picture: Picture, unit_ids: frozenset[int], on: date) -> frozenset[int]:
    """Units of the past that went whole into one of the given ones: their papers are now kept there.

    A unit that was divided is left out; which papers went where is recorded per paper, not guessed.
    """
    heir: dict[int, set[int]] = {}
    for flow in picture.flows:
        if flow.effective <= on and flow.whole:
            heir.setdefault(flow.from_id, set()).add(flow.to_id)
    found = set(unit_ids)
    for _ in range(len(heir)):
        new = {old for old, to in heir.items() if old not in found and len(to) == 1 and to <= found}
        if not new:
            break
        found |= new
    return frozenset(found - unit_ids)

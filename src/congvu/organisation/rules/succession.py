"""Where a unit went: following merges and splits from the map of one day to the map of another."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congvu.organisation.rules.picture import Picture

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
    by_event: dict[int, list[tuple[int, int, Fraction | None, bool]]] = {}
    for flow in picture.flows:  # ordered by day
        if flow.effective <= on:
            by_event.setdefault(flow.event_id, []).append((flow.from_id, flow.to_id, flow.share, flow.whole))
    for moves in by_event.values():
        for source in {move[0] for move in moves if move[0] in held}:
            _hand_on(held, source, [move for move in moves if move[0] == source])
    living = [(unit, share) for unit, share in held.items() if picture.at(unit, on) is not None]
    return tuple(Successor(unit, share) for unit, share in living)


def _hand_on(
    held: dict[int, Fraction | None], source: int, moves: list[tuple[int, int, Fraction | None, bool]]
) -> None:
    before = held[source]
    for _, target, share, _ in moves:
        part = None if before is None or share is None else before * share
        held[target] = _plus(held[target], part) if target in held else part
    given = Fraction(0)
    for _, _, share, _ in moves:
        given = given + share if share is not None else Fraction(-1)
        if share is None:
            break
    if moves[0][3]:
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

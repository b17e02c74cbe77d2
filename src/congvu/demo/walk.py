"""A way of a dossier through its process, chosen before it is lived: which step is done next, and what it establishes."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from congvu.dossiers.rules.steps import DONE, OPEN, RETURN, SET_ASIDE, Onward, Road, StepSpec
from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Step

PASSED = "đạt"  # what a step establishes when the process names nothing better
_OTHERWISE = 0.7  # of the choices that are no rework
Held = dict[tuple[int, int], tuple[int, int | None]]  # (position, round) -> (state, branch taken)


@dataclass(frozen=True, slots=True)
class Visit:
    """A step to be completed, with the facts that choose its branch. `part`: at which part of the handling's time (0 to 1)."""

    spec: StepSpec
    facts: Mapping[str, str] | None
    part: float


def way_through(road: Road, chance: random.Random, rework: float) -> list[Visit]:
    """The steps after the hand-over in the order they are done, up to the one that ends the handling.

    Each takes about its own term from the moment it opens, so agencies at once are done in any order. `rework`: how
    likely it is sent back wherever the process allows.
    """
    held: Held = {(spec.position, 1): (OPEN, None) for spec in road.first}
    done_at: dict[tuple[int, int], float] = {}
    found: list[tuple[StepSpec, dict[str, str] | None, float]] = []
    position, facts, now = road.first[0].position, None, 0.0
    while True:
        _advance(held, position, road.complete(_trail(held), position, facts or {}))
        here = [at for at, (state, _) in held.items() if state == OPEN and road.specs[at[0]].role != RETURN]
        if not here:
            return [Visit(spec, said, at / now) for spec, said, at in found]
        for at in here:
            done_at.setdefault(at, now + _hours(road.specs[at[0]]) * chance.uniform(0.75, 1.0))
        first = min(here, key=done_at.__getitem__)
        position, now = first[0], done_at[first]
        step = road.step(position)
        facts = _facts(step, _branch(road, held, position, chance, rework)) if step.exclusive else None
        found.append((road.specs[position], facts, now))


def _hours(spec: StepSpec) -> float:
    """The term in working hours, or half a day."""
    return float(spec.term_n or 0) * (1 if spec.term_unit == "GIO_LAM_VIEC" else HOURS_PER_DAY) or 4.0


def _trail(held: Held) -> tuple[tuple[int, int, int, int | None], ...]:
    return tuple((*at, *held[at]) for at in sorted(held))


def _advance(held: Held, position: int, onward: Onward) -> None:
    nth = max(at[1] for at in held if at[0] == position)
    held[position, nth] = (DONE, onward.branch)
    for at in onward.set_aside:
        held[at] = (SET_ASIDE, held[at][1])
    for spec, number in onward.opened:
        held[spec.position, number] = (OPEN, None)


def _branch(road: Road, held: Held, position: int, chance: random.Random, rework: float) -> int:
    step = road.step(position)
    ways = [one.branch for one in road.outcomes(_trail(held), position) if one.branch is not None]
    backs = [one for one in ways if step.branches[one].back]
    onward = [one for one in ways if one not in backs]
    if backs and (not onward or chance.random() < rework):
        return chance.choice(backs)
    others = [one for one in onward if step.branches[one].otherwise]
    if others and (len(onward) == 1 or chance.random() < _OTHERWISE):
        return others[0]
    return chance.choice([one for one in onward if one not in others] or onward)


def _facts(step: Step, branch: int) -> dict[str, str]:
    """What must be established for the branch to be taken. Conditions of the demo's processes name values ("=")."""
    chosen = step.branches[branch]
    if chosen.when:
        return {one.fact: one.value for one in chosen.when}
    return {one.fact: PASSED for other in step.branches for one in other.when}

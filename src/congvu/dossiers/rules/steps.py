"""Moving through the graph of steps: what closing a step opens.

A step opens when all its predecessors are done (`waits_for` reaches 0). Source: NĐ 61/2018 art. 19.6-19.7 (paper
interlinking in sequence, electronic interlinking to all agencies at once, each with an own clock).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

WAITING, OPEN, DONE, CANCELLED = 0, 1, 2, 3
RECEIVE, LEAD, COOPERATE, SIGN, RETURN = "RECEIVE", "LEAD", "COOPERATE", "SIGN", "RETURN"


class Step(Protocol):
    """What the rules need to know of a step."""

    @property
    def position(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def leads_to(self) -> Sequence[int]: ...
    @property
    def waits_for(self) -> int: ...
    @property
    def state(self) -> int: ...


S = TypeVar("S", bound=Step)


@dataclass(frozen=True, slots=True)
class Follower(Generic[S]):
    """A step after the one closed: how many predecessors it still waits for, and whether it opens now."""

    step: S
    waits_for: int
    opens: bool


def followers(steps: Iterable[S], closed: S) -> list[Follower[S]]:
    """The steps that `closed` leads to, each with its count after `closed` is done."""
    by_position = {step.position: step for step in steps}
    found = []
    for position in closed.leads_to:
        step = by_position[position]
        left = max(step.waits_for - 1, 0)
        found.append(Follower(step, left, opens=left == 0 and step.state == WAITING))
    return found


def only_return_is_left(steps: Iterable[S], closing: S) -> bool:
    """Whether, with `closing` done, no work but giving back the result is left."""
    return all(
        step.role == RETURN or step.state in (DONE, CANCELLED)
        for step in steps
        if step.position != closing.position
    )


def waits(links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """How many predecessors each position has, from links (from, to)."""
    counts: dict[int, int] = {}
    for _, to in links:
        counts[to] = counts.get(to, 0) + 1
    return counts

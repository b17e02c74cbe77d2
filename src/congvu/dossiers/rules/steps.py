"""The way of a dossier through the steps of its process: what closing a step opens.

The process is published and frozen; a dossier keeps only the steps it came to. A step opens when all before it are done.
Source: NĐ 61/2018 art. 19.6-19.7 (paper interlinking in sequence, electronic interlinking to all agencies at once, each
with an own clock).
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

PLANNED, OPEN, DONE, CANCELLED = 0, 1, 2, 3
RECEIVE, LEAD, COOPERATE, SIGN, RETURN = "RECEIVE", "LEAD", "COOPERATE", "SIGN", "RETURN"


class PlannedStep(Protocol):
    """What the rules need to know of a step of a process."""

    @property
    def position(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def leads_to(self) -> Sequence[int]: ...


P = TypeVar("P", bound=PlannedStep)


class Way(Generic[P]):
    """The graph of a process. A sequence is the graph in which each step leads to the next."""

    def __init__(self, steps: Iterable[P]) -> None:
        self.steps = {step.position: step for step in steps}
        self._before: dict[int, set[int]] = {position: set() for position in self.steps}
        for step in self.steps.values():
            for to in step.leads_to:
                self._before[to].add(step.position)

    @property
    def first(self) -> list[P]:
        """The steps that wait for nobody: they open at reception."""
        return [step for step in self.steps.values() if not self._before[step.position]]

    def opened_by(self, closed: int, done: Collection[int]) -> list[P]:
        """The steps that open when the step at position `closed` is done; `done`: the positions done before it."""
        return [
            self.steps[to]
            for to in self.steps[closed].leads_to
            if all(one == closed or one in done for one in self._before[to])
        ]

    def only_return_is_left(self, closing: int, done: Collection[int]) -> bool:
        """Whether, with the step at `closing` done, no work but giving back the result is left."""
        return all(
            step.role == RETURN or step.position == closing or step.position in done
            for step in self.steps.values()
        )

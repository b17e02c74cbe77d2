"""The road of a dossier through its process: what closing a step opens.

The process is published and frozen; a dossier keeps only the steps it came to, and they are the whole state of the token
game (`procedures.rules.process.run`). Source: NĐ 61/2018 art. 19.6-19.7 (paper interlinking in sequence, electronic
interlinking to all agencies at once, each with an own clock).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.facts import label_of
from congvu.procedures.rules.process.graph import Branch, Process, Step
from congvu.procedures.rules.words import AgencyKind, StepKind

PLANNED, OPEN, DONE, CANCELLED, SET_ASIDE, PASSED = 0, 1, 2, 3, 4, 5
RECEIVE, LEAD, COOPERATE, SIGN, RETURN = "RECEIVE", "LEAD", "COOPERATE", "SIGN", "RETURN"
_STATE = {OPEN: run.OPEN, DONE: run.DONE, SET_ASIDE: run.SUPERSEDED, PASSED: run.DONE}

# The steps a dossier came to, for the rules: (position, round, state, branch taken), in the order of position and round.
Trail = tuple[tuple[int, int, int, int | None], ...]
# With whose work a dossier went to whom by records of handing over, the oldest first.
Given = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A step of a published process, by the position dossiers keep."""

    position: int
    name: str
    agency_kind: str
    unit_id: int | None
    role: str
    term_n: Decimal | None
    term_unit: str
    sub_procedure: str = ""  # the code of the procedure whose dossier this step opens and waits for

    def unit(self, receiving: int, competent: int, given: Given = ()) -> int:
        """The unit that does the step for a dossier of these units. A unit that the process names, and with whose work the
        dossier went to another (`given`), is followed to that one."""
        held = {AgencyKind.RECEIVER.value: receiving, AgencyKind.COMPETENT.value: competent}
        if self.agency_kind in held or self.unit_id is None:
            return held.get(self.agency_kind) or competent
        named = self.unit_id
        for giver, taker in given:
            named = taker if named == giver else named
        return named


@dataclass(frozen=True, slots=True)
class Onward:
    """What completing a step does: what opens (with its round), what rework sets aside (position, round), and whether
    nothing but giving back the result is left then."""

    branch: int | None
    opened: tuple[tuple[StepSpec, int], ...]
    set_aside: tuple[tuple[int, int], ...]
    only_return_is_left: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact a step must establish. `values` the process names (none: it compares numbers); `others`: another value is an
    answer too; `ways`: where each answer leads, in words."""

    fact: str
    values: tuple[str, ...]
    others: bool
    ways: str
    label: str


class Road:
    """A process as its dossiers go through it."""

    def __init__(self, graph: Process) -> None:
        self.graph = graph
        self._key = {at: key for key, at in graph.position.items()}
        self.specs: Mapping[int, StepSpec] = {
            at: _spec(at, graph.by_key[key]) for at, key in self._key.items()
        }
        self.first = tuple(self.specs[graph.position[key]] for key in graph.first if key in graph.position)
        self._known: dict[tuple[Trail, int, int | None], Onward] = {}

    def step(self, position: int) -> Step:
        """The step at a position as the process has it."""
        return self.graph.by_key[self._key[position]]

    def complete(self, trail: Trail, position: int, facts: Mapping[str, str]) -> Onward:
        """What completing the open step at `position` does, by the facts recorded. Refuses when no branch fits them."""
        step = self.step(position)
        if step.exclusive:
            return self._take(trail, position, run.choose(self.graph, self._state(trail), step.key, facts))
        return self._take(trail, position, 0 if step.branches else None)

    def outcomes(self, trail: Trail, position: int) -> tuple[Onward, ...]:
        """What completing the open step at `position` may do, a branch each."""
        step = self.step(position)
        if not step.branches:
            return (self._take(trail, position, None),)
        open_ones = run.branches_open(self.graph, self._state(trail), step.key)
        return tuple(self._take(trail, position, branch) for branch in open_ones)

    def send_back(self, trail: Trail, position: int, to: int) -> Onward:
        """What sending the open step's work back to the step at `to` does."""
        move = run.send_back(self.graph, self._state(trail), self._key[position], self._key[to])
        return self._onward(move, None)

    def ahead(self, positions: Iterable[int]) -> frozenset[int]:
        """The positions that may still come after these, or all when there are none yet."""
        keys = [self._key[position] for position in positions]
        found = self.graph.reached(keys or [self._key[spec.position] for spec in self.first])
        return frozenset(self.graph.position[key] for key in found)

    def at_once(self, trail: Trail, position: int) -> bool:
        """Whether a step the dossier came to is done beside the one at `position`, neither waiting for the other."""
        mine = self.ahead([position])
        return any(at not in mine and position not in self.ahead([at]) for at, *_ in trail)

    def asks(self, position: int) -> tuple["Asked", ...]:
        """The facts the step at `position` must establish so that the process can branch; none for most steps."""
        step = self.step(position)
        if not step.exclusive:
            return ()
        labels = self.graph.labels_at(step.key)
        ways = "; ".join(f"{branch.told(labels)} → {self._targets(branch)}" for branch in step.branches)
        otherwise = any(branch.otherwise for branch in step.branches)
        found: dict[str, list[Condition]] = {}
        for one in (one for branch in step.branches for one in branch.when if not one.missing):
            found.setdefault(one.fact, []).append(one)
        return tuple(
            Asked(
                fact,
                tuple(dict.fromkeys(one.value for one in conditions))
                if all(one.operator in "=≠" for one in conditions)
                else (),
                otherwise or any(one.operator == "≠" for one in conditions),
                ways,
                label_of(fact, labels),
            )
            for fact, conditions in found.items()
        )

    def told_facts(self, position: int, facts: Mapping[str, str] | None) -> str:
        """What a step established, by the names people know: "Kết luận: đạt"; "" for none."""
        labels = self.graph.labels_at(self._key.get(position, ""))
        return "; ".join(f"{label_of(name, labels)}: {said}" for name, said in (facts or {}).items())

    def _targets(self, branch: Branch) -> str:
        names = [self.graph.by_key[key].name for key in branch.targets if key in self.graph.by_key]
        return ", ".join(names) or "kết thúc"

    def leads_to(self, position: int) -> tuple[int, ...]:
        """The positions that follow a step, over all its branches forward."""
        return tuple(self.graph.position[key] for key in self.graph.after[self._key[position]])

    def _take(self, trail: Trail, position: int, branch: int | None) -> Onward:
        """Kept: of all the dossiers of a process few stand differently."""
        found = self._known.get((trail, position, branch))
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[trail, position, branch] = self._worked_out(trail, position, branch)
        return found

    def _worked_out(self, trail: Trail, position: int, branch: int | None) -> Onward:
        move = run.take(self.graph, self._state(trail), self._key[position], branch)
        if run.stuck(self.graph, move.state):
            raise Refused(
                f"Sau bước «{self.step(position).name}» quy trình không có lối đi tiếp.",
                where=f"Bước {position}",
                do="Báo người lập quy trình sửa các bước chờ nhau, rồi chuyển hồ sơ sang bản mới.",
            )
        return self._onward(move, branch)

    def _onward(self, move: run.Move, branch: int | None) -> Onward:
        at = self.graph.position
        return Onward(
            branch,
            tuple((self.specs[at[one.key]], one.round) for one in move.opened),
            tuple((at[one.key], one.round) for one in move.superseded),
            all(self.graph.by_key[one.key].role == RETURN for one in run.enabled(move.state)),
        )

    def _state(self, trail: Trail) -> run.State:
        return run.State(
            tuple(run.Instance(self._key[at], nth, _STATE[state], branch) for at, nth, state, branch in trail)
        )


_KEPT = 4096


def _spec(position: int, step: Step) -> StepSpec:
    return StepSpec(
        position, step.name, step.agency.kind, step.agency.unit_id, step.role, step.term_n, step.term_unit,
        step.sub_procedure if step.kind == StepKind.SUB_DOSSIER.value else "",
    )  # fmt: skip

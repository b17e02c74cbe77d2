"""Where a running dossier would stand in another version of its process. Pure.

Each open step goes to its counterpart and stays open, each step done stays done; nothing is opened that was done before.
What the new process has besides is either behind the dossier (a later step is already open or done: it is passed, unless
the decision asks for it), owed at once (what leads to it is done), or still to come. When that leaves a dossier that
could not go on to the end, it cannot move and stays under its version, which is always lawful.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from congvu.dossiers.rules.steps import DONE, OPEN, PASSED, SET_ASIDE, Trail
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import Branch, Process, Step
from congvu.procedures.rules.words import Join

MOST_STATES = 2000  # beyond them nobody is moved: what was not tried is not promised
EARLIER = 0  # the position of a step done under an earlier version that has no counterpart in this one
Counterparts = Mapping[int, int | None]  # old position -> new position, None: there is none


@dataclass(frozen=True, slots=True)
class Kept:
    """A step the dossier came to, in the new process. `position` EARLIER: it has no counterpart there."""

    old: int
    round: int
    position: int
    branch: int | None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the dossier would stand. `why`: "" when it can move, else the reason it cannot."""

    kept: tuple[Kept, ...] = ()
    passed: tuple[tuple[int, int, int | None], ...] = ()  # position, round, branch: not to be done any more
    opened: tuple[tuple[int, int], ...] = ()  # position, round: owed at once
    why: str = ""

    @property
    def left_behind(self) -> tuple[int, ...]:
        """Old positions of steps done that the new process does not have."""
        return tuple(dict.fromkeys(one.old for one in self.kept if one.position == EARLIER))


def counterparts(old: Process, new: Process) -> dict[int, int | None]:
    """The step of the new process for each of the old: of the same key; else of the same work (name and role); else
    the only one left of its role."""
    found: dict[str, str] = {key: key for key in old.by_key if key in new.by_key}
    for same in (lambda step: (fold(step.name), step.role), lambda step: step.role):
        rest = [step for key, step in old.by_key.items() if key not in found]
        free = [step for key, step in new.by_key.items() if key not in found.values()]
        for step in rest:
            alike = [one for one in free if same(one) == same(step)]
            if len(alike) == 1 and sum(same(one) == same(step) for one in rest) == 1:
                found[step.key] = alike[0].key
    return {at: new.position[found[key]] if key in found else None for key, at in old.position.items()}


def refuse_unless_one_to_one(chosen: Counterparts, old: Process, new: Process) -> None:
    """Refuses a step that is not there, and two old steps with one counterpart: one piece of work would be lost."""
    taken: dict[int, int] = {}
    steps = {at: new.by_key[key] for key, at in new.position.items()}
    for was, becomes in chosen.items():
        if becomes is None:
            continue
        if becomes not in steps or was not in old.position.values():
            raise Refused("Bản mới không có bước này.", where=f"Bước {was}", do="Chọn bước trong danh sách.")
        if becomes in taken:
            raise Refused(
                f"Hai bước cũ ({taken[becomes]} và {was}) cùng ứng với bước mới «{steps[becomes].name}».",
                where=f"Bước {was}",
                do="Để một bước là «không có bước tương ứng».",
            )
        taken[becomes] = was


def place(
    old: Process, new: Process, trail: Trail, chosen: Counterparts, asked: Collection[int] = ()
) -> Placed:
    """Where a dossier that came to `trail` would stand. `asked`: positions of new steps that dossiers already past them
    must still do."""
    return _Placing(old, new, chosen, frozenset(asked)).placed(trail)


def state_of(new: Process, placed: Placed, states: Mapping[tuple[int, int], int]) -> run.State:
    """The state of the token game after the move; `states` of the old steps by (position, round)."""
    key = {at: one for one, at in new.position.items()}
    went = {OPEN: run.OPEN, DONE: run.DONE, PASSED: run.DONE, SET_ASIDE: run.SUPERSEDED}
    instances = [
        run.Instance(key[one.position], one.round, went[states[one.old, one.round]], one.branch)
        for one in placed.kept
        if one.position != EARLIER
    ]
    instances += [run.Instance(key[at], nth, run.DONE, branch) for at, nth, branch in placed.passed]
    instances += [run.Instance(key[at], nth) for at, nth in placed.opened]
    return run.State(tuple(instances))


@dataclass
class _Placing:
    old: Process
    new: Process
    chosen: Counterparts
    asked: frozenset[int]
    old_key: dict[int, str] = field(init=False)
    new_key: dict[int, str] = field(init=False)
    to: dict[str, str] = field(init=False)  # old key -> new key

    def __post_init__(self) -> None:
        self.old_key = {at: key for key, at in self.old.position.items()}
        self.new_key = {at: key for key, at in self.new.position.items()}
        self.to = {
            self.old_key[was]: self.new_key[becomes]
            for was, becomes in self.chosen.items()
            if becomes is not None
        }

    def placed(self, trail: Trail) -> Placed:
        current = {self.old_key[at]: state for at, _, state, _ in trail if state != SET_ASIDE}
        why = self._lost(current) or self._reversed(current)
        if why:
            return Placed(why=why)
        kept = tuple(self._kept(row, current) for row in trail)
        was = {self.to[key]: state for key, state in current.items() if key in self.to}
        branch = {
            self.new_key[one.position]: one.branch
            for one, row in zip(kept, trail, strict=True)
            if one.position != EARLIER and row[2] != SET_ASIDE
        }
        passed, opened = self._besides(was, branch)
        rounds = {
            key: 1 + max((one.round for one in kept if self.new_key.get(one.position) == key), default=0)
            for key in (*passed, *opened)
        }
        at = self.new.position
        answer = Placed(
            kept,
            tuple((at[key], rounds[key], branch[key]) for key in passed),
            tuple((at[key], rounds[key]) for key in opened),
        )
        hanging = self._hanging(state_of(self.new, answer, {(p, n): s for p, n, s, _ in trail}))
        return Placed(why=hanging) if hanging else answer

    def _lost(self, current: Mapping[str, int]) -> str:
        for key, state in current.items():
            if state == OPEN and key not in self.to:
                return f"Bước đang làm «{self.old.by_key[key].name}» không có bước tương ứng ở bản mới."
        return ""

    def _reversed(self, current: Mapping[str, int]) -> str:
        """A step done that the new process puts after one still open: going on would skip or repeat it."""
        for one in (key for key, state in current.items() if state == OPEN):
            after, was_after = self.new.downstream(self.to[one]), self.old.downstream(one)
            for other, state in current.items():
                if state != OPEN and self.to.get(other) in after and other not in was_after:
                    new = self.new.by_key
                    return (
                        f"Theo bản mới, bước đã xong «{new[self.to[other]].name}» đứng sau bước đang làm"
                        f" «{new[self.to[one]].name}»."
                    )
        return ""

    def _kept(self, row: tuple[int, int, int, int | None], current: Mapping[str, int]) -> Kept:
        at, nth, state, branch = row
        key = self.old_key[at]
        if key not in self.to:
            return Kept(at, nth, EARLIER, None)
        step = self.new.by_key[self.to[key]]
        if state == OPEN:
            return Kept(at, nth, self.new.position[step.key], None)
        taken = (
            self._same_back(key, step, branch)
            if state == SET_ASIDE
            else self._branch(key, step, branch, current)
        )
        return Kept(at, nth, self.new.position[step.key], taken)

    def _same_back(self, key: str, step: Step, branch: int | None) -> int | None:
        """The same loop back, so that its rounds stay counted; else none."""
        was = self._taken(key, branch)
        if was is None or not was.back:
            return None
        to = self.to.get(was.targets[0])
        return next((n for n, one in enumerate(step.branches) if one.back and one.targets == (to,)), None)

    def _branch(self, key: str, step: Step, branch: int | None, current: Mapping[str, int]) -> int | None:
        """The branch that leads where the dossier is; of several the one with the same condition, the same targets."""
        was = self._taken(key, branch)
        targets = was.targets if was else self.old.after[key]
        beyond = self.old.reached(targets)
        here = {self.to[one] for one in current if one in beyond and one in self.to}
        direct = {self.to[one] for one in targets if one in self.to}
        ways = [
            (
                -len(self.new.reached(one.targets) & here),
                was is None or one.when != was.when,
                not direct & set(one.targets),
                n,
            )
            for n, one in enumerate(step.branches)
            if not one.back
        ]
        return min(ways)[-1] if ways else None

    def _taken(self, key: str, branch: int | None) -> Branch | None:
        branches = self.old.by_key[key].branches
        return branches[branch] if branch is not None and branch < len(branches) else None

    def _besides(self, was: Mapping[str, int], branch: dict[str, int | None]) -> tuple[list[str], list[str]]:
        """Steps of the new process the dossier should have come to by now: passed, and owed. Fills in the branches."""
        went = {key for key, state in was.items() if state != OPEN}
        passed: list[str] = []
        opened: list[str] = []
        for key in self.new.order:
            if key in was or not self._comes(key, went, branch):
                continue
            behind = (self.new.downstream(key) - {key}) & set(was)
            if behind and self.new.position[key] not in self.asked:
                branch[key] = self._towards(self.new.by_key[key], behind)
                passed.append(key)
                went.add(key)
            elif behind or self._fires(key, went, branch):
                opened.append(key)
        return passed, opened

    def _comes(self, key: str, went: Collection[str], branch: Mapping[str, int | None]) -> bool:
        return key in self.new.first or any(
            self._carries(one, key, went, branch) for one in self.new.before[key]
        )

    def _fires(self, key: str, went: Collection[str], branch: Mapping[str, int | None]) -> bool:
        before = self.new.before[key]
        if key in self.new.first or self.new.by_key[key].join == Join.ANY.value:
            return True
        return all(self._carries(one, key, went, branch) for one in before)

    def _carries(
        self, source: str, key: str, went: Collection[str], branch: Mapping[str, int | None]
    ) -> bool:
        at = branch.get(source)
        return source in went and at is not None and key in self.new.by_key[source].branches[at].targets

    def _towards(self, step: Step, behind: Collection[str]) -> int | None:
        forward = [n for n, one in enumerate(step.branches) if not one.back]
        return next((n for n in forward if self.new.reached(step.branches[n].targets) & set(behind)), None)

    def _hanging(self, begin: run.State) -> str:
        """Why the dossier would not come to an end from there, or why that cannot be said; "" when it would, whatever is
        decided on the way."""
        known, todo = {_mark(begin)}, [begin]
        while todo:
            if len(known) > MOST_STATES:
                return "Bản mới có quá nhiều cách rẽ nhánh, không xét hết được là hồ sơ đi tới cùng."
            state = todo.pop()
            ready = run.enabled(state)
            if not ready:
                for join in run.waiting(self.new, state):
                    return f"Sau khi chuyển, hồ sơ sẽ chờ mãi ở bước «{self.new.by_key[join.key].name}»."
                continue
            one = ready[0]
            for branch in run.branches_open(self.new, state, one.key) or (None,):
                after = run.take(self.new, state, one.key, branch).state
                if _mark(after) not in known:
                    known.add(_mark(after))
                    todo.append(after)
        return ""


def _mark(state: run.State) -> frozenset[tuple[str, int, int | None]]:
    return frozenset(
        (one.key, int(one.state), one.branch) for one in state.instances if one.state != run.SUPERSEDED
    )

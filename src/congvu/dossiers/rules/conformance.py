"""Where a dossier left its published process: steps skipped, added, out of order, late by their own clock. Pure.

Source: TT 01/2018/TT-VPCP, Điều 8 (a dossier is handled by the published inner process of its procedure); each step has
an own term (NĐ 61/2018, Điều 19.6-19.7). Judged from the steps the dossier came to, as its rows tell them, and the graph:
a history the token game (`procedures.rules.process.run`) can play never deviates but by lateness.

Moments are compared only: datetimes, or places in an order (equal moments, equal places).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from congvu.procedures.rules.process.graph import Branch, Process
from congvu.procedures.rules.words import Join

OPEN, DONE, CANCELLED, SET_ASIDE = 1, 2, 3, 4  # StepState
Moment = datetime | int


class Kind(Enum):
    """How a dossier may leave its process, in the words of the screen."""

    SKIPPED = "skipped"
    ADDED = "added"
    OUT_OF_ORDER = "out_of_order"
    LATE = "late"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.SKIPPED: "Bỏ qua bước",
    Kind.ADDED: "Thêm bước",
    Kind.OUT_OF_ORDER: "Sai thứ tự",
    Kind.LATE: "Bước quá hạn",
}


@dataclass(frozen=True, slots=True)
class Done:
    """A step the dossier came to. `branch`: the branch taken, None when not recorded or the step has none. `late`: its
    own clock ran out before it was done, or has run out by now while it is open and the dossier not paused."""

    position: int
    opened: Moment
    done: Moment | None = None
    state: int = DONE
    branch: int | None = None
    late: bool = False

    @property
    def was_done(self) -> bool:
        """Done, whether or not rework set it aside afterwards."""
        return self.done is not None and (
            self.state == DONE or (self.state == SET_ASIDE and self.branch is not None)
        )


@dataclass(frozen=True, slots=True, order=True)
class Deviation:
    """A kind and the position of the step it is about."""

    position: int
    kind: str

    @classmethod
    def of(cls, kind: Kind, position: int) -> "Deviation":
        return cls(position, kind.value)


def deviations(process: Process, steps: Sequence[Done], *, concluded: bool) -> frozenset[Deviation]:
    """Every deviation of a dossier, each kind once a step.

    `concluded`: handling came to its proper end (finished, whether returned or not), so that what the process still had
    before it counts as skipped. A dossier withdrawn or stopped for good skips nothing by ending.
    """
    return frozenset(_Replay(process, steps, concluded).found())


class _Replay:
    """One dossier beside its process. Positions are rows of the process's table, from 1."""

    def __init__(self, process: Process, steps: Sequence[Done], concluded: bool) -> None:
        self.process, self.concluded = process, concluded
        at = process.position
        self.key = {place: key for key, place in at.items()}
        self.known = [one for one in steps if one.position in self.key]
        self.strange = [one for one in steps if one.position not in self.key]
        self.late = [one for one in steps if one.late]
        self.by_key: dict[str, list[Done]] = {}
        for one in sorted(self.known, key=lambda one: _order(one.opened)):
            self.by_key.setdefault(self.key[one.position], []).append(one)
        # what rework may have set aside: (the moment it was decided, target, every step done anew)
        self.reworks = [
            (one.done, branch.targets[0], process.downstream(branch.targets[0]))
            for one in self.known
            if one.was_done
            for branch in self._backs(one)
        ]

    def found(self) -> Iterable[Deviation]:
        for one in self.strange:
            yield Deviation.of(Kind.ADDED, one.position)
        for one in self.late:
            yield Deviation.of(Kind.LATE, one.position)
        skipped = self._left_undone() if self.concluded else set()
        for key, times in self.by_key.items():
            for nth, one in enumerate(times):
                if nth > sum(_before(when, one.opened) for when, _, anew in self.reworks if key in anew):
                    yield Deviation.of(Kind.ADDED, one.position)
                elif not self._begins(key, one):
                    early, missing = self._too_early(key, one.opened)
                    skipped |= missing
                    if early:
                        yield Deviation.of(Kind.OUT_OF_ORDER, one.position)
        for key in skipped | self._behind(skipped):
            yield Deviation.of(Kind.SKIPPED, self.process.position[key])

    def _performed(self, key: str) -> bool:
        return any(one.state != CANCELLED for one in self.by_key.get(key, ()))

    def _begins(self, key: str, one: Done) -> bool:
        """Whether the step opens without waiting: at the start, or by rework."""
        return key in self.process.first or any(
            target == key and _before(when, one.opened) for when, target, _ in self.reworks
        )

    def _too_early(self, key: str, opened: Moment) -> tuple[bool, set[str]]:
        """Whether the step opened before what it waits for, and what of that was never done."""
        before = self.process.before[key]
        arrived = {
            source
            for source in before
            if any(one.was_done and _before(one.done, opened) for one in self.by_key.get(source, ()))
        }
        awaited = [source for source in before if source not in arrived]
        if not awaited or (self.process.by_key[key].join == Join.ANY.value and arrived):
            return False, set()
        missing = {source for source in awaited if not self._performed(source)}
        if self.process.by_key[key].join == Join.ANY.value:
            return len(missing) < len(awaited), set(awaited[:1]) if len(missing) == len(awaited) else set()
        return len(missing) < len(awaited), missing

    def _behind(self, skipped: Iterable[str]) -> set[str]:
        """What stands before skipped steps and was never done either."""
        found: set[str] = set()
        todo = list(skipped)
        while todo:
            before = self.process.before[todo.pop()]
            missing = [one for one in before if not self._performed(one)]
            if len(missing) < len(before):
                missing = [one for one in missing if self._needed(one)]
            elif len(missing) > 1 and not self._together(missing):
                missing = missing[:1]
            for one in missing:
                if one not in found:
                    found.add(one)
                    todo.append(one)
        return found

    def _needed(self, key: str) -> bool:
        """Whether the step could not have been left out by a choice."""
        return not any(self.process.by_key[source].exclusive for source in self.process.before[key])

    def _together(self, keys: list[str]) -> bool:
        return all(self._needed(key) for key in keys)

    def _left_undone(self) -> set[str]:
        """What the branches taken lead to and was never done, in a dossier concluded."""
        found = {key for key in self.by_key if not self._performed(key) and not self._return_only(key)}
        todo = [key for key in self.process.by_key if self._performed(key)]
        todo += [key for key in self.process.first if key not in self.by_key]
        found |= {key for key in self.process.first if key not in self.by_key and key in self.process.by_key}
        seen = set(todo)
        while todo:
            for target in self._missing_after(todo.pop()):
                found.add(target)
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return found

    def _return_only(self, key: str) -> bool:
        return self.process.by_key[key].role == "RETURN"

    def _missing_after(self, key: str) -> list[str]:
        """The targets never reached of the branch taken; of the branch with fewest such, when none is recorded."""
        current = [one for one in self.by_key.get(key, ()) if one.state in (DONE, OPEN)]
        if current and not current[-1].was_done:
            return []
        branches = self.process.by_key[key].branches
        taken = current[-1].branch if current else None
        if taken is not None and taken < len(branches):
            return self._not_reached(branches[taken])
        if key in self.by_key and not current:
            return []  # set aside by rework, or never done: what follows is of no account
        return min((self._not_reached(one) for one in branches if not one.back), key=len, default=[])

    def _not_reached(self, branch: Branch) -> list[str]:
        if branch.back:
            return []
        return [one for one in branch.targets if one in self.process.by_key and one not in self.by_key]

    def _backs(self, one: Done) -> list[Branch]:
        branches = self.process.by_key[self.key[one.position]].branches
        if one.branch is not None:
            branches = branches[one.branch : one.branch + 1]
        return [branch for branch in branches if branch.back and branch.targets]


def _before(when: Moment | None, then: Moment) -> bool:
    return when is not None and _order(when) <= _order(then)


def _order(moment: Moment) -> float:
    return moment.timestamp() if isinstance(moment, datetime) else float(moment)

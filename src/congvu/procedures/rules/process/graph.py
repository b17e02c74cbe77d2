"""A process: steps, the branches out of each, and what follows from them.

Exactly one branch is taken when a step is completed: the first whose conditions all hold, in the order written; the
branch without conditions is "otherwise". A branch opens all its targets at once (parallel agencies); one without
targets ends the way. A loop back for rework is a branch marked `back`, to one earlier step, at most `max_rounds` times.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.facts import Labels, label_of
from congvu.procedures.rules.words import AgencyKind, Archetype, Join, StepKind, StepRole, TermUnit

HOURS_PER_DAY = 8
_IN_HOURS = {TermUnit.GIO_LAM_VIEC.value: 1, TermUnit.NGAY_LAM_VIEC.value: HOURS_PER_DAY}


@dataclass(frozen=True, slots=True)
class Agency:
    """Who does a step. `unit_id` and `code` (its identification code) only for a fixed unit; `text` as people read it."""

    kind: str = AgencyKind.COMPETENT.value
    unit_id: int | None = field(default=None, compare=False)
    code: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        return self.text or self.code or AgencyKind(self.kind).label


COMPETENT = Agency()


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a completed step leads. `when`: all must hold; empty is "otherwise" (or the only way)."""

    targets: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    back: bool = False
    max_rounds: int | None = None  # how often it may be taken; only for a loop back

    @property
    def otherwise(self) -> bool:
        return not self.when

    def told(self, labels: Mapping[str, str]) -> str:
        """The conditions as forms show them: facts by their names."""
        said = [
            f"{label_of(one.fact, labels)} {one.operator} {one.value}" for one in self.when if not one.missing
        ]
        return " và ".join(said) or "còn lại"

    def words(self) -> str:
        """The conditions as officials type them; "còn lại" without any."""
        return " và ".join(one.words() for one in self.when) if self.when else "còn lại"


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work of one agency. `term_n` of `term_unit`; None: no own deadline."""

    key: str
    name: str
    agency: Agency = COMPETENT
    role: str = StepRole.LEAD.value
    officer: str = ""  # who does it there: a role of `foundation.identity.roles`, or ""
    duty: str = ""
    term_n: Decimal | None = None
    term_unit: str = TermUnit.NGAY_LAM_VIEC.value
    branches: tuple[Branch, ...] = ()
    join: str = Join.ALL.value
    kind: str = StepKind.TASK.value
    sub_procedure: str = ""  # the code of the procedure of a sub-dossier
    labels: Labels = ()  # what forms call the facts it records

    @property
    def hours(self) -> Decimal | None:
        """The term in working hours; None without one, or when its unit cannot be measured so."""
        per = _IN_HOURS.get(self.term_unit)
        return None if self.term_n is None or per is None else self.term_n * per

    @property
    def exclusive(self) -> bool:
        """Whether a choice is made when it is completed."""
        return len(self.branches) > 1 or any(branch.when for branch in self.branches)


@dataclass(frozen=True)
class Process:
    """Steps in the order of their table. `starts`: keys open at once; empty means the first step."""

    steps: tuple[Step, ...]
    starts: tuple[str, ...] = ()
    archetype: str = Archetype.APPROVAL.value

    @cached_property
    def by_key(self) -> Mapping[str, Step]:
        """Steps by key; of two with one key the first (lint says so)."""
        found: dict[str, Step] = {}
        for step in self.steps:
            found.setdefault(step.key, step)
        return found

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The row of each key, from 1."""
        found: dict[str, int] = {}
        for at, step in enumerate(self.steps, start=1):
            found.setdefault(step.key, at)
        return found

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the process calls its facts; of two steps that name one the first."""
        found: dict[str, str] = {}
        for step in self.steps:
            for fact, label in step.labels:
                found.setdefault(fact, label)
        return found

    def labels_at(self, key: str) -> Mapping[str, str]:
        """What a step calls facts: by its own names, then by those of the others."""
        step = self.by_key.get(key)
        return {**self.labels, **dict(step.labels)} if step is not None and step.labels else self.labels

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The keys open at the start."""
        return tuple(dict.fromkeys(self.starts)) or tuple(step.key for step in self.steps[:1])

    @cached_property
    def after(self) -> Mapping[str, tuple[str, ...]]:
        """Forward followers of each step over all its branches, each once."""
        return {
            step.key: tuple(
                dict.fromkeys(
                    to
                    for branch in step.branches
                    if not branch.back
                    for to in branch.targets
                    if to in self.by_key
                )
            )
            for step in self.by_key.values()
        }

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """What each step waits for: the sources of its forward links."""
        found: dict[str, list[str]] = {key: [] for key in self.by_key}
        for source, targets in self.after.items():
            for to in targets:
                found[to].append(source)
        return {key: tuple(sources) for key, sources in found.items()}

    def downstream(self, key: str) -> frozenset[str]:
        """`key` and every step that forward links lead to from it."""
        return self.reached([key])

    def reached(self, keys: Iterable[str]) -> frozenset[str]:
        """The steps that forward links lead to from `keys`, with them."""
        seen: set[str] = set()
        todo = [key for key in keys if key in self.by_key]
        while todo:
            key = todo.pop()
            if key not in seen:
                seen.add(key)
                todo.extend(self.after[key])
        return frozenset(seen)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Keys so that each stands after what it waits for; steps on a forward cycle are left out. Ties by row."""
        waiting = {key: len(sources) for key, sources in self.before.items()}
        ready = sorted((key for key, count in waiting.items() if not count), key=self.position.__getitem__)
        done: list[str] = []
        while ready:
            key = ready.pop(0)
            done.append(key)
            for to in self.after[key]:
                waiting[to] -= 1
                if not waiting[to]:
                    ready.append(to)
            ready.sort(key=self.position.__getitem__)
        return tuple(done)


def sequence(steps: Iterable[Step]) -> Process:
    """The trivial process: one step after another, whatever their branches said."""
    rows = tuple(steps)
    onward = [*((Branch((later.key,)),) for later in rows[1:]), ()]
    return Process(tuple(replace(step, branches=to) for step, to in zip(rows, onward, strict=False)))

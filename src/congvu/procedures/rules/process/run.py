"""How a dossier goes through a process: the token game, pure.

The state is the list of step instances alone, so that rows of steps are the state and nothing else need be kept. What
has arrived at a join follows from it: a link carries a token when its source's current instance is done and took the
branch that holds the link. Hence no token can be lost or made twice.

Rework: a branch `back` to a step sets that step and everything after it aside (`SUPERSEDED`), open or done, and opens
the step anew with the next round number. What arrived from steps that are not redone stays arrived. A join fires once a
round: when all its predecessors are done (ALL), or with the first one (ANY; those that come later open nothing).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process.conditions import Facts
from congvu.procedures.rules.process.graph import Branch, Process, Step
from congvu.procedures.rules.words import Join


class InstanceState(IntEnum):
    OPEN = 1
    DONE = 2
    SUPERSEDED = 3  # set aside by rework; whether it was done before, `branch` still says


OPEN, DONE, SUPERSEDED = InstanceState.OPEN, InstanceState.DONE, InstanceState.SUPERSEDED


@dataclass(frozen=True, slots=True)
class Instance:
    """A step whose turn came. `round` from 1; `branch`: which branch was taken when it was completed."""

    key: str
    round: int = 1
    state: InstanceState = OPEN
    branch: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a dossier is: every instance in the order they were opened."""

    instances: tuple[Instance, ...] = ()

    def current(self) -> Mapping[str, Instance]:
        """The instance of each step that counts: the open or done one, not those set aside."""
        return {one.key: one for one in self.instances if one.state != SUPERSEDED}


@dataclass(frozen=True, slots=True)
class Move:
    """What one completion did. `closed` is None at the start; `superseded` as they are now."""

    state: State
    opened: tuple[Instance, ...]
    closed: Instance | None = None
    superseded: tuple[Instance, ...] = ()
    branch: Branch | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A join that some predecessors reached: the keys that arrived and those still awaited."""

    key: str
    arrived: tuple[str, ...]
    awaited: tuple[str, ...]


def start(process: Process) -> Move:
    """The state of a dossier just received: the first steps open. Refuses a process without steps."""
    opened = tuple(Instance(key) for key in process.first if key in process.by_key)
    if not opened:
        raise Refused("Quy trình chưa có bước nào.", where="steps", do="Thêm ít nhất một bước.")
    return Move(State(opened), opened)


def enabled(state: State) -> tuple[Instance, ...]:
    """The open steps, in the order they were opened."""
    return tuple(one for one in state.instances if one.state == OPEN)


def waiting(process: Process, state: State) -> tuple[Waiting, ...]:
    """Joins that wait for all and that some predecessors have reached, in order of the table."""
    current = state.current()
    found = []
    for step in process.by_key.values():
        if step.key in current or step.join == Join.ANY.value:
            continue
        arrived = tuple(one for one in process.before[step.key] if _carries(process, current, one, step.key))
        if arrived:
            awaited = tuple(one for one in process.before[step.key] if one not in arrived)
            found.append(Waiting(step.key, arrived, awaited))
    return tuple(found)


def ended(process: Process, state: State) -> bool:
    """Whether the dossier went all its ways: nothing is open and nothing waits at a join."""
    return not enabled(state) and not waiting(process, state)


def stuck(process: Process, state: State) -> bool:
    """Whether nothing is open but something waits for what will never come. A process lint passes never gets here."""
    return not enabled(state) and bool(waiting(process, state))


def branches_open(process: Process, state: State, key: str) -> tuple[int, ...]:
    """Indexes of the branches the step could still take: loops back whose rounds are used up are left out."""
    step = process.by_key[key]
    return tuple(at for at, branch in enumerate(step.branches) if not _used_up(state, step, at, branch))


def choose(process: Process, state: State, key: str, facts: Facts) -> int | None:
    """The branch the facts decide: the first whose conditions hold, else "otherwise"; None: the step has no branch.

    Refuses when no branch fits, and when the loop back it would take has been taken as often as allowed.
    """
    step = process.by_key[key]
    if not step.branches:
        return None
    fits = (at for at, one in enumerate(step.branches) if one.when and all(c.holds(facts) for c in one.when))
    other = (at for at, one in enumerate(step.branches) if one.otherwise)
    at = next(fits, next(other, None))
    where = f"Bước {process.position[key]}"
    if at is None:
        raise Refused(
            f"Dữ kiện đã ghi không ứng với nhánh nào sau bước «{step.name}».",
            where=where,
            do="Ghi dữ kiện mà rẽ nhánh hỏi: "
            + "; ".join(one.told(process.labels_at(key)) for one in step.branches)
            + ".",
        )
    branch = step.branches[at]
    if _used_up(state, step, at, branch):
        raise Refused(
            f"Đã trả lại làm lại {branch.max_rounds} lần, là số lần tối đa của bước «{step.name}».",
            where=where,
            do="Kết luận theo nhánh khác, hoặc dừng giải quyết hồ sơ.",
        )
    return at


def complete(process: Process, state: State, key: str, facts: Facts) -> Move:
    """Complete the open instance of a step by the facts it recorded. Refuses a step that is not open; see `choose`."""
    return take(process, state, key, choose(process, state, key, facts))


def take(process: Process, state: State, key: str, branch: int | None) -> Move:
    """Complete the open instance of a step along the branch of that index (None: it has none)."""
    at = next((n for n, one in enumerate(state.instances) if one.key == key and one.state == OPEN), None)
    if at is None:
        raise Refused(
            "Bước này không đang mở.", where=f"Bước {process.position.get(key, 0)}", do="Tải lại hồ sơ."
        )
    closed = replace(state.instances[at], state=DONE, branch=branch)
    instances = [*state.instances[:at], closed, *state.instances[at + 1 :]]
    chosen = None if branch is None else process.by_key[key].branches[branch]
    if chosen is None:
        return Move(State(tuple(instances)), (), closed)
    if chosen.back:
        return _rework(process, instances, closed, chosen)
    opened = []
    current = {one.key: one for one in instances if one.state != SUPERSEDED}
    for target in chosen.targets:
        if target in process.by_key and target not in current and _fires(process, current, target):
            opened.append(_next(instances, target))
    return Move(State((*instances, *opened)), tuple(opened), closed, (), chosen)


def send_back(process: Process, state: State, key: str, target: str) -> Move:
    """Open `target` anew because the open step `key` sends its work back: no branch of the process, what any signer may do.

    The target and all after it are set aside, as rework does. Refuses a step that is not open, a target that is not
    done or does not lead to the step.
    """
    current = state.current()
    here, there = current.get(key), current.get(target)
    if here is None or here.state != OPEN or there is None or there.state != DONE:
        raise Refused(
            "Không có bước đã làm xong để trả lại.",
            where=f"Bước {process.position.get(key, 0)}",
            do="Tải lại hồ sơ.",
        )
    if key not in process.downstream(target):
        raise Refused(
            "Bước đó không dẫn tới bước này.", where=f"Bước {process.position[target]}", do="Chọn bước khác."
        )
    anew, opened, aside = _anew(process, state.instances, target)
    return Move(anew, (opened,), None, aside)


def replay(process: Process, completed: Iterable[tuple[str, int | None]]) -> State:
    """The state after completing steps in that order, each (key, branch taken). Refuses an impossible history."""
    state = start(process).state
    for key, branch in completed:
        state = take(process, state, key, branch).state
    return state


def _rework(process: Process, instances: Sequence[Instance], closed: Instance, branch: Branch) -> Move:
    """Set the target and all after it aside and open it anew. `closed` keeps its branch, so rounds can be counted."""
    state, opened, aside = _anew(process, instances, branch.targets[0])
    return Move(state, (opened,), closed, aside, branch)


def _anew(
    process: Process, instances: Sequence[Instance], target: str
) -> tuple[State, Instance, tuple[Instance, ...]]:
    anew = process.downstream(target)
    kept, aside = [], []
    for one in instances:
        if one.state != SUPERSEDED and one.key in anew:
            one = replace(one, state=SUPERSEDED)
            aside.append(one)
        kept.append(one)
    opened = _next(kept, target)
    return State((*kept, opened)), opened, tuple(aside)


def _next(instances: Sequence[Instance], key: str) -> Instance:
    return Instance(key, 1 + sum(1 for one in instances if one.key == key))


def _fires(process: Process, current: Mapping[str, Instance], key: str) -> bool:
    """Whether a step not yet open opens now that one of its predecessors has arrived."""
    if process.by_key[key].join == Join.ANY.value:
        return True
    return all(_carries(process, current, source, key) for source in process.before[key])


def _carries(process: Process, current: Mapping[str, Instance], source: str, target: str) -> bool:
    one = current.get(source)
    if one is None or one.state != DONE or one.branch is None:
        return False
    branch = process.by_key[source].branches[one.branch]
    return not branch.back and target in branch.targets


def _used_up(state: State, step: Step, at: int, branch: Branch) -> bool:
    if not branch.back or branch.max_rounds is None:
        return False
    taken = sum(1 for one in state.instances if one.key == step.key and one.branch == at)
    return taken >= branch.max_rounds

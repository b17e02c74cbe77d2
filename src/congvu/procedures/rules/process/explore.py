"""Every way a dossier could go through a process, up to a bound: what opens, what hangs, what comes too late.

States differ only in which steps are open or done and along which branch; rounds are left out, so loops add no states
of their own. Orders of parallel steps are tried too, while the number of states stays below `MOST_STATES`; above it one
order is tried, which finds the same joins unless rework and parallel ways meet.
"""

from dataclasses import dataclass, field

from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import Process
from congvu.procedures.rules.process.run import State
from congvu.procedures.rules.words import Join

MOST_STATES = 800


@dataclass(slots=True)
class Seen:
    """`hanging`: join -> what it still waits for where nothing is open; `late`: ANY joins a second way reaches."""

    opened: set[str] = field(default_factory=set)
    hanging: dict[str, tuple[str, ...]] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    states: int = 0


def explore(process: Process) -> Seen:
    """Walk the process. The forward links must not form a cycle."""
    seen = _walk(process, every_order=True)
    return seen if seen is not None else _walk(process, every_order=False) or Seen()


def _walk(process: Process, *, every_order: bool) -> Seen | None:
    """None: too many states. With one order the bound is ten times higher, and what was seen until then is given."""
    seen = Seen()
    begin = run.start(process).state
    known, todo = {_mark(begin)}, [begin]
    seen.opened.update(one.key for one in begin.instances)
    while todo:
        state = todo.pop()
        seen.states += 1
        if len(known) > (MOST_STATES if every_order else 10 * MOST_STATES):
            return None if every_order else seen
        open_now = run.enabled(state)
        if not open_now:
            for join in run.waiting(process, state):
                seen.hanging.setdefault(join.key, join.awaited)
        for one in open_now if every_order else open_now[:1]:
            branches = range(len(process.by_key[one.key].branches)) or (None,)
            for branch in branches:
                move = run.take(process, state, one.key, branch)
                seen.opened.update(new.key for new in move.opened)
                _note_late(process, state, move, seen)
                after = State(tuple(kept for kept in move.state.instances if kept.state != run.SUPERSEDED))
                if _mark(after) not in known:
                    known.add(_mark(after))
                    todo.append(after)
    return seen


def _note_late(process: Process, before: State, move: run.Move, seen: Seen) -> None:
    if move.branch is None or move.branch.back:
        return
    current = before.current()
    for target in move.branch.targets:
        if target in current and process.by_key[target].join == Join.ANY.value:
            seen.late.add(target)


def _mark(state: State) -> frozenset[tuple[str, int, int | None]]:
    return frozenset((one.key, int(one.state), one.branch) for one in state.instances)

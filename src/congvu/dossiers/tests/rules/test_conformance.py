"""Golden tables of conformance, and: what the token game can play never deviates."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.rules.conformance import CANCELLED, DONE, OPEN, SET_ASIDE, Done, deviations
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import Process, sequence
from congvu.procedures.rules.words import Join
from congvu.procedures.tests.process.make import (
    a_return,
    a_step,
    choice,
    parallel,
    rework,
    sound_processes,
    wild_processes,
)

ROW = sequence((a_step("a"), a_step("b"), a_step("c"), a_return("d")))


def of(process: Process, told: str, *, concluded: bool = True) -> set[str]:
    """`told`: "1:0-1 2:1-5! 3:5- 4x:6-7 2/1:…": position, branch, cancelled, opened-done, late."""
    steps = []
    for word in told.split():
        head, _, times = word.partition(":")
        late, times = times.endswith("!"), times.rstrip("!")
        opened, _, done = times.partition("-")
        state = CANCELLED if "x" in head else SET_ASIDE if "~" in head else DONE if done else OPEN
        place, _, branch = head.replace("x", "").replace("~", "").partition("/")
        steps.append(
            Done(
                int(place),
                int(opened),
                int(done) if done else None,
                state,
                int(branch) if branch else None,
                late,
            )
        )
    return {f"{one.kind} {one.position}" for one in deviations(process, steps, concluded=concluded)}


@pytest.mark.parametrize(
    ("process", "told", "concluded", "found"),
    [
        (ROW, "1:0-1 2:1-2 3:2-3 4:3-", True, set()),
        (ROW, "1:0-1 2:1-2 3:2-3 4:3-4", True, set()),
        (ROW, "1:0-1 2:1-", False, set()),
        (ROW, "1:0-1 3:1-2 4:2-", True, {"skipped 2"}),
        (ROW, "1:0-1 4:1-", True, {"skipped 2", "skipped 3"}),
        (ROW, "1:0-1 3:1-", False, {"skipped 2"}),
        (ROW, "2:1-2 3:2-3 4:3-", True, {"skipped 1"}),
        (ROW, "1:0-1 2:1-2", True, {"skipped 3", "skipped 4"}),
        (ROW, "1:0-1 2:1-2", False, set()),
        (ROW, "1:0-1 2:1-2 3x:2-3", True, {"skipped 3"}),
        (ROW, "1:0-1 2:1-2 3x:2-3", False, set()),
        (ROW, "1:0-1 2:3-4 3:1-2 4:4-", True, {"out_of_order 3"}),
        (ROW, "1:0-1 2:1-5 3:3-4 4:5-", True, {"out_of_order 3"}),
        (ROW, "1:0-1 2:1-2 3:2-3 4:3- 9:1-2", True, {"added 9"}),
        (ROW, "1:0-1 2:1-2 2:2-3 3:3-4 4:4-", True, {"added 2"}),
        (ROW, "1:0-1 2:1-9! 3:9-10 4:10-", True, {"late 2"}),
        (ROW, "1:0-1 2:1-!", False, {"late 2"}),
        (ROW, "1:0-1! 3:1-2! 4:2-", True, {"late 1", "late 3", "skipped 2"}),
        (parallel(), "1:0-1 2:1-2 3:1-5 4:5-", True, set()),
        (parallel(), "1:0-1 2:1-2 4:2-3", True, {"skipped 3"}),
        (parallel(), "1:0-1 2:1-2 3:1-5 4:2-3", True, {"out_of_order 4"}),
        (parallel(Join.ANY.value), "1:0-1 2:1-2 3:1-5 4:2-3", True, set()),
        (choice(Join.ANY.value), "1/0:0-1 2/0:1-2 4:2-3", True, set()),
        (choice(Join.ANY.value), "1/1:0-1 3/0:1-2 4:2-3", True, set()),
        (choice(Join.ANY.value), "1:0-1 3:1-2 4:2-3", True, set()),
        (choice(Join.ANY.value), "1/1:0-1 2/0:1-2 4:2-3", True, {"skipped 3"}),
        (choice(Join.ANY.value), "1/0:0-1 4:2-3", True, {"skipped 2"}),
        (rework(), "1/0:0-1 2~/0:1-2 3~/0:2-3 2/0:3-4 3/1:4-5 4:5-", True, set()),
        (rework(), "1/0:0-1 2/0:1-2 2/0:2-3 3/1:3-4 4:4-", True, {"added 2"}),
        (rework(), "1/0:0-1 3/1:1-2 4:2-", True, {"skipped 2"}),
    ],
)  # fmt: skip
def test_golden(process: Process, told: str, concluded: bool, found: set[str]) -> None:
    assert of(process, told, concluded=concluded) == found


def test_an_empty_history_skips_nothing_until_it_is_concluded() -> None:
    assert of(ROW, "", concluded=False) == set()
    assert of(ROW, "") == {"skipped 1", "skipped 2", "skipped 3", "skipped 4"}


def played(process: Process, data: st.DataObject, most: int = 40) -> tuple[list[Done], bool]:
    """A random legal history: its steps with moments, and whether it came to its end."""
    state, now = run.start(process).state, 0
    times: dict[tuple[str, int], list[int | None]] = {
        (one.key, one.round): [0, None] for one in state.instances
    }
    for _ in range(most):
        ready = [
            (one.key, branch)
            for one in run.enabled(state)
            for branch in (run.branches_open(process, state, one.key) or (None,))
            if branch is not None or not process.by_key[one.key].branches
        ]
        if not ready:
            break
        key, branch = data.draw(st.sampled_from(ready))
        now += data.draw(st.integers(0, 1))
        move = run.take(process, state, key, branch)
        state = move.state
        assert move.closed is not None
        times[key, move.closed.round][1] = now
        for one in move.superseded:
            if times[one.key, one.round][1] is None:
                times[one.key, one.round][1] = now
        for one in move.opened:
            times[one.key, one.round] = [now, None]
    codes = {run.OPEN: OPEN, run.DONE: DONE, run.SUPERSEDED: SET_ASIDE}
    steps = [
        Done(process.position[one.key], opened or 0, done, codes[one.state], one.branch)
        for one in state.instances
        for opened, done in [times[one.key, one.round]]
    ]
    return steps, run.ended(process, state)


@given(sound_processes(), st.data())
def test_what_the_token_game_plays_conforms(process: Process, data: st.DataObject) -> None:
    steps, ended = played(process, data)
    assert deviations(process, steps, concluded=ended) == frozenset()


@given(wild_processes(), st.data())
def test_so_it_does_on_any_graph(process: Process, data: st.DataObject) -> None:
    steps, ended = played(process, data)
    assert deviations(process, steps, concluded=ended) == frozenset()


@given(sound_processes(), st.data())
def test_a_step_taken_out_of_a_whole_history_is_seen(process: Process, data: st.DataObject) -> None:
    """Whatever is taken out, something is said (its own position or one it made out of order or missing)."""
    steps, ended = played(process, data)
    once = [one for one in steps if sum(other.position == one.position for other in steps) == 1]
    if not ended or len(steps) < 2 or not once:
        return
    gone = data.draw(st.sampled_from(once))
    left = [one for one in steps if one is not gone]
    assert deviations(process, left, concluded=True) != frozenset()


@given(sound_processes(), st.data())
def test_lateness_is_told_of_exactly_the_late_steps(process: Process, data: st.DataObject) -> None:
    steps, ended = played(process, data)
    late = data.draw(st.sets(st.sampled_from(range(len(steps)))))
    marked = [replace(one, late=at in late) for at, one in enumerate(steps)]
    found = deviations(process, marked, concluded=ended)
    assert {(one.kind, one.position) for one in found} == {("late", steps[at].position) for at in late}

"""Where a running dossier stands after its process changed: nothing lost, nothing done twice, never stuck."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.dossiers.rules.moving import (
    EARLIER,
    Placed,
    counterparts,
    place,
    refuse_unless_one_to_one,
    state_of,
)
from congvu.dossiers.rules.steps import DONE, OPEN, PASSED, SET_ASIDE, Trail
from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.graph import Branch, Process
from congvu.procedures.tests.process.make import a_return, a_step, choice, parallel, rework, sound_processes

STATES = {run.OPEN: OPEN, run.DONE: DONE, run.SUPERSEDED: SET_ASIDE}


def trail_of(process: Process, state: run.State) -> Trail:
    return tuple(
        (process.position[one.key], one.round, STATES[one.state], one.branch) for one in state.instances
    )


def walked(process: Process, *taken: tuple[str, int | None]) -> Trail:
    return trail_of(process, run.replay(process, taken))


def moved(old: Process, new: Process, trail: Trail, *asked: int) -> Placed:
    return place(old, new, trail, counterparts(old, new), asked)


def sequence(*keys: str) -> Process:
    pairs = pairwise(keys)
    return Process((*(a_step(one, then) for one, then in pairs), a_return(keys[-1])))


@st.composite
def on_the_way(draw: st.DrawFn) -> tuple[Process, Trail]:
    """A sound process and a dossier somewhere on its way."""
    process = draw(sound_processes())
    state = run.start(process).state
    for _ in range(draw(st.integers(0, 12))):
        ready = run.enabled(state)
        if not ready:
            break
        one = draw(st.sampled_from(ready))
        ways = run.branches_open(process, state, one.key) or (None,)
        state = run.take(process, state, one.key, draw(st.sampled_from(ways))).state
    return process, trail_of(process, state)


@given(on_the_way())
@settings(max_examples=150)
def test_a_dossier_moved_to_the_same_process_stands_where_it_stood(given_: tuple[Process, Trail]) -> None:
    process, trail = given_
    answer = moved(process, process, trail)
    assert (answer.why, answer.passed, answer.opened) == ("", (), ())
    assert tuple((one.position, one.round) for one in answer.kept) == tuple(
        (at, nth) for at, nth, _, _ in trail
    )
    for one, (_, _, state, branch) in zip(answer.kept, trail, strict=True):
        assert one.branch == branch or state in (OPEN, SET_ASIDE)


@given(on_the_way())
@settings(max_examples=100)
def test_the_order_of_the_table_is_of_no_account(given_: tuple[Process, Trail]) -> None:
    process, trail = given_
    turned = Process(tuple(reversed(process.steps)), process.first)
    answer = moved(process, turned, trail)
    back = moved(turned, process, tuple(_row(one, trail) for one in answer.kept))
    assert not answer.why and not back.why
    assert [(one.position, one.round) for one in back.kept] == [(at, nth) for at, nth, _, _ in trail]


def _row(one: object, trail: Trail) -> tuple[int, int, int, int | None]:
    state = next(state for at, nth, state, _ in trail if (at, nth) == (one.old, one.round))  # type: ignore[attr-defined]
    return one.position, one.round, state, one.branch  # type: ignore[attr-defined]


@given(on_the_way(), sound_processes(), st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_the_new_process_no_token_is_lost_and_no_work_done_again(
    given_: tuple[Process, Trail], new: Process, data: st.DataObject
) -> None:
    old, trail = given_
    free = data.draw(st.permutations(list(new.position.values())))
    chosen = dict.fromkeys(old.position.values()) | {
        at: (free[n] if n < len(free) and data.draw(st.booleans()) else None)
        for n, at in enumerate(old.position.values())
    }
    asked = data.draw(st.sets(st.sampled_from(free)))
    answer = place(old, new, trail, chosen, asked)
    if answer.why:
        return
    states = {(at, nth): state for at, nth, state, _ in trail}
    assert len(answer.kept) == len(trail)
    for one in answer.kept:
        assert one.position == (chosen[one.old] or EARLIER)
        assert one.position != EARLIER or states[one.old, one.round] != OPEN, "an open step always has one"
    taken = {one.position for one in answer.kept if states[one.old, one.round] != SET_ASIDE}
    assert not taken & {at for at, *_ in (*answer.passed, *answer.opened)}, (
        "what was come to is not opened anew"
    )
    seen = [(one.position, one.round) for one in answer.kept if one.position]
    seen += [(at, nth) for at, nth, *_ in (*answer.passed, *answer.opened)]
    assert len(seen) == len(set(seen))
    was_open = sum(1 for state in states.values() if state == OPEN)
    begin = state_of(new, answer, states)
    assert len(run.enabled(begin)) == was_open + len(answer.opened)
    _goes_to_the_end(new, begin, data)


def _goes_to_the_end(process: Process, state: run.State, data: st.DataObject) -> None:
    for _ in range(200):
        ready = run.enabled(state)
        if not ready:
            break
        one = data.draw(st.sampled_from(ready))
        ways = run.branches_open(process, state, one.key) or (None,)
        forward = [at for at in ways if at is None or not process.by_key[one.key].branches[at].back] or ways
        state = run.take(process, state, one.key, data.draw(st.sampled_from(forward))).state
    assert run.ended(process, state)


def test_a_step_put_in_before_where_the_dossier_is_is_passed_and_one_after_comes_in_its_turn() -> None:
    old, new = sequence("a", "b", "c"), sequence("a", "x", "b", "y", "c")
    answer = moved(old, new, walked(old, ("a", 0)))
    assert answer == Placed(answer.kept, ((2, 1, 0),), ())
    assert [(one.old, one.position) for one in answer.kept] == [(1, 1), (2, 3)]
    assert moved(old, new, walked(old)).passed == (), "still at the first step: nothing is behind"


def test_the_decision_may_ask_for_a_step_the_dossier_is_already_past() -> None:
    old, new = sequence("a", "b", "c"), sequence("a", "x", "b", "c")
    answer = moved(old, new, walked(old, ("a", 0)), 2)
    assert (answer.passed, answer.opened) == ((), ((2, 1),))


def test_an_agency_that_now_works_at_the_same_time_is_asked_at_once() -> None:
    old, new = sequence("a", "b", "d"), parallel()
    assert moved(old, new, walked(old, ("a", 0))).opened == ((3, 1),), "c, beside b, joins at d"
    assert moved(old, new, walked(old, ("a", 0), ("b", 0))).passed == ((3, 1, 0),), "d is open already"


def test_an_open_step_without_counterpart_stays_where_it_is() -> None:
    old, new = sequence("a", "b", "c"), replace_roles(sequence("a", "z", "c"))
    answer = moved(old, new, walked(old, ("a", 0)))
    assert "«Việc b» không có bước tương ứng" in answer.why
    assert moved(old, new, walked(old, ("a", 0), ("b", 0))).left_behind == (2,), "work done is kept"


def replace_roles(process: Process) -> Process:
    return Process(tuple(replace(one, role="SIGN") if one.key == "z" else one for one in process.steps))


def test_a_step_done_that_now_comes_after_an_open_one_is_not_done_twice() -> None:
    old, new = sequence("a", "b", "c", "d"), sequence("a", "c", "b", "d")
    assert "đứng sau bước đang làm" in moved(old, new, walked(old, ("a", 0), ("b", 0))).why


def test_the_branch_taken_follows_where_the_dossier_went() -> None:
    old = choice("ANY")
    branches = (Branch(("c",), old.steps[0].branches[0].when), Branch(("b",)))
    new = Process((replace(old.steps[0], branches=branches), *old.steps[1:]))
    answer = moved(old, new, walked(old, ("a", 0)))
    assert [(one.position, one.branch) for one in answer.kept] == [(1, 1), (2, None)], "it is at b"
    assert (answer.passed, answer.opened) == ((), ())


def test_the_rounds_of_rework_stay_counted() -> None:
    old = rework(rounds=1)
    trail = walked(old, ("a", 0), ("b", 0), ("c", 0))
    assert moved(old, old, trail).kept[2].branch == 0
    states = {(at, nth): state for at, nth, state, _ in trail}
    after = run.take(old, state_of(old, moved(old, old, trail), states), "b", 0).state
    assert run.branches_open(old, after, "c") == (1,), "the one time allowed is used up"


def test_a_process_in_which_it_would_wait_for_ever_takes_no_dossier() -> None:
    old, new = sequence("a", "b", "d"), choice("ALL")
    assert "chờ mãi ở bước «Việc d»" in moved(old, new, walked(old, ("a", 0))).why


def test_a_process_with_more_ways_than_are_tried_takes_no_dossier() -> None:
    def forks(count: int) -> Process:
        """After «b» a choice: one way waits for ever at «z», the other is a choice of two again and again."""
        steps = [a_step("a", "b"), a_step("b", branches=two("hang", "f0"))]
        steps += [a_step("hang", "z"), a_step("never", "z"), a_step("z", "e")]
        for n in range(count):
            steps += [
                a_step(f"f{n}", branches=two(f"l{n}", f"r{n}")),
                a_step(f"l{n}", f"j{n}"),
                a_step(f"r{n}", f"j{n}"),
            ]
            steps.append(a_step(f"j{n}", f"f{n + 1}" if n + 1 < count else "e", join="ANY"))
        return Process((*steps, a_return("e", join="ANY")), ("a",))

    def two(one: str, other: str) -> tuple[Branch, ...]:
        return Branch((one,), (Condition("x", "=", "1"),)), Branch((other,))

    old = sequence("a", "b", "e")
    few, many = (moved(old, forks(count), walked(old)).why for count in (2, 20))
    assert "chờ mãi ở bước «Việc z»" in few and "quá nhiều cách rẽ nhánh" in many


def test_steps_are_matched_by_key_then_by_work_then_by_the_only_one_of_a_role() -> None:
    old = Process((a_step("a", "b", role="RECEIVE"), a_step("b", "c", name="Thẩm định"), a_return("c")))
    new = Process((a_step("n", "t", role="RECEIVE"), a_step("t", "r", name="THẨM ĐỊNH"), a_return("r")))
    assert counterparts(old, new) == {1: 1, 2: 2, 3: 3}
    two = Process((a_step("n", "m"), a_step("m", "r"), a_return("r")))
    assert counterparts(old, two) == {1: None, 2: None, 3: 3}, "of two alike neither is guessed"


def test_two_old_steps_never_share_a_counterpart() -> None:
    old, new = sequence("a", "b", "c"), sequence("a", "b", "c")
    refuse_unless_one_to_one({1: 1, 2: None, 3: 3}, old, new)
    with pytest.raises(Refused, match="cùng ứng với"):
        refuse_unless_one_to_one({1: 1, 2: 1, 3: 3}, old, new)
    with pytest.raises(Refused, match="không có bước này"):
        refuse_unless_one_to_one({1: 9}, old, new)


def test_a_second_move_keeps_what_the_first_passed() -> None:
    old, new = sequence("a", "b", "c"), sequence("a", "x", "b", "c")
    trail = ((1, 1, DONE, 0), (2, 1, PASSED, 0), (3, 1, OPEN, None))
    again = place(new, old, trail, counterparts(new, old))
    assert [(one.old, one.position) for one in again.kept] == [(1, 1), (2, EARLIER), (3, 2)]
    assert (again.why, again.passed, again.opened) == ("", (), ())

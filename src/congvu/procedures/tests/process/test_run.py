"""The token game: what opens when, and that nothing is ever lost, doubled or stuck."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.conditions import Condition, read_condition
from congvu.procedures.rules.process.graph import Branch, Process
from congvu.procedures.rules.process.lint import errors, lint
from congvu.procedures.tests.process.make import (
    a_return,
    a_step,
    choice,
    parallel,
    rework,
    sound_processes,
    wild_processes,
)

YES, BACK = {"ket_luan": "đạt"}, {"ket_luan": "trả lại"}


def walk(process: Process, *moves: tuple[str, dict[str, str]]) -> run.State:
    state = run.start(process).state
    for key, facts in moves:
        state = run.complete(process, state, key, facts).state
    return state


def open_keys(state: run.State) -> list[str]:
    return [one.key for one in run.enabled(state)]


def test_a_join_opens_once_when_all_have_arrived() -> None:
    process = parallel()
    state = walk(process, ("a", {}))
    assert open_keys(state) == ["b", "c"]
    state = run.complete(process, state, "c", {}).state
    assert open_keys(state) == ["b"]
    assert run.waiting(process, state) == (run.Waiting("d", ("c",), ("b",)),)
    move = run.complete(process, state, "b", {})
    assert [one.key for one in move.opened] == ["d"]
    assert run.ended(process, run.complete(process, move.state, "d", {}).state)


def test_a_join_for_the_first_opens_once_and_the_later_one_opens_nothing() -> None:
    process = parallel("ANY")
    first = run.complete(process, walk(process, ("a", {})), "b", {})
    assert [one.key for one in first.opened] == ["d"]
    assert run.complete(process, first.state, "c", {}).opened == ()


def test_the_first_branch_whose_condition_holds_is_taken_else_otherwise() -> None:
    process = choice("ANY")
    assert open_keys(walk(process, ("a", YES))) == ["b"]
    assert open_keys(walk(process, ("a", {"ket_luan": "chưa rõ"}))) == ["c"]
    assert open_keys(walk(process, ("a", {}))) == ["c"], "a fact not recorded satisfies nothing"


def test_rework_opens_a_new_round_and_sets_the_old_one_aside() -> None:
    process = rework()
    state = walk(process, ("a", {}), ("b", {}))
    move = run.complete(process, state, "c", BACK)
    assert move.opened == (run.Instance("b", 2),)
    assert [(one.key, one.state) for one in move.superseded] == [("b", run.SUPERSEDED), ("c", run.SUPERSEDED)]
    assert run.complete(process, move.state, "b", {}).opened == (run.Instance("c", 2),)


def test_rework_ends_at_its_limit_and_the_refusal_says_so() -> None:
    process = rework(rounds=1)
    state = walk(process, ("a", {}), ("b", {}), ("c", BACK), ("b", {}))
    assert run.branches_open(process, state, "c") == (1,)
    with pytest.raises(Refused, match="làm lại 1 lần"):
        run.complete(process, state, "c", BACK)
    assert open_keys(run.complete(process, state, "c", YES).state) == ["d"]


def test_what_is_not_redone_stays_arrived_at_the_join() -> None:
    back = Branch(("b",), (Condition("ket_luan", "=", "trả lại"),), back=True, max_rounds=2)
    process = Process(
        (
            a_step("a", "b", "x"),
            a_step("b", "d"),
            a_step("x", "d"),
            a_step("d", branches=(back, Branch(("e",)))),
            a_return("e"),
        )
    )
    state = walk(process, ("a", {}), ("x", {}), ("b", {}), ("d", BACK))
    assert open_keys(state) == ["b"], "the other agency's opinion is not asked again"
    assert open_keys(run.complete(process, state, "b", {}).state) == ["d"]


def test_rework_takes_back_what_runs_at_the_same_time_after_it() -> None:
    back = Branch(("a",), (Condition("ket_luan", "=", "trả lại"),), back=True, max_rounds=2)
    process = Process(
        (a_step("a", "b", "c"), a_step("b", branches=(back, Branch(("d",)))), a_step("c", "d"), a_return("d"))
    )
    move = run.complete(process, walk(process, ("a", {})), "b", BACK)
    assert open_keys(move.state) == ["a"]
    assert {one.key for one in move.superseded} == {"a", "b", "c"}


def test_a_step_not_open_and_facts_without_a_branch_are_refused() -> None:
    process = rework()
    with pytest.raises(Refused, match="không đang mở"):
        run.complete(process, run.start(process).state, "c", {})
    closed = Process((a_step("a", branches=(Branch(("b",), (Condition("x", "=", "1"),)),)), a_step("b")))
    with pytest.raises(Refused, match="không ứng với nhánh nào"):
        run.complete(closed, run.start(closed).state, "a", {"x": "2"})
    with pytest.raises(Refused):
        run.start(Process(()))


@pytest.mark.parametrize(
    ("text", "facts", "holds"),
    [
        ("so_tien > 1000000", {"so_tien": "2000000"}, True),
        ("so_tien > 9", {"so_tien": "10"}, True),
        ("so_tien <= 0,5", {"so_tien": "0.5"}, True),
        ("so_tien > 9", {"so_tien": "mười"}, False),
        ("ket_luan = Đạt", {"ket_luan": "đạt"}, True),
        ("ket_luan != đạt", {"ket_luan": "không đạt"}, True),
        ("ket_luan ≠ đạt", {}, False),
        ("?", {"": ""}, False),
    ],
)
def test_conditions_compare_numbers_as_numbers_and_words_without_case(text, facts, holds) -> None:
    assert read_condition(text, "x").holds(facts) is holds


@pytest.mark.parametrize("text", ["", "đạt", "Kết luận = đạt", "a =", "= b", "a ~ b", "a = " + "x" * 200])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="điều kiện"):
        read_condition(text, "x")


def check(process: Process, before: run.State, move: run.Move) -> None:
    """What must hold after every completion, whatever the process."""
    counted = [(one.key, one.round) for one in move.state.instances]
    assert len(set(counted)) == len(counted), "an instance was made twice"
    current = [one.key for one in move.state.instances if one.state != run.SUPERSEDED]
    assert len(set(current)) == len(current), "a step has two instances that count: a join fired twice"
    assert len(move.state.instances) == len(before.instances) + len(move.opened), "an instance was lost"
    for one in move.opened:
        sources = process.before[one.key]
        if process.by_key[one.key].join == "ALL" and sources and not (move.branch and move.branch.back):
            now = move.state.current()
            assert all(key in now and now[key].state == run.DONE for key in sources)
    rows = {one.key: [] for one in move.state.instances}  # type: ignore[var-annotated]
    for one in move.state.instances:
        rows[one.key].append(one.round)
    assert all(rounds == list(range(1, len(rounds) + 1)) for rounds in rows.values())


def play(process: Process, data: st.DataObject, most: int = 60) -> None:
    """Random completions; then the shortest way out must end the dossier."""
    state, history = run.start(process).state, []
    for _ in range(most):
        possible = [
            (one.key, branch)
            for one in run.enabled(state)
            for branch in run.branches_open(process, state, one.key) or (None,)
        ]
        if not possible:
            break
        key, branch = data.draw(st.sampled_from(possible))
        move = run.take(process, state, key, branch)
        check(process, state, move)
        state = move.state
        history.append((key, branch))
    while run.enabled(state):
        key = run.enabled(state)[0].key
        onward = [
            at for at in run.branches_open(process, state, key) if not process.by_key[key].branches[at].back
        ]
        move = run.take(process, state, key, onward[0] if onward else None)
        check(process, state, move)
        state = move.state
        history.append((key, onward[0] if onward else None))
    assert run.ended(process, state), run.waiting(process, state)
    assert run.replay(process, history) == state, "the state is the replayed history"


@settings(max_examples=150, deadline=None)
@given(sound_processes(), st.data())
def test_a_process_of_blocks_is_clean_and_always_can_end(process: Process, data: st.DataObject) -> None:
    assert errors(lint(process)) == []
    play(process, data)


@settings(max_examples=400, deadline=None)
@given(wild_processes(), st.data())
def test_whatever_lint_passes_never_loses_a_token_and_always_can_end(
    process: Process, data: st.DataObject
) -> None:
    assume(not errors(lint(process)))
    play(process, data)

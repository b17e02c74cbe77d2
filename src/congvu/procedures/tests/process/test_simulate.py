"""The simulation against cases whose answer is known."""

from decimal import Decimal
from random import Random

import pytest

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process.graph import Process
from congvu.procedures.rules.process.simulate import (
    Assumptions,
    by_terms,
    simulate,
    working_day_arrivals,
)
from congvu.procedures.tests.process.make import AGENCIES, a_return, a_step, choice, parallel, rework

ONE = Process((a_step("a"),))


def test_one_officer_with_chance_arrivals_and_work_queues_as_the_theory_says() -> None:
    """M/M/1: arrivals 0,5 and service 1 an hour; the mean time in the system is 1 / (1 - 0,5) hours."""
    chance, at, arrivals = Random(7), 0.0, []
    for _ in range(40_000):
        at += chance.expovariate(0.5)
        arrivals.append(at)
    found = simulate(
        ONE,
        arrivals,
        lambda _, dice: dice.expovariate(1.0),
        Assumptions(warm_up=1000, term_hours=6.0),
        seed=3,
    )
    assert found.finished == 39_000
    assert found.mean_hours == pytest.approx(2.0, rel=0.06)
    assert found.steps[0].mean_wait == pytest.approx(1.0, rel=0.08)
    assert found.busy["Cơ quan có thẩm quyền"] == pytest.approx(0.5, rel=0.02)
    assert found.late_share == pytest.approx(0.0498, abs=0.015), "P(T > 6) = exp(-0,5 × 6)"


def test_without_queues_a_dossier_takes_its_longest_way() -> None:
    process = parallel()
    staff = dict.fromkeys(["Cơ quan có thẩm quyền", "Nơi tiếp nhận"], 5)
    found = simulate(process, [0.0, 100.0], by_terms(process), Assumptions(staff, term_hours=23.9))
    assert (found.finished, found.mean_hours, found.late_share) == (2, 24.0, 1.0)
    assert all(step.mean_wait == 0 and step.longest_queue == 0 for step in found.steps)
    assert simulate(process, [0.0], by_terms(process), Assumptions(staff, term_hours=24.0)).late == 0


def test_one_officer_for_two_steps_at_once_does_one_after_the_other() -> None:
    process = parallel()
    found = simulate(process, [0.0], by_terms(process), Assumptions())
    assert found.mean_hours == 32.0
    assert {step.key: step.longest_queue for step in found.steps} == {"a": 0, "b": 0, "c": 1, "d": 0}


def test_rework_and_branches_follow_their_shares() -> None:
    process = rework(rounds=3)
    always = simulate(process, [0.0], by_terms(process), Assumptions(shares={"c": (1.0, 0.0)}))
    assert {step.key: step.done for step in always.steps} == {"a": 1, "b": 4, "c": 4, "d": 1}
    never = simulate(process, [0.0], by_terms(process), Assumptions(shares={"c": (0.0, 1.0)}))
    assert never.mean_hours == 32.0
    arrivals = [100.0 * n for n in range(4000)]
    split = simulate(
        choice("ANY"), arrivals, by_terms(process), Assumptions(shares={"a": (0.25, 0.75)}), seed=2
    )
    assert {s.key: s.done for s in split.steps}["b"] == pytest.approx(1000, rel=0.1)


def test_agencies_wait_for_their_own_officers_only() -> None:
    process = Process(
        (a_step("a", "b", agency=AGENCIES[0], term_n=Decimal(0)), a_return("b", agency=AGENCIES[2]))
    )
    found = simulate(
        process, working_day_arrivals([4, 4, 4]), by_terms(process), Assumptions({"Công an tỉnh": 2})
    )
    loads = {step.key: step for step in found.steps}
    assert loads["a"].mean_wait == 0 and loads["b"].mean_wait > 0 and loads["b"].longest_queue > 1
    assert found.busy["Nơi tiếp nhận"] == 0 and found.busy["Công an tỉnh"] > 0.9


def test_the_same_seed_gives_the_same_year() -> None:
    arrivals = working_day_arrivals([3, 0, 5, 2])
    assert arrivals == sorted(arrivals) and len(arrivals) == 10 and arrivals[3] > 16
    first = simulate(rework(), arrivals, by_terms(rework()), Assumptions(), seed=5)
    assert first == simulate(rework(), arrivals, by_terms(rework()), Assumptions(), seed=5)
    assert first != simulate(rework(), arrivals, by_terms(rework()), Assumptions(), seed=6)


def test_what_cannot_be_simulated_is_refused() -> None:
    with pytest.raises(Refused, match="không có người"):
        simulate(ONE, [0.0], by_terms(ONE), Assumptions({"x": 0}))
    with pytest.raises(Refused, match="chờ mãi"):
        simulate(choice("ALL"), [0.0], by_terms(choice("ALL")), Assumptions())
    assert simulate(ONE, [], by_terms(ONE), Assumptions()).late_share is None

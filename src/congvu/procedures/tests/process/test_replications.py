"""Trials of a process against answers known from theory, and what makes two trials comparable."""

from math import factorial
from random import Random

import pytest
from hypothesis import given, settings

from congvu.procedures.rules.process.graph import Process
from congvu.procedures.rules.process.plain import from_plain, to_plain
from congvu.procedures.rules.process.queues import PERIODS, Queue
from congvu.procedures.rules.process.replications import (
    Arrivals,
    Trial,
    difference,
    durations,
    estimate,
    repetitions,
    tried,
    with_one_more,
)
from congvu.procedures.rules.process.simulate import Assumptions, simulate
from congvu.procedures.tests.process.make import a_return, a_step, any_processes

AGENCY = "Cơ quan có thẩm quyền"
ONE = Process((a_step("a"),))


def erlang_c(servers: int, load: float) -> float:
    """The probability that one who comes must wait, in M/M/c (Erlang C)."""
    last = load**servers / factorial(servers) * servers / (servers - load)
    return last / (sum(load**n / factorial(n) for n in range(servers)) + last)


@pytest.mark.parametrize(("servers", "rate"), [(1, 0.6), (2, 1.5), (3, 2.4), (5, 4.0)])
def test_officers_of_one_agency_queue_as_erlang_c_says(servers: int, rate: float) -> None:
    """M/M/c with work of an hour on the mean: the mean wait is C(c, a) / (c - a) hours, of all who come."""
    chance, at, arrivals = Random(servers), 0.0, []
    for _ in range(60_000):
        at += chance.expovariate(rate)
        arrivals.append(at)
    assume = Assumptions({AGENCY: servers}, warm_up=2000)
    found = simulate(ONE, arrivals, durations({"a": 1.0}, 1.0), assume, seed=11).agencies[0]
    expected = erlang_c(servers, rate) / (servers - rate)
    assert found.mean_wait == pytest.approx(expected, rel=0.1)
    assert found.busy == pytest.approx(rate / servers, rel=0.02)
    waited = sum(found.queue) / PERIODS
    assert waited == pytest.approx(rate * expected, rel=0.15), "Little: length = rate x wait"


def test_the_time_ends_when_only_giving_back_is_left() -> None:
    process = Process((a_step("a", "b"), a_return("b")))
    times = durations({"a": 2.0, "b": 50.0}, 0)
    whole = simulate(process, [0.0], times, Assumptions(term_hours=3.0))
    legal = simulate(process, [0.0], times, Assumptions(term_hours=3.0, till_return=True))
    assert (whole.mean_hours, whole.late) == (52.0, 1)
    assert (legal.mean_hours, legal.late) == (2.0, 0)


def test_the_queue_is_told_in_parts_of_the_time() -> None:
    queue = Queue("x", 1)
    queue.join((1, "a", 1, 0.0), 0.0)
    queue.leave(PERIODS / 2)
    load = queue.load(float(PERIODS))
    assert load.queue == pytest.approx((1.0,) * (PERIODS // 2) + (0.0,) * (PERIODS // 2))
    assert Queue("x", 1).load(0.0).queue == ()


def test_one_more_officer_shortens_the_queue_and_the_same_seed_repeats() -> None:
    trial = Trial(ONE, {"a": 1.8}, {AGENCY: 1}, spread=0.5, term_hours=16.0)
    arrivals = Arrivals(counts=(4,) * 120)
    first = tried(trial, arrivals, runs=6, seed=3)
    assert first == tried(trial, arrivals, runs=6, seed=3) != tried(trial, arrivals, runs=6, seed=4)
    more = tried(with_one_more(trial, AGENCY), arrivals, runs=6, seed=3)
    assert first.late is not None and more.late is not None
    assert more.late.mean <= first.late.mean and more.agencies[0].mean_wait < first.agencies[0].mean_wait
    assert first.agencies[0].p95_wait >= first.agencies[0].mean_wait
    assert first.late.low <= first.late.mean <= first.late.high


def test_a_difference_is_told_from_pairs_and_chance_is_not_called_one() -> None:
    two = Process((a_step("a", "b"), a_return("b")))
    trial = Trial(two, {"a": 2.1, "b": 0.01}, {AGENCY: 1}, spread=0.5, term_hours=16.0)
    arrivals = Arrivals(counts=(4,) * 120)
    plain = tried(trial, arrivals, runs=8, seed=3)
    idle = difference(plain, tried(with_one_more(trial, "Nơi tiếp nhận"), arrivals, runs=8, seed=3))
    busy = difference(plain, tried(with_one_more(trial, AGENCY), arrivals, runs=8, seed=3))
    assert idle is not None and idle.low <= 0 <= idle.high
    assert busy is not None and busy.low > 0


def test_arrivals_by_chance_come_at_their_rate() -> None:
    came = Arrivals(per_day=6.0, days=250).drawn(Random(5))
    assert len(came) == pytest.approx(1500, rel=0.08) and came == sorted(came) and came[-1] < 2000
    assert Arrivals(counts=(1, 2)).drawn(Random(1)) == [4.0, 10.0, 14.0]


def test_the_interval_is_students() -> None:
    found = estimate([0.10, 0.20, 0.30], most=1.0)
    assert (found.mean, found.low, found.high) == pytest.approx((0.2, 0.0, 0.4484), abs=0.001)
    assert estimate([0.5]).mean == 0.5
    assert repetitions(Trial(ONE, {}, {}), Arrivals(counts=(1,))) == 30
    assert repetitions(Trial(ONE, {}, {}), Arrivals(counts=(200_000,))) == 5


@given(any_processes())
@settings(max_examples=60)
def test_a_process_told_as_plain_data_comes_back_the_same(process: Process) -> None:
    assert from_plain(to_plain(process)) == process

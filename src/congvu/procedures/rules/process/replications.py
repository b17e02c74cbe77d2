"""A process tried many times over the same year: where it queues, what share is late, and how sure that is. Pure.

Each repetition draws other durations and branches from its own seed; the same seed gives the same answer. Two processes
are tried on the same seeds, so that their difference is theirs and not chance's. The interval is Student's over the
repetitions: it holds the chance of the model, never the error of its assumptions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from random import Random

from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Process
from congvu.procedures.rules.process.queues import AgencyLoad
from congvu.procedures.rules.process.simulate import (
    Assumptions,
    Duration,
    Outcome,
    simulate,
    working_day_arrivals,
)

FEWEST, MOST_RUNS, BUDGET = 5, 30, 300_000  # repetitions; steps worked off over all of them
WARM_UP = 0.05  # of the dossiers: the year does not begin with empty desks
# Student's t for 95 % two-sided, by degrees of freedom from 1
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Dossiers per working day: as they came (`counts`), or by chance at a mean rate over as many days."""

    counts: tuple[int, ...] = ()
    per_day: float = 0.0
    days: int = 0

    @property
    def expected(self) -> int:
        return sum(self.counts) or round(self.per_day * self.days)

    def drawn(self, chance: Random) -> list[float]:
        """Working hours at which dossiers come."""
        if self.counts:
            return working_day_arrivals(self.counts)
        at, found, end = 0.0, [], self.days * HOURS_PER_DAY
        while self.per_day > 0:
            at += chance.expovariate(self.per_day / HOURS_PER_DAY)
            if at >= end:
                break
            found.append(at)
        return found


@dataclass(frozen=True, slots=True)
class Trial:
    """A process as it is tried. `hours`: mean work of each step; `spread`: its standard deviation over its mean."""

    process: Process
    hours: Mapping[str, float]
    staff: Mapping[str, int]
    shares: Mapping[str, Sequence[float]] = field(default_factory=dict)
    spread: float = 0.5
    term_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over repetitions with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a trial. `late` None: no term, or nothing finished."""

    runs: int
    finished: int
    late: Estimate | None
    hours: Estimate | None
    agencies: tuple[AgencyLoad, ...]
    shares: tuple[float, ...] = ()  # late, in each repetition


def repetitions(trial: Trial, arrivals: Arrivals) -> int:
    """How many repetitions fit the budget: fewer of a large year, which says more by itself."""
    steps = max(1, arrivals.expected * len(trial.process.by_key))
    return max(FEWEST, min(MOST_RUNS, BUDGET // steps))


def tried(trial: Trial, arrivals: Arrivals, *, runs: int, seed: int) -> Tried:
    """Try it `runs` times. Refuses what `simulate` refuses."""
    outcomes = [_once(trial, arrivals, seed * 1000 + nth) for nth in range(runs)]
    shares = [one.late_share for one in outcomes if one.late_share is not None]
    hours = [one.mean_hours for one in outcomes if one.mean_hours is not None]
    return Tried(
        runs,
        round(sum(one.finished for one in outcomes) / runs),
        estimate(shares, most=1.0) if shares and trial.term_hours is not None else None,
        estimate(hours) if hours else None,
        _together(outcomes),
        tuple(shares),
    )


def with_one_more(trial: Trial, agency: str) -> Trial:
    """The trial with one more officer at an agency."""
    return replace(trial, staff={**trial.staff, agency: trial.staff.get(agency, 1) + 1})


def difference(one: Tried, other: Tried) -> Estimate | None:
    """How much larger the late share of `one` is, from pairs of repetitions on the same seeds; None without them."""
    if one.late is None or other.late is None or len(one.shares) != len(other.shares):
        return None
    pairs = [a - b for a, b in zip(one.shares, other.shares, strict=True)]
    mean, half = _spread(pairs)
    return Estimate(mean, mean - half, mean + half)


def estimate(values: Sequence[float], *, most: float | None = None) -> Estimate:
    """The mean of independent values with Student's 95 % interval, kept between 0 and `most`."""
    mean, half = _spread(values)
    if len(values) < 2:
        return Estimate(mean, 0.0, most if most is not None else mean)
    high = mean + half
    return Estimate(mean, max(0.0, mean - half), high if most is None else min(most, high))


def _spread(values: Sequence[float]) -> tuple[float, float]:
    """The mean, and half of Student's 95 % interval around it."""
    n = len(values)
    mean = sum(values) / n
    if n < 2:
        return mean, 0.0
    deviation = sqrt(sum((one - mean) ** 2 for one in values) / (n - 1))
    return mean, _T[min(n - 1, len(_T)) - 1] * deviation / sqrt(n)


def durations(hours: Mapping[str, float], spread: float) -> Duration:
    """Work drawn around its mean by a gamma law; no spread: always the mean."""
    shape = 1 / spread**2 if spread > 0 else 0.0

    def drawn(key: str, chance: Random) -> float:
        mean = hours.get(key, 0.0)
        return chance.gammavariate(shape, mean / shape) if shape and mean else mean

    return drawn


def _once(trial: Trial, arrivals: Arrivals, seed: int) -> Outcome:
    came = arrivals.drawn(Random(seed))  # noqa: S311 - chance to repeat, not to keep secret
    assume = Assumptions(
        trial.staff, trial.shares, trial.term_hours, warm_up=int(len(came) * WARM_UP), till_return=True
    )
    return simulate(trial.process, came, durations(trial.hours, trial.spread), assume, seed=seed)


def _together(outcomes: Sequence[Outcome]) -> tuple[AgencyLoad, ...]:
    """Each agency, averaged over the repetitions; the longest queue is the longest of any."""
    return tuple(
        _mean_load([one.agencies[at] for one in outcomes]) for at in range(len(outcomes[0].agencies))
    )


def _mean_load(loads: Sequence[AgencyLoad]) -> AgencyLoad:
    def mean(of: Callable[[AgencyLoad], float]) -> float:
        return sum(of(one) for one in loads) / len(loads)

    queues = [one.queue for one in loads if one.queue]
    return AgencyLoad(
        loads[0].name,
        loads[0].officers,
        round(mean(lambda one: one.done)),
        mean(lambda one: one.mean_wait),
        mean(lambda one: one.p95_wait),
        mean(lambda one: one.busy),
        max(one.longest_queue for one in loads),
        tuple(sum(parts) / len(queues) for parts in zip(*queues, strict=True)),
    )

"""What an official asks of a simulation, and its answer, as plain data that can be kept. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from congvu.procedures.rules.process.graph import HOURS_PER_DAY
from congvu.procedures.rules.process.plain import from_plain
from congvu.procedures.rules.process.replications import (
    Arrivals,
    Trial,
    Tried,
    difference,
    repetitions,
    tried,
    with_one_more,
)

FEWEST_DOSSIERS = 30  # of the year; with fewer the official states the arrivals
MOST_EXPECTED = 50_000
SPREADS = {"deu": 0.0, "vua": 0.5, "nhieu": 1.0}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything the answer depends on besides the seed. `processes`: [name, process as plain data], the first is the one
    looked at, a second stands beside it. `hours`, `shares` by step key; `staff` by the words of the agency."""

    processes: tuple[tuple[str, Mapping[str, Any]], ...]
    counts: tuple[int, ...]
    per_day: float
    days: int
    hours: Mapping[str, float]
    staff: Mapping[str, int]
    shares: tuple[Mapping[str, list[float]], ...]  # one for each process
    spread: str
    term_days: float | None
    first: str
    last: str
    unit: str
    names: Mapping[str, str]  # what the agencies are called on a screen
    typed: Mapping[str, str]  # the form as it was filled in, to begin the next trial from

    def told(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Inputs":
        """The inputs `told` told."""
        known = dict(said)
        known["processes"] = tuple((name, plain) for name, plain in said["processes"])
        known["counts"], known["shares"] = tuple(said["counts"]), tuple(said["shares"])
        return cls(**known)

    @property
    def arrivals(self) -> Arrivals:
        return Arrivals(() if self.per_day else self.counts, self.per_day, self.days)

    def trial(self, at: int) -> Trial:
        """The process at that place as it is tried."""
        return Trial(
            from_plain(self.processes[at][1]),
            self.hours,
            self.staff,
            self.shares[at],
            SPREADS[self.spread],
            None if self.term_days is None else self.term_days * HOURS_PER_DAY,
        )


def simulated(inputs: Inputs, seed: int) -> dict[str, Any]:
    """The answer: each process tried on the same seeds, and the first with one more officer at each agency that works."""
    arrivals = inputs.arrivals
    trials = [inputs.trial(at) for at in range(len(inputs.processes))]
    runs = min(repetitions(one, arrivals) for one in trials)
    answers = [tried(one, arrivals, runs=runs, seed=seed) for one in trials]
    more = []
    for agency in answers[0].agencies:
        if agency.done and agency.mean_wait > 0:
            helped = tried(with_one_more(trials[0], agency.name), arrivals, runs=runs, seed=seed)
            more.append(
                {
                    "agency": agency.name,
                    "officers": agency.officers + 1,
                    "gain": _pair(answers[0], helped),
                    **_said(helped, whole=False),
                }
            )
    return {
        "runs": runs,
        "expected": arrivals.expected,
        "processes": [_said(one, whole=True) for one in answers],
        "more": more,
        "difference": _pair(answers[0], answers[1]) if len(answers) > 1 else None,
    }


def _pair(one: Tried, other: Tried) -> dict[str, float] | None:
    found = difference(one, other)
    return None if found is None else asdict(found)


def _said(answer: Tried, *, whole: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "late": asdict(answer.late) if answer.late else None,
        "hours": asdict(answer.hours) if answer.hours else None,
        "finished": answer.finished,
    }
    if whole:
        told["agencies"] = [asdict(one) for one in answer.agencies]
    return told

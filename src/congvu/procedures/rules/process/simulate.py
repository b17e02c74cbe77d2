"""What would happen to a year of dossiers in a process: where they would queue, and what share would be late.

A discrete-event simulation. Dossiers arrive, go through the token game of `run`, and at each step wait for one of the
officers of its agency, first come first served across all steps of that agency. Time is working hours since the start;
nights, weekends and holidays are left out, since nobody works then. Rework and branches are taken by given shares.
The same seed gives the same result.
"""

import heapq
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Process
from congvu.procedures.rules.process.run import State

MOST_DOSSIERS, MOST_COMPLETIONS = 200_000, 4_000_000
Duration = Callable[[str, Random], float]  # step key -> working hours of work, drawn


@dataclass(frozen=True, slots=True)
class Assumptions:
    """`staff`: officers by agency words (1 where absent); `shares`: how likely each branch of a step is taken, by its
    index (equal where absent); `term_hours`: the whole term; `warm_up`: the first dossiers, not counted."""

    staff: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, Sequence[float]] = field(default_factory=dict)
    term_hours: float | None = None
    warm_up: int = 0


@dataclass(frozen=True, slots=True)
class StepLoad:
    """One step over the simulated time. Hours are working hours; `longest_queue` counts dossiers waiting for an officer."""

    key: str
    done: int
    mean_wait: float
    mean_work: float
    longest_queue: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """`late`, `finished`: dossiers counted; `busy`: share of officers' time used, by agency. None: nothing finished."""

    finished: int
    late: int
    mean_hours: float | None
    steps: tuple[StepLoad, ...]
    busy: Mapping[str, float]

    @property
    def late_share(self) -> float | None:
        return self.late / self.finished if self.finished else None


def simulate(
    process: Process, arrivals: Sequence[float], work: Duration, assume: Assumptions, *, seed: int = 1
) -> Outcome:
    """Run dossiers arriving at those working hours (ascending) until all have ended. `work` draws how long a step takes.

    Refuses: more than 200,000 dossiers, a staff below 1, a process in which a dossier got stuck.
    """
    if len(arrivals) > MOST_DOSSIERS:
        raise Refused(
            f"Mô phỏng {len(arrivals)} hồ sơ là quá nhiều.",
            where="arrivals",
            do=f"Tối đa {MOST_DOSSIERS} hồ sơ.",
        )
    wrong = [agency for agency, officers in assume.staff.items() if officers < 1]
    if wrong:
        raise Refused(f"«{wrong[0]}» không có người làm.", where="staff", do="Ghi ít nhất 1 người.")
    return _Run(process, work, assume, Random(seed)).go(arrivals)  # noqa: S311 - chance to repeat, not to keep secret


def working_day_arrivals(counts: Sequence[int]) -> list[float]:
    """Arrival hours from numbers of dossiers per working day, spread evenly over each day."""
    return [
        day * HOURS_PER_DAY + HOURS_PER_DAY * (nth + 0.5) / number
        for day, number in enumerate(counts)
        for nth in range(number)
    ]


def by_terms(process: Process, share: float = 1.0) -> Duration:
    """Each step takes `share` of its own term of work; one without a measurable term takes none."""
    hours = {key: float(step.hours or 0) * share for key, step in process.by_key.items()}
    return lambda key, _: hours[key]


@dataclass(slots=True)
class _Tally:
    done: int = 0
    waited: float = 0.0
    worked: float = 0.0
    queued: int = 0
    longest: int = 0


class _Run:
    def __init__(self, process: Process, work: Duration, assume: Assumptions, chance: Random) -> None:
        self.process, self.work, self.assume, self.chance = process, work, assume, chance
        self.agency = {key: step.agency.words for key, step in process.by_key.items()}
        agencies = set(self.agency.values())
        self.staff = {agency: assume.staff.get(agency, 1) for agency in agencies}
        self.free = dict(self.staff)
        self.queue: dict[str, deque[tuple[int, str, int, float]]] = {agency: deque() for agency in agencies}
        self.tally = {key: _Tally() for key in process.by_key}
        self.busy = dict.fromkeys(agencies, 0.0)
        self.state: dict[int, State] = {}
        self.events: list[
            tuple[float, int, int, str, int]
        ] = []  # when, order, dossier, step ("" arrives), round
        self.order = count()

    def go(self, arrivals: Sequence[float]) -> Outcome:
        for dossier, at in enumerate(arrivals):
            heapq.heappush(self.events, (at, next(self.order), dossier, "", 0))
        late, spent, now, completions = 0, [], 0.0, 0
        while self.events:
            now, _, dossier, key, round_ = heapq.heappop(self.events)
            if not key:
                begun = run.start(self.process)
                self.state[dossier] = begun.state
                self._queue_up(dossier, begun.opened, now)
                continue
            completions += 1
            if completions > MOST_COMPLETIONS:
                raise Refused(
                    "Mô phỏng không kết thúc.", where="process", do="Giảm số hồ sơ hoặc số lần làm lại."
                )
            self._complete(dossier, key, round_, now)
            if dossier in self.state and not run.enabled(self.state[dossier]):
                self._end(dossier)
                if dossier >= self.assume.warm_up:
                    spent.append(now - arrivals[dossier])
                    late += self.assume.term_hours is not None and spent[-1] > self.assume.term_hours
        return self._outcome(spent, late, now)

    def _queue_up(self, dossier: int, opened: Sequence[run.Instance], now: float) -> None:
        for one in opened:
            agency, tally = self.agency[one.key], self.tally[one.key]
            if self.free[agency]:
                self._begin(dossier, one.key, one.round, now, now)
            else:
                self.queue[agency].append((dossier, one.key, one.round, now))
                tally.queued += 1
                tally.longest = max(tally.longest, tally.queued)

    def _begin(self, dossier: int, key: str, round_: int, since: float, now: float) -> None:
        agency, tally = self.agency[key], self.tally[key]
        takes = max(0.0, self.work(key, self.chance))
        self.free[agency] -= 1
        self.busy[agency] += takes
        if dossier >= self.assume.warm_up:
            tally.done += 1
            tally.waited += now - since
            tally.worked += takes
        heapq.heappush(self.events, (now + takes, next(self.order), dossier, key, round_))

    def _complete(self, dossier: int, key: str, round_: int, now: float) -> None:
        """An officer is free again; the step is done, unless rework has set it aside meanwhile."""
        agency = self.agency[key]
        self.free[agency] += 1
        if self._is_open(dossier, key, round_):
            move = run.take(self.process, self.state[dossier], key, self._branch(dossier, key))
            self.state[dossier] = move.state
            self._queue_up(dossier, move.opened, now)
        while self.free[agency] and self.queue[agency]:
            waiting, step, number, since = self.queue[agency].popleft()
            self.tally[step].queued -= 1
            if self._is_open(waiting, step, number):
                self._begin(waiting, step, number, since, now)

    def _is_open(self, dossier: int, key: str, round_: int) -> bool:
        state = self.state.get(dossier)
        return state is not None and any(one.key == key and one.round == round_ for one in run.enabled(state))

    def _branch(self, dossier: int, key: str) -> int | None:
        possible = run.branches_open(self.process, self.state[dossier], key)
        if not possible:
            return None
        given = self.assume.shares.get(key, ())
        weights = [given[at] if at < len(given) else (0.0 if given else 1.0) for at in possible]
        return self.chance.choices(possible, weights)[0] if sum(weights) > 0 else possible[-1]

    def _end(self, dossier: int) -> None:
        if run.stuck(self.process, self.state.pop(dossier)):
            raise Refused(
                "Có hồ sơ chờ mãi ở một bước chờ nhiều bước.",
                where="process",
                do="Sửa lỗi của quy trình rồi chạy lại.",
            )

    def _outcome(self, spent: list[float], late: int, now: float) -> Outcome:
        loads = tuple(
            StepLoad(
                key,
                one.done,
                one.waited / one.done if one.done else 0.0,
                one.worked / one.done if one.done else 0.0,
                one.longest,
            )
            for key, one in self.tally.items()
        )
        busy = {
            agency: hours / (self.staff[agency] * now) if now else 0.0 for agency, hours in self.busy.items()
        }
        return Outcome(len(spent), late, sum(spent) / len(spent) if spent else None, loads, busy)

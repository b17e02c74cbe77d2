"""What would happen to a year of dossiers in a process: where they would queue, and what share would be late.

A discrete-event simulation. Dossiers arrive, go through the token game of `run`, and at each step wait for one of the
officers of its agency, first come first served across all steps of that agency. Time is working hours since the start;
nights, weekends and holidays are left out, since nobody works then. Rework and branches are taken by given shares.
The same seed gives the same result, and a dossier its own
chance: two runs of one seed differ by what was changed between them.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Process
from congvu.procedures.rules.process.places import Place, Places
from congvu.procedures.rules.process.queues import AgencyLoad, Queue

MOST_DOSSIERS, MOST_COMPLETIONS = 200_000, 4_000_000
Duration = Callable[[str, Random], float]  # step key -> working hours of work, drawn


@dataclass(frozen=True, slots=True)
class Assumptions:
    """`staff`: officers by agency words (1 where absent); `shares`: how likely each branch of a step is taken, by its
    index (equal where absent); `term_hours`: the whole term; `warm_up`: the first dossiers, not counted; `till_return`: a
    dossier's time ends when nothing but giving back the result is left, as the law counts it."""

    staff: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, Sequence[float]] = field(default_factory=dict)
    term_hours: float | None = None
    warm_up: int = 0
    till_return: bool = False


@dataclass(frozen=True, slots=True)
class StepLoad:
    """One step over the simulated time. Hours are working hours; `longest_queue` counts dossiers waiting for an officer."""

    key: str
    done: int
    mean_wait: float
    longest_queue: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """`late`, `finished`: dossiers counted; `agencies`: where it queued. None: nothing finished."""

    finished: int
    late: int
    mean_hours: float | None
    steps: tuple[StepLoad, ...]
    agencies: tuple[AgencyLoad, ...]

    @property
    def busy(self) -> dict[str, float]:
        """The share of officers' time used, by agency."""
        return {one.name: one.busy for one in self.agencies}

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
    return _Run(process, work, assume, seed).go(arrivals)


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
    queued: int = 0
    longest: int = 0


class _Run:
    def __init__(self, process: Process, work: Duration, assume: Assumptions, seed: int) -> None:
        self.process, self.work, self.assume, self.seed = process, work, assume, seed
        self.agency = {key: step.agency.words for key, step in process.by_key.items()}
        agencies = set(self.agency.values())
        self.queue = {agency: Queue(agency, assume.staff.get(agency, 1)) for agency in sorted(agencies)}
        self.tally = {key: _Tally() for key in process.by_key}
        self.places = Places(process)
        self.at: dict[int, Place] = {}
        self.chances: dict[
            int, Random
        ] = {}  # one a dossier: what befalls it does not hang on who is served before
        self.arrived: Sequence[float] = ()
        self.spent: dict[int, float] = {}
        self.events: list[
            tuple[float, int, int, str, int]
        ] = []  # when, order, dossier, step ("" arrives), round
        self.order = count()

    def go(self, arrivals: Sequence[float]) -> Outcome:
        self.arrived = arrivals
        for dossier, at in enumerate(arrivals):
            heapq.heappush(self.events, (at, next(self.order), dossier, "", 0))
        now, completions = 0.0, 0
        while self.events:
            now, _, dossier, key, round_ = heapq.heappop(self.events)
            if not key:
                self.at[dossier] = self.places.first
                self.chances[dossier] = Random(self.seed * MOST_DOSSIERS + dossier)  # noqa: S311
                self._queue_up(dossier, self.places.opened, now)
                continue
            completions += 1
            if completions > MOST_COMPLETIONS:
                raise Refused(
                    "Mô phỏng không kết thúc.", where="process", do="Giảm số hồ sơ hoặc số lần làm lại."
                )
            self._complete(dossier, key, round_, now)
            if dossier in self.at:
                self._look(dossier, now)
        return self._outcome(now)

    def _look(self, dossier: int, now: float) -> None:
        """Whether the dossier's time has ended, and whether the dossier has."""
        at = self.at[dossier]
        if not at.open or (self.assume.till_return and at.returning):
            self.spent.setdefault(dossier, now - self.arrived[dossier])
        else:
            self.spent.pop(dossier, None)  # what came after the return asked for more
        if not at.open:
            self._end(dossier)

    def _queue_up(self, dossier: int, opened: Sequence[run.Instance], now: float) -> None:
        for one in opened:
            queue, tally = self.queue[self.agency[one.key]], self.tally[one.key]
            if queue.free:
                self._begin(dossier, one.key, one.round, now, now)
            else:
                queue.join((dossier, one.key, one.round, now), now)
                tally.queued += 1
                tally.longest = max(tally.longest, tally.queued)

    def _begin(self, dossier: int, key: str, round_: int, since: float, now: float) -> None:
        queue, tally = self.queue[self.agency[key]], self.tally[key]
        takes = max(0.0, self.work(key, self.chances[dossier]))
        queue.free -= 1
        queue.worked += takes
        if dossier >= self.assume.warm_up:
            queue.waits.append(now - since)
            tally.done += 1
            tally.waited += now - since
        heapq.heappush(self.events, (now + takes, next(self.order), dossier, key, round_))

    def _complete(self, dossier: int, key: str, round_: int, now: float) -> None:
        """An officer is free again; the step is done, unless rework has set it aside meanwhile."""
        queue = self.queue[self.agency[key]]
        queue.free += 1
        if self._is_open(dossier, key, round_):
            at = self.at[dossier]
            self.at[dossier], opened = self.places.after(
                at, key, self._branch(at, key, self.chances[dossier])
            )
            self._queue_up(dossier, opened, now)
        while queue.free and queue.line:
            waiting, step, number, since = queue.leave(now)
            self.tally[step].queued -= 1
            if self._is_open(waiting, step, number):
                self._begin(waiting, step, number, since, now)

    def _is_open(self, dossier: int, key: str, round_: int) -> bool:
        at = self.at.get(dossier)
        return at is not None and (key, round_) in at.open

    def _branch(self, at: Place, key: str, chance: Random) -> int | None:
        possible = self.places.branches(at, key)
        if not possible:
            return None
        given = self.assume.shares.get(key, ())
        weights = [given[n] if n < len(given) else (0.0 if given else 1.0) for n in possible]
        return chance.choices(possible, weights)[0] if sum(weights) > 0 else possible[-1]

    def _end(self, dossier: int) -> None:
        if run.stuck(self.process, self.at[dossier].state):
            raise Refused(
                "Có hồ sơ chờ mãi ở một bước chờ nhiều bước.",
                where="process",
                do="Sửa lỗi của quy trình rồi chạy lại.",
            )
        del self.at[dossier]

    def _outcome(self, now: float) -> Outcome:
        loads = tuple(
            StepLoad(
                key,
                one.done,
                one.waited / one.done if one.done else 0.0,
                one.longest,
            )
            for key, one in self.tally.items()
        )
        spent = [hours for dossier, hours in self.spent.items() if dossier >= self.assume.warm_up]
        limit = self.assume.term_hours
        late = sum(1 for hours in spent if limit is not None and hours > limit)
        agencies = tuple(queue.load(now) for queue in self.queue.values())
        return Outcome(len(spent), late, sum(spent) / len(spent) if spent else None, loads, agencies)

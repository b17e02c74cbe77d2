"""How long work waited for an officer of each agency in a simulation, and how long the queue was at each time. Pure."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

PERIODS = 26  # the simulated time is told in so many equal parts: of a year, a fortnight each
Waiting = tuple[int, str, int, float]  # dossier, step, round, since


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """One agency over the simulated time. Hours are working hours; `queue`: its mean length in each of PERIODS parts."""

    name: str
    officers: int
    done: int
    mean_wait: float
    p95_wait: float
    busy: float
    longest_queue: int
    queue: tuple[float, ...]


class Queue:
    """The line before one agency's officers, and what was measured of it."""

    def __init__(self, name: str, officers: int) -> None:
        self.name, self.officers, self.free = name, officers, officers
        self.line: deque[Waiting] = deque()
        self.worked = 0.0
        self.waits: list[float] = []
        self.longest = 0
        self._lengths: list[tuple[float, int]] = []  # (since, length)

    def join(self, one: Waiting, now: float) -> None:
        """One more waits."""
        self.line.append(one)
        self.longest = max(self.longest, len(self.line))
        self._lengths.append((now, len(self.line)))

    def leave(self, now: float) -> Waiting:
        """The first of the line goes to an officer."""
        one = self.line.popleft()
        self._lengths.append((now, len(self.line)))
        return one

    def load(self, end: float) -> AgencyLoad:
        """What was measured, up to `end`."""
        waits = sorted(self.waits)
        busy = self.worked / (self.officers * end) if end else 0.0
        mean = sum(waits) / len(waits) if waits else 0.0
        return AgencyLoad(
            self.name,
            self.officers,
            len(waits),
            mean,
            share_point(waits, 0.95),
            busy,
            self.longest,
            self._told(end),
        )

    def _told(self, end: float) -> tuple[float, ...]:
        """Mean length in each part of the time: the area under the length, parted."""
        if not end:
            return ()
        ends = [*(since for since, _ in self._lengths[1:]), end]
        part = end / PERIODS
        area = [0.0] * PERIODS
        for (since, length), until in zip(self._lengths, ends[: len(self._lengths)], strict=True):
            at = since
            while length and at < min(until, end):
                nth = min(int(at / part), PERIODS - 1)
                stop = min(until, end, (nth + 1) * part) if nth < PERIODS - 1 else min(until, end)
                area[nth] += length * (stop - at)
                at = stop if stop > at else end
        return tuple(one / part for one in area)


def share_point(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the (ascending) values lies; 0 of none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

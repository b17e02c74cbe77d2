"""Where a dossier is: its steps by agency over real days. The input of the picture, the stair and the table. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from congvu.foundation.workdays.days import each_day
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.kinds import DayKind

WEEKEND = str(DayKind.NGHI_TUAN)
DONE, NOW, PAUSED, WAITING = "done", "now", "paused", "waiting"
STATES = (DONE, NOW, PAUSED, WAITING)


@dataclass(frozen=True, slots=True)
class Lane:
    """An agency, in the order it first acts. `name` is the short one when there is one."""

    key: str
    name: str
    duty: str = ""


@dataclass(frozen=True, slots=True)
class TrackStep:
    """A step.

    agency      key of its lane; `agency_name` the full name for the stair and the table
    start, end  what happened; for a step still to come what is planned (either may be unknown)
    due         the step's own due day, None when it has none
    state       done, now, paused or waiting; being late is derived from the dates
    waits_for   the numbers (1, 2, …) of the steps it follows
    facts       what it established, in words; "" for nothing or not for this reader
    late_words  the amount of lateness when the caller counts it otherwise (working hours); "" to count here
    """

    name: str
    agency: str
    state: str
    start: date | None = None
    end: date | None = None
    due: date | None = None
    agency_name: str = ""
    duty: str = ""
    waits_for: tuple[int, ...] = ()
    late_words: str = ""
    url: str = ""
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """`off_days` says the kind of each day that is not worked ("NGHI_TUAN" is a weekend, all else a holiday)."""

    lanes: tuple[Lane, ...]
    steps: tuple[TrackStep, ...]
    received: date
    due: date | None
    today: date
    off_days: Mapping[date, str] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return all(step.state == DONE for step in self.steps)

    def working_days_after(self, first: date, last: date) -> int:
        """Working days after `first` up to `last`: how late, as the law counts."""
        span = range(first.toordinal() + 1, last.toordinal() + 1)
        return sum(1 for ordinal in span if date.fromordinal(ordinal) not in self.off_days)

    def late_days(self, step: TrackStep) -> int:
        """Working days the step ran past its due day (so far, when it is running); 0 when it did not."""
        stop = step.end if step.state == DONE else self.today if step.state == NOW else None
        if step.due is None or stop is None or stop <= step.due:
            return 0
        return self.working_days_after(step.due, stop)

    def lane_name(self, step: TrackStep) -> str:
        """The full name of the step's agency."""
        short = next((lane.name for lane in self.lanes if lane.key == step.agency), step.agency)
        return step.agency_name or short


def off_days(calendar: Calendar, first: date, last: date) -> dict[date, str]:
    """The days from `first` to `last` on which nobody works, with their kind: what `Track.off_days` wants."""
    days = (calendar.day(day) for day in each_day(first, last))
    return {day.date: str(day.kind) for day in days if not day.works}

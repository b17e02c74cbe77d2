"""Terms by the million: the same answers as `due`, as numpy gathers over the prefix tables; pure.

The only module of the rules that imports numpy. Pauses and extensions are a dossier's own affair and stay with `due`.
"""

from datetime import date

import numpy as np
import numpy.typing as npt

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.holidays import FIRST_YEAR, LAST_YEAR, holidays_of
from congvu.foundation.workdays.rules.hours import DAY_MINUTES, AnyHours, Sessions
from congvu.foundation.workdays.rules.policies import LATE_RECEPTION, StartPolicy
from congvu.foundation.workdays.rules.term import LIMITS, Unit

Days = npt.NDArray[np.datetime64]
Moments = npt.NDArray[np.datetime64]
Ints = npt.NDArray[np.int32]

_EPOCH = date(1970, 1, 1).toordinal()


class BulkTable:
    """A calendar compiled for bulk questions over `first`..`last`. Small for days; 2 MB a year once asked in hours.

    Every question outside the span is refused (ValueError), never answered wrongly. Immutable; threads may share it.
    """

    def __init__(self, calendar: Calendar, first: int, last: int, hours: AnyHours | None = None) -> None:
        table = calendar.work_table(first, last)
        self.calendar, self.hours = calendar, hours
        self.base = table.base - _EPOCH
        self.first, self.last = table.first, table.last
        self.rank = np.array(table.rank, dtype=np.int32)
        self.working = np.array([day.toordinal() - _EPOCH for day in table.working], dtype=np.int32)
        works = np.zeros(len(self.rank), dtype=bool)
        works[self.working - self.base] = True
        # the day each day rolls to; what stands after the last working day of the table rolls beyond it
        self.rolling = int(self.working[-1]) - self.base + 1
        self.rolled = self.working[np.where(works, self.rank, self.rank + 1)[: self.rolling]]
        self.works = works
        months = np.arange(f"{self.first.year}-01", f"{self.last.year + 1}-02", dtype="datetime64[M]")
        self.month_start = months.astype("datetime64[D]").astype(np.int64).astype(np.int32) - self.base
        self.month_of = np.repeat(np.arange(len(months) - 1, dtype=np.int32), np.diff(self.month_start))
        self._minutes: MinuteLine | None = None

    # -- days ------------------------------------------------------------------------------------------------
    def due(self, starts: Days, n: npt.ArrayLike, unit: Unit, *, backward: bool = False) -> Days:
        """Due days (datetime64[D]) of terms of `n` `unit`s from the days `starts` (the first day is not counted).

        `n` is an array or one number, 1 or more. Working days, days, weeks, months and years; terms in hours are
        `due_hours`. Backward terms do not roll.
        """
        count = _counts(n, unit)
        if unit is Unit.WORKING_DAY:
            return self._working(self._offsets(starts), -count if backward else count, backward=backward)
        if unit is Unit.SAME_DAY or unit.in_minutes:
            raise ValueError(f"{unit} is no unit of days")
        ends = self._calendar_ends(self._offsets(starts), -count if backward else count, unit)
        return self._dates(ends + self.base) if backward else self._roll(ends)

    def _calendar_ends(self, offsets: Ints, count: Ints, unit: Unit) -> Ints:
        """Offsets of the last days of terms in days, weeks, months, years (Bộ luật Dân sự 2015, Điều 148)."""
        if unit in (Unit.DAY, Unit.WEEK):
            ends = offsets + count * (1 if unit is Unit.DAY else 7)
        else:
            month = self.month_of[offsets] + count * (1 if unit is Unit.MONTH else 12)
            self._inside(month, len(self.month_start) - 1)
            # the corresponding day, or the last one of a shorter month
            ends = np.minimum(
                self.month_start[month] + offsets - self.month_start[self.month_of[offsets]],
                self.month_start[month + 1] - 1,
            )
        found: Ints = self._inside(ends, len(self.rank))
        return found

    def anchors(self, received: Moments, policy: StartPolicy) -> Days:
        """The uncounted first day of each moment of reception (datetime64[m], legal time) under a start policy."""
        days = received.astype("datetime64[D]")
        if policy is StartPolicy.RECEPTION_DAY:
            return days
        offsets = self._offsets(days)
        minute = (received.astype("datetime64[m]") - days).view(np.int64)
        following = self.working[self._inside(self.rank[offsets] + 1, len(self.working))]
        return np.where(minute > LATE_RECEPTION, self._dates(following), self._roll(offsets))

    def count(self, first: Days, last: Days) -> Ints:
        """Working days in (first, last], elementwise; negative where `last` is earlier."""
        found: Ints = self.rank[self._offsets(last)] - self.rank[self._offsets(first)]
        return found

    def is_working(self, days: Days) -> npt.NDArray[np.bool_]:
        """Which of `days` are working days."""
        found: npt.NDArray[np.bool_] = self.works[self._offsets(days)]
        return found

    def _working(self, offsets: Ints, count: Ints, *, backward: bool) -> Days:
        place = self.rank[offsets] + count
        if backward:
            # a day off ranks as the working day before it, which is one back already
            place = place + ~self.works[offsets]
        return self._dates(self.working[self._inside(place, len(self.working))])

    # -- hours -----------------------------------------------------------------------------------------------
    def due_hours(self, starts: Moments, hours: npt.ArrayLike) -> Moments:
        """Due moments (datetime64[m]) of terms of `hours` working hours from the moments `starts` (legal time)."""
        line = self._line()
        target = line.position(starts)
        target += _counts(hours, Unit.WORKING_HOUR) * 60
        return line.end(target)

    def _line(self) -> "MinuteLine":
        """The line of working minutes, made on the first question in hours."""
        if self._minutes is None:
            self._minutes = MinuteLine(self.calendar, self.hours, self.first, self.last)
        return self._minutes

    # -- bounds ----------------------------------------------------------------------------------------------
    def _offsets(self, days: Days) -> Ints:
        offsets: Ints = _as_days(days).view(np.int64).astype(np.int32)
        offsets -= self.base
        if offsets.size and (offsets.min() < 0 or offsets.max() >= len(self.rank)):
            raise ValueError(_beyond(self.first, self.last))
        return offsets

    def _inside(self, place: Ints, size: int) -> Ints:
        if place.size and (place.min() < 0 or place.max() >= size):
            raise ValueError(_beyond(self.first, self.last))
        return place

    def _roll(self, offsets: Ints) -> Days:
        return self._dates(self.rolled[self._inside(offsets, self.rolling)])

    def _dates(self, ordinals: Ints) -> Days:
        found: Days = ordinals.astype(np.int64).view("datetime64[D]")
        return found


class MinuteLine:
    """Every working minute of a span on one line: where each minute of the clock stands on it, and back."""

    def __init__(self, calendar: Calendar, hours: AnyHours | None, first: date, last: date) -> None:
        shapes = calendar.minute_table(hours, first.year, last.year)
        skip = first.toordinal() - shapes.base
        days = shapes.shapes[skip : skip + (last - first).days + 1]
        rows = {id(shape): _worked(shape.sessions) for shape in days}
        worked = np.concatenate([rows[id(shape)] for shape in days])
        self.first, self.last = first, last
        self.base = np.datetime64(first.isoformat(), "m")
        self.done = np.concatenate(([0], np.cumsum(worked, dtype=np.int32)), dtype=np.int32)
        # minute at which r minutes are done; r is never 0, since a term is at least an hour
        self.ends = np.concatenate(([0], np.flatnonzero(worked) + 1)).astype(np.int32)

    def position(self, moments: Moments) -> Ints:
        """Working minutes before each moment."""
        offsets = (moments.astype("datetime64[m]", copy=False) - self.base).view(np.int64)
        if offsets.size and (offsets.min() < 0 or offsets.max() >= len(self.done)):
            raise ValueError(_beyond(self.first, self.last))
        found: Ints = self.done[offsets]
        return found

    def end(self, position: Ints) -> Moments:
        """The moments at which so many minutes are done."""
        if position.size and position.max() >= len(self.ends):
            raise ValueError(_beyond(self.first, self.last))
        found: Moments = self.base + self.ends[position].astype("timedelta64[m]")
        return found


def _worked(sessions: Sessions) -> npt.NDArray[np.int8]:
    minutes = np.zeros(DAY_MINUTES, dtype=np.int8)
    for start, end in sessions:
        minutes[start:end] = 1
    return minutes


def _beyond(first: date, last: date) -> str:
    return f"a term leaves the table of {first.year}-{last.year}; make one with more years"


def _as_days(days: Days) -> Days:
    return days.astype("datetime64[D]", copy=False)


def _counts(n: npt.ArrayLike, unit: Unit) -> Ints:
    """`n` as integers. Refuses, in words, a 0, a negative one, and one beyond the limit of its unit."""
    counts = np.asarray(n)
    if not np.issubdtype(counts.dtype, np.integer):
        raise TypeError("n counts whole units")
    if counts.size and (counts.min() < 1 or counts.max() > LIMITS[unit]):
        raise Refused(
            f"Có thời hạn nhỏ hơn 1 hoặc lớn hơn {LIMITS[unit]} {unit.label}.",
            where="thời hạn",
            do="Kiểm tra lại số.",
        )
    found: Ints = counts.astype(np.int32, copy=False)
    return found


def due_bulk(
    starts: Days, n: npt.ArrayLike, unit: Unit, calendar: Calendar, *, backward: bool = False
) -> Days:
    """Due days of many terms under `calendar`: makes a table wide enough for them, then gathers.

    For repeated questions keep a `BulkTable`. Refuses a start outside 2000-2199; ValueError when an end is outside.
    """
    if not len(starts):
        return _as_days(starts)
    reach = int(np.max(np.asarray(n))) * _LONGEST[unit] // 365 + 2
    first, last = (int(str(one.astype("datetime64[Y]"))) for one in (starts.min(), starts.max()))
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        holidays_of(first)  # one of the two refuses, in words
        holidays_of(last)
    span = (first - reach, last) if backward else (first, last + reach)
    table = BulkTable(calendar, max(span[0], FIRST_YEAR), min(span[1], LAST_YEAR))
    return table.due(starts, n, unit, backward=backward)


# Calendar days that one unit can take, holidays of Tết included: for the width of a table.
_LONGEST = {Unit.WORKING_DAY: 2, Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31, Unit.YEAR: 366}

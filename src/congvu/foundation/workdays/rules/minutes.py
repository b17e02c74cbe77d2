"""Prefix table of working minutes: any term in working hours is a position on one line of minutes."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime
from typing import Protocol

from congvu.foundation.workdays.rules.hours import DAY_MINUTES, AnyHours, Sessions
from congvu.foundation.workdays.rules.table import BeyondTable


class _Sessions(Protocol):
    def sessions(self, day: date, hours: AnyHours | None = None, /) -> Sessions: ...


class DayShape:
    """One pattern of sessions: minutes worked up to each minute of the day, and back."""

    __slots__ = ("elapsed", "minute_of_end", "minute_of_start", "sessions", "total")

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        worked = [minute for a, b in sessions for minute in range(a, b)]
        self.total = len(worked)
        marks = [0] * (DAY_MINUTES + 1)
        for minute in worked:
            marks[minute + 1] = 1
        self.elapsed: list[int] = []
        done = 0
        for mark in marks:
            done += mark
            self.elapsed.append(done)
        # the minute at which r minutes are done (1..total), and at which minute r+1 begins (0..total-1)
        self.minute_of_end = [worked[0] if worked else 0] + [minute + 1 for minute in worked]
        self.minute_of_start = worked


class MinuteTable:
    """`cum[i]` is the number of working minutes before day `i`, which has `shapes[i]`. Whole years, immutable.

    A question beyond the span raises BeyondTable; `Calendar` then makes a wider table.
    """

    __slots__ = ("base", "cum", "first", "last", "shapes")

    def __init__(self, calendar: _Sessions, hours: AnyHours, first_year: int, last_year: int) -> None:
        self.first, self.last = date(first_year, 1, 1), date(last_year, 12, 31)
        self.base = self.first.toordinal()
        known: dict[Sessions, DayShape] = {}
        self.cum: list[int] = [0]
        self.shapes: list[DayShape] = []
        for ordinal in range(self.base, self.last.toordinal() + 1):
            sessions = calendar.sessions(date.fromordinal(ordinal), hours)
            shape = known.get(sessions) or known.setdefault(sessions, DayShape(sessions))
            self.shapes.append(shape)
            self.cum.append(self.cum[-1] + shape.total)

    def position(self, moment: datetime) -> int:
        """Working minutes from the beginning of the table to `moment` (its seconds are dropped)."""
        index = moment.toordinal() - self.base
        if not 0 <= index < len(self.shapes):
            raise BeyondTable(moment.year)
        return self.cum[index] + self.shapes[index].elapsed[moment.hour * 60 + moment.minute]

    def add(self, moment: datetime, minutes: int) -> datetime:
        """The moment at which `minutes` (1 or more) have been worked since `moment`."""
        target = self.position(moment) + minutes
        if target > self.cum[-1]:
            raise BeyondTable(self.last.year + 1)
        index = bisect_left(self.cum, target) - 1
        return self._moment(index, self.shapes[index].minute_of_end[target - self.cum[index]])

    def subtract(self, moment: datetime, minutes: int) -> datetime:
        """The latest moment from which `minutes` (1 or more) are still worked before `moment`."""
        target = self.position(moment) - minutes
        if target < 0:
            raise BeyondTable(self.first.year - 1)
        return self._start_at(target)

    def worked(self, first: datetime, last: datetime) -> int:
        """Working minutes from `first` to `last`; negative when `last` is earlier."""
        return self.position(last) - self.position(first)

    def snap(self, moment: datetime) -> datetime:
        """`moment` when work is going on, else when it next begins."""
        target = self.position(moment)
        if target >= self.cum[-1]:
            raise BeyondTable(self.last.year + 1)
        return self._start_at(target)

    def closing(self, day: date) -> datetime:
        """When work ends on `day`; one minute before midnight when there is none."""
        index = day.toordinal() - self.base
        if not 0 <= index < len(self.shapes):
            raise BeyondTable(day.year)
        shape = self.shapes[index]
        return self._moment(index, shape.minute_of_end[-1] if shape.total else DAY_MINUTES - 1)

    def _start_at(self, target: int) -> datetime:
        index = bisect_right(self.cum, target) - 1
        return self._moment(index, self.shapes[index].minute_of_start[target - self.cum[index]])

    def _moment(self, index: int, minute: int) -> datetime:
        day = date.fromordinal(self.base + index)
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60)

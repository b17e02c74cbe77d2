"""Time as the demo's offices live it: working minutes counted from a first day, and back to moments.

A `tick` is a working minute: day index times 480 plus the minute of that working day (07:00-11:30, 13:30-17:00).
Plans are made in ticks, because sums of ticks never fall on a night, a Sunday or Tết.
"""

from bisect import bisect_right
from datetime import date, datetime

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.workdays.days import add_days
from congvu.foundation.workdays.rules.calendar import Calendar

A_DAY = 480
_MORNING = 270  # minutes before lunch
_THREE = 360  # the tick of a day at 15:00


class OfficeTime:
    """The working days of a calendar around a span, as ticks."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        day, self.days = add_days(first, -30), []
        end = add_days(last, 500)
        while day <= end:
            if calendar.works(day):
                self.days.append(day)
            day = add_days(day, 1)
        self._hours = [divmod(420 + m if m < _MORNING else 540 + m, 60) for m in range(A_DAY)]

    def index(self, day: date) -> int:
        """The index of `day`, or of the last working day before it."""
        return bisect_right(self.days, day) - 1

    def moment(self, tick: int) -> datetime:
        """The legal moment of a tick."""
        index, minute = divmod(tick, A_DAY)
        day, (hour, past) = self.days[index], self._hours[minute]
        return datetime(day.year, day.month, day.day, hour, past, tzinfo=LEGAL_ZONE)

    def day(self, tick: int) -> date:
        """The working day of a tick."""
        return self.days[tick // A_DAY]


def after_three(tick: int) -> bool:
    """Whether a tick is past 15:00: what comes then is handed over the next working day (NĐ 61/2018 art. 18.2)."""
    return tick % A_DAY > _THREE

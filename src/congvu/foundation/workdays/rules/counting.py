"""Small questions about due days: the latest apology, days left, working days between; pure."""

from datetime import date

from congvu.foundation.workdays.days import previous_day
from congvu.foundation.workdays.rules.calendar import Calendar


def latest_apology_day(due: date, calendar: Calendar, *, strict: bool = True) -> date:
    """The last day to apologise and ask for the extension: "chậm nhất 01 ngày trước ngày hết hạn" (NĐ 61, art. 19.9).

    The decree says a day, not a working day: by the calendar that may be a Sunday. `strict` (the default) takes the
    last working day before the due day, which satisfies both readings.
    """
    return calendar.nth_working_day(due, -1) if strict else previous_day(due)


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after `first` up to and including `last`; negative when `last` is earlier."""
    return calendar.working_days_between(first, last)


def days_left(today: date, due: date, calendar: Calendar) -> int:
    """Working days left: 0 on the due day, negative when it has passed (-1 is one working day late)."""
    return calendar.working_days_between(today, due)

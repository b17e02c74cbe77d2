"""Due days by the rules, remembered: a year of dossiers asks the same few thousand questions over and over."""

from datetime import date, datetime
from decimal import Decimal

from congvu.dossiers.rules import clock
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.table import BeyondTable

_WORKING_DAY, _WORKING_HOUR = "NGAY_LAM_VIEC", "GIO_LAM_VIEC"


class DueBook:
    """Due days, each worked out once: terms in days depend on the day they start, not on the hour.

    Parts of a working day, which depend on the minute, are read off the calendar's table of working minutes.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._first: dict[tuple[datetime | date, int, str], clock.Day] = {}
        self._step: dict[tuple[date, Decimal, str], clock.Day] = {}
        self._minutes: dict[tuple[Decimal, str], int] = {}

    def first(self, at: datetime, n: int | None, unit: str) -> clock.Day:
        """The due day at reception."""
        if n is None:
            return clock.NO_DAY
        key = (at if unit == _WORKING_HOUR else at.date(), n, unit)
        found = self._first.get(key)
        if found is None:
            found = self._first[key] = clock.first_due(at, n, unit, self.calendar)
        return found

    def step(self, at: datetime, n: Decimal | None, unit: str) -> clock.Day:
        """The due day of a step that opens at `at`."""
        if n is None:
            return clock.NO_DAY
        minutes = self._minutes.get((n, unit))
        if minutes is None:
            minutes = self._minutes[n, unit] = _minutes(n, unit)
        if minutes:
            try:
                moment = self.calendar.minute_table().add(at, minutes).replace(tzinfo=LEGAL_ZONE)
            except BeyondTable:
                return clock.step_due(at, n, unit, self.calendar)
            return moment.date(), moment
        if n == 0:
            return clock.step_due(at, n, unit, self.calendar)
        key = (at.date(), n, unit)
        found = self._step.get(key)
        if found is None:
            found = self._step[key] = clock.step_due(at, n, unit, self.calendar)
        return found


def _minutes(n: Decimal, unit: str) -> int:
    """The working minutes of a term that depends on the minute; 0 for the others (see `clock.step_due`)."""
    if unit == _WORKING_HOUR:
        return int(n * 60)
    return int(n * 480) if unit == _WORKING_DAY and n != int(n) else 0

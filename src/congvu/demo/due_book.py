"""Due days by the rules, remembered: a year of dossiers asks the same few thousand questions over and over."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from congvu.dossiers.rules import clock
from congvu.foundation.workdays.rules.calendar import Calendar


class DueBook:
    """Due days by the rules, each worked out once: terms in days depend on the day they start, not on the hour."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._kept: dict[tuple[Any, ...], clock.Day] = {}

    def first(self, at: datetime, n: int | None, unit: str) -> clock.Day:
        """The due day at reception."""
        if n is None:
            return clock.NO_DAY
        key = (at if unit == "GIO_LAM_VIEC" else at.date(), n, unit)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = clock.first_due(at, n, unit, self.calendar)
        return found

    def step(self, at: datetime, n: Decimal | None, unit: str) -> clock.Day:
        """The due day of a step that opens at `at`."""
        if n is None:
            return clock.NO_DAY
        whole = n == int(n) and n != 0 and unit != "GIO_LAM_VIEC"
        key = (at.date() if whole else at, n, unit, "step")
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = clock.step_due(at, n, unit, self.calendar)
        return found

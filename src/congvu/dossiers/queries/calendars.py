"""The calendars a verb needs, by unit, of one calendar number: kept in memory until the number moves."""

from datetime import datetime
from functools import lru_cache

from congvu.dossiers.rules import clock
from congvu.dossiers.rules.steps import StepSpec
from congvu.foundation.workdays.models import ClosureRow, OfficeHoursRow
from congvu.foundation.workdays.queries import calendar_numbered
from congvu.foundation.workdays.rules.calendar import Calendar


class Calendars:
    """Calendars of one number. `of(unit)` costs no statement once a process has seen the unit's calendar."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def of(self, unit_id: int | None) -> Calendar:
        """The calendar of a unit: the province's days, and the unit's own hours and closures when it has any."""
        return calendar_numbered(self.number, unit_id if unit_id in self.own else None)

    @property
    def own(self) -> frozenset[int]:
        """The units that ever had hours or closures of their own; all others share the province's calendar."""
        return units_with_own(self.number)


@lru_cache(maxsize=64)
def units_with_own(number: int) -> frozenset[int]:
    """Units with office hours or closures of their own under `number`. 2 statements the first time, none after."""
    rows = (OfficeHoursRow.objects, ClosureRow.objects)
    found = [each.filter(unit_id__isnull=False).values_list("unit_id", flat=True).distinct() for each in rows]
    return frozenset(unit for units in found for unit in units if unit is not None)


def step_due(spec: StepSpec, unit: int, calendars: Calendars, start: datetime) -> clock.Day:
    """The due day of a step that starts at `start`, by the calendar of its unit; (None, None) without a term."""
    if spec.term_n is None:
        return None, None
    return clock.step_due(start, spec.term_n, spec.term_unit, calendars.of(unit))

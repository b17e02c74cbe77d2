"""The calendars a verb needs, by unit, of one calendar number: kept in memory until the number moves."""

from functools import lru_cache

from congvu.foundation.workdays.queries import calendar_as_known
from congvu.foundation.workdays.rules.calendar import Calendar


class Calendars:
    """Calendars of one number. `of(unit)` costs no statement once a process has seen the pair."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def of(self, unit_id: int) -> Calendar:
        """The calendar of a unit: the province's days, the unit's hours and closures."""
        return kept(self.number, unit_id)


@lru_cache(maxsize=2048)
def kept(number: int, unit_id: int) -> Calendar:
    """The calendar of a unit under `number`. At most 4 statements the first time, none after."""
    return calendar_as_known(None, unit_id)

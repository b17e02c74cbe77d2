"""The legal calendar and terms: when is it due, and why.

    from congvu.foundation.workdays import calendar_for, due, parse_term
    answer = due(received_at, parse_term("5 ngày làm việc"), calendar_for())
    answer.date, answer.trace

Names below come from `rules` on first use, so that importing this package costs nothing and needs neither Django
nor numpy. The calendar as officials edited it is `queries.calendar_as_known`; plain day arithmetic is `days`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from congvu.foundation.workdays.rules.calendar import Calendar, calendar_for, swap_days
    from congvu.foundation.workdays.rules.counting import days_left, latest_apology_day, working_days_between
    from congvu.foundation.workdays.rules.due import Due, due
    from congvu.foundation.workdays.rules.hours import Closure, HoursSchedule, OfficeHours
    from congvu.foundation.workdays.rules.kinds import Day, DayKind, Evidence
    from congvu.foundation.workdays.rules.moves import Move, Role, TraceDay
    from congvu.foundation.workdays.rules.policies import (
        Extension,
        Pause,
        PausePolicy,
        StartPolicy,
        check_extension,
    )
    from congvu.foundation.workdays.rules.swaps import Swap
    from congvu.foundation.workdays.rules.term import Direction, Term, Unit, parse_term

_HOME = {
    "calendar": ("Calendar", "calendar_for", "swap_days"),
    "counting": ("days_left", "latest_apology_day", "working_days_between"),
    "due": ("Due", "due"),
    "hours": ("Closure", "HoursSchedule", "OfficeHours"),
    "kinds": ("Day", "DayKind", "Evidence"),
    "moves": ("Move", "Role", "TraceDay"),
    "policies": ("Extension", "Pause", "PausePolicy", "StartPolicy", "check_extension"),
    "swaps": ("Swap",),
    "term": ("Direction", "Term", "Unit", "parse_term"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _MODULE_OF:
        return getattr(import_module(f"{__name__}.rules.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Calendar",
    "Closure",
    "Day",
    "DayKind",
    "Direction",
    "Due",
    "Evidence",
    "Extension",
    "HoursSchedule",
    "Move",
    "OfficeHours",
    "Pause",
    "PausePolicy",
    "Role",
    "StartPolicy",
    "Swap",
    "Term",
    "TraceDay",
    "Unit",
    "calendar_for",
    "check_extension",
    "days_left",
    "due",
    "latest_apology_day",
    "parse_term",
    "swap_days",
    "working_days_between",
]

"""Reading the calendar as officials made it: now, under a past number, or as it was known on a past day."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.db.models import Max, Q, QuerySet

from congvu.foundation.workdays.models import CalendarEdit, CalendarVersion, ClosureRow, OfficeHoursRow
from congvu.foundation.workdays.rules.calendar import Calendar, calendar_for
from congvu.foundation.workdays.rules.hours import Closure, HoursSchedule, OfficeHours, Sessions
from congvu.foundation.workdays.rules.kinds import Day, DayKind
from congvu.foundation.workdays.rules.swaps import Swap, proposed_swaps

_KEPT = 256  # calendars kept per process; one is about 100 kB with its tables
_cache: "OrderedDict[tuple[int, int | None], Calendar]" = OrderedDict()
_lock = Lock()


def current_version() -> int:
    """The number of the calendar in force; 0 before the first edit. 1 statement."""
    return CalendarVersion.objects.aggregate(last=Max("number"))["last"] or 0


def version_known(on: datetime) -> int:
    """The number of the calendar that was in force at a moment. 1 statement."""
    return CalendarVersion.objects.filter(at__lte=on).aggregate(last=Max("number"))["last"] or 0


def calendar_as_known(on: datetime | None = None, unit_id: int | None = None) -> Calendar:
    """The calendar of a unit (the province's when None) as it is, or as it was known at the moment `on`.

    1 statement when this process has seen that version for that unit, else 4.
    """
    return calendar_numbered(current_version() if on is None else version_known(on), unit_id)


def calendar_now(unit_id: int | None = None) -> Calendar:
    """The calendar in force, of a unit or the province. Statements as `calendar_as_known`."""
    return calendar_as_known(None, unit_id)


def calendar_numbered(number: int, unit_id: int | None = None) -> Calendar:
    """The calendar of a unit under version `number`: always the same, so it is kept. No statement once seen, else 3.

    Ask only numbers that exist (`current_version`, a dossier's `calendar_version`): a number of the future would be
    kept as it looks today. Calendars are immutable and shared between threads.
    """
    key = (number, unit_id)
    with _lock:
        found = _cache.get(key)
        if found is not None:
            _cache.move_to_end(key)
            return found
    made = _read(number, unit_id)
    with _lock:
        _cache[key] = made
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return made


def forget_calendars() -> None:
    """Empty the process's cache: tests roll back versions and meet their numbers again."""
    with _lock:
        _cache.clear()


def edits_between(first: date, last: date, *, revoked: bool = False) -> list[CalendarEdit]:
    """Edits of the days `first`..`last`, those in force or, with `revoked`, all. 1 statement."""
    found = CalendarEdit.objects.filter(date__gte=first, date__lte=last).order_by("date", "id")
    return list(found if revoked else found.filter(revoked_in__isnull=True))


def open_proposals(year: int) -> tuple[Swap, ...]:
    """Swaps of `year` known from memory only and not yet decided by an edit. 1 statement."""
    proposed = proposed_swaps(year)
    days = {day for swap in proposed for day in (swap.off, swap.work)}
    decided = set(
        CalendarEdit.objects.filter(revoked_in__isnull=True, date__in=days).values_list("date", flat=True)
    )
    return tuple(swap for swap in proposed if swap.off not in decided and swap.work not in decided)


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day on a month sheet, and the edit in force that made it so."""

    day: Day
    edit: CalendarEdit | None


def month_sheet(
    calendar: Calendar, edits: Iterable[CalendarEdit], weeks: list[list[date]]
) -> list[list[SheetDay]]:
    """The days of a month sheet (`days.week_rows`), each with what it is and the edit behind it. No statement."""
    by_day = {edit.date: edit for edit in edits if edit.revoked_in_id is None}
    return [[SheetDay(calendar.day(day), by_day.get(day)) for day in week] for week in weeks]


def _read(number: int, unit_id: int | None) -> Calendar:
    ours = Q(unit_id__isnull=True) if unit_id is None else Q(unit_id__isnull=True) | Q(unit_id=unit_id)
    edits = _under(CalendarEdit.objects.order_by("date", "id"), number)
    closures = _under(ClosureRow.objects.filter(ours).order_by("first", "id"), number)
    hours = list(_under(OfficeHoursRow.objects.filter(ours), number))
    # a unit's own hours before the province's, a newer decision before an older one
    hours.sort(key=lambda row: (row.unit_id is None, -row.recorded_in_id, -row.pk))
    return calendar_for(
        edits=[_day(edit) for edit in edits],
        closures=[_closure(row) for row in closures],
        hours=HoursSchedule(tuple((row.valid_from, row.valid_to, _hours(row)) for row in hours))
        if hours
        else OfficeHours(),
    )


def _under(rows: "QuerySet[Any]", number: int) -> "QuerySet[Any]":
    """The rows in force under a version."""
    return rows.filter(Q(revoked_in__isnull=True) | Q(revoked_in__gt=number), recorded_in__lte=number)


def _day(edit: CalendarEdit) -> Day:
    cited = edit.citation or edit.decision_number
    if edit.decision_date is not None:
        cited += f" ngày {edit.decision_date:%d/%m/%Y}"
    return Day(edit.date, DayKind(edit.kind), edit.reason, cited, edit.evidence)


def _closure(row: ClosureRow) -> Closure:
    return Closure(row.first, row.last, row.reason, row.citation, row.from_minute, row.to_minute)


def _hours(row: OfficeHoursRow) -> OfficeHours:
    return OfficeHours(_pairs(row.sessions), _pairs(row.saturday), row.saturday_counts, row.citation)


def _pairs(minutes: list[int]) -> Sessions:
    return tuple(zip(minutes[::2], minutes[1::2], strict=True))

"""Reading the calendar as officials made it: now, under a past number, or as it was known on a past day."""

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable
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

_KEPT = 8  # versions kept per process; of each, the calendars of the units that have something of their own
_versions: "OrderedDict[int, _Version]" = OrderedDict()
_lock = Lock()


def current_version() -> int:
    """The number of the calendar in force; 0 before the first edit. 1 statement."""
    return CalendarVersion.objects.aggregate(last=Max("number"))["last"] or 0


def version_before(number: int) -> int:
    """The number of the calendar that `number` replaced; 0 when it is the first. 1 statement."""
    return CalendarVersion.objects.filter(number__lt=number).aggregate(last=Max("number"))["last"] or 0


def version_known(on: datetime) -> int:
    """The number of the calendar that was in force at a moment. 1 statement."""
    return CalendarVersion.objects.filter(at__lte=on).aggregate(last=Max("number"))["last"] or 0


def calendar_as_known(on: datetime | None = None, unit_id: int | None = None) -> Calendar:
    """The calendar of a unit (the province's when None) as it is, or as it was known at the moment `on`.

    1 statement when this process has seen that version, else 4.
    """
    return calendar_numbered(current_version() if on is None else version_known(on), unit_id)


def calendar_now(unit_id: int | None = None) -> Calendar:
    """The calendar in force, of a unit or the province. Statements as `calendar_as_known`."""
    return calendar_as_known(None, unit_id)


def calendar_numbered(number: int, unit_id: int | None = None) -> Calendar:
    """The calendar of a unit under version `number`: always the same, so it is kept. 3 statements a version, once.

    A unit without hours or closures of its own shares the province's calendar, tables and all. Ask only numbers that
    exist (`current_version`, a dossier's `calendar_version`): one of the future would be kept as it looks today.
    Calendars are immutable and shared between threads.
    """
    with _lock:
        known = _versions.get(number)
        if known is not None:
            _versions.move_to_end(number)
    if known is None:
        known = _read(number)
        with _lock:
            known = _versions.setdefault(number, known)
            while len(_versions) > _KEPT:
                _versions.popitem(last=False)
    return known.calendar(unit_id)


def forget_calendars() -> None:
    """Empty the process's memory of calendars: tests drop databases and meet their numbers again."""
    with _lock:
        _versions.clear()


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


def _read(number: int) -> "_Version":
    """Everything decided under a version. 3 statements."""
    hours = list(_under(OfficeHoursRow.objects.all(), number))
    hours.sort(key=lambda row: (-row.recorded_in_id, -row.pk))  # a newer decision before an older one
    return _Version(
        edits=[_day(edit) for edit in _under(CalendarEdit.objects.order_by("date", "id"), number)],
        closures=[
            (row.unit_id, _closure(row)) for row in _under(ClosureRow.objects.order_by("first", "id"), number)
        ],
        hours=[(row.unit_id, (row.valid_from, row.valid_to, _hours(row))) for row in hours],
    )


class _Version:
    """The decisions of one version, and the calendars made of them so far."""

    def __init__(
        self,
        edits: list[Day],
        closures: list[tuple[int | None, Closure]],
        hours: list[tuple[int | None, tuple[date, date | None, OfficeHours]]],
    ) -> None:
        self.edits, self.closures, self.hours = edits, closures, hours
        self.units = {unit for unit, _ in (*closures, *hours) if unit is not None}
        self.made: dict[int | None, Calendar] = {}

    def calendar(self, unit_id: int | None) -> Calendar:
        """Of a unit; of the province when it has nothing of its own. Two threads may both make it: they are equal."""
        key = unit_id if unit_id in self.units else None
        found = self.made.get(key)
        if found is None:
            # a unit's own hours come before the province's
            periods = [period for unit, period in self.hours if unit == key]
            periods += [period for unit, period in self.hours if unit is None] if key is not None else []
            found = self.made[key] = calendar_for(
                edits=self.edits,
                closures=[closure for unit, closure in self.closures if unit is None or unit == key],
                hours=HoursSchedule(tuple(periods)) if periods else OfficeHours(),
            )
        return found


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


def own_hours(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """How many rows of hours and closures of its own each unit has on a day or after; units without are left out.
    2 statements."""
    units, found = list(unit_ids), Counter[int]()
    reaching = Q(valid_to=None) | Q(valid_to__gte=day)
    hours = OfficeHoursRow.objects.filter(reaching, unit_id__in=units, revoked_in=None)
    closures = ClosureRow.objects.filter(unit_id__in=units, last__gte=day, revoked_in=None)
    for rows in (hours, closures):
        found.update(unit for unit in rows.values_list("unit_id", flat=True) if unit is not None)
    return dict(found)

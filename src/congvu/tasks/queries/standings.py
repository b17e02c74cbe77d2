"""Items and findings with where they stand, for figures: each kind in one statement, the calendar's number with it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from congvu.foundation.workdays.models import CalendarVersion
from congvu.foundation.workdays.queries import calendar_numbered
from congvu.tasks.models import Finding, PlanItem
from congvu.tasks.rules.progress import where

_CALENDAR = Coalesce(Subquery(CalendarVersion.objects.order_by("-number").values("number")[:1]), Value(0))


@dataclass(frozen=True, slots=True)
class Stood:
    """A piece of work on a day: whose, what, where it stood, which facts it has."""

    id: int
    unit_id: int
    title: str
    subtitle: str
    ref: int
    standing: str
    facts: dict[str, str]


def items_stood(on: date, known_until: datetime | None = None) -> list[Stood]:
    """Every item there was on a day, with where it stood, as known before a moment. 1 statement. An item belongs to the unit that
    has it now."""
    found = PlanItem.objects.filter(plan__drafted_on__lte=on)
    if known_until is not None:
        found = found.filter(recorded_at__lt=known_until)
    rows = found.annotate(calendar=_CALENDAR).order_by("id").values_list(
        "id", "keeper_id", "text", "plan__name", "due", "done_on", "dropped_on", "reported_at", "content", "priority",
        "plan__subject", "plan__first_year", "calendar",
    )  # fmt: skip
    stood = []
    for number, unit, text, plan, due, done, dropped, told, content, priority, subject, year, version in rows:
        if known_until is not None and told is not None and told >= known_until:
            done = dropped = None
        facts = {
            "content": content, "priority": "co" if priority else "khong", "subject": subject, "year": str(year),
        }  # fmt: skip
        at = where(due, done, dropped, on, calendar_numbered(version)).standing
        stood.append(Stood(number, unit, text, plan, number, at, facts))
    return stood


def findings_stood(on: date, known_until: datetime | None = None) -> list[Stood]:
    """Every finding recorded by a day of inspection, with where its remedy stood. 1 statement."""
    found = Finding.objects.filter(inspection__first_day__lte=on)
    if known_until is not None:
        found = found.filter(recorded_at__lt=known_until)
    rows = found.annotate(calendar=_CALENDAR).order_by("id").values_list(
        "id", "keeper_id", "text", "inspection__name", "inspection_id", "due", "done_on", "reported_at",
        "inspection__first_day", "calendar",
    )  # fmt: skip
    stood = []
    for number, unit, text, name, inspection, due, done, told, first, version in rows:
        if known_until is not None and told is not None and told >= known_until:
            done = None
        at = where(due, done, None, on, calendar_numbered(version)).standing
        stood.append(Stood(number, unit, text, name, inspection, at, {"year": str(first.year)}))
    return stood

"""Reading committees and inspections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.tasks.models import (
    Committee,
    CommitteeDecision,
    CommitteeMember,
    Finding,
    InspectedUnit,
    Inspection,
)
from congvu.tasks.rules.kinds import ROLES
from congvu.tasks.rules.progress import Where, where


def committees() -> list[Committee]:
    """Every committee, the newest first. 1 statement."""
    return list(Committee.objects.order_by("-valid_from", "-id"))


def seats(on: date | None = None, committee: int | None = None) -> list[CommitteeMember]:
    """Seats, of one committee or all, on a day or through all time, in the order of their roles. 1 statement."""
    found = CommitteeMember.objects.select_related("committee", "person")
    if committee is not None:
        found = found.filter(committee=committee)
    if on is not None:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    order = list(ROLES)
    return sorted(found.order_by("valid_from", "id"), key=lambda one: order.index(one.role))


def concluded(committee: int, limit: int = 100) -> list[CommitteeDecision]:
    """What a committee concluded, newest first. 1 statement."""
    found = CommitteeDecision.objects.filter(committee=committee).select_related("item__plan")
    return list(found.order_by("-decided_on", "-id")[:limit])


def inspections(year: int | None, *, before: tuple[date, int] | None, limit: int) -> list[Inspection]:
    """Inspections with how many units and findings, newest first; one more than `limit`. 1 statement."""
    found = Inspection.objects.annotate(
        places=Count("units", distinct=True),
        seen=Count("units", filter=Q(units__held_on__isnull=False), distinct=True),
        found=Count("findings", distinct=True),
        mended=Count("findings", filter=Q(findings__done_on__isnull=False), distinct=True),
    )
    if year is not None:
        found = found.filter(first_day__year=year)
    if before is not None:
        found = found.filter(Q(first_day__lt=before[0]) | Q(first_day=before[0], id__lt=before[1]))
    return list(found.order_by("-first_day", "-id")[: limit + 1])


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and where its remedy stands on the day asked."""

    row: Finding
    where: Where


def units_of(inspection: int) -> list[InspectedUnit]:
    """1 statement."""
    return list(InspectedUnit.objects.filter(inspection=inspection).order_by("id"))


def findings(
    on: date, calendar: Calendar, *, inspection: int | None = None, keepers: Sequence[int] | None = None
) -> list[Found]:
    """Findings of an inspection, or those units must remedy, the nearest day first. 1 statement."""
    found = Finding.objects.select_related("inspection").order_by("due", "id")
    if inspection is not None:
        found = found.filter(inspection=inspection)
    if keepers is not None:
        found = found.filter(keeper__in=keepers, done_on=None)
    return [Found(row, where(row.due, row.done_on, None, on, calendar)) for row in found]

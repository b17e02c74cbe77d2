"""Rounds and who is where in them."""

from datetime import date

from django.db.models import Count, Q

from congvu.indices.models import Round, Sheet
from congvu.indices.rules.rounds import PUBLISHED
from congvu.indices.rules.sets import SUM
from congvu.organisation.access import Scope


def round_list(
    *, of_set: int | None = None, before: tuple[date, int] | None = None, limit: int = 30
) -> list[Round]:
    """A keyset page of rounds with their sets, the newest period first, each with `taking_part` and `done` counted.
    1 statement."""
    found = Round.objects.select_related("set").annotate(
        taking_part=Count("sheets"), done=Count("sheets", filter=Q(sheets__state=PUBLISHED))
    )
    if of_set is not None:
        found = found.filter(set=of_set)
    if before is not None:
        found = found.filter(Q(last__lt=before[0]) | Q(last=before[0], pk__lt=before[1]))
    return list(found.order_by("-last", "-pk")[: limit + 1])


def round_of(round_id: int) -> Round | None:
    """A round with its set. 1 statement."""
    return Round.objects.select_related("set").filter(pk=round_id).first()


def sheets_of(round_id: int, seen: Scope) -> list[Sheet]:
    """The sheets of a round that a reader sees, by name; those of participants outside are everybody's. 1 statement."""
    found = Sheet.objects.filter(round=round_id).order_by("name", "pk")
    if not seen.all:
        found = found.filter(Q(unit__in=seen.unit_ids) | Q(unit=None))
    return list(found)


def deadlines_of(one: Round) -> dict[str, date]:
    return {step: date.fromisoformat(day) for step, day in one.deadlines.items()}


def earlier_sheets(sheet: Sheet) -> list[Sheet]:
    """The sheets of the same participant in published or outside rounds of the same series, the newest first. 1 statement."""
    of_series = Q(round__set__code=sheet.round.set.code)
    told = Q(state=PUBLISHED) | Q(round__set__measure=SUM)
    same = Q(unit=sheet.unit_id) if sheet.unit_id else Q(unit=None, code=sheet.code)
    return list(
        Sheet.objects.select_related("round", "round__set")
        .filter(of_series & told & same)
        .exclude(pk=sheet.pk)
        .order_by("-round__last", "-pk")[:20]
    )

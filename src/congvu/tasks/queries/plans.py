"""Reading plans and their items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.tasks.models import ItemHelper, Plan, PlanItem
from congvu.tasks.rules.progress import Tally, Where, tally, where


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of plans was asked for; empty values ask for all."""

    year: int | None = None
    unit_ids: tuple[int, ...] | None = None
    subject: str = ""
    term: str = ""
    state: str = ""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An item, where it stands on the day asked, and the units that help."""

    item: PlanItem
    where: Where
    helpers: tuple[int, ...] = ()


def plan_list(asked: Asked, *, before: tuple[int, int] | None, limit: int) -> list[Plan]:
    """Plans, the newest years first, below `before` (first year, id); one more than `limit`. 1 statement."""
    found: QuerySet[Plan] = Plan.objects.all()
    if asked.year is not None:
        found = found.filter(first_year__lte=asked.year, last_year__gte=asked.year)
    if asked.unit_ids is not None:
        found = found.filter(Q(unit__in=asked.unit_ids) | Q(keeper__in=asked.unit_ids))
    for name in ("subject", "term", "state"):
        if getattr(asked, name):
            found = found.filter(**{name: getattr(asked, name)})
    if asked.parent is not None:
        found = found.filter(parent=asked.parent)
    if before is not None:
        found = found.filter(Q(first_year__lt=before[0]) | Q(first_year=before[0], id__lt=before[1]))
    return list(found.order_by("-first_year", "-id")[: limit + 1])


def plan_of(plan_id: int) -> Plan | None:
    """A plan with its programme, its parent and what it replaces. 1 statement."""
    found = Plan.objects.select_related("programme", "parent", "replaces", "file")
    return found.filter(pk=plan_id).first()


def beneath(plan_id: int, limit: int) -> list[Plan]:
    """The plans made from this one, and the one that replaced it. 1 statement."""
    found = Plan.objects.filter(Q(parent=plan_id) | Q(replaces=plan_id)).order_by("-first_year", "id")
    return list(found[: limit + 1])


def items_of(plan_id: int, on: date, calendar: Calendar) -> list[Line]:
    """The items of a plan in their order, with where each stands on a day. 2 statements."""
    rows = list(
        PlanItem.objects.filter(plan=plan_id)
        .select_related("carried_from__plan", "carried_to__plan")
        .order_by("place")
    )
    helpers: dict[int, list[int]] = {}
    for item, unit in (
        ItemHelper.objects.filter(item__plan=plan_id).values_list("item_id", "unit_id").order_by("id")
    ):
        helpers.setdefault(item, []).append(unit)
    return [Line(row, standing(row, on, calendar), tuple(helpers.get(row.pk, ()))) for row in rows]


def standing(row: PlanItem, on: date, calendar: Calendar) -> Where:
    """Where an item stands at the end of a day. No statement."""
    return where(row.due, row.done_on, row.dropped_on, on, calendar)


def progress_of(plan_ids: Iterable[int], on: date, calendar: Calendar) -> dict[int, Tally]:
    """How the items of each plan stand on a day. 1 statement."""
    found: dict[int, list[str]] = {one: [] for one in plan_ids}
    rows = PlanItem.objects.filter(plan__in=list(found)).values_list(
        "plan_id", "due", "done_on", "dropped_on"
    )
    for plan, due, done, dropped in rows:
        found[plan].append(where(due, done, dropped, on, calendar).standing)
    return {plan: tally(standings) for plan, standings in found.items()}


def work_of(
    unit_ids: Sequence[int], *, open_only: bool, after: tuple[date, int] | None, limit: int
) -> list[PlanItem]:
    """The items units have to see to, the nearest day first (those without one last), above `after` (due, id); one more
    than `limit`. 1 statement."""
    found = PlanItem.objects.filter(keeper__in=unit_ids).select_related("plan")
    if open_only:
        found = found.filter(done_on=None, dropped_on=None, carried_to=None)  # what went on is done there
    if after is not None:
        day, last = after
        if day == date.max:
            found = found.filter(due=None, id__gt=last)
        else:
            found = found.filter(Q(due__gt=day) | Q(due=day, id__gt=last) | Q(due=None))
    return list(found.order_by(F("due").asc(nulls_last=True), "id")[: limit + 1])


def tally_of_units(unit_ids: Sequence[int], on: date, calendar: Calendar) -> Tally:
    """How all items units have stand on a day. 1 statement."""
    rows = PlanItem.objects.filter(keeper__in=unit_ids).values_list("due", "done_on", "dropped_on")
    return tally(where(due, done, dropped, on, calendar).standing for due, done, dropped in rows)

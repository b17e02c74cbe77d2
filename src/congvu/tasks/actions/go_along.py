"""Kế hoạch theo đơn vị kế thừa: plans, open items and remedies owed go to the unit that takes over; what was issued keeps the
name of who issued it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.organisation.rules.following import Example, Going, Kind, Share
from congvu.organisation.rules.picture import Picture
from congvu.tasks.access import READERS
from congvu.tasks.models import Finding, Followed, Plan, PlanItem
from congvu.tasks.rules.kinds import REPLACED

PLAN = Kind("plan", "Kế hoạch", "kế hoạch")
ITEM = Kind("plan_item", "Nhiệm vụ chưa xong của kế hoạch", "nhiệm vụ")
REMEDY = Kind("remedy", "Tồn tại phải khắc phục sau kiểm tra", "tồn tại")
_TABLES: dict[str, type[Plan] | type[PlanItem] | type[Finding]] = {
    PLAN.code: Plan,
    ITEM.code: PlanItem,
    REMEDY.code: Finding,
}
_KINDS_OF_LOG = {PLAN.code: "plan", ITEM.code: "planitem", REMEDY.code: "finding"}


class Plans:
    """See organisation's rules.following.Follower."""

    kinds = (PLAN, ITEM, REMEDY)

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        """3 statements. What sits there now: a plan has no other day."""
        return _held(unit_ids)

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]:
        """1 statement."""
        rows = _plans(unit_ids).order_by("-first_year", "id")[: limit * len(unit_ids)]
        for row in rows:
            yield Example(row.keeper_id, PLAN.code, row.name, reverse("plan", args=[row.pk]), READERS)

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        """3 statements."""
        return _held(unit_ids)

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        return {}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        """3 statements a kind, however many; the same again when undone, for what is still where it went."""
        moved = {}
        for code, table in _TABLES.items():
            if going.undoes is None:
                rows = _going(code, [going.from_id])
            else:
                went = Followed.objects.filter(handover_id=going.undoes, kind=code).values("object_id")
                rows = table.objects.filter(pk__in=went, keeper=going.from_id)
            ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
            table.objects.filter(pk__in=ids).update(keeper=going.to_id)
            Followed.objects.bulk_create(
                Followed(handover_id=going.handover_id, kind=code, object_id=one) for one in ids
            )
            record_many(
                "tasks.follow_unit",
                _KINDS_OF_LOG[code],
                [(one, {"keeper": going.from_id}, {"keeper": going.to_id}) for one in ids],
                by=by,
                at=at,
                why=f"{going.decision}, hiệu lực {going.day:%d/%m/%Y}",
            )
            moved[code] = len(ids)
        return Share(moved)


def _going(code: str, unit_ids: Sequence[int]) -> "QuerySet[Plan] | QuerySet[PlanItem] | QuerySet[Finding]":
    """What goes: plans not replaced, items and remedies still open."""
    if code == PLAN.code:
        return _plans(unit_ids)
    if code == ITEM.code:
        return PlanItem.objects.filter(keeper__in=list(unit_ids), done_on=None, dropped_on=None)
    return Finding.objects.filter(keeper__in=list(unit_ids), done_on=None)


def _plans(unit_ids: Sequence[int]) -> "QuerySet[Plan]":
    return Plan.objects.filter(~Q(state=REPLACED), keeper__in=list(unit_ids))


def _held(unit_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    return {
        (unit, code): number
        for code in _TABLES
        for unit, number in _going(code, unit_ids)
        .order_by()
        .values_list("keeper_id")
        .annotate(number=Count("id"))
    }

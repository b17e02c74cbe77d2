"""Chuyển nhiệm vụ chưa xong sang kế hoạch sau: a copy that remembers where it came from; the old one keeps its lateness."""

from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.tasks.actions.draft_plan import held_plan
from congvu.tasks.actions.write_items import NewItem, write_items
from congvu.tasks.models import ItemHelper, PlanItem


@transaction.atomic
def carry_items(
    from_plan_id: int, to_plan_id: int, *, due: date | None = None, by: Actor, at: datetime
) -> list[PlanItem]:
    """Every item of a plan that is open and goes on nowhere yet is copied into a later plan of the same keeper, due as it was
    or on the day given. 14 statements. What was carried already is left alone: a second call copies nothing. Refuses a plan
    that is not later, or of another unit."""
    old, new = held_plan(from_plan_id, by=by, at=at), held_plan(to_plan_id, by=by, at=at)
    if old.pk == new.pk or old.keeper_id != new.keeper_id or new.first_year <= old.first_year:
        raise Refused(
            "Chỉ chuyển nhiệm vụ sang kế hoạch năm sau của cùng đơn vị.",
            where="to",
            do="Chọn kế hoạch năm sau.",
        )
    rows = PlanItem.objects.select_for_update(of=("self",)).filter(
        plan=old, done_on=None, dropped_on=None, carried_to=None
    )
    open_now = list(rows.order_by("place"))
    helpers: dict[int, list[int]] = {}
    for item, unit in ItemHelper.objects.filter(item__in=open_now).values_list("item_id", "unit_id"):
        helpers.setdefault(item, []).append(unit)
    wanted = [
        NewItem(
            row.text, row.keeper_id, row.content, row.product, due or row.due, row.officer,
            tuple(unit for unit in helpers.get(row.pk, ()) if unit != row.keeper_id), row.priority, row.pk,
        )
        for row in open_now
    ]  # fmt: skip
    return write_items(new.pk, wanted, by=by, at=at) if wanted else []

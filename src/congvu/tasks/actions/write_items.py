"""Ghi nhiệm vụ vào kế hoạch: nội dung, sản phẩm, chủ trì, phối hợp, thời hạn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.tasks.access import refuse_unless_writes
from congvu.tasks.actions.draft_plan import held_plan
from congvu.tasks.actions.saying import reckoned, said
from congvu.tasks.models import ItemHelper, Plan, PlanItem
from congvu.tasks.rules.kinds import REPLACED


@dataclass(frozen=True, slots=True)
class NewItem:
    """A piece of work. `content` is the code of a content area of the plan's list, or empty."""

    text: str
    lead_id: int
    content: str = ""
    product: str = ""
    due: date | None = None
    officer: str = ""
    helpers: tuple[int, ...] = ()
    priority: bool = False
    carried_from_id: int | None = None


@transaction.atomic
def write_items(plan_id: int, wanted: Sequence[NewItem], *, by: Actor, at: datetime) -> list[PlanItem]:
    """New items at the end of a plan. 7 statements, however many. Refuses a plan that was replaced, a leading unit there is
    not, one that helps itself, a day beyond the calendar."""
    plan = held_plan(plan_id, by=by, at=at)
    made = _written([(plan, wanted)], by, at)
    record_many("tasks.write_items", "planitem", [(row.pk, None, facts(row)) for row in made], by=by, at=at)
    return made


@transaction.atomic
def write_all(wanted: Sequence[tuple[Plan, Sequence[NewItem]]], *, by: Actor, at: datetime) -> list[PlanItem]:
    """Items of many plans at once. 7 statements, however many plans and items. Refusals as `write_items`."""
    refuse_unless_writes(by, at.date(), picture(), *{plan.keeper_id for plan, _ in wanted})
    made = _written(wanted, by, at)
    record_many("tasks.write_items", "planitem", [(row.pk, None, facts(row)) for row in made], by=by, at=at)
    return made


def _written(wanted: Sequence[tuple[Plan, Sequence[NewItem]]], by: Actor, at: datetime) -> list[PlanItem]:
    known = picture()
    ids = [plan.pk for plan, _ in wanted]
    last = dict(
        PlanItem.objects.filter(plan__in=ids).values_list("plan").annotate(top=Max("place")).order_by("plan")
    )
    rows, helpers = [], []
    for plan, items in wanted:
        if plan.state == REPLACED:
            raise Refused("Kế hoạch này đã được thay thế.", do="Ghi vào kế hoạch thay thế nó.")
        for place, one in enumerate(items, last.get(plan.pk, 0) + 1):
            if not known.of(one.lead_id):
                raise Refused("Chưa chọn đơn vị chủ trì.", where="lead", do="Chọn trong danh sách.")
            if one.lead_id in one.helpers:
                raise Refused("Đơn vị chủ trì không đồng thời phối hợp.", where="helpers", do="Bỏ chọn.")
            if one.due is not None:
                reckoned(one.due, "due", "Thời hạn")
            rows.append(
                PlanItem(
                    plan=plan, place=place, content=one.content, text=said(one.text, "text", "Nội dung", 1000),
                    product=composed(one.product)[:500], lead_id=one.lead_id, keeper_id=one.lead_id,
                    officer=composed(one.officer)[:200], priority=one.priority, due=one.due,
                    carried_from_id=one.carried_from_id, recorded_at=at, recorded_by=by.name[:200],
                )
            )  # fmt: skip
            helpers.append(one.helpers)
    PlanItem.objects.bulk_create(rows)
    ItemHelper.objects.bulk_create(
        ItemHelper(item=row, unit_id=unit)
        for row, units in zip(rows, helpers, strict=True)
        for unit in dict.fromkeys(units)
    )
    return rows


@transaction.atomic
def change_item(
    item_id: int, due: date | None, officer: str, product: str, why: str, *, by: Actor, at: datetime
) -> PlanItem:
    """Another day, officer or product for an open item, with the reason. 5 statements. Refuses a finished one."""
    row = PlanItem.objects.select_for_update().filter(pk=item_id).first()
    if row is None:
        raise Refused("Không có nhiệm vụ này.", do="Tải lại trang kế hoạch.")
    held_plan(row.plan_id, by=by, at=at)
    if row.done_on is not None or row.dropped_on is not None:
        raise Refused("Nhiệm vụ đã kết thúc, không sửa được.", do="Ghi lại kết quả trước.")
    before = facts(row)
    if due is not None:
        reckoned(due, "due", "Thời hạn")
    row.due, row.officer, row.product = due, composed(officer)[:200], composed(product)[:500]
    row.save(update_fields=["due", "officer", "product"])
    reason = said(why, "why", "Lý do", 300)
    record("tasks.change_item", "planitem", row.pk, by=by, at=at, why=reason, before=before, after=facts(row))
    return row


def facts(row: PlanItem) -> dict[str, object]:
    """An item as the log keeps it."""
    return {
        "text": row.text[:200], "lead": row.lead_id, "officer": row.officer, "product": row.product,
        "due": str(row.due) if row.due else None, "file": row.file_id,
        "done_on": str(row.done_on) if row.done_on else None,
        "dropped_on": str(row.dropped_on) if row.dropped_on else None, "evidence": row.evidence,
    }  # fmt: skip

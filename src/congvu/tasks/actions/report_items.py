"""Báo cáo kết quả nhiệm vụ: xong bằng văn bản nào, ngày nào; rút khỏi kế hoạch; ghi lại khi đã ghi nhầm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.tasks.access import refuse_unless_writes
from congvu.tasks.actions.rewriting import write_back
from congvu.tasks.actions.saying import past, said
from congvu.tasks.actions.write_items import facts
from congvu.tasks.models import PlanItem


@dataclass(frozen=True, slots=True)
class Report:
    """An item done on a day, by a paper; with `dropped` withdrawn from the plan by it."""

    item_id: int
    on: date
    evidence: str
    dropped: bool = False
    file: StoredFile | None = None


@transaction.atomic
def report_items(wanted: Sequence[Report], *, by: Actor, at: datetime) -> list[PlanItem]:
    """Items end. 4 statements, however many. The unit that has an item reports it. Refuses an item that ended, a day to come,
    a report without its paper."""
    rows = {
        row.pk: row
        for row in PlanItem.objects.select_for_update(of=("self",)).filter(
            pk__in=[one.item_id for one in wanted]
        )
    }
    refuse_unless_writes(by, at.date(), picture(), *{row.keeper_id for row in rows.values()})
    done = []
    for one in wanted:
        row = rows.get(one.item_id)
        if row is None:
            raise Refused("Không có nhiệm vụ này.", do="Tải lại trang kế hoạch.")
        if row.done_on is not None or row.dropped_on is not None:
            raise Refused("Nhiệm vụ này đã báo cáo kết quả.", do="Tải lại trang; ghi lại nếu đã ghi nhầm.")
        before = facts(row)
        day = past(one.on, at, "on", "Ngày")
        row.evidence, row.file = said(one.evidence, "evidence", "Văn bản, sản phẩm chứng minh", 300), one.file
        if one.dropped:
            row.dropped_on = day
        else:
            row.done_on = day
        row.reported_at, row.reported_by = at, by.name[:200]
        done.append((row, before))
    write_back(
        PlanItem,
        [row for row, _ in done],
        ["done_on", "dropped_on", "evidence", "file", "reported_at", "reported_by"],
    )
    record_many(
        "tasks.report_items",
        "planitem",
        [(row.pk, before, facts(row)) for row, before in done],
        by=by,
        at=at,
    )
    return [row for row, _ in done]


@transaction.atomic
def take_back_report(item_id: int, why: str, *, by: Actor, at: datetime) -> PlanItem:
    """A report that was wrong: the item is open again. 4 statements. Refuses an item without a report, and no
    reason."""
    row = PlanItem.objects.select_for_update(of=("self",)).filter(pk=item_id).first()
    if row is None or (row.done_on is None and row.dropped_on is None):
        raise Refused("Nhiệm vụ này chưa báo cáo kết quả.", do="Tải lại trang kế hoạch.")
    refuse_unless_writes(by, at.date(), picture(), row.keeper_id)
    before = facts(row)
    row.done_on = row.dropped_on = row.file = row.reported_at = None
    row.evidence = row.reported_by = ""
    row.save()
    reason = said(why, "why", "Lý do", 300)
    record(
        "tasks.take_back_report",
        "planitem",
        row.pk,
        by=by,
        at=at,
        why=reason,
        before=before,
        after=facts(row),
    )
    return row

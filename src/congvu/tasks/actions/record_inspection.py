"""Kiểm tra cải cách hành chính: kế hoạch kiểm tra, đã kiểm tra đơn vị nào, phát hiện gì, khắc phục xong chưa."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.tasks.access import refuse_unless_keeps, refuse_unless_writes
from congvu.tasks.actions.rewriting import write_back
from congvu.tasks.actions.saying import past, reckoned, said
from congvu.tasks.models import Finding, InspectedUnit, Inspection


@dataclass(frozen=True, slots=True)
class NewInspection:
    """An inspection as decided: which units, when."""

    name: str
    number: str
    signed_on: date
    lead_id: int
    first_day: date
    last_day: date
    unit_ids: tuple[int, ...]
    head: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A unit was inspected on a day, by these minutes."""

    unit_id: int
    held_on: date
    minutes: str


@dataclass(frozen=True, slots=True)
class NewFinding:
    """What was found in a unit and must be remedied."""

    unit_id: int
    text: str
    remedy: str
    due: date | None = None
    content: str = ""


@transaction.atomic
def record_inspection(new: NewInspection, *, by: Actor, at: datetime) -> Inspection:
    """An inspection on record with its units. 4 statements. Refuses one without units, with units that do not stand on its
    first day, with the days in the wrong order."""
    refuse_unless_keeps(by)
    known = picture()
    if new.last_day < new.first_day:
        raise Refused("Ngày cuối phải sau ngày đầu.", where="last_day", do="Kiểm tra hai ngày.")
    if not new.unit_ids:
        raise Refused("Chưa chọn đơn vị được kiểm tra.", where="units", do="Chọn ít nhất một đơn vị.")
    for unit in (*new.unit_ids, new.lead_id):
        if known.at(unit, new.first_day) is None:
            raise Refused(
                f"{known.name(unit, new.first_day) or 'Đơn vị'} không hoạt động ngày {new.first_day:%d/%m/%Y}.",
                where="units",
                do="Bỏ đơn vị này hoặc kiểm tra ngày.",
            )
    row = Inspection.objects.create(
        name=said(new.name, "name", "Tên cuộc kiểm tra", 300), number=said(new.number, "number", "Số văn bản", 100),
        signed_on=new.signed_on, lead_id=new.lead_id, head=composed(new.head)[:200], first_day=new.first_day,
        last_day=new.last_day, recorded_at=at, recorded_by=by.name[:200],
    )  # fmt: skip
    InspectedUnit.objects.bulk_create(
        InspectedUnit(inspection=row, unit_id=unit) for unit in dict.fromkeys(new.unit_ids)
    )
    after = {"name": row.name, "units": len(set(new.unit_ids))}
    record("tasks.record_inspection", "inspection", row.pk, by=by, at=at, after=after)
    return row


@transaction.atomic
def hold_inspections(inspection_id: int, wanted: Sequence[Held], *, by: Actor, at: datetime) -> int:
    """Units were inspected. 4 statements, however many. Refuses a unit that is not of the inspection, a day to come."""
    refuse_unless_keeps(by)
    rows = {
        row.unit_id: row for row in InspectedUnit.objects.select_for_update().filter(inspection=inspection_id)
    }
    told = []
    for one in wanted:
        row = rows.get(one.unit_id)
        if row is None:
            raise Refused("Đơn vị không thuộc cuộc kiểm tra này.", where="unit", do="Chọn trong danh sách.")
        row.held_on = past(one.held_on, at, "held_on", "Ngày kiểm tra")
        row.minutes = said(one.minutes, "minutes", "Biên bản, kết luận", 200)
        told.append(row)
    write_back(InspectedUnit, told, ["held_on", "minutes"])
    after = [(inspection_id, None, {"unit": row.unit_id, "held_on": str(row.held_on)}) for row in told]
    record_many("tasks.hold_inspections", "inspection", after, by=by, at=at)
    return len(told)


@transaction.atomic
def record_findings(
    inspection_id: int, wanted: Sequence[NewFinding], *, by: Actor, at: datetime
) -> list[Finding]:
    """What was found. 3 statements, however many. Refuses a unit not inspected yet: a finding rests on minutes."""
    refuse_unless_keeps(by)
    held = set(
        InspectedUnit.objects.filter(inspection=inspection_id, held_on__isnull=False).values_list(
            "unit_id", flat=True
        )
    )
    rows = []
    for one in wanted:
        if one.unit_id not in held:
            raise Refused(
                "Đơn vị này chưa ghi ngày kiểm tra, biên bản.", where="unit", do="Ghi đã kiểm tra trước."
            )
        if one.due is not None:
            reckoned(one.due, "due", "Hạn khắc phục")
        rows.append(
            Finding(
                inspection_id=inspection_id, unit_id=one.unit_id, keeper_id=one.unit_id, content=one.content,
                text=said(one.text, "text", "Tồn tại, hạn chế", 1000), due=one.due,
                remedy=said(one.remedy, "remedy", "Yêu cầu khắc phục", 1000), recorded_at=at,
                recorded_by=by.name[:200],
            )
        )  # fmt: skip
    Finding.objects.bulk_create(rows)
    record_many(
        "tasks.record_findings", "finding", [(row.pk, None, _facts(row)) for row in rows], by=by, at=at
    )
    return rows


@transaction.atomic
def remedy_findings(wanted: Sequence[tuple[int, date, str]], *, by: Actor, at: datetime) -> list[Finding]:
    """Findings remedied: (finding, day of the paper, the paper). 4 statements. The unit that has one reports it. Refuses one
    remedied already, a day to come."""
    rows = {
        row.pk: row
        for row in Finding.objects.select_for_update().filter(pk__in=[one for one, _, _ in wanted])
    }
    refuse_unless_writes(by, at.date(), picture(), *{row.keeper_id for row in rows.values()})
    done = []
    for number, on, evidence in wanted:
        row = rows.get(number)
        if row is None or row.done_on is not None:
            raise Refused("Tồn tại này đã ghi khắc phục hoặc không có.", do="Tải lại trang kiểm tra.")
        row.done_on = past(on, at, "on", "Ngày")
        row.evidence = said(evidence, "evidence", "Văn bản báo cáo khắc phục", 300)
        row.reported_at, row.reported_by = at, by.name[:200]
        done.append(row)
    write_back(Finding, done, ["done_on", "evidence", "reported_at", "reported_by"])
    record_many(
        "tasks.remedy_findings", "finding", [(row.pk, None, _facts(row)) for row in done], by=by, at=at
    )
    return done


def _facts(row: Finding) -> dict[str, object]:
    return {
        "unit": row.unit_id, "text": row.text[:200], "due": str(row.due) if row.due else None,
        "done_on": str(row.done_on) if row.done_on else None, "evidence": row.evidence,
    }  # fmt: skip

"""Đôn đốc đơn vị chưa có kế hoạch: told to its leaders on their page, and by letter to its focal officer; once a day at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.models import Channel
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.tasks.access import refuse_unless_keeps
from congvu.tasks.actions.saying import said
from congvu.tasks.models import FocalOfficer, PlanDuty, PlanReminder
from congvu.tasks.queries.coverage import covered, duties

NOTICE = "plan_reminder"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one call did: units reminded, of them by letter, and those already reminded today."""

    units: int
    letters: int
    already: int


@transaction.atomic
def remind_missing(
    duty_id: int, unit_ids: Sequence[int] | None = None, *, by: Actor, at: datetime
) -> Reminded:
    """Remind the units that owe a plan and have not issued it (all of them, or those given that do). 9 statements, however
    many. Who was reminded of it today is left alone. Refuses a duty there is not."""
    refuse_unless_keeps(by)
    duty = PlanDuty.objects.select_for_update().filter(pk=duty_id).first()
    if duty is None:
        raise Refused("Không có loại kế hoạch này.", do="Mở lại bảng theo dõi.")
    today, known = at.date(), picture()
    (told,) = covered(duties(ids=[duty.pk]), today, known)
    missing = [row.unit_id for row in told.coverage.whole.missing]
    wanted = [unit for unit in missing if unit_ids is None or unit in set(unit_ids)]
    held = set(
        PlanReminder.objects.filter(duty=duty, unit__in=wanted, on=today).values_list("unit_id", flat=True)
    )
    fresh = [unit for unit in wanted if unit not in held]
    focal = focal_officers(fresh, today)
    rows = PlanReminder.objects.bulk_create(
        PlanReminder(
            duty=duty, unit_id=unit, on=today, at=at, by=by.name[:200],
            sent_to=focal[unit].email if unit in focal else "",
        )
        for unit in fresh
    )  # fmt: skip
    letters = [
        NewNotice(
            key=f"plan:{duty.pk}:{row.unit_id}:{today:%Y%m%d}",
            channel=Channel.EMAIL,
            to=row.sent_to,
            subject=f"Đôn đốc ban hành {duty.name}",
            text=_letter(duty, known.name(row.unit_id, today), focal[row.unit_id].name, today),
            kind=NOTICE,
        )
        for row in rows
        if row.sent_to
    ]
    put(letters, at=at)
    if rows:
        codes = [known.of(row.unit_id)[0].code for row in rows]
        after = {"units": codes, "letters": len(letters)}
        record("tasks.remind_missing", "planduty", duty.pk, by=by, at=at, after=after)
    return Reminded(len(rows), len(letters), len(held))


def focal_officers(unit_ids: Sequence[int], on: date) -> dict[int, FocalOfficer]:
    """Who follows plans in each unit on a day. 1 statement."""
    rows = FocalOfficer.objects.filter(unit__in=unit_ids, valid_from__lte=on).order_by("valid_from", "id")
    return {row.unit_id: row for row in rows}


def _letter(duty: PlanDuty, unit: str, name: str, today: date) -> str:
    due = ""
    if duty.due_on is not None:
        word = "đã quá" if duty.due_on < today else "là"
        due = f" Hạn ban hành {word} ngày {duty.due_on:%d/%m/%Y}."
    basis = f" theo {duty.number}" if duty.number else ""
    return (
        f"Kính gửi {name}, {unit}.\nĐến ngày {today:%d/%m/%Y} chưa ghi nhận {unit} ban hành {duty.name}{basis}.{due}\n"
        "Đề nghị ban hành và cập nhật số, ngày kế hoạch trên hệ thống, hoặc báo lý do chậm."
    )


@transaction.atomic
def name_focal(
    unit_id: int,
    name: str,
    email: str,
    valid_from: date,
    *,
    person_id: int | None = None,
    by: Actor,
    at: datetime,
) -> FocalOfficer:
    """Who follows a unit's plans from a day on; named again on the same day, the last one counts. 6 statements."""
    refuse_unless_keeps(by)
    address = composed(email)
    if address and ("@" not in address or " " in address):
        raise Refused("Địa chỉ thư điện tử không đúng.", where="email", do="Ghi như ten@tinh.gov.vn.")
    held = FocalOfficer.objects.select_for_update().filter(unit_id=unit_id, valid_from=valid_from).first()
    before = _focal_facts(held) if held is not None else None
    row, _ = FocalOfficer.objects.update_or_create(
        unit_id=unit_id,
        valid_from=valid_from,
        defaults={
            "name": said(name, "name", "Họ tên", 200), "email": address[:200], "person_id": person_id,
            "recorded_at": at, "recorded_by": by.name[:200],
        },
    )  # fmt: skip
    record("tasks.name_focal", "focalofficer", row.pk, by=by, at=at, before=before, after=_focal_facts(row))
    return row


def _focal_facts(row: FocalOfficer) -> dict[str, object]:
    return {"unit": row.unit_id, "name": row.name, "email": row.email, "valid_from": str(row.valid_from)}

"""Giao lập kế hoạch: which classes of units must have a plan for which years, by when; who is let off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.tasks.access import refuse_unless_keeps
from congvu.tasks.actions.rewriting import add_once
from congvu.tasks.actions.saying import reckoned, said
from congvu.tasks.models import DutyExempt, PlanDuty
from congvu.tasks.rules.kinds import CLASSES, SUBJECTS, TERMS, plan_words
from congvu.tasks.rules.spans import refuse_years


@dataclass(frozen=True, slots=True)
class NewDuty:
    """What is owed, by whom (classes), by when."""

    subject: str
    term: str
    first_year: int
    last_year: int
    classes: tuple[str, ...]
    due_on: date | None = None
    number: str = ""
    programme_id: int | None = None


@transaction.atomic
def set_duty(wanted: Sequence[NewDuty], *, by: Actor, at: datetime) -> list[PlanDuty]:
    """What units owe from now on; the same plan asked again gets the classes and the day now said. 6 statements and one for
    each changed. Refuses years in the wrong order, classes there are not."""
    refuse_unless_keeps(by)
    held = {
        (one.subject, one.term, one.first_year, one.last_year): one
        for one in PlanDuty.objects.select_for_update()
    }
    fresh, changed, told = [], [], []
    for one in wanted:
        if one.subject not in SUBJECTS or one.term not in TERMS:
            raise Refused("Chưa chọn loại kế hoạch.", where="subject", do="Chọn trong danh sách.")
        refuse_years(one.term, one.first_year, one.last_year)
        classes = [code for code in CLASSES if code in one.classes]
        if not classes or set(one.classes) - set(CLASSES):
            raise Refused("Chưa chọn nhóm đơn vị phải lập.", where="classes", do="Chọn ít nhất một nhóm.")
        if one.due_on is not None:
            reckoned(one.due_on, "due_on", "Hạn ban hành")
        key = (one.subject, one.term, one.first_year, one.last_year)
        row = held.get(key)
        before = _facts(row) if row is not None else None
        if row is None:
            row = PlanDuty(
                subject=one.subject, term=one.term, first_year=one.first_year, last_year=one.last_year,
                name=plan_words(*key), recorded_at=at, recorded_by=by.name[:200],
            )  # fmt: skip
            fresh.append(row)
        else:
            changed.append(row)
        row.classes, row.due_on, row.number = classes, one.due_on, one.number[:100]
        row.programme_id = one.programme_id
        told.append((row, before))
    twice = Refused("Loại kế hoạch này vừa được giao.", where="subject", do="Mở lại bảng theo dõi ban hành.")
    add_once(PlanDuty, fresh, twice)
    for row in changed:
        row.save()
    record_many(
        "tasks.set_duty", "planduty", [(row.pk, before, _facts(row)) for row, before in told], by=by, at=at
    )
    return [row for row, _ in told]


@transaction.atomic
def let_off(duty_id: int, unit_ids: Sequence[int], why: str, *, by: Actor, at: datetime) -> int:
    """Units of the class that do not owe this plan, with the reason. 6 statements. Who is let off already stays so."""
    refuse_unless_keeps(by)
    reason = said(why, "why", "Lý do", 300)
    known = picture()
    if any(not known.of(unit) for unit in unit_ids):
        raise Refused("Không có đơn vị này.", where="unit", do="Chọn trong danh sách.")
    held = set(DutyExempt.objects.filter(duty=duty_id).values_list("unit_id", flat=True))
    rows = [
        DutyExempt(duty_id=duty_id, unit_id=unit, why=reason, recorded_at=at, recorded_by=by.name[:200])
        for unit in dict.fromkeys(unit_ids)
        if unit not in held
    ]
    add_once(DutyExempt, rows, Refused("Đơn vị này vừa được miễn lập.", where="unit", do="Tải lại trang."))
    after = {"units": [known.of(row.unit_id)[0].code for row in rows]}
    if rows:
        record("tasks.let_off", "planduty", duty_id, by=by, at=at, why=reason, after=after)
    return len(rows)


def _facts(row: PlanDuty) -> dict[str, object]:
    return {
        "name": row.name, "classes": list(row.classes), "due_on": str(row.due_on) if row.due_on else None,
        "number": row.number, "programme": row.programme_id,
    }  # fmt: skip

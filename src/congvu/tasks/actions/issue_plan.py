"""Ban hành kế hoạch: số, ngày, người ký. What was in force for the same years is replaced on that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.tasks.access import refuse_unless_writes
from congvu.tasks.actions.draft_plan import facts
from congvu.tasks.actions.rewriting import write_back
from congvu.tasks.actions.saying import past, said
from congvu.tasks.models import Plan
from congvu.tasks.rules.kinds import DRAFT, ISSUED, REPLACED


@dataclass(frozen=True, slots=True)
class Issue:
    """How a draft came out: number and day of issue, who signed, the scan."""

    plan_id: int
    number: str
    issued_on: date
    signer: str = ""
    file: StoredFile | None = None


@transaction.atomic
def issue_plan(wanted: Sequence[Issue], *, by: Actor, at: datetime) -> list[Plan]:
    """Drafts come out. 6 statements, however many. Refuses a plan that is no draft, a day to come, a unit that did not stand
    on the day, a day before the one the plan in force came out."""
    known = picture()
    rows = {
        one.pk: one for one in Plan.objects.select_for_update().filter(pk__in=[one.plan_id for one in wanted])
    }
    refuse_unless_writes(by, at.date(), known, *{row.keeper_id for row in rows.values()})
    old = {
        _key(row): row
        for row in Plan.objects.select_for_update().filter(
            unit__in={row.unit_id for row in rows.values()}, state=ISSUED
        )
    }
    done, gone, gone_told = [], [], []
    for one in wanted:
        row = rows.get(one.plan_id)
        if row is None or row.state != DRAFT:
            raise Refused("Kế hoạch này không còn là dự thảo.", do="Tải lại trang kế hoạch.")
        row.number = said(one.number, "number", "Số, ký hiệu", 100)
        row.issued_on = past(one.issued_on, at, "issued_on", "Ngày ban hành")
        if known.at(row.unit_id, one.issued_on) is None:
            raise Refused(
                f"Ngày {one.issued_on:%d/%m/%Y} {known.name(row.unit_id, one.issued_on)} không hoạt động.",
                where="issued_on",
                do="Kiểm tra ngày ban hành.",
            )
        before = old.get(_key(row))
        if before is not None:
            was = facts(before)
            _replace(before, row, one.issued_on)
            gone.append(before)
            gone_told.append((before.pk, was, facts(before)))
        row.signer, row.file = composed(one.signer)[:200], one.file
        row.drafted_on = min(row.drafted_on, one.issued_on)
        row.state, row.issued_at, row.issued_by = ISSUED, at, by.name[:200]
        done.append(row)
    write_back(Plan, gone, ["state", "replaced_on"])
    write_back(
        Plan,
        done,
        [
            "number",
            "issued_on",
            "signer",
            "file",
            "drafted_on",
            "state",
            "issued_at",
            "issued_by",
            "replaces",
        ],
    )
    told = [*gone_told, *((row.pk, None, facts(row)) for row in done)]
    record_many("tasks.issue_plan", "plan", told, by=by, at=at)
    return done


@transaction.atomic
def correct_plan(
    plan_id: int, number: str, issued_on: date, signer: str, why: str, *, by: Actor, at: datetime
) -> Plan:
    """What was written wrongly of a plan that came out: number, day, signer; what was stays in the log. 6 statements. Refuses a
    draft, a day to come, a day on which the unit did not stand, one out of turn with the plans it replaced or was replaced by."""
    known = picture()
    row = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if row is None or row.state == DRAFT:
        raise Refused("Kế hoạch này chưa ban hành.", do="Sửa dự thảo, hoặc mở lại danh sách kế hoạch.")
    refuse_unless_writes(by, at.date(), known, row.keeper_id)
    before, reason = facts(row), said(why, "why", "Lý do đính chính", 300)
    day = past(issued_on, at, "issued_on", "Ngày ban hành")
    earlier = Plan.objects.select_for_update().filter(pk=row.replaces_id).first() if row.replaces_id else None
    too_early = earlier is not None and earlier.issued_on is not None and day < earlier.issued_on
    if known.at(row.unit_id, day) is None or too_early or (row.replaced_on and day > row.replaced_on):
        raise Refused(
            "Ngày này không khớp với đơn vị, hoặc với kế hoạch trước, kế hoạch sau.",
            where="issued_on",
            do="Kiểm tra ngày ban hành trên văn bản.",
        )
    row.number, row.issued_on, row.signer = (
        said(number, "number", "Số, ký hiệu", 100),
        day,
        composed(signer)[:200],
    )
    row.drafted_on = min(row.drafted_on, day)
    row.save(update_fields=["number", "issued_on", "signer", "drafted_on"])
    told = [(row.pk, before, facts(row))]
    if earlier is not None and earlier.replaced_on != day:
        was, earlier.replaced_on = facts(earlier), day
        earlier.save(update_fields=["replaced_on"])
        told.append((earlier.pk, was, facts(earlier)))
    record_many("tasks.correct_plan", "plan", told, by=by, at=at, why=reason)
    return row


def _replace(before: Plan, row: Plan, day: date) -> None:
    if before.issued_on is not None and before.issued_on > day:
        raise Refused(
            f"Kế hoạch {before.number} đã ban hành ngày {before.issued_on:%d/%m/%Y}, sau ngày này.",
            where="issued_on",
            do="Kiểm tra ngày ban hành.",
        )
    before.state, before.replaced_on = REPLACED, day
    row.replaces = before


def _key(row: Plan) -> tuple[int, str, str, int, int]:
    return (row.unit_id, row.subject, row.term, row.first_year, row.last_year)

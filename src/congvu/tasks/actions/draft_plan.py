"""Lập dự thảo kế hoạch; sửa dự thảo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.tasks.access import refuse_unless_writes
from congvu.tasks.actions.rewriting import add_once
from congvu.tasks.models import Plan
from congvu.tasks.rules.kinds import DRAFT, PLAN_STATES, SUBJECTS, TERMS, plan_words
from congvu.tasks.rules.spans import refuse_years


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to be drafted. `name` empty: the plain one. `drafted_on` None: today."""

    unit_id: int
    subject: str
    term: str
    first_year: int
    last_year: int
    name: str = ""
    motto: str = ""
    programme_id: int | None = None
    parent_id: int | None = None
    note: str = ""
    drafted_on: date | None = None

    @property
    def key(self) -> tuple[int, str, str, int, int]:
        return (self.unit_id, self.subject, self.term, self.first_year, self.last_year)


@transaction.atomic
def draft_plan(wanted: Sequence[NewPlan], *, by: Actor, at: datetime, reuse: bool = False) -> list[Plan]:
    """Drafts, one for each unit and span of years. 6 statements, however many. Refuses a unit that did not stand on the day of
    the draft, a unit the actor may not write for, years in the wrong order, a draft under way (with `reuse` that one is
    taken, as it is)."""
    known = picture()
    refuse_unless_writes(by, at.date(), known, *{one.unit_id for one in wanted})
    for one in wanted:
        if one.subject not in SUBJECTS or one.term not in TERMS:
            raise Refused("Chưa chọn loại kế hoạch.", where="subject", do="Chọn trong danh sách.")
        refuse_years(one.term, one.first_year, one.last_year)
        if known.at(one.unit_id, one.drafted_on or at.date()) is None:
            raise Refused(
                f"{known.name(one.unit_id, at.date()) or 'Đơn vị này'} không hoạt động vào ngày này.",
                where="unit",
                do="Chọn đơn vị đang hoạt động.",
            )
    open_now = {
        (row.unit_id, row.subject, row.term, row.first_year, row.last_year): row
        for row in Plan.objects.filter(unit__in={one.unit_id for one in wanted}, state=DRAFT)
    }
    fresh = {one.key: _row(one, by, at) for one in wanted if one.key not in open_now}
    under_way = Refused("Đã có dự thảo cùng kỳ.", where="unit", do="Mở dự thảo ấy rồi sửa.")
    if not reuse and len(fresh) < len({one.key for one in wanted}):
        raise under_way
    add_once(Plan, list(fresh.values()), under_way)
    record_many(
        "tasks.draft_plan", "plan", [(row.pk, None, facts(row)) for row in fresh.values()], by=by, at=at
    )
    found = open_now | fresh
    return [found[one.key] for one in wanted]


@transaction.atomic
def change_draft(plan_id: int, name: str, motto: str, note: str, *, by: Actor, at: datetime) -> Plan:
    """A draft's words. 4 statements. Refuses an issued plan: another takes its place."""
    row = held_plan(plan_id, by=by, at=at)
    if row.state != DRAFT:
        raise Refused(
            f"Kế hoạch {PLAN_STATES[row.state].lower()}, không sửa được.", do="Lập kế hoạch thay thế."
        )
    before = facts(row)
    row.name = composed(name)[:300] or plan_words(row.subject, row.term, row.first_year, row.last_year)
    row.motto, row.note = composed(motto)[:300], note.strip()
    row.save(update_fields=["name", "motto", "note"])
    record("tasks.change_draft", "plan", row.pk, by=by, at=at, before=before, after=facts(row))
    return row


def held_plan(plan_id: int, *, by: Actor, at: datetime) -> Plan:
    """The plan, locked, for one who may write it. 2 statements."""
    row = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if row is None:
        raise Refused("Không có kế hoạch này.", do="Mở lại danh sách kế hoạch.")
    refuse_unless_writes(by, at.date(), picture(), row.keeper_id)
    return row


def _row(one: NewPlan, by: Actor, at: datetime) -> Plan:
    return Plan(
        unit_id=one.unit_id, keeper_id=one.unit_id, subject=one.subject, term=one.term, first_year=one.first_year,
        last_year=one.last_year, motto=composed(one.motto)[:300], note=one.note.strip(), programme_id=one.programme_id,
        name=composed(one.name)[:300] or plan_words(one.subject, one.term, one.first_year, one.last_year),
        parent_id=one.parent_id, state=DRAFT, drafted_on=one.drafted_on or at.date(), drafted_at=at,
        drafted_by=by.name[:200],
    )  # fmt: skip


def facts(row: Plan) -> dict[str, object]:
    """A plan as the log keeps it."""
    return {
        "name": row.name, "unit": row.unit_id, "motto": row.motto, "state": row.state, "number": row.number,
        "issued_on": str(row.issued_on) if row.issued_on else None, "signer": row.signer, "note": row.note,
        "replaced_on": str(row.replaced_on) if row.replaced_on else None,
    }  # fmt: skip

"""Lập, sửa, bỏ dự thảo quyết định giao biên chế. A draft counts for nothing and may be changed at will."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.staffing.access import refuse_unless_may_write
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.rules.kinds import DRAFT, ISSUED
from congvu.staffing.rules.lines import Line, refuse_unsound


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the lines of a decision."""

    number: str
    signed_on: date | None
    issuer: str
    effective: date
    title: str = ""
    note: str = ""


@transaction.atomic
def draft(
    heading: Heading, lines: Sequence[Line], *, by: Actor, at: datetime, corrects: int | None = None
) -> QuotaDecision:
    """A new draft. 3 statements, 1 more when it corrects another decision."""
    refuse_unless_may_write(by)
    refuse_unsound(lines)
    if corrects is not None:
        _refuse_uncorrectable(corrects)
    new = QuotaDecision.objects.create(
        **_values(heading), state=DRAFT, corrects_id=corrects, drafted_at=at, drafted_by=by.name
    )
    _write_lines(new, lines)
    record(
        "staffing.draft", "quota_decision", new.id, by=by, at=at, why=new.number, after=_facts(heading, lines)
    )
    return new


@transaction.atomic
def change_draft(
    decision_id: int, heading: Heading, lines: Sequence[Line], *, by: Actor, at: datetime
) -> QuotaDecision:
    """Write a draft anew. 5 statements. Refuses an issued decision."""
    refuse_unless_may_write(by)
    refuse_unsound(lines)
    held = _held_draft(decision_id)
    for name, value in _values(heading).items():
        setattr(held, name, value)
    held.save()
    QuotaLine.objects.filter(decision=held).delete()
    _write_lines(held, lines)
    record(
        "staffing.change_draft",
        "quota_decision",
        held.id,
        by=by,
        at=at,
        why=held.number,
        after=_facts(heading, lines),
    )
    return held


@transaction.atomic
def discard_draft(decision_id: int, *, by: Actor, at: datetime) -> None:
    """Throw a draft away. 4 statements. Refuses an issued decision."""
    refuse_unless_may_write(by)
    held = _held_draft(decision_id)
    record("staffing.discard_draft", "quota_decision", held.id, by=by, at=at, why=held.number)
    held.delete()


def _held_draft(decision_id: int) -> QuotaDecision:
    held = QuotaDecision.objects.select_for_update().filter(id=decision_id).first()
    if held is None:
        raise Refused("Không có dự thảo này.", do="Mở lại danh sách quyết định.")
    if held.state == ISSUED:
        raise Refused(
            f"Quyết định {held.number} đã ban hành, không sửa được.", do="Lập quyết định đính chính."
        )
    return held


def _refuse_uncorrectable(decision_id: int) -> None:
    held = QuotaDecision.objects.filter(id=decision_id).first()
    if held is None or held.state != ISSUED:
        raise Refused("Chỉ đính chính quyết định đã ban hành.", do="Dự thảo thì sửa thẳng.")


def _values(heading: Heading) -> dict[str, object]:
    number = composed(heading.number)
    if not number:
        raise Refused("Thiếu số, ký hiệu quyết định.", where="number", do="Ghi số quyết định.")
    return {
        "number": number[:100],
        "signed_on": heading.signed_on,
        "issuer": composed(heading.issuer)[:200],
        "effective": heading.effective,
        "title": composed(heading.title)[:500],
        "note": composed(heading.note),
    }


def _write_lines(decision: QuotaDecision, lines: Sequence[Line]) -> None:
    QuotaLine.objects.bulk_create(
        QuotaLine(
            decision=decision, place=place, kind=line.kind, unit_id=line.unit_id, pool=line.pool, delta=line.delta,
            note=composed(line.note)[:300],
        )
        for place, line in enumerate(lines, 1)
    )  # fmt: skip


def _facts(heading: Heading, lines: Sequence[Line]) -> dict[str, object]:
    return {
        "number": composed(heading.number),
        "effective": heading.effective.isoformat(),
        "lines": [[line.unit_id, line.pool, line.delta] for line in lines],
    }

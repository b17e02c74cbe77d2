"""Ghi chức năng, nhiệm vụ của đơn vị."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.actions.entries import (
    LONGEST_BASIS,
    LONGEST_FIELD,
    LONGEST_TEXT,
    Period,
    begin_keeping,
    dated,
    refuse_absent,
    said,
    write,
)
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import UnitFunction, UnitFunctionVersion
from congvu.organisation.queries import picture


@dataclass(frozen=True, slots=True)
class NewFunction:
    """A function of a unit, in the words of the decision."""

    unit_id: int
    field: str
    text: str
    legal_basis: str


@transaction.atomic
def record_functions(
    wanted: Sequence[NewFunction], period: Period, *, decision: Decision, by: Actor, at: datetime
) -> list[UnitFunctionVersion]:
    """Put functions on record, for a period, by one decision. 6 statements, however many.

    Refuses the same words a second time in one unit: recorded twice it would be held twice.
    """
    begin_keeping(by)
    known, common = picture(), dated(period, decision, by, at)
    rows = [
        UnitFunctionVersion(
            unit_id=one.unit_id,
            field=said(one.field, "field", "Lĩnh vực", LONGEST_FIELD),
            text=said(one.text, "text", "Chức năng", LONGEST_TEXT),
            legal_basis=said(one.legal_basis, "legal_basis", "Căn cứ", LONGEST_BASIS),
            **common,
        )
        for one in wanted
    ]
    for row in rows:
        refuse_absent(known, row.unit_id, period.start, "unit")
        row.field_folded, row.text_folded = fold(row.field), fold(row.text)
    _refuse_twice(rows, period)
    identities = UnitFunction.objects.bulk_create(UnitFunction(recorded_at=at) for _ in rows)
    for row, identity in zip(rows, identities, strict=True):
        row.function = identity
    return write(rows, "organisation.record_functions", by=by, at=at, why=common["decision_number"])


def _refuse_twice(rows: Sequence[UnitFunctionVersion], period: Period) -> None:
    held = UnitFunctionVersion.objects.filter(unit__in={row.unit_id for row in rows}, superseded_at=None)
    taken = {(row.unit_id, row.text_folded) for row in held if period.overlaps(row)}
    for row in rows:
        if (row.unit_id, row.text_folded) in taken:
            raise Refused(
                f"Đơn vị đã có chức năng «{row.text[:80]}».",
                where="text",
                do="Ghi chức năng khác, hoặc bỏ dòng này.",
            )
        taken.add((row.unit_id, row.text_folded))

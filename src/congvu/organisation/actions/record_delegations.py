"""Ghi phân quyền, phân cấp, ủy quyền."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
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
from congvu.organisation.models import Delegation
from congvu.organisation.queries import picture
from congvu.organisation.rules.delegation import FORMS
from congvu.organisation.rules.kinds import XA


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """A power passed on; `receiver` None: to every commune."""

    form: str
    field: str
    what: str
    giver: int
    receiver: int | None
    legal_basis: str = ""


@transaction.atomic
def record_delegations(
    wanted: Sequence[NewDelegation], period: Period, *, decision: Decision, by: Actor, at: datetime
) -> list[Delegation]:
    """Put powers passed on by one text on record. 4 statements, however many.

    A mandate without an end is recorded as the text has it, and flagged on every list.
    """
    begin_keeping(by)
    known, common = picture(), dated(period, decision, by, at)
    rows = []
    for one in wanted:
        if one.form not in FORMS:
            raise Refused("Chưa chọn hình thức.", where="form", do="Chọn phân quyền, phân cấp hoặc ủy quyền.")
        if one.giver == one.receiver:
            raise Refused("Bên giao và bên nhận phải khác nhau.", where="receiver", do="Chọn lại bên nhận.")
        refuse_absent(known, one.giver, period.start, "giver")
        if one.receiver is not None:
            refuse_absent(known, one.receiver, period.start, "receiver")
        field = said(one.field, "field", "Lĩnh vực", LONGEST_FIELD)
        rows.append(
            Delegation(
                form=one.form,
                field=field,
                field_folded=fold(field),
                what=said(one.what, "what", "Nội dung", LONGEST_TEXT),
                legal_basis=composed(one.legal_basis)[:LONGEST_BASIS],
                from_unit_id=one.giver,
                to_unit_id=one.receiver,
                to_tier="" if one.receiver is not None else XA,
                **common,
            )
        )
    return write(rows, "organisation.record_delegations", by=by, at=at, why=common["decision_number"])

"""Giải thể đơn vị."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.grants import hand_over_grants
from congvu.organisation.actions.recording import Decision, Sides, begin, keep
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import dissolve as _dissolve
from congvu.organisation.rules.kinds import GIAI_THE


@transaction.atomic
def dissolve(
    unit_id: int,
    *,
    under: Mapping[int, int],
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    note: str = "",
    heir: int | None = None,
) -> UnitEvent:
    """End a unit with no successor. `under` says which unit takes each one below it; `heir` which one takes over its open
    work, people and roles (None: roles end, the rest waits for a decision). Its posts are for the ledger to give anew.

    9 statements, 1 more with an heir, and those of `hand_over_grants` (at most 2).
    """
    recording = begin(by=by, at=at)
    if heir is not None:
        recording.draft.standing(heir, effective, "heir")
    _dissolve(recording.draft, unit_id, effective, under)
    sides, heirs = Sides(sources=[(unit_id, None)]), {} if heir is None else {unit_id: heir}
    if heir == unit_id:
        raise Refused("Đơn vị giải thể không thể tự tiếp nhận.", where="heir", do="Chọn đơn vị khác.")
    event = keep(recording, GIAI_THE, decision, effective, sides, note=note, heirs=heirs)
    hand_over_grants({unit_id: heir}, effective, by=by, at=recording.at)
    return event

"""Chuyển cấp trên trực tiếp của đơn vị."""

from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.organisation.actions.recording import Decision, Sides, begin, keep
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import move as _move
from congvu.organisation.rules.kinds import CHUYEN_CAP_TREN


@transaction.atomic
def move(
    unit_id: int,
    parent_id: int | None,
    *,
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    tier: str | None = None,
    note: str = "",
) -> UnitEvent:
    """Put a unit, with all under it, under another superior from `effective` on. 9 statements."""
    recording = begin(by=by, at=at)
    _move(recording.draft, unit_id, effective, parent_id, tier)
    return keep(recording, CHUYEN_CAP_TREN, decision, effective, Sides(sources=[(unit_id, None)]), note=note)

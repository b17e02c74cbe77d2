"""Đổi tên đơn vị."""

from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.organisation.actions.recording import Decision, Sides, begin, keep
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import rename as _rename
from congvu.organisation.rules.kinds import DOI_TEN


@transaction.atomic
def rename(
    unit_id: int,
    name: str,
    *,
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    short_name: str | None = None,
    note: str = "",
) -> UnitEvent:
    """Give a unit another name from `effective` on; `short_name` None keeps the old one. 9 statements."""
    recording = begin(by=by, at=at)
    _rename(recording.draft, unit_id, effective, name, short_name)
    return keep(recording, DOI_TEN, decision, effective, Sides(sources=[(unit_id, None)]), note=note)

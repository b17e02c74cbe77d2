"""Giải thể đơn vị."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
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
) -> UnitEvent:
    """End a unit with no successor. `under` says which unit takes each one below it; roles held in it end.

    9 statements and those of `hand_over_grants` (at most 2).
    """
    recording = begin(by=by, at=at)
    _dissolve(recording.draft, unit_id, effective, under)
    event = keep(recording, GIAI_THE, decision, effective, Sides(sources=[(unit_id, None)]), note=note)
    hand_over_grants({unit_id: None}, effective, by=by, at=recording.at)
    return event

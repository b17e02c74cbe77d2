"""Thành lập đơn vị."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.recording import Decision, Sides, begin, keep, new_units
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import NewUnit, checked
from congvu.organisation.rules.changes import establish as _establish
from congvu.organisation.rules.kinds import THANH_LAP


@transaction.atomic
def establish(
    wanted: Sequence[NewUnit], *, effective: date, decision: Decision, by: Actor, at: datetime, note: str = ""
) -> UnitEvent:
    """Establish a set of units by one decision. Returns the event. 9 statements, however many units."""
    units = [checked(new) for new in wanted]
    if not units:
        raise Refused("Chưa có đơn vị nào để thành lập.", where="units", do="Ghi ít nhất một đơn vị.")
    recording = begin(by=by, at=at)
    ids = new_units(recording, units)
    for unit_id, new in zip(ids, units, strict=True):
        _establish(recording.draft, unit_id, new, effective, last=unit_id == ids[-1])
    return keep(
        recording, THANH_LAP, decision, effective, Sides(targets=[(unit, None) for unit in ids]), note=note
    )

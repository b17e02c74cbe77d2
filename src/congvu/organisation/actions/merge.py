"""Sáp nhập vào đơn vị đang có; hợp nhất thành đơn vị mới."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.organisation.actions.grants import hand_over_grants
from congvu.organisation.actions.recording import Decision, Sides, begin, keep, new_units
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import NewUnit, checked, establish
from congvu.organisation.rules.changes import merge as _merge
from congvu.organisation.rules.kinds import HOP_NHAT, SAP_NHAP


@transaction.atomic
def merge(
    sources: Iterable[int],
    into: int | NewUnit,
    *,
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    note: str = "",
) -> UnitEvent:
    """The sources cease and go whole into `into`: a standing unit (sáp nhập) or a new one (hợp nhất).

    Units under them come under the target, and so do the roles people hold in them, from `effective` on.
    10 statements, 1 more for a new unit, and those of `hand_over_grants` (at most 2).
    """
    ending = tuple(dict.fromkeys(sources))
    recording = begin(by=by, at=at)
    if isinstance(into, NewUnit):
        new = checked(into)
        (target,) = new_units(recording, [new])
        establish(recording.draft, target, new, effective)
    else:
        target = into
    _merge(recording.draft, ending, target, effective)
    kind = HOP_NHAT if isinstance(into, NewUnit) else SAP_NHAP
    whole: Fraction | None = Fraction(1)
    sides = Sides(sources=[(unit, whole) for unit in ending], targets=[(target, None)])
    event = keep(recording, kind, decision, effective, sides, note=note)
    hand_over_grants(dict.fromkeys(ending, target), effective, by=by, at=recording.at)
    return event

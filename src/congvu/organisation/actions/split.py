"""Chia đơn vị (đơn vị cũ chấm dứt); tách đơn vị (đơn vị cũ còn lại)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.organisation.actions.grants import hand_over_grants
from congvu.organisation.actions.recording import Decision, Sides, begin, keep, new_units
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import NewUnit, Part, checked, establish
from congvu.organisation.rules.changes import split as _split
from congvu.organisation.rules.following import Parcel
from congvu.organisation.rules.kinds import CHIA, TACH


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives a part: a standing unit or a new one; the share of the source (None: not known)."""

    unit: int | NewUnit
    share: Fraction | None = None
    chosen: tuple[str, ...] = ()  # what of the source's open work goes there (rules.following.Choice)


@transaction.atomic
def split(
    source: int,
    receivers: Sequence[Receiver],
    *,
    ceases: bool,
    under: Mapping[int, int],
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    note: str = "",
    heir: int | None = None,
) -> UnitEvent:
    """Divide a unit among receivers (chia: it `ceases`; tách: it goes on).

    `under` says which receiver, by its position in `receivers`, takes each unit below the source; `heir`, likewise, which
    one takes over its open work, people and roles when it ceases (None: the decision does not say, nobody is guessed).
    9 statements, 1 more when units are new or something goes over, and those of `hand_over_grants` (at most 2).
    """
    recording = begin(by=by, at=at)
    fresh = [checked(one.unit) for one in receivers if isinstance(one.unit, NewUnit)]
    made = iter(new_units(recording, fresh) if fresh else [])
    named = iter(fresh)
    parts: list[Part] = []
    for one in receivers:
        if isinstance(one.unit, NewUnit):
            unit_id = next(made)
            establish(recording.draft, unit_id, next(named), effective)
        else:
            unit_id = one.unit
        parts.append(Part(unit_id, one.share))
    places = {child: parts[position].unit_id for child, position in under.items()}
    _split(recording.draft, source, parts, effective, ceases=ceases, under=places)
    kind = CHIA if ceases else TACH
    sides = Sides(sources=[(source, None)], targets=[(part.unit_id, part.share) for part in parts])
    takes = parts[heir].unit_id if ceases and heir is not None else None
    heirs = {} if takes is None else {source: takes}
    parcels = [Parcel(source, part.unit_id, one.chosen) for one, part in zip(receivers, parts, strict=True)]
    event = keep(recording, kind, decision, effective, sides, note=note, heirs=heirs, parcels=parcels)
    if ceases:
        hand_over_grants({source: takes}, effective, by=by, at=recording.at)
    return event

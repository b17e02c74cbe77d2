"""Sáp nhập vào đơn vị đang có; hợp nhất thành đơn vị mới."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.grants import hand_over_grants
from congvu.organisation.actions.recording import Decision, Happened, Sides, begin, keep_all, new_units
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import NewUnit, checked, establish
from congvu.organisation.rules.changes import merge as _merge
from congvu.organisation.rules.kinds import HOP_NHAT, SAP_NHAP

_WHOLE: Fraction | None = Fraction(1)


@dataclass(frozen=True, slots=True)
class Merging:
    """The sources cease and go whole into `into`: a standing unit (sáp nhập) or a new one (hợp nhất)."""

    sources: tuple[int, ...]
    into: int | NewUnit


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
    """One merging; see `merge_all`."""
    one = Merging(tuple(dict.fromkeys(sources)), into)
    return merge_all([one], effective=effective, decision=decision, by=by, at=at, note=note)[0]


@transaction.atomic
def merge_all(
    mergings: Sequence[Merging],
    *,
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    note: str = "",
) -> list[UnitEvent]:
    """The mergings of one decision, in their order (a resolution makes sixty communes of a hundred and thirty).

    Units under the sources come under the target, and so do the roles people hold in them, from `effective` on.
    10 statements, 1 more when units are new, and those of `hand_over_grants` (at most 2), for any number.
    """
    if not mergings:
        raise Refused("Chưa chọn đơn vị nào để sáp nhập.", where="sources", do="Chọn ít nhất một đơn vị.")
    recording = begin(by=by, at=at)
    fresh = [checked(one.into) for one in mergings if isinstance(one.into, NewUnit)]
    made = iter(zip(new_units(recording, fresh) if fresh else [], fresh, strict=True))
    happened: list[Happened] = []
    receivers: dict[int, int | None] = {}
    for place, one in enumerate(mergings):
        recording.draft.event = -place
        if isinstance(one.into, NewUnit):
            target, new = next(made)
            establish(recording.draft, target, new, effective, last=False)
        else:
            target = one.into
        _merge(recording.draft, one.sources, target, effective, last=place == len(mergings) - 1)
        kind = HOP_NHAT if isinstance(one.into, NewUnit) else SAP_NHAP
        sides = Sides(sources=[(unit, _WHOLE) for unit in one.sources], targets=[(target, None)])
        happened.append(Happened(kind, sides, note, dict.fromkeys(one.sources, target)))
        receivers |= dict.fromkeys(one.sources, target)
        receivers = {unit: target if to in one.sources else to for unit, to in receivers.items()}
    events = keep_all(recording, happened, decision, effective)
    hand_over_grants(receivers, effective, by=by, at=recording.at)
    return events

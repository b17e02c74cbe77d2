"""Chuyển giao chức năng, nhiệm vụ từ đơn vị này sang đơn vị khác."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.organisation.actions.hand_on_functions import hand_on_functions
from congvu.organisation.actions.recording import Decision, Sides, begin, keep
from congvu.organisation.models import UnitEvent, UnitFunctionVersion
from congvu.organisation.queries.registers import in_force
from congvu.organisation.rules.following import Parcel
from congvu.organisation.rules.kinds import CHUYEN_GIAO_CHUC_NANG

LONGEST_NOTE = 2000


@transaction.atomic
def transfer_function(
    what: str,
    giver: int,
    receiver: int,
    *,
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    functions: Collection[int] = (),
    chosen: Collection[str] = (),
) -> UnitEvent:
    """A function ("quản lý nhà nước về tôn giáo") passes to another unit. Both go on; the tree does not change.

    `functions`: those of the giver's register that go over, as the same functions; when none is named, the one whose
    words are `what`, if the giver has it on record. `chosen`: the open work that goes with it (rules.following.Choice).
    8 statements, 6 more when functions go over, 1 when open work does.
    """
    recording = begin(by=by, at=at)
    recording.draft.standing(giver, effective, "giver")
    recording.draft.standing(receiver, effective, "receiver")
    if giver == receiver:
        raise Refused("Bên chuyển và bên nhận phải khác nhau.", where="receiver", do="Chọn lại bên nhận.")
    going = _going(composed(what), giver, effective, functions)
    function = composed(what) or "; ".join(row.text for row in going)[:LONGEST_NOTE]
    if not function:
        raise Refused("Chưa ghi chức năng được chuyển.", where="what", do="Ghi chức năng theo quyết định.")
    sides = Sides(sources=[(giver, None)], targets=[(receiver, None)])
    parcels = [Parcel(giver, receiver, tuple(chosen))]
    event = keep(recording, CHUYEN_GIAO_CHUC_NANG, decision, effective, sides, note=function, parcels=parcels)
    if going:
        hand_on_functions(
            {row.function_id for row in going},
            receiver,
            effective=effective,
            decision=decision,
            by=by,
            at=recording.at,
            event=event,
            giver=giver,
        )
    return event


def _going(what: str, giver: int, on: date, named: Collection[int]) -> list[UnitFunctionVersion]:
    """The giver's functions that go over. Refuses one it does not hold on the day. 1 statement."""
    held = in_force(UnitFunctionVersion, on).filter(unit=giver).order_by("function")
    found = [row for row in held if row.function_id in named or (not named and row.text_folded == fold(what))]
    if len(found) < len(set(named)):
        raise Refused(
            "Có chức năng bên chuyển không giữ vào ngày hiệu lực.",
            where="functions",
            do="Chọn lại chức năng, hoặc kiểm tra ngày hiệu lực.",
        )
    return found

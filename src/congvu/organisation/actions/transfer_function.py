"""Chuyển giao chức năng, nhiệm vụ từ đơn vị này sang đơn vị khác."""

from datetime import date, datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.actions.recording import Decision, Sides, begin, keep
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.kinds import CHUYEN_GIAO_CHUC_NANG


@transaction.atomic
def transfer_function(
    what: str, giver: int, receiver: int, *, effective: date, decision: Decision, by: Actor, at: datetime
) -> UnitEvent:
    """Record that a function ("quản lý nhà nước về tôn giáo") passed to another unit. Both go on. 7 statements.

    The tree does not change. Areas that route by function read the event; its happening tells them.
    """
    function = composed(what)
    if not function:
        raise Refused("Chưa ghi chức năng được chuyển.", where="what", do="Ghi chức năng theo quyết định.")
    recording = begin(by=by, at=at)
    recording.draft.standing(giver, effective, "giver")
    recording.draft.standing(receiver, effective, "receiver")
    if giver == receiver:
        raise Refused("Bên chuyển và bên nhận phải khác nhau.", where="receiver", do="Chọn lại bên nhận.")
    sides = Sides(sources=[(giver, None)], targets=[(receiver, None)])
    return keep(recording, CHUYEN_GIAO_CHUC_NANG, decision, effective, sides, note=function)

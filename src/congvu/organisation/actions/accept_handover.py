"""Ký nhận bàn giao: a leader of the receiving unit says what came is what the record says, or where it is not and why."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.access import led_by
from congvu.organisation.models import Handover, HandoverLine

LONGEST = 1000


@transaction.atomic
def accept_handover(handover_id: int, disagreed: Mapping[str, str], *, by: Actor, at: datetime) -> Handover:
    """Accept a record; `disagreed` gives the reason for each kind that does not agree. 5 statements, 6 with reasons.

    Accepting twice changes nothing. Refuses before all was moved, and anyone but a leader over the receiving unit.
    """
    one = Handover.objects.select_for_update().filter(id=handover_id).first()
    if one is None:
        raise Refused("Không có biên bản này.", do="Mở lại danh sách bàn giao.")
    reason = may_accept(one, by, at)
    if reason:
        raise Refused(reason, where="accept", do="Đề nghị lãnh đạo đơn vị nhận ký nhận.")
    if one.accepted_at is not None:
        return one
    if one.moved_at is None:
        raise Refused("Chưa chuyển xong nên chưa ký nhận được.", where="accept", do="Chờ chuyển xong.")
    lines = list(HandoverLine.objects.filter(handover=one))
    reasons = {kind: composed(text)[:LONGEST] for kind, text in disagreed.items() if composed(text)}
    against = [line for line in lines if line.kind in reasons]
    for line in against:
        line.disagreed = reasons[line.kind]
    if against:
        HandoverLine.objects.bulk_update(against, ["disagreed"])
    one.accepted_at, one.accepted_by, one.accepted_name = at, by.account_id, by.name[:200]
    one.save(update_fields=["accepted_at", "accepted_by", "accepted_name"])
    after = {"lines": len(lines), "disagreed": {line.kind: line.disagreed for line in against}}
    record("organisation.accept_handover", "handover", one.id, by=by, at=at, after=after)
    return one


def may_accept(one: Handover, by: Actor, at: datetime) -> str:
    """ "" when the actor leads the receiving unit, else the reason why not. 1 statement at most."""
    led = led_by(by, at.date())
    return "" if one.to_unit_id in led else "Chỉ lãnh đạo đơn vị nhận hoặc cấp trên được ký nhận bàn giao."

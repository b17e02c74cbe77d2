"""A result that the post brought back is collected at the counter (đến nhận kết quả bưu chính trả lại)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import DossierResult
from congvu.dossiers.rules.status import Delivery
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed


def collect_parcel(
    ids: Iterable[int], received_by: str, *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Hand out what came back to `received_by`. 3 statements, in a transaction. The day it was returned stays the day it was
    posted: that the post did not find its owner is no time of the agency's."""
    name = composed(received_by)
    if not name:
        raise Refused("Chưa nhập người nhận kết quả.", where="received_by", do="Ghi họ tên người ký nhận.")

    def decide(now: DossierNow, office: Office) -> Change:
        if not (by.system or by.has(CLERK, LEADER)):
            raise Refused("Kết quả được trả tại bộ phận một cửa.", where=now.label)
        if now.delivery != Delivery.CAME_BACK:
            raise Refused("Hồ sơ không có bưu gửi nào bị trả lại đang chờ nhận.", where=now.label)
        change = Change.of(now, now.status, reason=f"Người nhận: {name}")
        change.delivery = Delivery.HANDED_OVER
        return change

    with transaction.atomic():
        outcome = perform("collect_parcel", ids, decide, by=by, at=at, seen=seen)
        done = [one.dossier_id for one in outcome.done]
        DossierResult.objects.filter(dossier_id__in=done).update(received_by=name[:300])
    return outcome

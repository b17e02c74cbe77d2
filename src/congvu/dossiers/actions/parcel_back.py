"""A result posted to its owner came back (bưu gửi bị trả lại): it waits to be collected or sent again."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Posting
from congvu.dossiers.rules.status import Delivery
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused


def parcel_back(
    ids: Iterable[int], why: str, *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Note that the parcels came back, and why. 4 statements, in a transaction. The dossier stays returned and in time; its
    owner is told, its address may be changed, another tracking number (`post_result`) sends it again, or
    it is collected at the counter (`collect_parcel`)."""
    reason = why.strip()
    if not reason:
        raise Refused("Chưa ghi lý do bị trả lại.", where="reason", do="Ghi như bưu chính báo.")
    asked = list(dict.fromkeys(ids))
    with transaction.atomic():
        out = Posting.objects.select_for_update().filter(dossier_id__in=asked, came_back_at__isnull=True)
        away = {one.dossier_id: one for one in out}

        def decide(now: DossierNow, office: Office) -> Change:
            if not (by.system or by.has(CLERK, LEADER)):
                raise Refused("Bưu gửi trả lại được ghi tại bộ phận một cửa.", where=now.label)
            if now.id not in away or now.delivery != Delivery.POSTED:
                raise Refused("Hồ sơ không có bưu gửi nào đang trên đường.", where=now.label)
            change = Change.of(now, now.status, reason=f"{away[now.id].number}: {reason}")
            change.delivery = Delivery.CAME_BACK
            return change

        outcome = perform("parcel_back", asked, decide, by=by, at=at, seen=seen)
        done = [one.dossier_id for one in outcome.done]
        Posting.objects.filter(dossier_id__in=done).update(came_back_at=at, came_back_why=reason)
    return outcome

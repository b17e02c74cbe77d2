"""Thay người trong mẫu: who cannot be asked leaves with a reason; the next of the unit's reserve steps in."""

from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.surveys.access import refuse_unless_keeper
from congvu.surveys.models import Invitation
from congvu.surveys.queries.campaigns import Gone
from congvu.surveys.rules.words import ASKED, CLOSED, INVALID, REPLACED, RESERVE


@transaction.atomic
def replace_member(
    invitation_id: int, why: str, *, invalid: bool = False, by: Actor, at: datetime
) -> Invitation | None:
    """Who steps in; None when the member is only struck out as invalid (no such dossier, twice the same person). 4-5
    statements. Refuses who has answered, an empty reason, a unit whose reserve is used up."""
    refuse_unless_keeper(by)
    if not composed(why):
        raise Refused("Chưa ghi lý do.", where="why", do="Ví dụ: không liên lạc được sau ba lần gọi.")
    old = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if old is None:
        raise Gone("Không có người này trong mẫu.", where="nguoi", do="Mở lại trang mẫu.")
    if old.state in (REPLACED, INVALID):
        return Invitation.objects.filter(replaces=old).first()
    if old.campaign.state == CLOSED:
        raise Refused("Đợt đã đóng: mẫu không đổi nữa.", do="Xem kết quả.")
    if old.answered or old.state != ASKED:
        raise Refused("Người này đã trả lời, hoặc không ở trong mẫu.", do="Chọn người khác.")
    new = None
    if not invalid:
        new = (
            Invitation.objects.select_for_update()
            .filter(campaign_id=old.campaign_id, unit_id=old.unit_id, state=RESERVE)
            .order_by("place")
            .first()
        )
        if new is None:
            raise Refused("Đơn vị này đã hết người dự phòng.", do="Ghi là không hợp lệ, cỡ mẫu giảm một.")
        new.state, new.replaces = ASKED, old
        new.save(update_fields=["state", "replaces"])
    old.state, old.why = (INVALID if invalid else REPLACED), composed(why)[:300]
    old.save(update_fields=["state", "why"])
    record(
        "replace_member", "survey", old.campaign_id, by=by, at=at, why=old.why,
        after={"place": old.place, "by": new.place if new else None},
    )  # fmt: skip
    return new

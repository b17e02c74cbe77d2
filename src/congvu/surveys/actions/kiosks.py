"""Máy tại nơi tiếp nhận: opened for a campaign by a link of its own, closed when it is taken away."""

from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.surveys.access import refuse_unless_counter
from congvu.surveys.actions.answer import new_token
from congvu.surveys.models import Campaign, Kiosk
from congvu.surveys.queries.campaigns import Gone, hashed, is_open
from congvu.surveys.rules.words import KIOSK


@transaction.atomic
def open_kiosk(campaign: Campaign, unit_id: int, name: str, *, by: Actor, at: datetime) -> tuple[Kiosk, str]:
    """A machine and the token of its link, told this once. 3 statements. Refuses a campaign without machines, a counter
    of another unit."""
    today = legal(at).date()
    refuse_unless_counter(by, unit_id, today, picture())
    if KIOSK not in campaign.channels or not is_open(campaign, today):
        raise Refused("Đợt này không lấy ý kiến bằng máy, hoặc chưa mở.", do="Chọn đợt khác.")
    if not composed(name):
        raise Refused("Chưa đặt tên máy.", where="name", do="Ví dụ: Máy cửa số 3.")
    token = new_token()
    made = Kiosk.objects.create(
        campaign=campaign, unit_id=unit_id, name=composed(name)[:100], hash=hashed(token), opened_at=at,
        opened_by=by.name,
    )  # fmt: skip
    record("open_kiosk", "survey", campaign.pk, by=by, at=at, after={"unit": unit_id, "name": made.name})
    return made, token


@transaction.atomic
def close_kiosk(kiosk_id: int, *, by: Actor, at: datetime) -> Kiosk:
    """Its link opens nothing more. Closed twice it stays closed. 4 statements."""
    found = Kiosk.objects.select_for_update().filter(pk=kiosk_id).first()
    if found is None:
        raise Gone("Không có máy này.", where="may", do="Mở lại trang đợt khảo sát.")
    refuse_unless_counter(by, found.unit_id, legal(at).date(), picture())
    if found.closed_at is None:
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        record("close_kiosk", "survey", found.campaign_id, by=by, at=at, after={"name": found.name})
    return found

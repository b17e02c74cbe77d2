"""Rút mẫu: the frame is the dossiers a unit ended in a period; who is asked is drawn by a number that is written down."""

from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.surveys.access import refuse_unless_keeper
from congvu.surveys.models import Campaign, Invitation, Stratum
from congvu.surveys.queries.samples import frame_of
from congvu.surveys.rules.samples import allocate, drawn
from congvu.surveys.rules.words import ASKED, DRAFT, RESERVE, SAMPLED

MOST = 20_000
RESERVE_SHARE = 20  # of a hundred in the sample, at least one: they step in for those who cannot be asked


@transaction.atomic
def draw_sample(
    campaign_id: int,
    total: int,
    first: date,
    last: date,
    seed: int,
    *,
    at_least: int = 0,
    by: Actor,
    at: datetime,
) -> dict[int, int]:
    """How many are asked of each unit. Drawn again before it opens, the earlier sample is gone; the same number over the
    same frame draws the same. 8 statements. Refuses an open campaign, an empty frame."""
    refuse_unless_keeper(by)
    found = Campaign.objects.select_for_update().get(pk=campaign_id)
    if found.kind != SAMPLED:
        raise Refused("Đợt tại quầy không rút mẫu.", do="Lập đợt điều tra theo mẫu.")
    if found.state != DRAFT:
        raise Refused("Đợt đã mở: mẫu không đổi nữa.", do="Thay từng người trong danh sách mẫu.")
    if first > last:
        raise Refused("Khoảng ngày của khung mẫu ngược.", where="frame_last", do="Sửa lại ngày.")
    if not 0 < total <= MOST:
        raise Refused(f"Cỡ mẫu từ 1 đến {MOST}.", where="total", do="Ghi số người cần hỏi.")
    frame = frame_of(first, last)
    wanted = allocate(total, {unit: len(ids) for unit, ids in frame.items()}, at_least)
    Invitation.objects.filter(campaign=found).delete()
    Stratum.objects.filter(campaign=found).delete()
    Stratum.objects.bulk_create(
        Stratum(campaign=found, unit_id=unit, frame=len(frame[unit]), wanted=count)
        for unit, count in sorted(wanted.items())
    )
    rows = []
    for unit, count in sorted(wanted.items()):
        spare = max(1, count * RESERVE_SHARE // 100)
        for place, dossier in enumerate(drawn(frame[unit], seed, unit)[: count + spare], start=1):
            state = ASKED if place <= count else RESERVE
            rows.append(
                Invitation(campaign=found, dossier_id=dossier, unit_id=unit, place=place, state=state)
            )
    Invitation.objects.bulk_create(rows, batch_size=5000)
    found.frame_first, found.frame_last, found.seed, found.drawn_at = first, last, seed, at
    found.save(update_fields=["frame_first", "frame_last", "seed", "drawn_at"])
    record(
        "draw_sample", "survey", found.pk, by=by, at=at,
        after={"seed": seed, "units": len(wanted), "asked": sum(wanted.values())},
    )  # fmt: skip
    return wanted

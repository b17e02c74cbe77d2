"""Đợt khảo sát: made, opened, closed, its results shown to the public."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.surveys.access import may_see_results, refuse_unless_keeper
from congvu.surveys.models import Campaign, QuestionnaireVersion
from congvu.surveys.rules.formulas import FORMULAS
from congvu.surveys.rules.words import CHANNELS, CLOSED, DRAFT, KINDS, KIOSK, OPEN, PUBLISHED, QR, SAMPLED


@transaction.atomic
def make_campaign(
    code: str,
    name: str,
    kind: str,
    version_id: int,
    first: date,
    last: date,
    channels: Sequence[str],
    *,
    formula: str = "",
    by: Actor,
    at: datetime,
) -> Campaign:
    """A campaign that still takes no answers. 4 statements. Refuses a draft of a questionnaire, no channel, a sample
    asked by what stands open to everybody, days the wrong way round, a code used before."""
    refuse_unless_keeper(by)
    version = QuestionnaireVersion.objects.filter(pk=version_id).first()
    if version is None or version.state != PUBLISHED:
        raise Refused("Phiếu hỏi chưa ban hành.", where="version", do="Ban hành phiếu trước khi lập đợt.")
    if kind not in KINDS or (formula and formula not in FORMULAS):
        raise Refused("Loại đợt hoặc cách tính không có trong danh mục.", where="kind")
    wanted = [one for one in CHANNELS if one in channels]
    if not wanted:
        raise Refused("Chưa chọn cách lấy ý kiến.", where="channels", do="Chọn ít nhất một cách.")
    if kind == SAMPLED and {QR, KIOSK} & set(wanted):
        raise Refused(
            "Đợt điều tra chỉ hỏi người trong mẫu; mã QR và máy thì ai cũng trả lời được.", where="channels",
            do="Bỏ hai cách ấy, hoặc lập đợt tại quầy.",
        )  # fmt: skip
    if first > last:
        raise Refused("Đợt kết thúc trước khi bắt đầu.", where="last", do="Sửa lại ngày.")
    if not composed(name):
        raise Refused("Chưa đặt tên đợt.", where="name", do="Ví dụ: Khảo sát tại quầy quý IV năm 2026.")
    if Campaign.objects.filter(code=code).exists():
        raise Refused(f"Đã có đợt mang mã «{code}».", where="code", do="Đặt mã khác.")
    made = Campaign.objects.create(
        code=code, name=composed(name)[:200], kind=kind, version=version, first=first, last=last, channels=wanted,
        formula=formula, made_at=at, made_by=by.name,
    )  # fmt: skip
    record(
        "make_campaign", "survey", made.pk, by=by, at=at,
        after={"code": code, "first": first.isoformat(), "last": last.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def open_campaign(campaign_id: int, *, by: Actor, at: datetime) -> Campaign:
    """From now on it takes answers on its days. Opened twice it stays open. 3 statements. Refuses a closed one, and a
    drawn one without a sample."""
    refuse_unless_keeper(by)
    found = Campaign.objects.select_for_update().get(pk=campaign_id)
    if found.state == OPEN:
        return found
    if found.state == CLOSED:
        raise Refused("Đợt đã đóng, không mở lại.", do="Lập đợt mới.")
    if found.kind == SAMPLED and found.drawn_at is None:
        raise Refused("Đợt điều tra chưa rút mẫu.", do="Rút mẫu rồi mở.")
    found.state, found.opened_at = OPEN, at
    found.save(update_fields=["state", "opened_at"])
    record("open_campaign", "survey", found.pk, by=by, at=at)
    return found


@transaction.atomic
def close_campaign(campaign_id: int, *, by: Actor, at: datetime) -> Campaign:
    """No more answers; its results may be read. Closed twice it stays as it is. 3 statements."""
    refuse_unless_keeper(by)
    found = Campaign.objects.select_for_update().get(pk=campaign_id)
    if found.state == CLOSED:
        return found
    if found.state == DRAFT:
        raise Refused("Đợt chưa mở.", do="Mở đợt trước.")
    found.state, found.closed_at = CLOSED, at
    found.save(update_fields=["state", "closed_at"])
    record("close_campaign", "survey", found.pk, by=by, at=at)
    return found


@transaction.atomic
def show_results(campaign_id: int, *, by: Actor, at: datetime) -> Campaign:
    """Put the results on the public page. Shown twice it stays as it is. 3 statements. Refuses one that still takes
    answers."""
    refuse_unless_keeper(by)
    found = Campaign.objects.select_for_update().get(pk=campaign_id)
    if found.shown_at is not None:
        return found
    if not may_see_results(found):
        raise Refused("Đợt còn đang lấy ý kiến.", do="Công bố sau khi đóng đợt.")
    found.shown_at = at
    found.save(update_fields=["shown_at"])
    record("show_results", "survey", found.pk, by=by, at=at)
    return found

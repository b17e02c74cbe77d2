"""Trả lời phiếu: one respondent's answer, by a link, the code of the day or a machine.

Nothing is written into the audit log: a row of it would hold the second at which somebody answered. The invitation loses
its right and the answer comes to be in one transaction; nothing ties the two rows, and every night `stir` takes away the
last trace, the numbers of their transactions.
"""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.throttle import attempt
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.surveys.access import refuse_official
from congvu.surveys.models import Campaign, Invitation, SurveyAnswer, SurveyText
from congvu.surveys.queries.campaigns import (
    Gone,
    NotNow,
    campaign_of,
    code_of_day,
    content,
    hashed,
    held,
    invitation_of,
    is_open,
    kiosk_of,
)
from congvu.surveys.rules.questionnaires import Given, checked
from congvu.surveys.rules.words import INVALID, KIOSK, LINK, QR, REPLACED, RESERVE

DAY = 86_400
A_MACHINE_AN_HOUR, AN_ADDRESS_AN_HOUR = 120, 40


class Used(Refused):
    """A link, a form sent a second time."""

    status = 409


class TooMany(Refused):
    """Too often from one place."""

    status = 429


@dataclass(frozen=True, slots=True)
class Door:
    """By which way somebody answers: a link's token; a unit's code of the day; a machine's token. `address` is counted
    with the others of its hour and never kept; `form` is the form's own number, so that sent twice it is one answer."""

    channel: str
    token: str
    unit_code: str = ""
    address: str = ""
    form: str = ""


def opened(code: str, door: Door, *, by: Actor, at: datetime) -> tuple[Campaign, int]:
    """The campaign and the unit a door leads to, if it may be answered now. 2-3 statements. Refuses officials, a closed
    campaign, a spent link, a code of another day, a machine that was closed."""
    campaign = campaign_of(code)
    refuse_official(by)
    today = legal(at).date()
    if door.channel not in campaign.channels:
        raise NotNow("Đợt này không lấy ý kiến theo cách này.", do="Xem cách trả lời trên phiếu mời.")
    _refuse_unless_open(campaign, today)
    if door.channel == LINK:
        return campaign, _free(invitation_of(campaign, door.token)).unit_id
    if door.channel == KIOSK:
        return campaign, kiosk_of(campaign, door.token).unit_id
    unit = picture().by_code(door.unit_code.upper())
    if unit is None or not _same(code_of_day(campaign, unit, today), door.token):
        raise Gone("Mã QR này không phải của hôm nay.", do="Quét lại mã đang hiện tại quầy.")
    return campaign, unit


def _refuse_unless_open(campaign: Campaign, today: date) -> None:
    if not is_open(campaign, today):
        raise NotNow(
            f"Đợt khảo sát nhận trả lời từ {campaign.first:%d/%m/%Y} đến {campaign.last:%d/%m/%Y}.",
            do="Cảm ơn ông/bà đã quan tâm.",
        )


def _same(code: str, token: str) -> bool:
    return hmac.compare_digest(code.encode(), token.encode())


def _free(invitation: Invitation) -> Invitation:
    if invitation.answered:
        raise Used(
            "Liên kết này đã được dùng để trả lời.",
            do="Mỗi hồ sơ một phiếu. Nếu không phải ông/bà trả lời, hãy báo nơi tiếp nhận.",
        )
    if invitation.state in (REPLACED, INVALID, RESERVE):
        raise Used("Liên kết này không còn dùng.", do="Cảm ơn ông/bà đã quan tâm.")
    return invitation


def answer(code: str, door: Door, given: Given, *, by: Actor, at: datetime) -> Campaign:
    """Take one answer. 7-10 statements. Refuses what `opened` refuses, what the questionnaire does not ask, a form sent
    before, too many from one machine, counter or address."""
    campaign, unit = opened(code, door, by=by, at=at)
    checked(given, content(campaign))
    today = legal(at).date()
    _refuse_too_many(campaign, unit, door, at)
    with transaction.atomic():
        _refuse_unless_open(held(campaign.pk), today)
        if door.form and not attempt(f"survey-form:{door.form[:40]}", limit=1, window=DAY, at=at).allowed:
            raise Used("Phiếu này đã gửi rồi.", do="Cảm ơn ông/bà.")
        if door.channel == LINK:
            invitation = invitation_of(campaign, door.token)
            _free(Invitation.objects.select_for_update().get(pk=invitation.pk))
            Invitation.objects.filter(pk=invitation.pk).update(answered=True)
        SurveyAnswer.objects.create(
            id=uuid.uuid4(), campaign=campaign, unit_id=unit, channel=door.channel, group=given.group, day=today,
            levels=list(given.levels), choices={key: list(one) for key, one in given.choices.items()},
        )  # fmt: skip
        SurveyText.objects.bulk_create(
            SurveyText(id=uuid.uuid4(), campaign=campaign, unit_id=unit, question=key, words=words.strip())
            for key, words in given.texts.items()
            if words.strip()
        )
    return campaign


def _refuse_too_many(campaign: Campaign, unit: int, door: Door, at: datetime) -> None:
    """A link opens once and needs no counting; a counter's code and a machine do."""
    if door.channel == LINK:
        return
    if door.channel == QR:
        # the address first: one that is refused must not use up what the counter may take
        key, limit = f"survey-from:{sealed_address(door.address)}", AN_ADDRESS_AN_HOUR
    else:
        key, limit = f"survey-at:{hashed(door.token)[:40]}", A_MACHINE_AN_HOUR
    if not attempt(key, limit=limit, window=3600, at=at).allowed:
        raise TooMany("Nơi này đã gửi quá nhiều phiếu trong một giờ.", do="Thử lại sau.")
    if door.channel == QR:
        most = int(rule_at("survey.qr_a_day", legal(at).date()).value)
        if not attempt(f"survey-qr:{campaign.pk}:{unit}", limit=most, window=DAY, at=at).allowed:
            raise TooMany("Quầy này đã nhận đủ phiếu trong ngày.", do="Mời ông/bà trả lời vào ngày khác.")


def sealed_address(address: str) -> str:
    """What an address is counted by: nobody without the installation's key finds it again."""
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), "sha256").hexdigest()[:40]


def new_token() -> str:
    """What stands in a link: 128 bits of chance."""
    return secrets.token_urlsafe(16)

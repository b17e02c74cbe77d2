"""Builders with plain defaults, for this room's tests and those above."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import STRANGER, SYSTEM
from congvu.organisation.models import Unit
from congvu.organisation.queries import picture
from congvu.surveys.actions.answer import Door, answer
from congvu.surveys.actions.campaigns import make_campaign, open_campaign
from congvu.surveys.actions.questionnaires import draft_questionnaire, publish_questionnaire
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import code_of_day
from congvu.surveys.rules.questionnaires import Given
from congvu.surveys.rules.words import CHANNELS, COUNTER, KIOSK, QR

TEXT = """@ nguoi-dan | Người dân
@ to-chuc | Tổ chức
# A Nơi tiếp nhận
A1 [5] Chỗ ngồi chờ
A2 [5] Thời gian chờ
# B Công chức
B1 [5 thái độ] Thái độ
B2 [một] Đến mấy lần | Một lần | Nhiều lần
B3 [chữ] Ý kiến khác
"""
NOW = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)


def a_campaign(
    code: str = "quay-q4", *, kind: str = COUNTER, text: str = TEXT, opened: bool = True, **more: Any
) -> Campaign:
    """A counter survey of the last quarter of 2026, by every channel, open."""
    version = draft_questionnaire(
        f"P-{code}".upper(), "Phiếu thử", text, source="theo thông lệ", evidence="MEM", by=SYSTEM, at=NOW
    )
    publish_questionnaire(version.pk, by=SYSTEM, at=NOW)
    ways = tuple(one for one in CHANNELS if kind == COUNTER or one not in (QR, KIOSK))
    made = make_campaign(
        code, "Khảo sát tại quầy", kind, version.pk, date(2026, 10, 1), date(2026, 12, 31), ways,
        by=SYSTEM, at=NOW, **more,
    )  # fmt: skip
    return open_campaign(made.pk, by=SYSTEM, at=NOW) if opened else made


def counter_door(campaign: Campaign, unit: Unit, *, at: datetime = NOW, address: str = "") -> Door:
    """The code of the day of a unit."""
    return Door(QR, code_of_day(campaign, unit.pk, at.date()), unit.code, address)


def answered(
    campaign: Campaign, unit: Unit, rows: Sequence[Sequence[int]], *, group: str = "", at: datetime = NOW
) -> None:
    """Answers through the code of the day, each from an address of its own."""
    assert picture().by_code(unit.code) == unit.pk
    for number, levels in enumerate(rows):
        door = counter_door(campaign, unit, at=at, address=f"{unit.pk}.{number}")
        answer(campaign.code, door, Given(tuple(levels), group), by=STRANGER, at=at)

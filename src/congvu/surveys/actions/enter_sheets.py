"""Nhập phiếu giấy: what an interviewer brought back, one sheet or a whole table; and asking some again (phúc tra)."""

import random
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.surveys.access import refuse_if_own, refuse_unless_enterer
from congvu.surveys.models import Campaign, InterviewSheet, SurveyAnswer, SurveyText
from congvu.surveys.queries.campaigns import Gone, content, held
from congvu.surveys.queries.sheets import asked_about
from congvu.surveys.rules.questionnaires import Given, checked
from congvu.surveys.rules.words import CLOSED, DRAFT, RECHECKS


@dataclass(frozen=True, slots=True)
class SheetIn:
    """A paper: its number, the unit it speaks of, who asked."""

    number: str
    unit_id: int
    interviewer: str
    given: Given


def refuse_outside_sample(unit_id: int, units: Collection[int] | None) -> None:
    """A sheet about a unit without a stratum would count for nobody's sample."""
    if units is not None and unit_id not in units:
        raise Refused(
            "Đơn vị này không có trong mẫu của đợt.", where="unit", do="Kiểm tra mã đơn vị trên phiếu."
        )


@transaction.atomic
def enter_sheets(
    campaign: Campaign, channel: str, sheets: Sequence[SheetIn], *, by: Actor, at: datetime
) -> int:
    """How many were entered. A share drawn by chance is marked to be asked again. 7-8 statements for any number. Refuses a
    campaign that is not open, a sheet without number or interviewer, one entered before, sheets about the own unit or one that
    is not of the sample."""
    refuse_unless_enterer(by)
    campaign = held(campaign.pk)
    if campaign.state in (DRAFT, CLOSED) or channel not in campaign.channels:
        raise Refused("Đợt này không nhận phiếu giấy, chưa mở hoặc đã đóng.", do="Chọn đợt khác.")
    asked, today = content(campaign), legal(at).date()
    units = asked_about(campaign)
    for one in sheets:
        refuse_if_own(by, one.unit_id)
        refuse_outside_sample(one.unit_id, units)
        checked(one.given, asked)
        if not composed(one.number) or not composed(one.interviewer):
            raise Refused("Phiếu phải có số và tên điều tra viên.", where="number", do="Ghi đủ hai mục.")
    numbers = [composed(one.number)[:30] for one in sheets]
    twice = InterviewSheet.objects.filter(campaign=campaign, number__in=numbers).first()
    if twice is not None or len(set(numbers)) != len(numbers):
        told = twice.number if twice else next(one for one in numbers if numbers.count(one) > 1)
        raise Refused(f"Phiếu số {told} đã nhập.", where="number", do="Kiểm tra lại số phiếu.")
    share = int(rule_at("survey.recheck_share", today).value)
    chance = random.SystemRandom()
    made = InterviewSheet.objects.bulk_create(
        InterviewSheet(
            campaign=campaign, unit_id=one.unit_id, number=number, channel=channel,
            interviewer=composed(one.interviewer)[:120], entered_by=by.name, entered_on=today,
            to_recheck=chance.randrange(100) < share,
        )
        for one, number in zip(sheets, numbers, strict=True)
    )  # fmt: skip
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            id=uuid.uuid4(), campaign=campaign, unit_id=one.unit_id, channel=channel, group=one.given.group, day=today,
            levels=list(one.given.levels), choices={key: list(put) for key, put in one.given.choices.items()},
            sheet=sheet,
        )
        for one, sheet in zip(sheets, made, strict=True)
    )  # fmt: skip
    SurveyText.objects.bulk_create(
        SurveyText(id=uuid.uuid4(), campaign=campaign, unit_id=one.unit_id, question=key, words=words.strip())
        for one in sheets
        for key, words in one.given.texts.items()
        if words.strip()
    )
    record(
        "enter_sheets", "survey", campaign.pk, by=by, at=at, after={"sheets": len(made), "channel": channel}
    )
    return len(made)


@transaction.atomic
def recheck_sheet(sheet_id: int, outcome: str, note: str = "", *, by: Actor, at: datetime) -> InterviewSheet:
    """What asking again said; a sheet that differs no longer counts. 4 statements. Refuses whoever typed it, whoever asked,
    a sheet already asked again, a closed campaign."""
    refuse_unless_enterer(by)
    found = InterviewSheet.objects.select_for_update().filter(pk=sheet_id).first()
    if found is None:
        raise Gone("Không có phiếu này.", where="phieu", do="Mở lại trang phiếu giấy.")
    refuse_if_own(by, found.unit_id)
    if outcome not in RECHECKS:
        raise Refused("Chưa chọn kết quả phúc tra.", where="outcome", do="Chọn trong danh sách.")
    if by.name in (found.entered_by, found.interviewer):
        raise Refused("Người hỏi hoặc nhập phiếu không tự phúc tra.", do="Giao người khác.")
    if found.recheck:
        raise Refused("Phiếu đã phúc tra.", do="Kết quả phúc tra không sửa.")
    if held(found.campaign_id).state == CLOSED:
        raise Refused("Đợt đã đóng, kết quả không đổi nữa.", do="Phúc tra trước khi đóng đợt.")
    found.recheck, found.rechecked_by, found.note = outcome, by.name, composed(note)[:300]
    found.rechecked_on = legal(at).date()
    found.save(update_fields=["recheck", "rechecked_by", "rechecked_on", "note"])
    record(
        "recheck_sheet", "survey", found.campaign_id, by=by, at=at, why=found.note,
        after={"number": found.number, "outcome": outcome},
    )  # fmt: skip
    return found

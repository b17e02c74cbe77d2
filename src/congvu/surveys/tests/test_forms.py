"""What is typed into the keepers' screens arrives, and what is wrong comes back with what was typed."""

import base64
import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.workdays.days import add_days
from congvu.surveys.actions.campaigns import close_campaign
from congvu.surveys.models import (
    Campaign,
    InterviewSheet,
    Invitation,
    Kiosk,
    QuestionnaireVersion,
    SurveyAnswer,
    SurveyText,
)
from congvu.surveys.queries.campaigns import content
from congvu.surveys.rules.words import CHANNELS, SAMPLED
from congvu.surveys.tests.make import NOW, TEXT, a_campaign
from congvu.surveys.web.sheet_file import template

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(actors: Any) -> Place:
    return a_place()


@pytest.fixture
def keeper(place: Place, actors: Any, visit: Any) -> Any:
    return visit(actors.personnel)


def test_a_survey_from_its_questionnaire_to_its_opening(keeper: Any) -> None:
    paper = {
        "name": "Phiếu quầy",
        "code": "quay-moi",
        "text": TEXT + "hỏng",
        "source": "thông lệ",
        "evidence": "MEM",
    }
    wrong = keeper.post("/phieu-hoi/soan/", paper)
    assert (
        wrong.status_code == 422 and "Dòng 10" in wrong.content.decode() and "hỏng" in wrong.content.decode()
    )
    assert keeper.post("/phieu-hoi/soan/", {**paper, "text": TEXT}).status_code == 302
    version = QuestionnaireVersion.objects.get(questionnaire__code="QUAY-MOI")
    survey = {
        "name": "Đợt thử", "code": "dot-thu", "kind": "COUNTER", "version": str(version.pk), "first": "1/11/2026",
        "last": "31/12/2026", "channels": list(CHANNELS), "formula": "",
    }  # fmt: skip
    assert keeper.post("/dot-khao-sat/moi/", survey).status_code == 422, "only what is published is asked"
    keeper.post(f"/phieu-hoi/{version.pk}/")
    assert keeper.post("/dot-khao-sat/moi/", {**survey, "last": "1/10/2026"}).status_code == 422
    assert keeper.post("/dot-khao-sat/moi/", survey).headers["Location"] == "/dot-khao-sat/dot-thu/"
    assert keeper.post("/dot-khao-sat/moi/", survey).status_code == 422, "the code is used"
    keeper.post("/dot-khao-sat/dot-thu/", {"viec": "mo"})
    assert Campaign.objects.get().state == "OPEN"
    assert keeper.post("/dot-khao-sat/dot-thu/", {"viec": "cong-bo"}).status_code == 422
    later = keeper.post(f"/phieu-hoi/soan/?tu={version.pk}", {**paper, "text": TEXT, "name": "Phiếu quầy"})
    assert later.status_code == 302
    assert QuestionnaireVersion.objects.get(pk=version.pk + 1).state == "DRAFT"


def test_a_draft_is_not_written_over_unseen(keeper: Any) -> None:
    paper = {"name": "Phiếu A", "code": "A", "text": TEXT, "source": "thông lệ", "evidence": "MEM"}
    keeper.post("/phieu-hoi/soan/", paper)
    draft = QuestionnaireVersion.objects.get(questionnaire__code="A")
    again = keeper.post("/phieu-hoi/soan/", {**paper, "name": "Phiếu khác"})
    assert again.status_code == 422 and "Đã có phiếu mang mã" in again.content.decode()
    page = f"/phieu-hoi/soan/?tu={draft.pk}"
    seen = draft.drafted_at.isoformat()
    assert f'value="{seen}"' in keeper.get(page).content.decode()
    QuestionnaireVersion.objects.update(drafted_at=add_days(draft.drafted_at, -1))
    late = keeper.post(page, {**paper, "seen": seen, "source": "mới"})
    assert late.status_code == 422 and "đã đổi từ khi mở" in late.content.decode()
    draft.refresh_from_db()
    now = {**paper, "seen": draft.drafted_at.isoformat(), "name": "Phiếu B"}
    assert keeper.post(page, now).status_code == 302
    draft.refresh_from_db()
    assert draft.questionnaire.name == "Phiếu B"
    keeper.post(f"/phieu-hoi/{draft.pk}/")
    assert keeper.post(page, {**paper, "name": "Phiếu C"}).status_code == 302
    draft.questionnaire.refresh_from_db()
    assert draft.questionnaire.name == "Phiếu B", "published under this name"
    assert keeper.post(page, {**paper, "name": "Phiếu D"}).status_code == 422, "there is a draft by now"


def test_a_sheet_and_a_table(keeper: Any) -> None:
    campaign = a_campaign()
    home = f"/dot-khao-sat/{campaign.code}/phieu-giay/"
    sheet = {
        "number": "P1",
        "unit": "H99.01",
        "interviewer": "Lê Thị Hỏi",
        "group": "nguoi-dan",
        "c-A1": "5",
        "c-B3": "Tốt",
    }
    wrong = keeper.post(f"{home}nhap/", {**sheet, "interviewer": ""})
    assert wrong.status_code == 422 and "Chưa nhập điều tra viên" in wrong.content.decode()
    assert keeper.post(f"{home}nhap/", {**sheet, "c-B2": "1"}).status_code == 302
    assert keeper.post(f"{home}nhap/", sheet).status_code == 422
    assert (InterviewSheet.objects.get().interviewer, SurveyAnswer.objects.get().levels) == (
        "Lê Thị Hỏi",
        [5, 0, 0],
    )
    book = load_workbook(io.BytesIO(template(campaign, content(campaign)).read()))
    book.worksheets[0].append(["X1", "H99.01", "", "Lê Thị Hỏi", 4, 4, 9, 1, ""])
    told = keeper.post(home, {"viec": "ghi", "tep": packed(book)})
    assert told.status_code == 422 and "X1" in told.content.decode()
    book.worksheets[0]["G2"] = 4
    told = keeper.post(home, {"viec": "xem", "tep": packed(book)})
    assert "Chưa ghi gì" in told.content.decode() and SurveyAnswer.objects.count() == 1
    assert "Đã nhập 1 phiếu" in keeper.post(home, {"viec": "ghi", "tep": packed(book)}).content.decode()
    assert keeper.post(home, {"viec": "ghi"}).status_code == 422
    InterviewSheet.objects.filter(number="P1").update(to_recheck=True, entered_by="Người khác")
    sheet_id = InterviewSheet.objects.get(number="P1").pk
    keeper.post(home, {"viec": "phuc-tra", "phieu": sheet_id, "ket-qua": "CONFIRMED"})
    assert InterviewSheet.objects.get(number="P1").recheck == "CONFIRMED"


def packed(book: Any) -> SimpleUploadedFile:
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("phieu.xlsx", out.getvalue())


def test_a_sample_is_drawn_and_mended_on_its_page(keeper: Any, place: Place) -> None:
    campaign = a_campaign("mau", kind=SAMPLED, opened=False)
    page = f"/dot-khao-sat/{campaign.code}/mau/"
    asked = {"viec": "rut", "total": "3", "frame_first": "1/10/2026", "frame_last": "31/10/2026", "seed": "7"}
    empty = keeper.post(page, asked)
    assert empty.status_code == 422 and "không có hồ sơ nào" in empty.content.decode()
    for _ in range(8):
        place.received("2026-10-05 08:00")
    Dossier.objects.update(status=9, ended_on=date(2026, 10, 9), ended_at=at("2026-10-09 10:00"))
    assert keeper.post(page, asked).status_code == 302
    first = Invitation.objects.get(place=1)
    assert (
        keeper.post(page, {"viec": "thay", "nguoi": first.pk, "ly-do": "", "cach": "thay"}).status_code == 422
    )
    keeper.post(page, {"viec": "thay", "nguoi": first.pk, "ly-do": "đã chuyển", "cach": "thay"})
    assert Invitation.objects.get(place=4).replaces_id == first.pk
    keeper.post(f"/dot-khao-sat/{campaign.code}/", {"viec": "mo"})
    far = base64.urlsafe_b64encode(json.dumps(["9" * 5000, 2**63]).encode()).decode()
    assert keeper.get(page, {"sau": far}).status_code == 200
    told = keeper.post(page, {"viec": "gui"})
    assert told.status_code == 422 and "CONGVU_ADDRESS" in told.content.decode()


def test_a_clerk_opens_a_machine_and_prints_a_link(actors: Any, visit: Any) -> None:
    place = a_place()
    place.received("2026-11-19 08:00")
    campaign = a_campaign()
    clerk = visit(actors.clerk)
    page = f"/dot-khao-sat/{campaign.code}/"
    assert clerk.post(page, {"viec": "mo-may", "don-vi": "H99.01", "ten": "Máy lạ"}).status_code == 422
    shown = clerk.post(
        page, {"viec": "mo-may", "don-vi": "H98.01", "ten": "Máy 1"}, follow=True
    ).content.decode()
    assert "/may/" in shown and "/may/" not in clerk.get(page).content.decode(), "the link is told once"
    clerk.post(page, {"viec": "dong-may", "may": Kiosk.objects.get().pk})
    assert Kiosk.objects.get().closed_at is not None
    code = Dossier.objects.get().code
    assert clerk.get(f"/phieu-moi/{code}/").status_code == 422, "not a dossier of this counter"


def test_texts_are_reviewed_on_their_page(actors: Any, visit: Any) -> None:
    place = a_place()
    campaign = a_campaign()
    one = SurveyText.objects.create(
        campaign=campaign, unit=place.centre, question="B3", words="<b>Chờ lâu</b>"
    )
    auditor, page = visit(actors.auditor), f"/dot-khao-sat/{campaign.code}/y-kien/"
    assert auditor.get(page).status_code == 422, "not while answers come in"
    close_campaign(campaign.pk, by=SYSTEM, at=NOW)
    assert "&lt;b&gt;Chờ lâu" in auditor.get(page).content.decode()
    assert auditor.post(page, {"viec": "HIDDEN", "chon": str(one.pk)}).status_code == 422
    none = auditor.post(page, {"viec": "HIDDEN", "ly-do": "Có tên người"})
    assert none.status_code == 422
    assert 'value="Có tên người"' in none.content.decode(), "nothing typed is lost"
    ticked = auditor.post(page, {"viec": "HIDDEN", "chon": str(one.pk)}).content.decode()
    assert f'value="{one.pk}" checked' in ticked
    assert auditor.post(page, {"viec": "SHOWN", "chon": ["rác", str(one.pk)]}).status_code == 302
    assert SurveyText.objects.get().state == "SHOWN"

"""Answer a survey from a phone: a clerk prints a link with the result, a citizen answers without an account, nobody else can,
and the keeper reads the result once the survey is closed."""

from typing import Any

import pytest

from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import a_place
from congvu.foundation.identity.actor import SYSTEM
from congvu.surveys.actions.invite import invite
from congvu.surveys.models import SurveyAnswer
from congvu.surveys.tests.make import NOW, a_campaign, answered

pytestmark = pytest.mark.browser


@pytest.fixture
def link(live: Any, actors: Any) -> str:
    """The address on the paper of a dossier whose result was given back; forty others have answered at the counter."""
    place = a_place()
    place.received()
    campaign = a_campaign()
    answered(campaign, place.centre, [(4, 4, 5)] * 39)
    token = next(iter(invite(campaign, list(Dossier.objects.all()), by=SYSTEM, at=NOW).values()))
    return f"/khao-sat/{campaign.code}/phieu/{token}/"


def test_a_citizen_answers_from_a_phone(
    phone: Any, link: str, assert_accessible: Any, keep_picture: Any
) -> None:
    phone.goto(link)
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_label("Người dân").check()
    for code, level in (("A1", 5), ("A2", 4), ("B1", 5)):
        phone.check(f"input[name='c-{code}'][value='{level}']")
    phone.get_by_label("Ý kiến khác").fill("Cảm ơn <script>alert(1)</script>")
    keep_picture(phone, "khao-sat-dien-thoai")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Gửi phiếu").click()
    assert "Cảm ơn ông/bà" in phone.inner_text("h1")
    assert_accessible(phone)
    phone.goto(link)
    assert "đã được dùng để trả lời" in phone.inner_text("main")
    assert SurveyAnswer.objects.count() == 40


def test_it_works_without_javascript_and_keeps_what_was_typed(plain: Any, link: str) -> None:
    plain.goto(link)
    plain.get_by_label("Ý kiến khác").fill("Chờ lâu")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Gửi phiếu").click()
    assert "Chưa trả lời câu nào" in plain.inner_text("main")
    assert plain.get_by_label("Ý kiến khác").input_value() == "Chờ lâu"
    plain.check("input[name='c-A1'][value='2']")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Gửi phiếu").click()
    assert "Cảm ơn ông/bà" in plain.inner_text("h1")


def test_the_keeper_closes_it_and_reads_the_result(
    page: Any, link: str, actors: Any, enter: Any, assert_accessible: Any
) -> None:
    enter(page, actors.personnel)
    page.goto("/dot-khao-sat/")
    with page.expect_navigation():
        page.get_by_role("link", name="Khảo sát tại quầy").click()
    assert_accessible(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Đóng đợt").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Kết quả").click()
    assert "100" in page.inner_text("main") and "39" in page.inner_text("main")
    assert_accessible(page)
    page.goto(link)
    assert "chỉ người dân, tổ chức tự trả lời" in page.inner_text("main")

"""Answering: nobody's account, one answer a link, no official, nothing typed is lost, words of people are only words."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.tests.make import a_place
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.identity.models import SignInAttempt
from congvu.organisation.models import Unit
from congvu.surveys.actions.invite import invite
from congvu.surveys.models import Invitation, SurveyAnswer, SurveyText
from congvu.surveys.queries.campaigns import code_of_day
from congvu.surveys.tests.make import NOW, a_campaign

pytestmark = pytest.mark.django_db
FULL = {"c-A1": "5", "c-A2": "4", "c-B1": "2", "c-B2": "0", "c-B3": "Ghế <b>ít</b>", "nhom": "nguoi-dan"}


@pytest.fixture
def invited(frozen_clock: Any) -> tuple[Any, str]:
    """A campaign and the address of one dossier's link."""
    from congvu.dossiers.models import Dossier

    place = a_place()
    place.received()
    campaign = a_campaign()
    tokens = invite(campaign, list(Dossier.objects.all()), by=SYSTEM, at=NOW)
    return campaign, f"/khao-sat/{campaign.code}/phieu/{next(iter(tokens.values()))}/"


def test_a_link_is_answered_once(invited: Any, client: Any) -> None:
    campaign, link = invited
    assert "Không ghi tên" in (page := client.get(link).content.decode()) or "không ghi tên" in page
    sent = client.post(link, FULL)
    assert sent.status_code == 302 and sent.headers["Location"] == f"/khao-sat/{campaign.code}/cam-on/"
    answer = SurveyAnswer.objects.get()
    assert (answer.levels, answer.choices, answer.group) == ([5, 4, 2], {"B2": [0]}, "nguoi-dan")
    assert SurveyText.objects.get().words == "Ghế <b>ít</b>"
    assert Invitation.objects.get().answered
    again = client.post(link, FULL)
    assert again.status_code == 409 and "đã được dùng để trả lời" in again.content.decode()
    assert client.get(link).status_code == 409
    assert SurveyAnswer.objects.count() == 1


def test_a_wrong_link_opens_nothing_and_guessing_is_stopped(invited: Any, client: Any) -> None:
    campaign, _ = invited
    codes = [
        client.get(f"/khao-sat/{campaign.code}/phieu/{number:022d}/").status_code for number in range(22)
    ]
    assert codes == [404] * 20 + [429] * 2


def test_a_right_link_leaves_no_trace_of_where_it_was_opened(
    invited: Any, client: Any, frozen_clock: Any
) -> None:
    campaign, link = invited
    client.get(link)
    frozen_clock.move_to(NOW.replace(month=12, day=31) + (NOW - NOW.replace(day=18)))
    told = client.get(link)
    assert told.status_code == 404 and "nhận trả lời từ" in told.content.decode()
    assert not SignInAttempt.objects.exists()
    frozen_clock.move_to(NOW)
    client.get(f"/khao-sat/{campaign.code}/phieu/{7:022d}/")
    counted = SignInAttempt.objects.get().key
    assert counted.startswith("survey-wrong:") and "127.0.0.1" not in counted


def test_only_a_machine_is_offered_to_the_next(invited: Any, client: Any) -> None:
    campaign, _ = invited
    page = f"/khao-sat/{campaign.code}/cam-on/"
    assert "/may/abc-_1/" in client.get(page, {"may": "abc-_1"}).content.decode()
    for wrong in ("a/b", "máy", "x" * 41, "a b"):
        answer = client.get(page, {"may": wrong})
        assert answer.status_code == 200 and "/may/" not in answer.content.decode()


@pytest.mark.parametrize("role", ["clerk", "specialist", "leader", "personnel", "auditor", "admin"])
def test_no_official_answers(role: str, invited: Any, make_person: Any, visit: Any) -> None:
    _, link = invited
    unit = Unit.objects.get(code="H99.01")
    official = visit(make_person(role, unit))
    for answer in (official.get(link), official.post(link, FULL)):
        assert answer.status_code == 403 and "chỉ người dân, tổ chức tự trả lời" in answer.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_what_was_typed_stays_when_something_is_wrong(invited: Any, client: Any) -> None:
    _, link = invited
    told = client.post(link, {"c-B3": "Rất tốt", "nhom": "to-chuc"})
    page = told.content.decode()
    assert told.status_code == 422 and "Chưa trả lời câu nào" in page and "Rất tốt" in page
    for wrong in (
        {"c-A1": "9"},
        {"c-A1": "5", "c-B2": "7"},
        {"c-A1": "5", "nhom": "vua"},
        {"c-A1": "5", "c-B3": "x" * 1001},
    ):
        assert client.post(link, wrong).status_code == 422, wrong
    assert not SurveyAnswer.objects.exists() and not Invitation.objects.get().answered


def test_the_code_of_a_counter_is_of_its_day_and_unit(invited: Any, client: Any, frozen_clock: Any) -> None:
    campaign, _ = invited

    centre, home = Unit.objects.get(code="H99.01"), Unit.objects.get(code="H99.08")
    token = code_of_day(campaign, centre.pk, NOW.date())
    assert client.get(f"/khao-sat/{campaign.code}/quay/H99.01/{token}/").status_code == 200
    assert client.get(f"/khao-sat/{campaign.code}/quay/H99.08/{token}/").status_code == 404
    assert client.get(f"/khao-sat/{campaign.code}/quay/H99.01/{'ộ' * 24}/").status_code == 404
    assert client.get(f"/khao-sat/{campaign.code}/quay/h99.01/{token}/").status_code == 200
    frozen_clock.move_to(NOW.replace(day=21))
    assert client.get(f"/khao-sat/{campaign.code}/quay/H99.01/{token}/").status_code == 404
    assert code_of_day(campaign, home.pk, NOW.date()) != token


def test_a_form_pressed_twice_is_one_answer_and_a_counter_has_its_limit(invited: Any, client: Any) -> None:
    campaign, _ = invited

    token = code_of_day(campaign, Unit.objects.get(code="H99.01").pk, NOW.date())
    address = f"/khao-sat/{campaign.code}/quay/H99.01/{token}/"
    first = client.post(address, {**FULL, "phieu": "a" * 32})
    second = client.post(address, {**FULL, "phieu": "a" * 32})
    assert (first.status_code, second.status_code) == (302, 409)
    codes = [client.post(address, {"c-A1": "5"}).status_code for _ in range(40)]
    assert codes.count(302) == 38 and codes[-1] == 429
    counter = SignInAttempt.objects.get(key__startswith="survey-qr:")
    assert counter.count == 40, "whoever is refused uses up nothing of the counter's day"


def test_the_page_asks_few_statements(invited: Any, client: Any) -> None:
    _, link = invited
    client.get(link)
    with CaptureQueriesContext(connection) as captured:
        client.get(link)
    assert len(captured) <= 4
    with CaptureQueriesContext(connection) as captured:
        client.post(link, FULL)
    assert len(captured) <= 14


def test_forms_need_their_token(invited: Any) -> None:
    from django.test import Client

    _, link = invited
    assert Client(enforce_csrf_checks=True).post(link, FULL).status_code == 403

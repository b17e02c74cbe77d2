"""A dossier sent to the wrong agency: who may put it right, what goes along, what stays, who sees it afterwards."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.change_competent import change_competent
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.end_opinion import answer_opinion
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import (
    Dossier,
    DossierEvent,
    DossierReach,
    DossierStep,
    FormerUnit,
    OpinionRequest,
)
from congvu.dossiers.queries.lists import ListFilter, dossier_page
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, a_place, an_actor, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.models import Unit
from congvu.organisation.tests.make import a_unit

pytestmark = pytest.mark.django_db
WHY = "Thẩm quyền của Sở Y tế theo NĐ 126/2024."


@pytest.fixture
def place() -> Place:
    return a_place()


def health() -> Unit:
    return Unit.objects.get(code="H99.09")


def handed(place: Place, day: str = "2026-11-16") -> int:
    made = place.received(f"{day} 08:00")
    hand_over([made.id], by=place.clerk, at=at(f"{day} 09:00")).only()
    return made.id


def sees(actor: Actor, dossier: int) -> bool:
    page = dossier_page(visible_to(actor, date(2026, 11, 20)), ListFilter(on=date(2026, 11, 20)))
    return dossier in [row.id for row in page.rows]


def test_the_open_step_goes_along_with_its_own_term_and_the_promise_stays(place: Place) -> None:
    one, right = handed(place), health()
    before = Dossier.objects.get(pk=one)
    change_competent([one], right.pk, WHY, by=place.clerk, at=at("2026-11-18 10:00")).only()
    after = Dossier.objects.get(pk=one)
    assert after.competent_unit_id == right.pk
    assert (after.due_on, after.status, after.receiving_unit_id, after.code) == (
        before.due_on,
        before.status,
        before.receiving_unit_id,
        before.code,
    )
    received, handling = DossierStep.objects.filter(dossier_id=one).order_by("position")
    assert (received.unit_id, received.state) == (place.centre.pk, 2)
    assert (handling.unit_id, handling.state, handling.due_on) == (right.pk, 1, date(2026, 11, 20))


def test_the_new_agency_sees_and_handles_it_and_the_old_one_no_longer(place: Place) -> None:
    one, right = handed(place), health()
    newcomer = an_actor(9, "Võ Y Tế", "specialist", right)
    assert sees(place.specialist, one) and not sees(newcomer, one)
    change_competent([one], right.pk, WHY, by=place.clerk, at=at("2026-11-18 10:00")).only()
    assert sees(newcomer, one) and not sees(place.specialist, one)
    assert sees(place.clerk, one) and sees(place.police_officer, one)
    with pytest.raises(Refused):
        complete_step([one], by=place.specialist, at=at("2026-11-18 11:00")).only()
    complete_step([one], "Đủ điều kiện", by=newcomer, at=at("2026-11-18 11:00")).only()


def test_an_agency_that_has_worked_on_it_still_sees_what_it_did(place: Place) -> None:
    one = handed(place)
    complete_step([one], by=place.specialist, at=at("2026-11-17 09:00")).only()
    change_competent([one], health().pk, WHY, by=place.clerk, at=at("2026-11-18 10:00")).only()
    assert sees(place.specialist, one)
    kept = DossierStep.objects.get(dossier_id=one, state=1)
    assert kept.unit_id == place.police.pk, "the open step belongs to an agency the process names"


def test_it_is_in_the_history_and_in_the_audit_log_with_both_names(place: Place) -> None:
    one = handed(place)
    change_competent([one], health().pk, WHY, by=place.clerk, at=at("2026-11-18 10:00")).only()
    event = DossierEvent.objects.filter(dossier_id=one).latest("id")
    assert (event.verb, event.reason, event.status_from, event.status_to, event.office_id) == (
        "change_competent", WHY, 4, 4, place.centre.pk,
    )  # fmt: skip
    entry = AuditEntry.objects.filter(object_kind="dossier", object_id=one).latest("id")
    assert (entry.verb, entry.actor_name, entry.why) == ("change_competent", "Trần Một Cửa", WHY)
    assert entry.before == {"competent_unit": "Sở Nội vụ (H99.08)"}
    assert entry.after == {"competent_unit": "Sở Y tế (H99.09)"}


def test_statistics_of_an_earlier_day_can_still_be_told_whose_it_was(place: Place) -> None:
    one, moved = handed(place), at("2026-11-18 10:00")
    was = Dossier.objects.get(pk=one).competent_unit_id
    change_competent([one], health().pk, WHY, by=place.clerk, at=moved).only()
    assert [(f.unit_id, f.tier, f.until) for f in FormerUnit.objects.filter(dossier=one)] == [
        (was, "TINH", moved)
    ]


def test_one_registered_online_and_one_waiting_are_moved_too(place: Place) -> None:
    one, right = handed(place), health()
    request_supplement([one], "Thiếu đơn.", by=place.specialist, at=at("2026-11-17 09:00")).only()
    due = DossierStep.objects.get(dossier_id=one, state=1).due_on
    change_competent([one], right.pk, WHY, by=place.clerk, at=at("2026-11-18 10:00")).only()
    step = DossierStep.objects.get(dossier_id=one, state=1)
    assert (step.unit_id, step.due_on) == (right.pk, due), (
        "the clock stands: its term begins anew when it runs"
    )
    resume([one], by=place.clerk, at=at("2026-11-19 10:00")).only()
    assert DossierStep.objects.get(dossier_id=one, state=1).due_on == date(2026, 11, 23)


@pytest.mark.parametrize("who", ["specialist", "leader", "auditor", "admin", "police_officer", "chairman"])
def test_only_the_clerk_or_leader_of_the_receiving_unit_may(place: Place, who: str) -> None:
    one = handed(place)
    with pytest.raises(Refused):
        change_competent([one], health().pk, WHY, by=getattr(place, who), at=at("2026-11-18 10:00")).only()
    assert Dossier.objects.get(pk=one).competent_unit_id == place.home_affairs.pk
    head = an_actor(9, "Trưởng một cửa", "leader", place.centre)
    change_competent([one], health().pk, WHY, by=head, at=at("2026-11-18 10:00")).only()


def test_what_is_refused_says_why(place: Place) -> None:
    one, ended, right = handed(place), handed(place), health().pk
    withdraw([ended], "Rút.", by=place.specialist, at=at("2026-11-17 09:00")).only()
    gone = a_unit("H99.77", "Đơn vị chưa lập", since=date(2027, 1, 1))

    def refusal(dossier: int, unit: int, why: str = WHY, **more: Any) -> str:
        with pytest.raises(Refused) as told:
            change_competent([dossier], unit, why, by=place.clerk, at=at("2026-11-18 10:00"), **more).only()
        return told.value.what

    assert "Chưa ghi lý do" in refusal(one, right, "  ")
    assert "dài 5000 ký tự" in refusal(one, right, "x" * 5000)
    assert "không hoạt động" in refusal(one, gone.pk)
    assert "không hoạt động" in refusal(one, 10**9)
    assert "đã thuộc cơ quan này" in refusal(one, place.home_affairs.pk)
    assert "Công dân yêu cầu rút" in refusal(ended, right)
    assert "Không tìm thấy" in refusal(10**9, right)
    assert "dữ liệu trên màn hình đã cũ" in refusal(one, right, seen={one: 1})


def test_a_set_is_moved_in_as_many_statements_as_one(place: Place) -> None:
    few, many, right = [handed(place)], [handed(place) for _ in range(30)], health().pk

    def statements(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as captured:
            outcome = change_competent(ids, right, WHY, by=place.clerk, at=at("2026-11-18 10:00"))
        assert len(outcome.done) == len(ids)
        return len(captured)

    statements([handed(place)])  # processes and calendars are kept after the first
    assert statements(few) == statements(many) <= 4
    assert DossierReach.objects.filter(unit_id=right, dossier_id__in=many).count() == 30


def test_the_screen_offers_it_to_the_clerk_and_does_it(office: Office) -> None:
    place, right = office.place, health()
    one = place.received("2026-11-18 08:00")
    page = f"/ho-so/{one.code}/viec/doi-co-quan/"
    client = office.enter(place.clerk)
    assert "Đổi cơ quan giải quyết" in client.get(f"/ho-so/{one.code}/").content.decode()
    form = client.get(page).content.decode()
    assert "Sở Y tế" in form and "hạn riêng, ngày đã hẹn giữ nguyên" in form
    kept = client.post(page, {"unit": right.pk, "reason": "", "seen": "1"})
    assert kept.status_code == 422 and f'value="{right.pk}" selected' in kept.content.decode()
    done = client.post(page, {"unit": right.pk, "reason": "<b>Sai</b> thẩm quyền", "seen": "1"}, follow=True)
    told = done.content.decode()
    assert "Đã đổi cơ quan giải quyết." in told and "&lt;b&gt;Sai&lt;/b&gt; thẩm quyền" in told
    again = client.post(page, {"unit": right.pk, "reason": "Sai", "seen": "1"})
    assert again.status_code == 422 and "dữ liệu trên màn hình đã cũ" in again.content.decode()
    other = office.enter(place.police_officer).get(page).content.decode()
    assert "Việc của công chức một cửa hoặc lãnh đạo nơi tiếp nhận." in other


def test_open_opinions_go_with_the_step_and_the_agency_asked_does_not_ask_itself(place: Place) -> None:
    one, right = handed(place), health()
    asked = [place.police.pk, right.pk]
    ask_opinion(
        [one], asked, "Có ý kiến?", date(2026, 11, 25), by=place.specialist, at=at("2026-11-17 08:00")
    ).only()
    answered = OpinionRequest.objects.get(asked_unit=place.police)
    change_competent([one], right.pk, WHY, by=place.clerk, at=at("2026-11-18 10:00")).only()
    answered.refresh_from_db()
    assert (answered.asking_unit_id, answered.withdrawn_at) == (right.pk, None)
    moot = OpinionRequest.objects.get(asked_unit=right)
    assert (moot.asking_unit_id, moot.withdrawn_by) == (place.home_affairs.pk, place.clerk.account_id)
    assert moot.withdrawn_why == f"Hồ sơ đã chuyển về chính cơ quan được hỏi: {WHY}"
    answer_opinion([answered.pk], "Thống nhất.", by=place.police_officer, at=at("2026-11-19 09:00")).only()
    answered.refresh_from_db()
    assert answered.answer == "Thống nhất."
    kept = OpinionRequest.objects.get(pk=answered.pk)
    change_competent([one], place.home_affairs.pk, WHY, by=place.clerk, at=at("2026-11-19 10:00")).only()
    assert (
        OpinionRequest.objects.get(pk=kept.pk).asking_unit_id == right.pk
    )  # what is answered stays as it was asked


def test_an_agency_that_owes_an_answer_still_sees_the_dossier(place: Place) -> None:
    one, right = handed(place), health()
    change_competent([one], right.pk, WHY, by=place.clerk, at=at("2026-11-17 08:00")).only()
    officer = an_actor(31, "Chuyên viên Y tế", "specialist", right)
    ask_opinion(
        [one], [place.home_affairs.pk], "Ý kiến?", date(2026, 11, 25), by=officer, at=at("2026-11-17 09:00")
    ).only()
    third = a_unit("H99.10", "Sở Giáo dục và Đào tạo", place.province)
    change_competent([one], third.pk, WHY, by=place.clerk, at=at("2026-11-18 08:00")).only()
    assert sees(place.specialist, one) and not sees(officer, one)
    request = OpinionRequest.objects.get(dossier_id=one)
    assert request.asking_unit_id == third.pk
    answer_opinion([request.pk], "Thống nhất.", by=place.specialist, at=at("2026-11-19 09:00")).only()

"""A dossier through its verbs: what each does, and what each refuses."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.actions.attach import attach
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.correct import correct
from congvu.dossiers.actions.extend import extend
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refuse import refuse
from congvu.dossiers.actions.register_online import register_online
from congvu.dossiers.actions.request_payment import request_payment
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent, DossierPause, DossierStep
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return a_place()


def handed(place: Place, when: str = "2026-11-02 09:00") -> int:
    made = place.received(when)
    hand_over([made.id], by=place.clerk, at=at("2026-11-02 10:00")).only()
    return made.id


def finished(place: Place) -> int:
    one = handed(place)
    complete_step([one], "Đủ điều kiện", by=place.specialist, at=at("2026-11-03 09:00")).only()
    complete_step([one], by=place.police_officer, at=at("2026-11-04 09:00")).only()
    finish(
        [one],
        ResultIn("Quyết định", "15/QĐ-UBND", date(2026, 11, 5), "Vũ Chủ Tịch"),
        by=place.chairman,
        at=at("2026-11-05 09:00"),
    ).only()
    return one


def test_a_dossier_goes_through_three_agencies_and_is_returned(place: Place) -> None:
    one = finished(place)
    return_result([one], "Nguyễn Thị Mẫu", by=place.clerk, at=at("2026-11-12 09:00")).only()
    kept = Dossier.objects.get(pk=one)
    assert (kept.status, kept.ended_on, kept.delivery, kept.version) == (10, date(2026, 11, 5), 2, 6)
    assert kept.returned_at == at("2026-11-12 09:00")
    assert list(DossierStep.objects.filter(dossier=one).values_list("state", flat=True)) == [2] * 5
    verbs = list(DossierEvent.objects.filter(dossier=one).order_by("id").values_list("verb", "status_to"))
    assert verbs == [
        ("receive", 2), ("hand_over", 4), ("complete_step", 4), ("complete_step", 4), ("finish", 9), ("return_result", 10),
    ]  # fmt: skip


def test_a_result_is_not_returned_before_the_dossier_is_finished(place: Place) -> None:
    with pytest.raises(Refused, match="không thể chuyển sang «Đã trả kết quả»"):
        return_result([handed(place)], by=place.clerk, at=at("2026-11-03 09:00")).only()


def test_each_step_has_its_own_clock(place: Place) -> None:
    one = handed(place)
    step = DossierStep.objects.get(dossier=one, state=1)
    assert (step.name, step.due_on) == ("Thẩm định", date(2026, 11, 4))


def test_another_agency_may_not_complete_the_step(place: Place) -> None:
    with pytest.raises(Refused, match="thuộc đơn vị hoặc vai trò khác"):
        complete_step([handed(place)], by=place.police_officer, at=at("2026-11-03 09:00")).only()


def test_who_may_not_see_a_dossier_cannot_act_on_it(place: Place) -> None:
    for actor in (place.stranger_clerk, place.admin, Actor()):
        with pytest.raises(Refused, match="Không tìm thấy"):
            complete_step([handed(place)], by=actor, at=at("2026-11-03 09:00")).only()


def test_who_only_sees_a_dossier_does_nothing_to_it(place: Place) -> None:
    one = handed(place)
    when = at("2026-11-03 09:00")
    refused = [
        request_supplement([one], "Giấy", by=place.auditor, at=when),
        request_payment([one], "Phí", by=place.auditor, at=when),
        stop([one], "Lý do", by=place.auditor, at=when),
        withdraw([one], "Lý do", by=place.auditor, at=when),
        extend([one], date(2026, 11, 16), "Lý do", by=place.auditor, at=when),
    ]
    assert ["chỉ được xem" in outcome.refused[0].refusal.what for outcome in refused] == [True] * 5
    with pytest.raises(Refused, match="chỉ được xem"):
        attach(one, PaperIn("Giấy"), by=place.auditor, at=when)


def test_the_last_step_is_finished_not_completed(place: Place) -> None:
    one = handed(place)
    complete_step([one], by=place.specialist, at=at("2026-11-03 09:00")).only()
    with pytest.raises(Refused, match="Còn bước"):
        finish([one], by=place.chairman, at=at("2026-11-03 10:00")).only()
    complete_step([one], by=place.police_officer, at=at("2026-11-04 09:00")).only()
    with pytest.raises(Refused, match="bước giải quyết cuối cùng"):
        complete_step([one], by=place.chairman, at=at("2026-11-05 09:00")).only()


def test_parallel_agencies_join_before_the_signature() -> None:
    place = a_place(parallel=True)
    one = handed(place)
    assert DossierStep.objects.filter(dossier=one, state=1).count() == 2
    complete_step([one], by=place.police_officer, at=at("2026-11-03 09:00")).only()
    assert list(DossierStep.objects.filter(dossier=one, state=1).values_list("name", flat=True)) == [
        "Thẩm định"
    ]
    complete_step([one], by=place.specialist, at=at("2026-11-03 10:00")).only()
    assert list(DossierStep.objects.filter(dossier=one, state=1).values_list("name", flat=True)) == [
        "Ký quyết định"
    ]


def test_a_supplement_restarts_the_term_by_the_law(place: Place) -> None:
    """Law-and-practice 12.1: received 02/11/2026, asked 06/11, complete 09/11; here with a term of 5 working days."""
    one = handed(place)
    request_supplement([one], "Bản sao điều lệ", by=place.specialist, at=at("2026-11-06 09:00")).only()
    assert Dossier.objects.get(pk=one).status == 5
    resume([one], by=place.clerk, at=at("2026-11-09 09:00")).only()
    kept = Dossier.objects.get(pk=one)
    assert (kept.status, kept.due_first, kept.due_on) == (4, date(2026, 11, 9), date(2026, 11, 16))
    pause = DossierPause.objects.get(dossier=one)
    assert (pause.kind, pause.ended_at) == ("supplement", at("2026-11-09 09:00"))
    assert DossierStep.objects.get(dossier=one, state=1).due_on == date(2026, 11, 11)


def test_a_second_supplement_needs_a_reason_and_is_flagged(place: Place) -> None:
    one = handed(place)
    request_supplement([one], "A", by=place.specialist, at=at("2026-11-03 09:00")).only()
    resume([one], by=place.clerk, at=at("2026-11-04 09:00")).only()
    with pytest.raises(Refused, match="đã được yêu cầu bổ sung một lần"):
        request_supplement([one], "B", by=place.specialist, at=at("2026-11-05 09:00")).only()
    request_supplement(
        [one], "B", second_reason="Luật mới", by=place.specialist, at=at("2026-11-05 09:00")
    ).only()
    assert Dossier.objects.get(pk=one).flagged


def test_a_paused_dossier_passes_no_step(place: Place) -> None:
    one = handed(place)
    request_payment([one], "Lệ phí 100.000 đồng", by=place.specialist, at=at("2026-11-03 09:00")).only()
    with pytest.raises(Refused, match="chưa chuyển bước được"):
        complete_step([one], by=place.specialist, at=at("2026-11-03 10:00")).only()
    resume([one], by=place.clerk, at=at("2026-11-04 09:00")).only()
    assert Dossier.objects.get(pk=one).money == 2


def test_what_waits_is_not_handed_over_and_what_was_just_received_is_not_resumed(place: Place) -> None:
    waiting, fresh = handed(place), place.received("2026-11-02 09:00").id
    request_payment([waiting], "Lệ phí", by=place.specialist, at=at("2026-11-03 09:00")).only()
    with pytest.raises(Refused, match="nghĩa vụ tài chính"):
        hand_over([waiting], by=place.leader, at=at("2026-11-03 10:00")).only()
    with pytest.raises(Refused, match="Được tiếp nhận"):
        resume([fresh], by=place.clerk, at=at("2026-11-03 10:00")).only()


@pytest.mark.parametrize(
    ("when", "new", "says"),
    [
        ("2026-11-06 09:00", date(2026, 11, 16), None),
        ("2026-11-09 09:00", date(2026, 11, 16), "Đã quá ngày cuối"),
        ("2026-11-05 09:00", date(2026, 11, 9), "phải sau"),
        ("2026-11-05 09:00", date(2026, 11, 15), "ngày nghỉ"),
    ],
)
def test_an_extension_comes_one_working_day_before_the_due_day(
    place: Place, when: str, new: date, says: str | None
) -> None:
    one = handed(place)  # due Monday 09/11/2026
    outcome = extend([one], new, "Chờ ý kiến", by=place.leader, at=at(when))
    if says is None:
        assert outcome.only().due_on == new
        with pytest.raises(Refused, match="đã hẹn lại một lần"):
            extend([one], date(2026, 11, 20), "Nữa", by=place.leader, at=at("2026-11-10 09:00")).only()
    else:
        assert says in outcome.refused[0].refusal.what


def test_a_stopped_dossier_goes_on_or_goes_back(place: Place) -> None:
    going_on, going_back = handed(place), handed(place)
    stop([going_on, going_back], "Có đơn tranh chấp", by=place.leader, at=at("2026-11-03 09:00"))
    resume([going_on], by=place.leader, at=at("2026-11-05 09:00")).only()
    return_result([going_back], by=place.clerk, at=at("2026-11-05 09:00")).only()
    assert list(Dossier.objects.order_by("id").values_list("status", "ended_on")) == [
        (4, None),
        (10, date(2026, 11, 5)),
    ]


def test_a_withdrawn_dossier_ends(place: Place) -> None:
    one = handed(place)
    withdraw([one], "Đơn xin rút ngày 03/11", by=place.clerk, at=at("2026-11-03 09:00")).only()
    kept = Dossier.objects.get(pk=one)
    assert (kept.status, kept.ended_on) == (7, date(2026, 11, 3))
    assert not DossierStep.objects.filter(dossier=one, state__in=(0, 1)).exists()


def test_an_online_request_is_received_refused_or_sent_back(place: Place) -> None:
    citizen = Actor(9, "Nguyễn Thị Mẫu", "mau", "099190000123", (Held("citizen", None),))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO identity_account (id, username, name, citizen_number, is_active, password, created_at)"
            " VALUES (9, 'mau', 'M', '', true, '', now())"
        )
    intakes = [place.intake(channel=2, owner_account_id=9) for _ in range(3)]
    made = register_online(intakes, by=citizen, at=at("2026-11-20 20:00"))
    assert [one.code for one in made] == [None] * 3
    ids = [one.id for one in made]
    outcome = receive_registered(ids[:1], by=place.clerk, at=at("2026-11-23 08:00"))
    assert outcome.only().code == "H99.01-261123-0001"
    refuse(ids[1:2], "Không thuộc thẩm quyền", by=place.clerk, at=at("2026-11-23 08:00")).only()
    request_supplement(ids[2:], "Thiếu đơn", by=place.clerk, at=at("2026-11-23 08:00")).only()
    assert (
        receive_registered(ids[2:], by=place.clerk, at=at("2026-11-25 08:00")).only().code
        == "H99.01-261125-0001"
    )
    assert list(Dossier.objects.order_by("id").values_list("status", "due_on")) == [
        (2, date(2026, 12, 1)), (3, None), (4, date(2026, 12, 2)),
    ]  # fmt: skip


def test_a_stale_form_is_refused(place: Place) -> None:
    one = handed(place)
    with pytest.raises(Refused, match="vừa được người khác xử lý"):
        complete_step([one], by=place.specialist, at=at("2026-11-03 09:00"), seen={one: 1}).only()
    complete_step([one], by=place.specialist, at=at("2026-11-03 09:00"), seen={one: 2}).only()


def test_a_correction_is_a_new_dossier_linked_to_the_old(place: Place) -> None:
    one = finished(place)
    intake = place.intake()
    with pytest.raises(Refused, match="đã trả kết quả"):
        correct(one, "Sai tên", intake.intake_key, by=place.clerk, at=at("2026-11-06 09:00"))
    return_result([one], by=place.clerk, at=at("2026-11-06 09:00")).only()
    made = correct(one, "Sai tên", intake.intake_key, by=place.clerk, at=at("2026-11-09 09:00"))
    assert Dossier.objects.get(pk=made.id).corrects_id == one


def test_five_hundred_dossiers_take_as_many_statements_as_one(place: Place) -> None:
    ids = [place.received("2026-11-02 09:00").id for _ in range(30)]
    with CaptureQueriesContext(connection) as queries:
        outcome = hand_over([*ids, 10**9], by=place.clerk, at=at("2026-11-02 10:00"))
    assert (len(queries), len(outcome.done), len(outcome.refused)) == (2, 30, 1)


def test_a_set_does_what_it_can_and_says_the_rest(place: Place) -> None:
    ready, waiting = handed(place), place.received("2026-11-02 09:00").id
    outcome = complete_step([ready, waiting], by=place.specialist, at=at("2026-11-03 09:00"))
    assert [one.dossier_id for one in outcome.done] == [ready]
    assert "Được tiếp nhận" in outcome.refused[0].refusal.what

"""Opinions of other agencies, visits on the spot, guidance to the citizen: asked, answered, late, withdrawn, recorded."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.end_opinion import answer_opinion, withdraw_opinion
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.record_guidance import record_guidance
from congvu.dossiers.actions.record_visit import VisitIn, record_visit
from congvu.dossiers.models import DossierEvent, DossierStep, FieldVisit, Guidance, OpinionRequest
from congvu.dossiers.queries.opinions import opinion, opinion_work, opinions_of
from congvu.dossiers.rules.handling import GuidanceWay, OpinionState, opinion_state
from congvu.dossiers.tests.make import Place, a_place, an_actor, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.models import Unit

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 5)
ASKED = at("2026-11-03 09:00")


@pytest.fixture
def place() -> Place:
    return a_place()


def far_unit() -> Unit:
    return Unit.objects.get(code="H99.09")


def doctor() -> Actor:
    return an_actor(11, "Mai Y Tế", "specialist", far_unit())


def handed(place: Place, count: int = 1) -> list[int]:
    ids = [place.received("2026-11-02 09:00").id for _ in range(count)]
    hand_over(ids, by=place.clerk, at=at("2026-11-02 10:00"))
    return ids


def asked(place: Place, due: date = DUE) -> int:
    """A request to the department of health; its id."""
    one = handed(place)
    ask_opinion(one, [far_unit().pk], "Có ý kiến về điều 3.", due, by=place.specialist, at=ASKED).only()
    return OpinionRequest.objects.get(dossier_id=one[0]).pk


def test_the_unit_asked_sees_the_dossier_and_answers(place: Place) -> None:
    one = handed(place)
    stranger = doctor()
    assert opinions_of(visible_to(stranger, DUE), one[0]) == []
    with pytest.raises(Refused, match="Không tìm thấy"):
        complete_step(one, by=stranger, at=ASKED).only()
    ask_opinion(one, [far_unit().pk, place.police.pk], " Điều 3? ", DUE, by=place.specialist, at=ASKED).only()
    sight = visible_to(stranger, DUE)
    rows = opinions_of(sight, one[0])
    assert {(row.asked_unit_id, row.content, row.state(DUE)) for row in rows} == {
        (far_unit().pk, "Điều 3?", OpinionState.WAITING), (place.police.pk, "Điều 3?", OpinionState.WAITING),
    }  # fmt: skip
    mine = opinion_work(stranger.units(), (), sight, DUE).asked
    assert [(row.dossier_id, row.asked_by) for row in mine] == [(one[0], "")]
    answer_opinion([mine[0].id], "Thống nhất.", by=stranger, at=at("2026-11-05 16:59")).only()
    kept = opinion(sight, mine[0].id)
    assert (kept.answer, kept.state(date(2027, 1, 1))) == ("Thống nhất.", OpinionState.ANSWERED)
    assert opinion_work(stranger.units(), (), sight, DUE).asked == []
    verbs = list(DossierEvent.objects.filter(dossier_id=one[0]).order_by("id").values_list("verb", "step"))
    assert verbs[-2:] == [("ask_opinion", 2), ("answer_opinion", 2)]
    assert AuditEntry.objects.filter(object_id=one[0], verb="answer_opinion", actor_id=11).count() == 1


def test_the_step_and_the_clock_do_not_move_while_others_think(place: Place) -> None:
    one = handed(place)
    before = DossierStep.objects.filter(dossier_id=one[0]).values_list("position", "state", "due_on")
    kept = list(before)
    ask_opinion(one, [far_unit().pk], "Điều 3?", DUE, by=place.specialist, at=ASKED).only()
    assert list(before.all()) == kept
    complete_step(one, by=place.specialist, at=at("2026-11-04 09:00")).only()


def test_an_overdue_answer_reaches_the_asker_and_the_one_stop(place: Place) -> None:
    asked(place)
    late = date(2026, 11, 6)

    def work(actor: Actor, on: date) -> tuple[int, int, int]:
        found = opinion_work(actor.units(), actor.units("clerk"), visible_to(actor, on), on)
        return len(found.asked), len(found.owed), len(found.watched)

    assert work(place.specialist, DUE) == (0, 0, 0) and work(place.clerk, DUE) == (0, 0, 0)
    assert work(place.specialist, late) == (0, 1, 0)
    assert work(place.clerk, late) == (0, 0, 1)
    assert work(doctor(), late) == (1, 0, 0)
    assert work(place.police_officer, late) == (0, 0, 0)
    answer_opinion([OpinionRequest.objects.get().pk], "Chậm.", by=doctor(), at=at("2026-11-06 08:00")).only()
    assert work(place.clerk, late) == (0, 0, 0)
    assert (
        opinion(visible_to(place.clerk, late), OpinionRequest.objects.get().pk).state(late) == "answered_late"
    )


def test_the_due_day_itself_is_in_time() -> None:
    assert opinion_state(DUE, None, False, DUE) == OpinionState.WAITING
    assert opinion_state(DUE, None, False, date(2026, 11, 6)) == OpinionState.OVERDUE
    assert opinion_state(DUE, DUE, False, date(2027, 1, 1)) == OpinionState.ANSWERED
    assert opinion_state(DUE, None, True, date(2027, 1, 1)) == OpinionState.WITHDRAWN


def test_a_request_is_withdrawn_by_who_asked_and_may_be_asked_anew(place: Place) -> None:
    request = asked(place)
    dossier = OpinionRequest.objects.get().dossier_id
    with pytest.raises(Refused, match="đang có một yêu cầu chưa trả lời"):
        ask_opinion([dossier], [far_unit().pk], "Lại", DUE, by=place.specialist, at=ASKED).only()
    with pytest.raises(Refused, match="Chỉ đơn vị đã hỏi"):
        withdraw_opinion([request], "Không cần nữa", by=doctor(), at=ASKED).only()
    withdraw_opinion([request], "Không cần nữa", by=place.specialist, at=ASKED).only()
    with pytest.raises(Refused, match="đã được rút"):
        answer_opinion([request], "Muộn rồi", by=doctor(), at=ASKED).only()
    ask_opinion([dossier], [far_unit().pk], "Lại", DUE, by=place.specialist, at=ASKED).only()
    assert OpinionRequest.objects.filter(withdrawn_at=None).count() == 1


def test_only_the_unit_asked_or_its_leader_answers(place: Place) -> None:
    request = asked(place)
    for other in (place.specialist, place.clerk):
        with pytest.raises(Refused, match="hỏi đơn vị khác"):
            answer_opinion([request], "Ý kiến", by=other, at=ASKED).only()
    with pytest.raises(Refused, match="chỉ được xem"):
        answer_opinion([request], "Ý kiến", by=place.auditor, at=ASKED).only()
    answer_opinion([request], "Ý kiến", by=place.chairman, at=ASKED).only()
    with pytest.raises(Refused, match="đã được trả lời"):
        answer_opinion([request], "Nữa", by=doctor(), at=ASKED).only()


@pytest.mark.parametrize(
    ("units", "content", "due", "why"),
    [
        ("none", "Điều 3?", DUE, "Chưa chọn cơ quan"),
        ("far", "  ", DUE, "Chưa ghi nội dung"),
        ("far", "Điều 3?", date(2026, 11, 2), "đã qua"),
        ("far", "Điều 3?", date(2026, 11, 8), "ngày nghỉ"),
        ("own", "Điều 3?", DUE, "chính đơn vị"),
        ("unknown", "Điều 3?", DUE, "không hoạt động"),
        ("many", "Điều 3?", DUE, "nhiều nhất"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    place: Place, units: str, content: str, due: date, why: str
) -> None:
    chosen = {
        "none": [], "far": [far_unit().pk], "own": [place.home_affairs.pk], "unknown": [10**9], "many": list(range(1, 30)),
    }[units]  # fmt: skip
    with pytest.raises(Refused, match=why):
        ask_opinion(handed(place), chosen, content, due, by=place.specialist, at=ASKED).only()
    assert OpinionRequest.objects.count() == 0


def test_who_holds_no_open_step_asks_nothing(place: Place) -> None:
    one = handed(place)
    with pytest.raises(Refused, match="thuộc đơn vị hoặc vai trò khác"):
        ask_opinion(one, [far_unit().pk], "Điều 3?", DUE, by=place.police_officer, at=ASKED).only()
    waiting = place.received("2026-11-02 09:30").id
    with pytest.raises(Refused, match="chưa lấy ý kiến được"):
        ask_opinion([waiting], [far_unit().pk], "Điều 3?", DUE, by=place.clerk, at=ASKED).only()


def test_sets_take_the_same_number_of_statements(place: Place) -> None:
    def count(ids: list[int]) -> list[int]:
        found = []
        with CaptureQueriesContext(connection) as asking:
            ask_opinion(ids, [far_unit().pk], "Điều 3?", DUE, by=place.specialist, at=ASKED)
        requests = list(OpinionRequest.objects.filter(dossier_id__in=ids).values_list("pk", flat=True))
        assert len(requests) == len(ids)
        with CaptureQueriesContext(connection) as answering:
            answer_opinion(requests, "Thống nhất.", by=doctor(), at=ASKED)
        with CaptureQueriesContext(connection) as telling:
            record_guidance(ids, "Nộp thêm đơn.", "Bà Mẫu", by=place.clerk, at=ASKED)
        for one in (asking, answering, telling):
            found.append(sum(1 for q in one.captured_queries if "SAVEPOINT" not in q["sql"]))
        return found

    count(handed(place))
    assert count(handed(place)) == count(handed(place, 60))


def test_a_visit_and_guidance_are_kept_with_who_when_where(place: Place) -> None:
    one = handed(place)
    visit = VisitIn(date(2026, 11, 3), "Thôn 2", "Lê Chuyên Viên, đại diện UBND xã", "Đúng hiện trạng.")
    record_visit(one, visit, by=place.specialist, at=at("2026-11-04 08:00")).only()
    record_guidance(
        one, "Kê khai lại mục 5.", "Bà Mẫu", way=GuidanceWay.PHONE, by=place.clerk, at=at("2026-11-04 09:00")
    ).only()
    kept, told = FieldVisit.objects.get(), Guidance.objects.get()
    assert (kept.unit_id, kept.visited_on, kept.recorded_by) == (place.home_affairs.pk, date(2026, 11, 3), 2)
    assert (told.unit_id, told.told_to, told.way, told.given_by) == (
        place.centre.pk,
        "Bà Mẫu",
        "dien-thoai",
        1,
    )
    reasons = dict(DossierEvent.objects.filter(dossier_id=one[0]).values_list("verb", "reason"))
    assert reasons["record_visit"] == "03/11/2026, Thôn 2: Đúng hiện trạng."
    assert reasons["record_guidance"] == "Bà Mẫu, qua điện thoại: Kê khai lại mục 5."
    with pytest.raises(Refused, match="chưa tới"):
        record_visit(one, replace(visit, visited_on=date(2026, 11, 9)), by=place.specialist, at=ASKED).only()
    with pytest.raises(Refused, match="Chưa ghi nơi thẩm tra"):
        record_visit(one, replace(visit, place=" "), by=place.specialist, at=ASKED).only()
    with pytest.raises(Refused, match="trước ngày nộp"):
        record_visit(one, replace(visit, visited_on=date(2026, 10, 1)), by=place.specialist, at=ASKED).only()
    with pytest.raises(Refused, match="Chưa ghi nội dung"):
        record_guidance(one, "", "Bà Mẫu", by=place.clerk, at=ASKED)

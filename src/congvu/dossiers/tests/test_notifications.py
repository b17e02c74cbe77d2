"""Notifications: told in time or late, objected to within the term, accepted by silence after it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.actions.accept_by_silence import accept_all_silent, accept_by_silence
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.models import Dossier, DossierEvent, DossierNotification, DossierResult, DossierStep
from congvu.dossiers.rules.notification import latest_day, silence_counts, timing
from congvu.dossiers.rules.status import Status, Verdict
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, a_place, a_version, at
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.queries import calendar_now
from congvu.procedures.actions.set_notification_rule import NotificationIn, set_notification_rule
from congvu.procedures.models import NotificationRule, Procedure, ProcedureVersion

START, TERM = at("2026-11-20 09:00"), (3, "NGAY_LAM_VIEC")
RULE = NotificationIn(
    "ngày tổ chức lễ hội", 20, "NGAY", "TRUOC", "Luật 02/2016/QH14, Điều 13", "TXT", True, "quy định mẫu"
)


@pytest.fixture
def place(db: None) -> Place:
    return a_place()


def a_notification(rule: NotificationIn = RULE) -> ProcedureVersion:
    version = a_version("4.000001", name="Thông báo tổ chức lễ hội", term=TERM)
    Procedure.objects.filter(pk=version.procedure_id).update(nature="THONG_BAO")
    set_notification_rule(version.procedure_id, rule, date(2026, 1, 1), by=SYSTEM, at=START)
    return version


def told(
    place: Place, event: date = date(2026, 12, 31), rule: NotificationIn = RULE, *, handed: bool = True
) -> int:
    wanted = replace(place.intake(version_id=a_notification(rule).pk), event_on=event)
    made = receive([wanted], by=place.clerk, at=START)[0]
    if handed:
        hand_over([made.id], by=place.clerk, at=START).only()
    return made.id


@pytest.mark.parametrize(
    ("event", "side", "latest"),
    [
        (date(2026, 12, 31), "TRUOC", date(2026, 12, 11)),
        (date(2026, 11, 28), "TRUOC", date(2026, 11, 8)),  # a Sunday: a backward term does not roll
        (date(2026, 11, 2), "SAU", date(2026, 11, 23)),  # the 22nd is a Sunday: a forward one does
    ],
)
@pytest.mark.django_db
def test_the_last_lawful_day_stands_before_or_after_the_event(event: date, side: str, latest: date) -> None:
    assert latest_day(event, 20, "NGAY", side, calendar_now()) == latest


@pytest.mark.django_db
def test_late_is_told_in_days() -> None:
    late = timing(date(2026, 12, 5), date(2026, 11, 20), 20, "NGAY", "TRUOC", calendar_now())
    assert (late.latest, late.in_time, late.late_days) == (date(2026, 11, 15), False, 5)
    assert timing(date(2026, 12, 10), date(2026, 11, 20), 20, "NGAY", "TRUOC", calendar_now()).in_time


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_due_day_still_belongs_to_the_state(due: date, on: date) -> None:
    assert silence_counts(due, on, deemed=True) == (on > due)
    assert not silence_counts(due, on, deemed=False)
    assert not silence_counts(None, on, deemed=True)


@pytest.mark.parametrize("handed", [True, False])
def test_after_the_term_silence_accepts_on_the_due_day_whenever_it_is_written(
    place: Place, handed: bool
) -> None:
    made = told(place, handed=handed)
    assert not accept_all_silent(
        at=at("2026-11-26 00:20")
    ).done  # due on the 26th (the 24th is off): still the state's
    accept_all_silent(at=at("2026-11-30 00:20"))
    row = Dossier.objects.get(pk=made)
    assert (row.status, row.ended_on, row.due_on) == (Status.FINISHED, date(2026, 11, 26), date(2026, 11, 26))
    assert DossierResult.objects.get().verdict == Verdict.BY_SILENCE
    event = DossierEvent.objects.get(verb="accept_by_silence")
    assert "không có ý kiến" in event.reason
    assert not accept_all_silent(at=at("2026-12-01 00:20")).done
    assert DossierStep.objects.get(dossier=made, state=1).role == "RETURN"
    return_result([made], by=place.clerk, at=at("2026-12-01 09:00")).only()


def test_silence_says_nothing_where_the_law_does_not_say_so(place: Place) -> None:
    told(place, rule=replace(RULE, deemed=False, deemed_citation=""))
    assert not accept_all_silent(at=at("2027-01-30 00:20")).done


def test_a_notification_that_waits_for_papers_is_not_silent(place: Place) -> None:
    made = told(place)
    request_supplement([made], "Bổ sung danh sách", by=place.specialist, at=START).only()
    assert not accept_all_silent(at=at("2027-01-30 00:20")).done
    with pytest.raises(Refused, match="không thể chuyển"):
        accept_by_silence([made], by=SYSTEM, at=at("2027-01-30 00:20")).only()


def test_an_objection_comes_within_the_term_with_its_reason_or_not_at_all(place: Place) -> None:
    made = told(place)
    objection = ResultIn("Văn bản không chấp thuận", verdict=Verdict.REFUSED)
    with pytest.raises(Refused, match="Đã hết thời hạn có ý kiến"):
        finish([made], objection, "Trùng lễ hội khác", by=place.specialist, at=at("2026-11-27 08:00")).only()
    finish([made], objection, "Trùng lễ hội khác", by=place.specialist, at=at("2026-11-26 16:00")).only()
    assert DossierResult.objects.get().verdict == Verdict.REFUSED
    assert not accept_all_silent(at=at("2026-12-30 00:20")).done


def test_an_event_is_told_of_only_under_a_rule(place: Place) -> None:
    with pytest.raises(Refused, match="không phải thông báo"):
        receive([replace(place.intake(), event_on=date(2026, 12, 31))], by=place.clerk, at=START)
    assert not Dossier.objects.exists()


def test_a_rule_is_cited_is_of_a_notification_and_closes_the_one_before(place: Place) -> None:
    version = a_notification()
    with pytest.raises(Refused, match="Chưa ghi điều luật"):
        set_notification_rule(
            version.procedure_id, replace(RULE, citation=""), date(2026, 2, 1), by=SYSTEM, at=START
        )
    with pytest.raises(Refused, match="không phải thủ tục thông báo"):
        set_notification_rule(place.version.procedure_id, RULE, date(2026, 2, 1), by=SYSTEM, at=START)
    with pytest.raises(Refused, match="Chỉ quản trị danh mục"):
        set_notification_rule(version.procedure_id, RULE, date(2026, 2, 1), by=place.clerk, at=START)
    set_notification_rule(
        version.procedure_id, replace(RULE, n=30), date(2026, 2, 1), by=place.admin, at=START
    )
    assert list(NotificationRule.objects.order_by("id").values_list("n", "valid_to")) == [
        (20, date(2026, 2, 1)),
        (30, None),
    ]


def test_the_counter_asks_for_the_event_and_says_whether_it_is_in_time(office: Office) -> None:
    version, client = a_notification(), office.enter(office.place.clerk)
    data = {
        "khoa": "33333333-3333-4333-8333-333333333333", "phien-ban": str(version.pk), "name": "Nguyễn Thị Mẫu",
        "number": "099190000123", "giai-quyet": str(office.place.home_affairs.pk), "return_method": "0",
        "subject_kind": "1", "copies": "1",
    }  # fmt: skip
    asked = client.post("/tiep-nhan/", {**data, "viec": "nhan"})
    assert asked.status_code == 422
    assert "Ghi ngày tổ chức lễ hội" in asked.content.decode()
    shown = client.post("/tiep-nhan/", {**data, "viec": "tinh", "su-viec": "05/12/2026"}).content.decode()
    assert "là muộn" in shown
    answer = client.post("/tiep-nhan/", {**data, "viec": "nhan", "su-viec": "05/12/2026"})
    assert answer.status_code == 302
    assert DossierNotification.objects.get().event_on == date(2026, 12, 5)
    page = client.get(answer.headers["Location"].removesuffix("giay-tiep-nhan/")).content.decode()
    assert "Gửi muộn" in page
    assert "không có ý kiến thì thông báo được coi là chấp nhận" in page


def test_the_citizen_reads_what_silence_means(office: Office, counting: Any) -> None:
    wanted = replace(
        office.place.intake(version_id=a_notification().pk, owner_account_id=office.citizen.account_id),
        event_on=date(2026, 12, 31),
    )
    made = receive([wanted], by=office.place.clerk, at=START)[0]
    client = office.enter(office.citizen)
    with counting(8):
        page = client.get(f"/ho-so-cua-toi/{made.id}/").content.decode()
    assert "Gửi đúng hạn" in page
    assert "Nếu quá ngày" in page

"""Screens between agencies: asking, the work list of the unit asked, answering with a file, the head of the one-stop."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier, FieldVisit, Guidance, OpinionRequest
from congvu.dossiers.tests.conftest import Office, an_account
from congvu.dossiers.tests.make import an_actor, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor
from congvu.organisation.models import Unit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 y kien\n"


@pytest.fixture
def handled(office: Office) -> Dossier:
    made = office.place.received("2026-11-16 08:00")
    hand_over([made.id], by=office.place.clerk, at=at("2026-11-16 09:00"))
    return Dossier.objects.get(pk=made.id)


@pytest.fixture
def doctor(office: Office) -> Actor:
    made = an_actor(31, "Mai Y Tế", "specialist", Unit.objects.get(code="H99.09"))
    an_account(made)
    return made


def test_a_specialist_asks_and_the_other_agency_answers_with_a_file(
    office: Office, handled: Dossier, doctor: Actor
) -> None:
    asker, asked = office.enter(office.place.specialist), office.enter(doctor)
    page = f"/ho-so/{handled.code}/viec/xin-y-kien/"
    form = asker.get(page).content.decode()
    assert "Sở Y tế" in form and 'name="units"' in form and "Sở Nội vụ</label>" not in form
    empty = asker.post(page, {"seen": handled.version})
    assert empty.status_code == 422 and "Chưa nhập nội dung xin ý kiến" in empty.content.decode()
    sent = {
        "seen": handled.version,
        "units": [doctor.units()[0]],
        "content": "Điều <b>3</b>?",
        "due_on": "23/11/2026",
    }
    assert asker.post(page, sent).status_code == 302
    request = OpinionRequest.objects.get()
    assert asked.get(f"/ho-so/{handled.code}/").status_code == 200
    work = asked.get("/viec-cua-toi/").content.decode()
    assert "Điều &lt;b&gt;3&lt;/b&gt;?" in work and "Trước hết 23/11" in work
    answer = f"/y-kien/{request.pk}/"
    assert asked.post(answer, {"answer": " "}).status_code == 422
    file = SimpleUploadedFile("công văn.pdf", PDF)
    assert asked.post(answer, {"answer": "Thống nhất.", "tep": file}).status_code == 302
    shown = asker.get(f"/ho-so/{handled.code}/").content.decode()
    assert "Thống nhất." in shown and "công văn.pdf" in shown and "Mai Y Tế" in shown
    got = asker.get(f"/y-kien/{request.pk}/tep/")
    assert b"".join(got.streaming_content) == PDF  # type: ignore[attr-defined]
    assert AuditEntry.objects.filter(verb="read_file", object_id=handled.pk).count() == 1
    assert (
        "Sở Y tế" not in asked.get("/viec-cua-toi/").content.decode().split('id="viec"')[0].split("<main")[1]
    )
    again = asked.post(answer, {"answer": "Nữa"})
    assert again.status_code == 400 or "đã xong" in again.content.decode()


def test_an_overdue_answer_stands_before_the_head_of_the_one_stop(
    office: Office, handled: Dossier, doctor: Actor
) -> None:
    ask_opinion(
        [handled.pk], doctor.units(), "Điều 3?", date(2026, 11, 18), by=office.place.specialist, at=at("2026-11-17 09:00")
    ).only()  # fmt: skip
    for actor, words in (
        (office.place.clerk, "hồ sơ một cửa đã nhận đang chờ ý kiến quá hạn"),
        (office.place.specialist, "yêu cầu của đơn vị bạn quá hạn"),
        (doctor, "Có yêu cầu quá hạn"),
    ):
        client = office.enter(actor)
        assert words in client.get("/viec-cua-toi/").content.decode()
        assert "Quá hạn 18/11" in client.get("/y-kien/").content.decode()
    assert "Quá hạn 18/11" not in office.enter(office.place.police_officer).get("/y-kien/").content.decode()


def test_who_may_not_see_the_dossier_sees_neither_request_nor_file(
    office: Office, handled: Dossier, doctor: Actor
) -> None:
    ask_opinion(
        [handled.pk], [office.place.police.pk], "Điều 3?", date(2026, 11, 23), by=office.place.specialist,
        at=at("2026-11-17 09:00"),
    ).only()  # fmt: skip
    request = OpinionRequest.objects.get().pk
    client = office.enter(doctor)
    assert [client.get(f"/y-kien/{request}/{tail}").status_code for tail in ("", "tep/")] == [404, 404]
    assert client.post(f"/y-kien/{request}/", {"answer": "Tôi"}).status_code == 404
    auditor = office.enter(office.place.auditor)
    assert auditor.get(f"/y-kien/{request}/").status_code == 200
    auditor.post(f"/y-kien/{request}/", {"answer": "Tôi"})
    assert OpinionRequest.objects.get().answered_at is None


def test_the_asker_withdraws(office: Office, handled: Dossier, doctor: Actor) -> None:
    ask_opinion(
        [handled.pk], doctor.units(), "Điều 3?", date(2026, 11, 23), by=office.place.specialist, at=at("2026-11-17 09:00")
    ).only()  # fmt: skip
    page = f"/y-kien/{OpinionRequest.objects.get().pk}/"
    client = office.enter(office.place.specialist)
    assert "Rút yêu cầu" in client.get(page).content.decode()
    assert client.post(page, {"viec": "rut", "why": "Đã rõ"}).status_code == 302
    assert "Đã rõ" in client.get(page).content.decode()
    assert office.enter(doctor).get("/viec-cua-toi/").content.decode().count("Điều 3?") == 0


def test_visits_and_guidance_are_recorded_and_shown(office: Office, handled: Dossier) -> None:
    specialist, clerk = office.enter(office.place.specialist), office.enter(office.place.clerk)
    visit = {
        "seen": handled.version, "visited_on": "18/11/2026", "place": "Thôn 2", "people": "Lê Chuyên Viên", "findings": "Đúng.",
        "tep": SimpleUploadedFile("biên bản.pdf", PDF),
    }  # fmt: skip
    assert specialist.post(f"/ho-so/{handled.code}/viec/tham-tra/", visit).status_code == 302
    told = {"told_to": "Bà Mẫu", "way": "dien-thoai", "content": "Kê khai lại mục 5."}
    assert clerk.post(f"/ho-so/{handled.code}/viec/huong-dan/", told).status_code == 302
    page = clerk.get(f"/ho-so/{handled.code}/").content.decode()
    for words in ("Thôn 2", "biên bản.pdf", "Kê khai lại mục 5.", "Qua điện thoại"):
        assert words in page, words
    assert clerk.get(f"/tham-tra/{FieldVisit.objects.get().pk}/tep/").status_code == 200
    assert Guidance.objects.get().given_by == office.place.clerk.account_id


def test_the_pages_ask_the_database_at_most_eight_times(
    office: Office, handled: Dossier, doctor: Actor, counting: Any
) -> None:
    ask_opinion(
        [handled.pk], doctor.units(), "Điều 3?", date(2026, 11, 18), by=office.place.specialist, at=at("2026-11-17 09:00")
    ).only()  # fmt: skip
    client = office.enter(office.place.chairman)
    for page in (
        "/y-kien/",
        f"/y-kien/{OpinionRequest.objects.get().pk}/",
        "/viec-cua-toi/",
        f"/ho-so/{handled.code}/",
    ):
        client.get(page)
        with counting(8):
            assert client.get(page).status_code == 200

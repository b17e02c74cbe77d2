"""The page of a dossier: what it shows to whom, verbs as forms, slips, files, the due day as known on another day."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.models import Dossier, DossierPaper, DossierResult
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office
from congvu.dossiers.tests.make import at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.files.actions import store

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 thu\n"


@pytest.fixture
def handled(office: Office) -> Dossier:
    """Received on Monday 16/11, at home affairs since."""
    upload = SimpleUploadedFile("đơn «1».pdf", PDF)
    kept = store(upload, by=office.place.clerk, at=at("2026-11-16 08:00"))
    paper = PaperIn("Đơn đề nghị", originals=1, digitised=1, file_id=kept.pk, file_name="đơn «1».pdf")
    made = office.place.received("2026-11-16 08:00", owner_account_id=CITIZEN_ID, papers=(paper,))
    hand_over([made.id], "Hồ sơ đủ", by=office.place.clerk, at=at("2026-11-16 09:00"))
    return Dossier.objects.get(pk=made.id)


def seen(one: Dossier) -> dict[str, str]:
    one.refresh_from_db()
    return {"seen": str(one.version)}


def test_the_page_shows_facts_way_papers_history_and_why(
    office: Office, handled: Dossier, counting: Any
) -> None:
    client = office.enter(office.place.specialist)
    client.get(f"/ho-so/{handled.code}/")
    with counting(8):
        page = client.get(f"/ho-so/{handled.code}/").content.decode()
    for words in (
        "23/11/2026",
        "Trong hạn, còn 1 ngày",
        "Sở Nội vụ, bước 2/5",
        "Đơn đề nghị",
        "Hồ sơ đủ",
        "Trần Một Cửa",
    ):
        assert words in page, words
    assert 'class="trk"' in page and 'class="cal"' in page and "Chuyển bước" in page


def test_verbs_stand_under_headings_and_none_is_lost(office: Office, handled: Dossier) -> None:
    page = office.enter(office.place.specialist).get(f"/ho-so/{handled.code}/")
    groups = page.context["verb_groups"]
    shown = [one.verb.name for _, some in groups for one in some]
    assert sorted(shown) == sorted(one.verb.name for one in page.context["verbs"])
    assert groups[0][0] == "" and groups[0][1][0].verb.name == "complete_step"
    assert "Hỏi, ghi nhận" in [heading for heading, _ in groups]


def test_what_may_not_be_done_now_is_shown_closed_with_its_reason(office: Office, handled: Dossier) -> None:
    page = office.enter(office.place.clerk).get(f"/ho-so/{handled.code}/").content.decode()
    assert "Bước đang làm thuộc đơn vị hoặc vai trò khác." in page
    audit = office.enter(office.place.auditor).get(f"/ho-so/{handled.code}/").content.decode()
    assert "Vai trò của bạn chỉ được xem hồ sơ." in audit and "/viec/dung/" not in audit
    form = office.enter(office.place.clerk).get(f"/ho-so/{handled.code}/viec/chuyen-buoc/").content.decode()
    assert "Chưa làm được việc này" in form and 'type="submit" data-key="F9"' not in form


def test_every_verb_works_as_a_plain_form_through_to_the_return(office: Office, handled: Dossier) -> None:
    place, code = office.place, handled.code
    home, police = office.enter(place.specialist), office.enter(place.police_officer)
    chair, clerk = office.enter(place.chairman), office.enter(place.clerk)

    def press(client: Any, slug: str, **data: str) -> Any:
        return client.post(f"/ho-so/{code}/viec/{slug}/", {**seen(handled), **data})

    asked = press(home, "yeu-cau-bo-sung", content="Bổ sung điều lệ.")
    assert asked.status_code == 302, asked.content.decode()
    assert asked["Location"].endswith("/phieu-bo-sung/")
    assert press(home, "tiep-tuc", note="").status_code == 302
    second = press(home, "yeu-cau-bo-sung", content="Bổ sung nữa.")
    assert second.status_code == 422 and "đã được yêu cầu bổ sung một lần" in second.content.decode()
    assert press(home, "chuyen-buoc", note="Đủ điều kiện").status_code == 302
    assert press(police, "chuyen-buoc", note="Đồng ý").status_code == 302
    done = chair.post(
        f"/ho-so/{code}/viec/hoan-thanh/",
        {
            **seen(handled),
            "name": "Quyết định",
            "number": "12/QĐ-UBND",
            "signed_on": "20/11/2026",
            "signer": "Vũ Chủ Tịch",
            "note": "",
            "tep": SimpleUploadedFile("qd.pdf", PDF + b"kq"),
        },
    )
    assert done.status_code == 302
    result = DossierResult.objects.get(dossier=handled)
    assert chair.get(f"/ho-so/{code}/ket-qua/{result.pk}/").status_code == 200
    assert press(clerk, "tra-ket-qua", received_by="Nguyễn Thị Mẫu", method="2").status_code == 302
    handled.refresh_from_db()
    assert (handled.status, handled.delivery) == (10, 2)
    again = clerk.post(
        f"/ho-so/{code}/viec/dinh-chinh/",
        {"reason": "Sai tên", "khoa": "0b2f7c1e-1111-4222-8333-944444444444"},
    )
    new = again["Location"]
    assert again.status_code == 302 and "Hồ sơ này đính chính" in clerk.get(new).content.decode()
    assert "Đã có hồ sơ đính chính" in clerk.get(f"/ho-so/{code}/").content.decode()


def test_a_stale_form_is_refused_and_keeps_its_words(office: Office, handled: Dossier) -> None:
    old = str(handled.version)
    stop([handled.pk], "Theo quyết định", by=office.place.leader, at=at("2026-11-17 08:00"))
    client = office.enter(office.place.specialist)
    answer = client.post(f"/ho-so/{handled.code}/viec/rut/", {"seen": old, "reason": "Theo đơn của công dân"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Theo đơn của công dân" in page
    handled.refresh_from_db()
    assert handled.status == 8


def test_a_return_before_a_finish_is_refused_in_words(office: Office, handled: Dossier) -> None:
    answer = office.enter(office.place.clerk).post(
        f"/ho-so/{handled.code}/viec/tra-ket-qua/", {**seen(handled), "received_by": "A", "method": "2"}
    )
    assert answer.status_code == 422 and "Đang xử lý" in answer.content.decode()


def test_an_empty_reason_and_a_bad_day_stand_beside_their_fields(office: Office, handled: Dossier) -> None:
    client = office.enter(office.place.specialist)
    page = client.post(
        f"/ho-so/{handled.code}/viec/xin-loi-hen-lai/",
        {**seen(handled), "new_due": "31/02/2026", "reason": ""},
    )
    text = page.content.decode()
    assert page.status_code == 422 and "Không đọc được ngày" in text and "Chưa nhập lý do chậm" in text
    early = client.post(
        f"/ho-so/{handled.code}/viec/xin-loi-hen-lai/",
        {**seen(handled), "new_due": "20/11/2026", "reason": "Chậm"},
    )
    assert early.status_code == 422 and Dossier.objects.get(pk=handled.pk).extensions == 0


def test_a_file_comes_through_the_access_check_with_safe_headers_and_is_audited(
    office: Office, handled: Dossier
) -> None:
    paper = DossierPaper.objects.get(dossier=handled)
    address = f"/ho-so/{handled.code}/tep/{paper.pk}/"
    answer = office.enter(office.place.specialist).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf" and "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert "filename*=UTF-8''" in answer["Content-Disposition"] and "\n" not in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="read_file", object_id=handled.pk, actor_id=2).count() == 1
    assert office.enter(office.place.stranger_clerk).get(address).status_code == 404
    assert office.enter(office.place.admin).get(address).status_code == 404
    other = office.place.received("2026-11-20 08:00")
    assert office.enter(office.place.clerk).get(f"/ho-so/{other.code}/tep/{paper.pk}/").status_code == 404


def test_the_citizen_gets_an_own_page_without_any_officers_name(office: Office, handled: Dossier) -> None:
    complete_step([handled.pk], "Ghi chú nội bộ", by=office.place.specialist, at=at("2026-11-17 08:00"))
    client = office.enter(office.citizen)
    moved = client.get(f"/ho-so/{handled.code}/")
    assert moved["Location"] == f"/ho-so-cua-toi/{handled.pk}/"
    page = client.get(moved["Location"]).content.decode()
    assert "Công an tỉnh" in page and "Đơn đề nghị" in page
    for name in ("Trần Một Cửa", "Lê Chuyên Viên", "Ghi chú nội bộ"):
        assert name not in page
    assert client.get(f"/ho-so/{handled.code}/phieu-kiem-soat/").status_code == 404
    strange = office.place.received("2026-11-20 08:00")
    assert client.get(f"/ho-so/{strange.code}/").status_code == 404
    assert client.get(f"/ho-so-cua-toi/{strange.id}/").status_code == 404


def test_a_citizen_sends_what_was_asked_for(office: Office, handled: Dossier) -> None:
    client, address = office.enter(office.citizen), f"/ho-so-cua-toi/{handled.pk}/"
    early = client.post(address, {"name": "Giấy", "tep": SimpleUploadedFile("a.pdf", PDF)})
    assert early.status_code == 422, "nothing was asked for"
    request_supplement(
        [handled.pk], "Bổ sung <b>điều lệ</b>.", by=office.place.specialist, at=at("2026-11-17 08:00")
    )
    page = client.get(address).content.decode()
    assert "Bổ sung &lt;b&gt;điều lệ" in page
    assert "ngày hẹn được tính lại khi tiếp tục" in page and "Không có lần tạm dừng" not in page
    assert client.post(address, {"name": "Điều lệ"}).status_code == 422, "no file"
    assert (
        client.post(address, {"name": "Điều lệ", "tep": SimpleUploadedFile("a.pdf", PDF + b"2")}).status_code
        == 302
    )
    assert DossierPaper.objects.filter(dossier=handled, name="Điều lệ").exists()


def test_the_due_day_as_known_on_another_day(office: Office, handled: Dossier) -> None:
    place = office.place
    request_supplement([handled.pk], "Bổ sung.", by=place.specialist, at=at("2026-11-17 08:00"))
    client = office.enter(place.specialist)
    from congvu.dossiers.actions.resume import resume

    resume([handled.pk], by=place.specialist, at=at("2026-11-19 08:00"))
    now = Dossier.objects.get(pk=handled.pk).due_on
    page = client.get(f"/ho-so/{handled.code}/?biet-ngay=16/11/2026").content.decode()
    assert 'hẹn trả <b class="num">23/11/2026</b>' in page and f"{now:%d/%m/%Y}" in page and now.day != 23
    for typed, words in (("99/99/2026", "Không đọc được ngày"), ("01/01/2026", "chưa được tiếp nhận")):
        assert words in client.get(f"/ho-so/{handled.code}/?biet-ngay={typed}").content.decode()


@pytest.mark.parametrize("slug", ["giay-tiep-nhan", "phieu-kiem-soat"])
def test_slips_name_the_code_the_days_and_the_office(office: Office, handled: Dossier, slug: str) -> None:
    page = office.enter(office.place.clerk).get(f"/ho-so/{handled.code}/{slug}/").content.decode()
    for words in (
        handled.code,
        "23/11/2026",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ):
        assert str(words) in page


def test_slips_that_do_not_apply_say_so(office: Office, handled: Dossier) -> None:
    client = office.enter(office.place.clerk)
    for slug in ("phieu-tu-choi", "phieu-xin-loi", "thong-bao-dung", "phieu-bo-sung", "khong-co"):
        assert client.get(f"/ho-so/{handled.code}/{slug}/").status_code == 404


def test_results_wait_at_the_counter_and_a_scan_goes_straight_to_the_form(
    office: Office, handled: Dossier, counting: Any
) -> None:
    place = office.place
    complete_step([handled.pk], by=place.specialist, at=at("2026-11-17 08:00"))
    complete_step([handled.pk], by=place.police_officer, at=at("2026-11-17 09:00"))
    finish([handled.pk], by=place.chairman, at=at("2026-11-17 10:00"))
    client = office.enter(place.clerk)
    client.get("/tra-ket-qua/")
    with counting(8):
        assert handled.code in client.get("/tra-ket-qua/").content.decode()
    scanned = f"http://testserver/tra-cuu/?ma={handled.code}"
    assert (
        client.get("/tra-ket-qua/", {"q": scanned})["Location"] == f"/ho-so/{handled.code}/viec/tra-ket-qua/"
    )
    assert "Không có kết quả nào" in client.get("/tra-ket-qua/?q=khong co").content.decode()

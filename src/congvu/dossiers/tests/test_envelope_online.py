"""A group handed in online: one form, one envelope, answered by the counter as a whole."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.dossiers.models import Dossier, DossierPaper, Envelope, EnvelopeMember
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.make_group import a_group
from congvu.foundation.audit.models import AuditEntry
from congvu.procedures.models import CasePaper

FORM = "/nop-ho-so/lien-thong/LT.01/"
KEY = "22222222-2222-4222-8222-222222222222"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def paper(code: str, key: str) -> int:
    return CasePaper.objects.get(case__version__procedure__code=code, stable_key=key).pk


def filled(office: Any, **more: Any) -> dict[str, Any]:
    home, birth = str(office.place.home_affairs.pk), paper("2.000001", "g2")
    return {
        "khoa": KEY, "noi-nhan": str(office.place.centre.pk), "name": "Nguyễn Thị Mẫu", "number": "099190000123",
        "phone": "0900000123", "return_method": "0", "subject_kind": "1", "told_by": "3", "viec": "nop",
        "giai-quyet-1": home, "giai-quyet-2": home, "giai-quyet-3": home,
        "s-to-khai-co-mat": "1", "s-to-khai-tep": SimpleUploadedFile("to-khai.pdf", PDF),
        f"g1-{birth}-co-mat": "1", f"g1-{birth}-tep": SimpleUploadedFile("chung-sinh.pdf", PDF + b"%2\n"), **more,
    }  # fmt: skip


@pytest.fixture
def sent(office: Any) -> Envelope:
    a_group()
    answer = office.enter(office.citizen).post(FORM, filled(office))
    assert answer.status_code == 302, re.findall(r"<li>.*?</li>", answer.content.decode())
    return Envelope.objects.get()


def door(row: Envelope) -> str:
    return f"/ho-so-lien-thong/dang-ky/{row.pk}/"


def seen(row: Envelope) -> list[str]:
    return [f"{one.pk}.{one.version}" for one in Dossier.objects.filter(ties__gt=0)]


def press(office: Any, row: Envelope, verb: str, who: Any = None, **more: Any) -> Any:
    client = office.enter(who or office.place.clerk)
    return client.post(door(row), {"viec": verb, "thay": seen(row), **more})


def test_the_page_of_a_group_leads_to_its_form_and_the_form_asks_each_paper_once(
    office: Any, counting: Any
) -> None:
    a_group()
    client = office.enter(office.citizen)
    assert f'href="{FORM}"' in client.get("/nhom-thu-tuc/LT.01/").content.decode()
    client.get(FORM)
    with counting(8):
        said = client.get(FORM).content.decode()
    assert said.count('name="s-to-khai-tep"') == 1
    assert said.count("Không phải nộp") == 1  # one result, for both that need it
    assert 'value="Nguyễn Thị Mẫu"' in said


def test_what_is_sent_waits_as_one_envelope_without_a_code(office: Any, sent: Envelope) -> None:
    assert (sent.code, sent.received_at, sent.owner_account_id) == (None, None, office.citizen.account_id)
    first = Dossier.objects.get()
    assert (first.status, first.code) == (Status.REGISTERED, None)
    waiting = EnvelopeMember.objects.get(envelope=sent, position=2)
    assert [one["file_name"] for one in waiting.papers] == ["to-khai.pdf"]
    listed = office.enter(office.citizen).get("/ho-so-cua-toi/").content.decode()
    assert f"/ho-so-cua-toi/lien-thong/{sent.pk}/" in listed
    assert f"/ho-so-cua-toi/{first.pk}/" not in listed
    own = office.enter(office.citizen).get(f"/ho-so-cua-toi/lien-thong/{sent.pk}/").content.decode()
    assert "Dự kiến, nếu được tiếp nhận bây giờ" in own
    assert "27/11/2026" in own


def test_the_same_form_sent_twice_is_one_envelope(office: Any, sent: Envelope) -> None:
    answer = office.enter(office.citizen).post(FORM, filled(office), follow=True)
    assert "đã được gửi trước đó" in answer.content.decode()
    assert Envelope.objects.count() == Dossier.objects.count() == 1


def test_what_is_wrong_is_said_and_nothing_typed_or_sent_is_lost(office: Any) -> None:
    a_group()
    birth = f"g1-{paper('2.000001', 'g2')}"
    data = filled(office, phone="12")
    del data[f"{birth}-tep"]
    client = office.enter(office.citizen)
    answer = client.post(FORM, data)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Thiếu giấy số 2" in said
    assert 'value="12"' in said
    ticket = re.search(r'name="s-to-khai-tep-ve" value="([^"]+)"', said)
    assert ticket is not None
    assert not Envelope.objects.exists()
    again = filled(office, **{"s-to-khai-tep-ve": ticket[1]})
    del again["s-to-khai-tep"]
    assert client.post(FORM, again).status_code == 302
    assert DossierPaper.objects.get(name="Tờ khai").file_name == "to-khai.pdf"


def test_the_counter_finds_it_once_at_the_door_and_receives_the_whole(
    office: Any, sent: Envelope, counting: Any
) -> None:
    client = office.enter(office.place.clerk)
    client.get("/tiep-nhan/truc-tuyen/")
    with counting(8):
        listed = client.get("/tiep-nhan/truc-tuyen/").content.decode()
    assert door(sent) in listed
    assert "/ho-so/dang-ky/" not in listed
    client.get(door(sent))
    with counting(8):
        page = client.get(door(sent)).content.decode()
    assert "Tiếp nhận cả bộ" in page
    assert "chung-sinh.pdf" in page
    answer = press(office, sent, "nhan")
    sent.refresh_from_db()
    assert sent.code == "H99.01-LT-261120-0001"
    assert str(sent.due_first) == "2026-11-27"
    assert answer.headers["Location"] == f"/ho-so-lien-thong/{sent.code}/giay-hen/"
    first = Dossier.objects.get()
    assert (first.status, first.code, str(first.due_on)) == (
        Status.RECEIVED,
        "H99.01-261120-0001",
        "2026-11-23",
    )
    assert AuditEntry.objects.filter(verb="receive_envelope", object_id=sent.pk).count() == 1


def test_receiving_twice_gives_one_code(office: Any, sent: Envelope) -> None:
    press(office, sent, "nhan")
    again = press(office, sent, "nhan")
    sent.refresh_from_db()
    assert again.headers["Location"] == f"/ho-so-lien-thong/{sent.code}/giay-hen/"
    assert sent.code == "H99.01-LT-261120-0001"
    assert AuditEntry.objects.filter(verb="receive_envelope").count() == 1


def test_refused_as_a_whole_with_the_reason_the_citizen_reads(office: Any, sent: Envelope) -> None:
    empty = press(office, sent, "tu-choi", reason="")
    assert empty.status_code == 422
    assert press(office, sent, "tu-choi", reason="Không thuộc thẩm quyền").status_code == 302
    assert Dossier.objects.get().status == Status.REFUSED
    closed = EnvelopeMember.objects.get(envelope=sent, position=2)
    assert closed.closed_why == "Hồ sơ không được tiếp nhận: Không thuộc thẩm quyền"
    own = office.enter(office.citizen).get(f"/ho-so-cua-toi/lien-thong/{sent.pk}/").content.decode()
    assert "Không thuộc thẩm quyền" in own
    assert "Gửi thêm giấy tờ" not in own
    slip = f"{door(sent)}phieu-tu-choi/"
    assert f'href="{slip}"' in own
    for who in (office.citizen, office.place.clerk):
        said = office.enter(who).get(slip).content.decode()
        for words in (
            "Mẫu số 03",
            "Đăng ký khai sinh",
            "Đăng ký thường trú",
            "Cấp thẻ bảo hiểm y tế",
            "cả bộ hồ sơ này",
        ):
            assert words in said, words
        assert "Không thuộc thẩm quyền" in said
    assert office.enter(office.place.stranger_clerk).get(slip).status_code == 404
    late = press(office, sent, "nhan")
    assert late.status_code == 422
    assert "không còn chờ tiếp nhận" in late.content.decode()


def test_asked_once_then_sent_for_a_member_that_waits_then_received(
    office: Any, sent: Envelope, counting: Any
) -> None:
    assert press(office, sent, "bo-sung", content="Bổ sung giấy đồng ý của chủ hộ").status_code == 302
    citizen = office.enter(office.citizen)
    own = f"/ho-so-cua-toi/lien-thong/{sent.pk}/"
    with counting(8):
        assert "Bổ sung giấy đồng ý của chủ hộ" in citizen.get(own).content.decode()
    missing = citizen.post(own, {"name": "Giấy đồng ý", "member": "2"})
    assert missing.status_code == 422
    assert 'value="Giấy đồng ý"' in missing.content.decode()
    paper_sent = {"name": "Giấy đồng ý", "member": "2", "tep": SimpleUploadedFile("dong-y.pdf", PDF)}
    assert citizen.post(own, paper_sent).status_code == 302
    assert (
        citizen.post(
            own, {**paper_sent, "member": "0", "tep": SimpleUploadedFile("b.pdf", PDF + b"%3\n")}
        ).status_code
        == 302
    )
    waiting = EnvelopeMember.objects.get(envelope=sent, position=2)
    assert [one["name"] for one in waiting.papers] == ["Tờ khai", "Giấy đồng ý"]
    assert DossierPaper.objects.filter(name="Giấy đồng ý").count() == 1
    for who in (office.place.chairman, office.place.auditor, office.place.clerk):
        client = office.enter(who)
        client.get(door(sent))
        with counting(8):
            page = client.get(door(sent)).content.decode()
        assert "Chờ người nộp" in page
    assert "Bổ sung giấy đồng ý của chủ hộ" in page
    assert "dong-y.pdf" in page
    assert press(office, sent, "nhan").status_code == 302
    assert Dossier.objects.get().status == Status.HANDLING


def test_a_member_is_not_decided_alone_before_the_whole_is_received(office: Any, sent: Envelope) -> None:
    first = Dossier.objects.get()
    client = office.enter(office.place.clerk)
    for verb, words in (
        ("tiep-nhan", {}),
        ("tu-choi", {"reason": "x"}),
        ("yeu-cau-bo-sung", {"content": "x"}),
    ):
        answer = client.post(f"/ho-so/dang-ky/{first.pk}/viec/{verb}/", {"seen": first.version, **words})
        assert answer.status_code == 422
        assert "không xử lý riêng" in answer.content.decode()
    first.refresh_from_db()
    assert first.status == Status.REGISTERED


def test_the_page_of_a_member_leads_to_the_whole_within_its_budget(
    office: Any, sent: Envelope, counting: Any
) -> None:
    first = Dossier.objects.get()
    for who in (office.place.chairman, office.place.auditor, office.place.clerk):
        client = office.enter(who)
        client.get(f"/ho-so/dang-ky/{first.pk}/")
        with counting(8):
            page = client.get(f"/ho-so/dang-ky/{first.pk}/").content.decode()
        assert door(sent) in page


def test_two_clerks_the_second_is_told_and_keeps_the_reason(office: Any, sent: Envelope) -> None:
    stale = seen(sent)
    press(office, sent, "bo-sung", content="Thiếu giấy")
    client = office.enter(office.place.clerk)
    answer = client.post(door(sent), {"viec": "bo-sung", "thay": stale, "content": "Thiếu tờ khai thứ hai"})
    assert answer.status_code == 422
    assert "dữ liệu trên màn hình đã cũ" in answer.content.decode()
    assert "Thiếu tờ khai thứ hai" in answer.content.decode()
    assert Dossier.objects.get().supplements == 1


def test_only_its_counter_decides_and_only_those_concerned_read_what_is_kept(
    office: Any, sent: Envelope
) -> None:
    kept = f"/ho-so-lien-thong/giay-to/{sent.pk}/2/0/"
    assert b"".join(office.enter(office.place.clerk).get(kept).streaming_content) == PDF
    assert b"".join(office.enter(office.citizen).get(kept).streaming_content) == PDF
    assert AuditEntry.objects.filter(verb="read_file", object_kind="envelope").count() == 2
    assert office.enter(office.place.stranger_clerk).get(kept).status_code == 404
    assert office.enter(office.place.specialist).get(kept).status_code == 404
    assert (
        office.enter(office.place.clerk).get(f"/ho-so-lien-thong/giay-to/{sent.pk}/2/7/").status_code == 404
    )
    assert press(office, sent, "nhan", office.place.stranger_clerk).status_code == 404
    assert press(office, sent, "nhan", office.place.specialist).status_code == 422
    assert Dossier.objects.get().status == Status.REGISTERED


@pytest.mark.browser
def test_the_pages_of_an_envelope_sent_online_can_be_read_by_everyone(
    page: Any, office: Any, sent: Envelope, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    from congvu.config.testing.people import Somebody
    from congvu.foundation.identity.models import Account

    def come(who: Any) -> None:
        enter(page, Somebody(Account.objects.get(pk=who.account_id), who))

    come(office.citizen)
    for name, path in (("envelope-form", FORM), ("my-envelope", f"/ho-so-cua-toi/lien-thong/{sent.pk}/")):
        page.goto(path)
        keep_picture(page, name)
        assert_accessible(page)
    come(office.place.clerk)
    for name, path in (("door-list", "/tiep-nhan/truc-tuyen/"), ("envelope-at-the-door", door(sent))):
        page.goto(path)
        keep_picture(page, name)
        assert_accessible(page)

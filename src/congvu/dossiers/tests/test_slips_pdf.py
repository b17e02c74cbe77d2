"""Slips as PDF: what they say, of which dossiers, for whom, many in one job."""

from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import at
from congvu.foundation import clock

MOMENT = "2026-11-20 15:10"
HOSTILE = 'Đề nghị #panic() $x$ *đậm* <script>alert("1")</script> & {{ d }}'
pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages).split())


@pytest.fixture
def standing() -> object:
    with clock.frozen(at(MOMENT)) as now:
        yield now


def a_dossier(office: Office, when: str = "2026-11-20 14:30", **more: object) -> Dossier:
    owner = Person("Nguyễn Thị Ủy #1", "099190000123", "0912345678", "uy@vi.du", "12 Lê Lợi, phường Ẵng")
    papers = (PaperIn("Đơn đề nghị", originals=1), PaperIn("Điều lệ <b>đã duyệt</b>", copies=2))
    return Dossier.objects.get(pk=take(office, when, owner, summary=HOSTILE, papers=papers, **more).id)


def ask(office: Office, one: Dossier, content: str) -> None:
    hand_over([one.pk], by=office.place.clerk, at=at("2026-11-20 14:40")).only()
    request_supplement([one.pk], content, by=office.place.specialist, at=at(MOMENT)).only()


def test_the_receipt_says_what_was_typed(office: Office, standing: datetime) -> None:
    one = a_dossier(office)
    answer = office.enter(office.place.clerk).get(f"/ho-so/{one.code}/in/giay-tiep-nhan/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    text = text_of(answer.content)
    for said in (
        one.code, "Nguyễn Thị Ủy #1", "099190000123", "0912345678", "uy@vi.du", "12 Lê Lợi, phường Ẵng", HOSTILE,
        "Đơn đề nghị", "Điều lệ <b>đã duyệt</b>", "14 giờ 30 phút, ngày 20/11/2026", "5 ngày làm việc", "30/11/2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mẫu số 01", "Thông tư 03/2025/TT-VPCP", office.place.clerk.name,
    ):  # fmt: skip
        assert said in text, said
    box = PdfReader(BytesIO(answer.content)).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (148, 210)


def test_a_dossier_of_2024_keeps_the_forms_of_its_day(office: Office, standing: datetime) -> None:
    one = a_dossier(office, "2024-03-05 09:00")
    client = office.enter(office.place.clerk)
    text = text_of(client.get(f"/ho-so/{one.code}/in/phieu-kiem-soat/").content)
    assert "Mẫu số 05 (Thông tư 01/2018/TT-VPCP)" in text
    assert client.get(f"/ho-so/{one.code}/in/thong-bao-dung/").status_code == 404


def test_only_the_slips_of_its_state(office: Office, standing: datetime) -> None:
    one = a_dossier(office)
    client = office.enter(office.place.clerk)
    page = client.get(f"/ho-so/{one.code}/").content.decode()
    assert (
        "/in/giay-tiep-nhan/" in page and "/in/phieu-kiem-soat/" in page and "/in/phieu-bo-sung/" not in page
    )
    assert client.get(f"/ho-so/{one.code}/in/phieu-bo-sung/").status_code == 404
    ask(office, one, "Thiếu biên bản.\nThiếu chữ ký.")
    asked = client.get(f"/ho-so/{one.code}/in/phieu-bo-sung/")
    assert "Thiếu biên bản. Thiếu chữ ký." in text_of(asked.content)


def test_another_office_gets_none(office: Office, standing: datetime) -> None:
    one = a_dossier(office)
    stranger = office.enter(office.place.stranger_clerk)
    assert stranger.get(f"/ho-so/{one.code}/in/giay-tiep-nhan/").status_code == 404
    chosen = {"chon": [f"{one.pk}.{one.version}"], "mau": "giay-tiep-nhan"}
    assert b"%PDF" not in stranger.post("/ho-so/in/", chosen).content
    assert Client().get(f"/ho-so/{one.code}/in/giay-tiep-nhan/").status_code == 302


def test_a_hundred_slips_are_one_job_in_as_many_statements_as_ten(
    office: Office, standing: datetime, django_assert_max_num_queries: object
) -> None:
    made = [a_dossier(office) for _ in range(100)]
    client = office.enter(office.place.clerk)
    chosen = {"chon": [f"{one.pk}.{one.version}" for one in made], "mau": "giay-tiep-nhan"}
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        answer = client.post("/ho-so/in/", chosen)
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) == 100
    pages = [page.extract_text() for page in reader.pages]
    assert all(one.code in text for one, text in zip(made, pages, strict=True))


def test_a_set_without_that_slip_says_so(office: Office, standing: datetime) -> None:
    one = a_dossier(office)
    client = office.enter(office.place.clerk)
    chosen = {"chon": [f"{one.pk}.{one.version}"]}
    assert "có mẫu này" in client.post("/ho-so/in/", {**chosen, "mau": "phieu-xin-loi"}).content.decode()
    assert "Chưa chọn mẫu" in client.post("/ho-so/in/", {**chosen, "mau": "khong-co"}).content.decode()
    assert "Chưa chọn hồ sơ" in client.post("/ho-so/in/", {"mau": "giay-tiep-nhan"}).content.decode()


def test_those_left_out_are_told_on_a_last_sheet(office: Office, standing: datetime) -> None:
    one, other = a_dossier(office), a_dossier(office)
    ask(office, one, "Thiếu biên bản.")
    chosen = {"chon": [f"{one.pk}.0", f"{other.pk}.0"], "mau": "phieu-bo-sung"}
    pages = PdfReader(BytesIO(office.enter(office.place.clerk).post("/ho-so/in/", chosen).content)).pages
    assert len(pages) == 2 and one.code in pages[0].extract_text()
    last = " ".join(pages[1].extract_text().split())
    assert f"{other.code}: Hồ sơ chưa có yêu cầu bổ sung nào." in last


def test_five_thousand_letters_run_on_over_pages(office: Office, standing: datetime) -> None:
    one = a_dossier(office)
    reason = ("Cần bổ sung biên bản họp có chữ ký của từng người dự " * 100)[:3990].strip()
    ask(office, one, reason)
    answer = office.enter(office.place.clerk).get(f"/ho-so/{one.code}/in/phieu-bo-sung/")
    assert len(PdfReader(BytesIO(answer.content)).pages) >= 2
    assert reason[:40] in text_of(answer.content) and reason[-40:] in text_of(answer.content)

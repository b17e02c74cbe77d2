"""Public look-up: by code alone, in one sentence, nobody's name, not too often. And what is registered online."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier, DossierPaper
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.look_up import LIMIT, masked
from congvu.procedures.models import CasePaper

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 thu\n"


@pytest.fixture
def code(office: Office) -> str:
    made = office.place.received("2026-11-16 08:00", owner_account_id=CITIZEN_ID)
    hand_over([made.id], "Nội bộ", by=office.place.clerk, at=at("2026-11-16 09:00"))
    assert made.code
    return made.code


def test_anyone_with_the_code_sees_where_it_is_and_when_but_no_name(code: str, counting: Any) -> None:
    client = Client()
    client.get("/tra-cuu/", {"ma": code})
    with counting(8):
        page = client.get("/tra-cuu/", {"ma": code.lower()}).content.decode()
    for words in ("Sở Nội vụ đang làm bước thẩm định", "23/11/2026", "Nguyễn Thị M••••", "Xong 1/5 bước"):
        assert words in page, words
    for hidden in ("Nguyễn Thị Mẫu", "099190000123", "0900000123", "Trần Một Cửa", "Nội bộ"):
        assert hidden not in page, hidden


def test_the_owner_signed_in_sees_the_whole_name(office: Office, code: str) -> None:
    assert "Nguyễn Thị Mẫu" in office.enter(office.citizen).get("/tra-cuu/", {"ma": code}).content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("H99.01-261315-0001", 422, "tháng 13"),
        ("H99.01-260231-0001", 422, "không có ngày này"),
        ("xin chào", 422, "không đúng dạng"),
        ("<script>alert(1)</script>", 422, "không đúng dạng"),
        ("H99.01-261116-9999", 404, "Không có hồ sơ nào mang mã này"),
    ],
)
def test_a_wrong_code_is_explained(office: Office, typed: str, status: int, words: str) -> None:
    answer = Client().get("/tra-cuu/", {"ma": typed})
    page = answer.content.decode()
    assert answer.status_code == status and words in page and "<script>alert" not in page


def test_one_address_cannot_harvest(office: Office, code: str) -> None:
    client = Client()
    answers = [
        client.get("/tra-cuu/", {"ma": f"H99.01-261116-{n:04d}"}).status_code for n in range(1, LIMIT + 2)
    ]
    assert answers[:LIMIT].count(429) == 0 and answers[-1] == 429
    told = client.get("/tra-cuu/", {"ma": code})
    assert told.status_code == 429 and "Thử lại sau" in told.content.decode()
    assert office.enter(office.place.clerk).get("/tra-cuu/", {"ma": code}).status_code == 200, (
        "officials have other means"
    )
    other = Client(REMOTE_ADDR="10.0.0.9").get("/tra-cuu/", {"ma": code})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Nguyễn Thị Mẫu", "Nguyễn Thị M••••"), ("Mẫu", "M••••"), ("", "••••"), ("  A B ", "A B••••")],
)
def test_names_are_masked_to_the_first_letter_of_the_last_word(name: str, shown: str) -> None:
    assert masked(name) == shown


def online(office: Office, **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "khoa": str(uuid4()),
        "viec": "nop",
        "giai-quyet": str(office.place.home_affairs.pk),
        "noi-nhan": str(office.place.centre.pk),
        "name": "Nguyễn Thị Mẫu",
        "number": "099190000123",
        "phone": "0900000123",
        "return_method": "2",
        "subject_kind": "1",
        "copies": "1",
    }
    for n, paper in enumerate(CasePaper.objects.filter(case__version=office.place.version, required=True)):
        data |= {
            f"g{paper.pk}-co-mat": "1",
            f"g{paper.pk}-tep": SimpleUploadedFile(f"g{n}.pdf", PDF + bytes([n])),
        }
    return data | more


def test_a_citizen_hands_in_online_and_the_counter_receives_it(office: Office, counting: Any) -> None:
    client, address = office.enter(office.citizen), f"/nop-ho-so/{office.place.version.procedure.code}/"
    form = client.get(address).content.decode()
    assert 'value="Nguyễn Thị Mẫu"' in form and 'value="099190000123"' in form, "nothing is retyped"
    sent = client.post(address, online(office))
    made = Dossier.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/ho-so-cua-toi/{made.pk}/")
    assert (made.status, made.channel, made.owner_account_id, made.code) == (1, 2, CITIZEN_ID, None)
    assert DossierPaper.objects.filter(dossier=made, file__isnull=False, received=True).count() == 2
    assert "Chờ tiếp nhận" in client.get("/ho-so-cua-toi/").content.decode()
    clerk = office.enter(office.place.clerk)
    clerk.get("/tiep-nhan/truc-tuyen/")
    with counting(8):
        assert "Nguyễn Thị Mẫu" in clerk.get("/tiep-nhan/truc-tuyen/").content.decode()
    chosen = {"viec": "tiep-nhan", "chon": [f"{made.pk}.{made.version}"], "dong-y": "1"}
    assert "Đã xong" in clerk.post("/viec-cua-toi/hang-loat/", chosen).content.decode()
    made.refresh_from_db()
    assert made.status == 2 and made.code == "H99.01-261120-0001"


def test_an_online_form_keeps_its_files_when_something_is_wrong(office: Office) -> None:
    client, address = office.enter(office.citizen), f"/nop-ho-so/{office.place.version.procedure.code}/"
    answer = client.post(address, online(office, phone="123"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "g0.pdf" in page and "Số điện thoại có 10 chữ số" in page
    form = online(office)
    missing = next(key for key in form if key.endswith("-tep"))
    del form[missing]
    refused = client.post(address, form)
    assert refused.status_code == 422 and "Thiếu giấy số" in refused.content.decode()
    assert Dossier.objects.count() == 0


def test_no_one_hands_in_for_a_procedure_that_is_not_there(office: Office) -> None:
    assert office.enter(office.citizen).get("/nop-ho-so/9.999999/").status_code == 404


def test_own_dossiers_are_ones_own(office: Office, code: str, counting: Any) -> None:
    for _ in range(30):
        office.place.received("2026-11-17 08:00", owner_account_id=CITIZEN_ID)
    office.place.received("2026-11-17 09:00")
    client = office.enter(office.citizen)
    client.get("/ho-so-cua-toi/")
    with counting(8):
        page = client.get("/ho-so-cua-toi/").content.decode()
    assert page.count("data-row>") == 25

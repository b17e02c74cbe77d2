"""The counter: received from one form; nothing typed is lost; the same form sent twice is one dossier."""

import re
import unicodedata
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congvu.dossiers.models import Dossier, DossierPaper, IntakeDraft
from congvu.dossiers.tests.conftest import Office
from congvu.foundation.audit.models import AuditEntry
from congvu.procedures.models import CasePaper

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 thu\n"


def filled(office: Office, **more: Any) -> dict[str, Any]:
    """The form as a clerk would send it, all papers received."""
    papers = CasePaper.objects.filter(case__version=office.place.version).order_by("order")
    data: dict[str, Any] = {
        "khoa": str(uuid4()), "viec": "nhan", "phien-ban": str(office.place.version.pk), "kenh": "1", "tim": "",
        "giai-quyet": str(office.place.home_affairs.pk), "number": "099 190 000 123", "name": "Nguyễn Thị Mẫu",
        "phone": "0900 000 123", "return_method": "0", "subject_kind": "1", "copies": "1",
    }  # fmt: skip
    for paper in papers:
        data |= {f"g{paper.pk}-co-mat": "1", f"g{paper.pk}-co": "1", f"g{paper.pk}-chinh": "1"}
    return data | more


def first_paper(office: Office) -> int:
    return CasePaper.objects.filter(case__version=office.place.version).order_by("order")[0].pk


def ticket(page: str, key: str) -> str:
    found = re.search(rf'name="{key}-tep-ve" value="([^"]+)"', page)
    assert found, "the file is not carried by the form"
    return found[1]


@pytest.fixture
def clerk(office: Office) -> Client:
    return office.enter(office.place.clerk)


def test_a_walk_in_is_received_and_the_slip_comes_next(office: Office, clerk: Client) -> None:
    answer = clerk.post(
        "/tiep-nhan/", filled(office, owner_name="Hội Làm vườn", owner_number="12/QĐ", subject_kind="4")
    )
    assert (answer.status_code, answer["Location"]) == (302, "/ho-so/H99.01-261120-0001/giay-tiep-nhan/")
    made = Dossier.objects.get(code="H99.01-261120-0001")
    assert (made.owner_name, made.submitter_name, made.submitter_number) == (
        "Hội Làm vườn",
        "Nguyễn Thị Mẫu",
        "099190000123",
    )
    assert (made.owner_phone, made.competent_unit_id) == ("0900000123", office.place.home_affairs.pk)
    assert DossierPaper.objects.filter(dossier=made, received=True, originals=1).count() == 3
    slip = clerk.get(answer["Location"]).content.decode()
    assert "30/11/2026" in slip and "<svg" in slip and "Hội Làm vườn" in slip and "099190000123" in slip


def test_the_same_form_sent_twice_is_one_dossier(office: Office, clerk: Client) -> None:
    form = filled(office)
    first, second = clerk.post("/tiep-nhan/", form), clerk.post("/tiep-nhan/", form)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1
    assert "không nhận lần nữa" in clerk.get(second["Location"]).content.decode()


def test_an_error_keeps_everything_typed_and_the_files_sent(office: Office, clerk: Client) -> None:
    key = f"g{first_paper(office)}"
    form = filled(office, number="12345", summary="Trích yếu dài", owner_name="Hội Khuyến học")
    form[f"{key}-tep"] = SimpleUploadedFile("Đơn đề nghị.pdf", PDF)
    answer = clerk.post("/tiep-nhan/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and Dossier.objects.count() == 0
    assert "Số căn cước có 12 chữ số" in page and 'value="12345"' in page
    assert 'value="Trích yếu dài"' in page and 'value="Hội Khuyến học"' in page and "Đơn đề nghị.pdf" in page
    again = filled(office, khoa=form["khoa"], **{f"{key}-tep-ve": ticket(page, key)})
    assert clerk.post("/tiep-nhan/", again).status_code == 302
    paper = DossierPaper.objects.get(file__isnull=False)
    assert (paper.file_name, paper.digitised, paper.file.size) == ("Đơn đề nghị.pdf", 1, len(PDF))


def test_a_file_that_lies_is_refused_on_its_row_and_the_rest_stays(office: Office, clerk: Client) -> None:
    key = f"g{first_paper(office)}"
    form = filled(office, **{f"{key}-tep": SimpleUploadedFile("don.pdf", b"MZ not a paper")})
    page = clerk.post("/tiep-nhan/", form)
    assert page.status_code == 422 and "Không nhận loại tệp này" in page.content.decode()
    assert "Nguyễn Thị Mẫu" in page.content.decode() and Dossier.objects.count() == 0


def test_a_forged_ticket_names_nobody_elses_file(office: Office, clerk: Client) -> None:
    key = f"g{first_paper(office)}"
    page = clerk.post("/tiep-nhan/", filled(office, **{f"{key}-tep-ve": "WzEsIngiLDFd:abc:def"}))
    assert page.status_code == 422 and "không còn đọc được" in page.content.decode()


def test_a_missing_required_paper_is_named_and_form_02_is_printed_from_a_kept_draft(
    office: Office, clerk: Client
) -> None:
    form = filled(office)
    del form[f"g{first_paper(office)}-co"]
    page = clerk.post("/tiep-nhan/", form)
    assert page.status_code == 422 and "Thiếu giấy số 1" in page.content.decode()
    guided = clerk.post("/tiep-nhan/", {**form, "viec": "phieu"})
    assert guided.status_code == 302
    slip = clerk.get(guided["Location"]).content.decode()
    assert "Mẫu số 02" in slip and "Đơn đề nghị" in slip and "Điều lệ" not in slip
    draft = IntakeDraft.objects.get()
    assert (
        draft.guided_at is not None and AuditEntry.objects.filter(verb="guide", object_id=draft.pk).exists()
    )
    assert clerk.post("/tiep-nhan/", {**form, "nhan-thieu": "1"}).status_code == 302
    assert not IntakeDraft.objects.exists(), "the draft has done its work"


def test_a_draft_opens_again_with_everything_and_only_for_its_clerk(office: Office, clerk: Client) -> None:
    kept = clerk.post("/tiep-nhan/", filled(office, viec="nhap", name="Đỗ Dở Dang", phone="0912 345"))
    page = clerk.get(kept["Location"]).content.decode()
    assert 'value="Đỗ Dở Dang"' in page and 'value="0912 345"' in page and "Đang chọn" in page
    other = office.enter(office.place.stranger_clerk).get(kept["Location"])
    assert other.status_code == 422 and "Đỗ Dở Dang" not in other.content.decode()
    pk = IntakeDraft.objects.get().pk
    assert office.enter(office.place.stranger_clerk).post(f"/tiep-nhan/nhap/{pk}/bo/").status_code == 302
    assert IntakeDraft.objects.exists()
    clerk.post(f"/tiep-nhan/nhap/{pk}/bo/")
    assert not IntakeDraft.objects.exists()


def test_refusing_needs_its_reason_and_prints_form_03(office: Office, clerk: Client) -> None:
    form = filled(office, viec="tu-choi")
    bare = clerk.post("/tiep-nhan/", form)
    assert bare.status_code == 422 and "Chưa ghi lý do từ chối" in bare.content.decode()
    answer = clerk.post("/tiep-nhan/", {**form, "ly-do": "Không thuộc thẩm quyền.\nNộp tại xã."})
    slip = clerk.get(answer["Location"]).content.decode()
    assert "Mẫu số 03" in slip and "Không thuộc thẩm quyền." in slip
    refused = Dossier.objects.get()
    assert (refused.status, refused.code) == (3, None)


def test_procedures_are_found_without_diacritics_with_and_without_javascript(
    office: Office, clerk: Client
) -> None:
    live = clerk.get(
        "/tiep-nhan/thu-tuc/", {"tim": "chi nhanh"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<mark>chi nhánh</mark>" in live or "<mark>chi</mark> <mark>nhánh</mark>" in live
    assert f'value="chon:{office.place.version.pk}"' in live
    plain = clerk.post(
        "/tiep-nhan/", filled(office, viec="tim", tim="dang ky hoat dong", **{"phien-ban": ""})
    )
    assert f'value="chon:{office.place.version.pk}"' in plain.content.decode()
    chosen = clerk.post(
        "/tiep-nhan/", {"viec": f"chon:{office.place.version.pk}", "khoa": str(uuid4()), "name": "Đã gõ"}
    )
    page = chosen.content.decode()
    assert "30/11/2026" in page and "Đơn đề nghị" in page and 'value="Đã gõ"' in page
    assert "Ngày Văn hóa Việt Nam" in page, "the due day explains itself"


def test_a_scanned_card_fills_number_name_and_address(office: Office, clerk: Client) -> None:
    card = "099190000123|123456789|Trần Văn Thẻ|01011990|Nam|12 Đông Kinh, Bình Giang|01012021"
    clerk.post("/tiep-nhan/", filled(office, number=card, name="", address=""))
    made = Dossier.objects.get()
    assert (made.owner_number, made.owner_name, made.owner_address) == (
        "099190000123",
        "Trần Văn Thẻ",
        "12 Đông Kinh, Bình Giang",
    )


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "'; DROP TABLE dossiers_dossier; --", "{{ 7|add:7 }}"]
)
def test_html_and_sql_in_every_text_field_stay_text(office: Office, clerk: Client, hostile: str) -> None:
    words = dict.fromkeys(("name", "owner_name", "address", "summary"), hostile)
    form = filled(office, **words, owner_number=hostile[:30], **{"k1-ten": hostile, "subject_kind": "4"})
    answer = clerk.post("/tiep-nhan/", form)
    assert answer.status_code == 302
    made = Dossier.objects.get()
    assert made.owner_name == made.summary == hostile
    for address in (answer["Location"], f"/ho-so/{made.code}/", "/ho-so/", "/viec-cua-toi/"):
        page = clerk.get(address).content.decode()
        assert "<script>alert" not in page and "14" not in hostile
    bad = clerk.post("/tiep-nhan/", filled(office, **words, number="x<script>alert(1)</script>"))
    assert bad.status_code == 422 and "<script>alert" not in bad.content.decode()


def test_composed_and_decomposed_names_are_one(office: Office, clerk: Client) -> None:
    loose = unicodedata.normalize("NFD", "Hoàng  Ỷ Lan")
    clerk.post("/tiep-nhan/", filled(office, name=loose))
    assert Dossier.objects.get().owner_name == "Hoàng Ỷ Lan"
    for typed in ("hoang y lan", loose, "Ỷ LAN"):
        assert "Hoàng Ỷ Lan" in clerk.get("/ho-so/", {"q": typed}).content.decode(), typed


def test_the_page_asks_the_database_at_most_eight_times(office: Office, clerk: Client, counting: Any) -> None:
    address = f"/tiep-nhan/?thu-tuc={office.place.version.procedure.code}"
    clerk.get(address)  # frozen rows are kept in memory from here on
    for _ in range(5):
        clerk.post("/tiep-nhan/", filled(office))
        clerk.post("/tiep-nhan/", filled(office, viec="nhap"))
    with counting(8):
        clerk.get("/tiep-nhan/")
    with counting(8):
        clerk.get(address)


def test_a_file_over_the_limit_is_refused_on_its_row_and_nothing_is_lost(
    office: Office, clerk: Client, settings: Any
) -> None:
    settings.CONGVU_UPLOAD_LIMIT = 1_000_000
    key = f"g{first_paper(office)}"
    heavy = SimpleUploadedFile("don.pdf", PDF + b"0" * 2_000_000)
    page = clerk.post("/tiep-nhan/", filled(office, **{f"{key}-tep": heavy}))
    text = page.content.decode()
    assert page.status_code == 422 and "quá 1 MB" in text and 'value="Nguyễn Thị Mẫu"' in text
    assert Dossier.objects.count() == 0


def test_what_is_handed_in_at_the_counter_is_followed_by_its_citizen_online(
    office: Office, clerk: Client
) -> None:
    clerk.post("/tiep-nhan/", filled(office))
    clerk.post("/tiep-nhan/", filled(office, number="099190000999"))
    assert list(Dossier.objects.order_by("id").values_list("owner_account_id", flat=True)) == [20, None]


def test_the_deciding_agency_is_remembered_from_the_last_time(office: Office, clerk: Client) -> None:
    place = office.place
    address = f"/tiep-nhan/?thu-tuc={place.version.procedure.code}"
    assert "Chọn cơ quan giải quyết" in clerk.get(address).content.decode(), "a centre never guesses itself"
    place.received("2026-11-19 08:00", competent_unit_id=place.home_affairs.pk)
    page = clerk.get(address).content.decode()
    assert f'<option value="{place.home_affairs.pk}" selected>' in page
    assert f'<option value="{place.police.pk}" selected>' not in page

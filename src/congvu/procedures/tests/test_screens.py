"""The screens over HTTP: what each shows, to whom, in how many statements, and what is refused in words."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.foundation.identity.actor import SYSTEM
from congvu.procedures.actions.draft import create_procedure, start_draft
from congvu.procedures.actions.import_procedures import import_procedures
from congvu.procedures.actions.set_process import draft_process, publish_process
from congvu.procedures.models import Doubt, Procedure, ProcedureVersion, ProcessVersion
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.versions import draft_of, version_in_force
from congvu.procedures.rules.content import CaseContent, ChannelLine, PaperLine
from congvu.procedures.tests.make import ADMIN, AT, a_content, a_file, a_published, a_row, channels_text
from congvu.procedures.tests.test_processes import STEPS

pytestmark = pytest.mark.django_db
Visit = Callable[[Any], Any]
NO_UNIT = channels_text("Trực tiếp7Miễn phí")


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def statements(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture(autouse=True)
def today(frozen_clock: Any) -> Any:
    return frozen_clock


def test_a_stranger_finds_a_procedure_without_diacritics(client: Any) -> None:
    a_published()
    a_published("2.1", "Cấp giấy phép xây dựng", tiers=("XA",))
    said = text_of(client.get("/thu-tuc/?q=thanh lap hoi"))
    assert "Cho phép thành lập hội" in said and "30 ngày làm việc" in said
    assert "giấy phép xây dựng" not in said
    assert "Cấp giấy phép xây dựng" in text_of(client.get("/thu-tuc/?cap=XA"))
    assert "Không có thủ tục nào khớp" in text_of(client.get("/thu-tuc/?q=khongco"))


def test_the_list_goes_on_by_pages_and_never_asks_per_row(client: Any) -> None:
    for n in range(30):
        a_published(f"3.{n:03}", f"Thủ tục số {n:03}")
    assert statements(client, "/thu-tuc/") == statements(client, "/thu-tuc/?q=so 001") <= 4
    first = client.get("/thu-tuc/?q=thu tuc").content.decode()
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward is not None
    second = text_of(client.get("/thu-tuc/" + onward[1].replace("&amp;", "&")))
    assert "Thủ tục số 029" in second and "Thủ tục số 003" not in second


def test_a_bad_page_mark_is_answered_in_words(client: Any) -> None:
    assert client.get("/thu-tuc/?sau=abc").status_code == 422


def test_the_public_page_says_what_you_get_what_to_bring_and_when_it_is_due(client: Any) -> None:
    a_published()
    said = text_of(client.get("/thu-tuc/1.012939/"))
    for words in (
        "Quyết định cho phép thành lập hội", "Đơn đề nghị", "Dự thảo điều lệ", "1 bản chính", "miễn phí",
        "30 ngày làm việc", "05/01/2027", "126/2024/NĐ-CP", "Sở Nội vụ", "Cấp tỉnh", "15/QĐ-UBND",
    ):  # fmt: skip
        assert words in said, words


def test_each_case_has_its_own_papers_and_terms(client: Any) -> None:
    cases = (
        CaseContent(
            "thuong", "Thông thường", (ChannelLine(1, 5, "NGAY_LAM_VIEC"),), (PaperLine("Đơn thường", "a"),)
        ),
        CaseContent("gap", "Khẩn cấp", (ChannelLine(1, 4, "GIO_LAM_VIEC"),), (PaperLine("Đơn khẩn", "b"),)),
    )
    a_published(cases=cases)
    usual, urgent = client.get("/thu-tuc/1.012939/"), client.get("/thu-tuc/1.012939/?truong_hop=gap")
    assert "Đơn thường" in text_of(usual) and "Đơn khẩn" not in text_of(usual)
    assert "Đơn khẩn" in text_of(urgent) and "4 giờ làm việc" in text_of(urgent)
    assert text_of(client.get("/thu-tuc/1.012939/?truong_hop=khongco")) == text_of(usual)


def test_the_public_page_stays_within_eight_statements_with_many_papers(client: Any) -> None:
    papers = tuple(PaperLine(f"Giấy {n}", f"k{n}") for n in range(60))
    small = a_published()
    large = a_published(
        "7.1", "Nhiều giấy", cases=(CaseContent(channels=(ChannelLine(1, 5, "NGAY"),), papers=papers),)
    )
    for procedure in (small, large):
        draft_process(procedure.pk, STEPS, by=ADMIN, at=AT)
        publish_process(procedure.pk, date(2026, 2, 1), by=ADMIN, at=AT)
    count = statements(client, f"/thu-tuc/{small.code}/")
    assert statements(client, f"/thu-tuc/{large.code}/") == count <= 8


def test_markup_in_a_name_is_shown_not_run(client: Any) -> None:
    name = "<script>alert(1)</script> & 'DROP TABLE'"
    a_published("1.9", name, sequence_text="<img src=x onerror=alert(1)>")
    for url in ("/thu-tuc/", "/thu-tuc/1.9/", "/thu-tuc/1.9/phien-ban/"):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in client.get("/thu-tuc/1.9/").content.decode()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", 'https://x.vn/" onclick=alert(1)', "data:text/html,x"]
)
def test_only_a_web_address_becomes_a_link(client: Any, tmp_path: Path, address: str) -> None:
    import_procedures([a_file(tmp_path, a_row(detail_url=address))], by=SYSTEM, at=AT)
    page = client.get("/thu-tuc/1.000080/").content.decode()
    assert "alert(1)" not in page and "data:text" not in page
    assert ProcedureVersion.objects.get().original["detail_url"] == address


def test_a_doubtful_procedure_wears_the_amber_note_and_can_still_be_read(client: Any, tmp_path: Path) -> None:
    import_procedures([a_file(tmp_path, a_row(cach_thuc_thuc_hien=NO_UNIT))], by=SYSTEM, at=AT)
    said = text_of(client.get("/thu-tuc/1.000080/"))
    assert "chưa đối chiếu" in said and "Tờ khai" in said and "Chưa có thời hạn" in said
    assert "Xử lý nghi vấn" not in said


def test_an_older_version_says_so_and_a_draft_is_for_editors_alone(
    client: Any, visit: Visit, actors: Any
) -> None:
    procedure = a_published()
    start_draft(procedure.pk, by=ADMIN, at=AT)
    assert client.get("/thu-tuc/1.012939/?phien-ban=2").status_code == 404
    assert "Bản thảo" in text_of(visit(actors.admin).get("/thu-tuc/1.012939/?phien-ban=2"))
    assert (
        "chưa" not in text_of(client.get("/thu-tuc/1.012939/?phien-ban=1")).lower().split("giấy tờ")[0][:200]
    )
    assert client.get("/thu-tuc/1.012939/?phien-ban=99999999999").status_code == 404
    assert "không có bản nào" in text_of(client.get("/thu-tuc/1.012939/?ngay=01/01/2020"))
    assert client.get("/thu-tuc/khong-co/").status_code == 404


def test_a_procedure_only_drafted_does_not_exist_for_the_public(
    client: Any, visit: Visit, actors: Any
) -> None:
    create_procedure("5.1", "Nội vụ", a_content("Bí mật"), by=ADMIN, at=AT)
    assert client.get("/thu-tuc/5.1/").status_code == 404
    assert client.get("/thu-tuc/5.1/phien-ban/").status_code == 404
    assert "Bí mật" not in text_of(client.get("/thu-tuc/?tat-ca=1"))
    assert "Bí mật" in text_of(visit(actors.admin).get("/thu-tuc/?tat-ca=1"))


def doubtful(folder: Path, count: int) -> list[int]:
    rows = [a_row(ma_thu_tuc=f"1.{n}", cach_thuc_thuc_hien=NO_UNIT) for n in range(count)]
    import_procedures([a_file(folder, *rows)], by=SYSTEM, at=AT)
    return list(Doubt.objects.order_by("id").values_list("id", flat=True))


def test_doubts_are_worked_off_by_kind_in_bulk(visit: Visit, actors: Any, tmp_path: Path) -> None:
    ids = doubtful(tmp_path, 40)
    client = visit(actors.specialist)
    page = client.get("/thu-tuc/nghi-van/?loai=term_without_unit")
    assert "Thời hạn thiếu đơn vị 40" in text_of(page)
    url = "/thu-tuc/nghi-van/?loai=term_without_unit"
    refused = client.post(url, {"viec": "chap-nhan", "nghi-van": ids[:2]})
    assert refused.status_code == 422 and "Chưa có đề xuất" in text_of(refused)
    refused = client.post(url, {"viec": "giu", "nghi-van": ids[:1], "ly_do": " "})
    assert refused.status_code == 422 and "lý do" in text_of(refused)
    done = client.post(url, {"viec": "sua", "nghi-van": ids[:2], "don-vi": "NGAY_LAM_VIEC"}, follow=True)
    assert "Đã xử lý 2 nghi vấn, lập 2 bản đính chính." in text_of(done)
    done = client.post(url, {"viec": "sua", "tat-ca": "1", "don-vi": "NGAY_LAM_VIEC"}, follow=True)
    assert "Đã xử lý 38 nghi vấn" in text_of(done) and "Không còn nghi vấn nào" in text_of(done)
    assert "Đã sửa" in text_of(client.get(f"{url}&tinh-trang=CORRECTED"))


@pytest.mark.parametrize(
    "sent",
    [
        {"viec": "sua", "so": "bảy", "don-vi": "NGAY"},
        {"viec": "sua"},
        {"viec": "xoa"},
        {"viec": "sua", "don-vi": "x"},
    ],
)
def test_a_bad_form_is_answered_beside_what_was_typed(
    visit: Visit, actors: Any, tmp_path: Path, sent: dict
) -> None:
    ids = doubtful(tmp_path, 1)
    answer = visit(actors.admin).post("/thu-tuc/nghi-van/?loai=term_without_unit", {**sent, "nghi-van": ids})
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert ProcedureVersion.objects.count() == 1
    answer = visit(actors.admin).post("/thu-tuc/nghi-van/", {"viec": "chap-nhan", "nghi-van": ["1; DROP"]})
    assert answer.status_code == 422


def test_the_list_of_doubts_never_asks_per_row(visit: Visit, actors: Any, tmp_path: Path) -> None:
    client = visit(actors.admin)
    doubtful(tmp_path, 2)
    few = statements(client, "/thu-tuc/nghi-van/")
    doubtful(tmp_path, 60)
    assert statements(client, "/thu-tuc/nghi-van/") == few <= 8


def test_who_may_open_what(client: Any, visit: Visit, actors: Any) -> None:
    a_published()
    closed = {
        "/thu-tuc/nghi-van/": {"specialist", "admin"},
        "/thu-tuc/them/": {"admin"},
        "/thu-tuc/1.012939/ban-thao/": {"admin"},
        "/thu-tuc/1.012939/cong-bo/": {"admin"},
        "/thu-tuc/1.012939/quy-trinh/": {"clerk", "specialist", "leader", "personnel", "auditor", "admin"},
        "/thu-tuc/quy-trinh-nhap/": {"clerk", "specialist", "leader", "personnel", "auditor", "admin"},
    }
    for url, allowed in closed.items():
        assert client.get(url).status_code == 302
        for role in ("citizen", "clerk", "specialist", "leader", "personnel", "auditor", "admin"):
            status = visit(actors.of(role)).get(url).status_code
            assert status == (200 if role in allowed else 403), (url, role)
    assert visit(actors.specialist).post("/thu-tuc/1.012939/quy-trinh/", {"viec": "luu"}).status_code == 404


def draft_fields(client: Any) -> dict[str, Any]:
    """What a browser would send back from the draft page untouched."""
    page = client.get("/thu-tuc/1.012939/ban-thao/")
    form = page.context["form"]
    sent: dict[str, Any] = {"mau": page.context["token"], "tiers": list(form.tiers), "level": form.level}
    sent |= {key: value for key, _, value in (*form.texts, *form.long_texts)}
    sent |= {"subjects": form.subjects, "results": form.results, "bases": form.bases}
    for case in form.cases:
        sent |= {f"{case.key}-ten": case.name, f"{case.key}-giay-to": case.papers}
        for one in case.channels:
            prefix = f"{case.key}-{one.channel}"
            sent |= {f"{prefix}-so": one.n, f"{prefix}-don-vi": one.unit}
            columns = {"phi": "amount", "loai-phi": "kind", "moi": "per", "loi-phi": "text"}
            for name, column in columns.items():
                sent[f"{prefix}-{name}"] = [getattr(fee, column) for fee in one.fees]
            sent |= {f"{prefix}-co": "1"} if one.on else {}
    return sent


def test_a_draft_sent_back_untouched_says_what_it_said(visit: Visit, actors: Any) -> None:
    procedure = a_published()
    client = visit(actors.admin)
    assert "Lập bản thảo" in text_of(client.get("/thu-tuc/1.012939/ban-thao/"))
    client.post("/thu-tuc/1.012939/ban-thao/", {"viec": "lap"})
    assert client.post("/thu-tuc/1.012939/ban-thao/", draft_fields(client)).status_code == 302
    draft, held = draft_of(procedure.pk), version_in_force(procedure.pk, AT.date())
    assert draft is not None and held is not None
    said = contents([draft.pk, held.pk])
    assert said[draft.pk] == said[held.pk]


def test_an_edit_is_drafted_compared_and_published_by_decision(visit: Visit, actors: Any) -> None:
    procedure = a_published()
    client = visit(actors.admin)
    client.post("/thu-tuc/1.012939/ban-thao/", {"viec": "lap"})
    sent = draft_fields(client) | {
        "chung-1-so": "25",
        "chung-1-phi": "50.000",
        "moi-ten": "Khẩn",
        "moi-1-co": "1",
    }
    sent |= {
        "moi-1-so": "3",
        "moi-1-don-vi": "NGAY",
        "chung-giay-to": "Đơn đề nghị | 2 | 1\nGiấy mới | 1 | 0 | M01",
    }
    assert client.post("/thu-tuc/1.012939/ban-thao/", sent).status_code == 302
    shown = text_of(client.get("/thu-tuc/1.012939/cong-bo/"))
    for words in ("25 ngày làm việc", "50.000 đồng", "Khẩn", "Giấy mới", "Dự thảo điều lệ"):
        assert words in shown, words
    decision = {
        "number": "88/QĐ-UBND",
        "issuer": "Chủ tịch",
        "issued_on": "18/11/2026",
        "effective_on": "01/12/2026",
    }
    refused = client.post("/thu-tuc/1.012939/cong-bo/", decision | {"viec": "cong-bo"})
    assert refused.status_code == 422 and "phần sửa đổi" in text_of(refused)
    done = client.post(
        "/thu-tuc/1.012939/cong-bo/", decision | {"viec": "cong-bo", "changed_part": "Thời hạn"}, follow=True
    )
    assert (
        "có hiệu lực từ 01/12/2026" in text_of(done) and "Sửa đổi, bổ sung".lower() in text_of(done).lower()
    )
    versions = text_of(client.get("/thu-tuc/1.012939/phien-ban/"))
    assert versions.index("Chưa có hiệu lực") < versions.index("Đang dùng"), (
        "the one to come, then the one in force"
    )
    new = version_in_force(procedure.pk, date(2026, 12, 1))
    assert new is not None
    case, extra = contents([new.pk])[new.pk].cases
    assert case.papers[0].stable_key == "don", "a paper keeps its key as long as its name"
    assert (extra.name, extra.channels[0].term_n) == ("Khẩn", 3)


def test_a_draft_form_with_a_bad_number_keeps_everything_typed(visit: Visit, actors: Any) -> None:
    a_published()
    client = visit(actors.admin)
    client.post("/thu-tuc/1.012939/ban-thao/", {"viec": "lap"})
    sent = draft_fields(client) | {"chung-1-so": "ba mươi", "place_text": "Tầng 3"}
    answer = client.post("/thu-tuc/1.012939/ban-thao/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ba mươi" in page and "Tầng 3" in page and "không phải số nguyên" in page


def test_the_same_draft_form_sent_after_publication_or_another_save_is_refused(
    visit: Visit, actors: Any
) -> None:
    a_published()
    client = visit(actors.admin)
    client.post("/thu-tuc/1.012939/ban-thao/", {"viec": "lap"})
    sent = draft_fields(client) | {"place_text": "Tầng 1"}
    assert client.post("/thu-tuc/1.012939/ban-thao/", sent).status_code == 302
    stale = client.post("/thu-tuc/1.012939/ban-thao/", sent | {"place_text": "Tầng 2"})
    assert stale.status_code == 422 and "người khác lưu" in text_of(stale)
    client.post("/thu-tuc/1.012939/ban-thao/", {"viec": "bo"})
    late = client.post("/thu-tuc/1.012939/ban-thao/", sent)
    assert late.status_code == 422 and "đã công bố không sửa được" in text_of(late)


def test_a_new_procedure_begins_as_a_draft(visit: Visit, actors: Any) -> None:
    client = visit(actors.admin)
    refused = client.post("/thu-tuc/them/", {"ma": "", "ten": "X", "linh_vuc": "Nội vụ"})
    assert refused.status_code == 422
    done = client.post(
        "/thu-tuc/them/",
        {"ma": "8.1", "ten": "Thử", "linh_vuc": "Nội vụ", "tinh-chat": "DANG_KY"},
        follow=True,
    )
    assert "Còn thiếu để công bố" in text_of(done)
    assert Procedure.objects.get(code="8.1").nature == "DANG_KY"
    again = client.post("/thu-tuc/them/", {"ma": "8.1", "ten": "Thử", "linh_vuc": "Nội vụ"})
    assert again.status_code == 422 and "đã có" in text_of(again)


def test_abolishing_from_the_screen(visit: Visit, actors: Any) -> None:
    a_published()
    decision = {
        "number": "9/QĐ-UBND",
        "issuer": "Chủ tịch",
        "issued_on": "18/11/2026",
        "effective_on": "20/11/2026",
    }
    done = visit(actors.admin).post("/thu-tuc/1.012939/cong-bo/", decision | {"viec": "bai-bo"}, follow=True)
    assert "bãi bỏ từ 20/11/2026" in text_of(done)
    assert Procedure.objects.get().status == "ABOLISHED"


def test_a_step_table_is_drawn_up_and_published_on_the_screen(visit: Visit, actors: Any) -> None:
    a_published()
    client = visit(actors.admin)
    rows = {
        "ten": ["Tiếp nhận", "Thẩm định", ""], "viec-lam": ["", "", ""], "vai-tro": ["RECEIVE", "LEAD", "LEAD"],
        "loai": ["RECEIVER", "COMPETENT", "COMPETENT"], "don-vi": ["", "", ""], "so": ["0,5", "4,5", ""],
        "don-vi-tg": ["NGAY_LAM_VIEC"] * 3, "tong": "6",
    }  # fmt: skip
    url = "/thu-tuc/1.012939/quy-trinh/"
    bad = client.post(url, rows | {"so": ["một", "2", ""]})
    assert (
        bad.status_code == 422 and "không phải số" in text_of(bad) and 'value="một"' in bad.content.decode()
    )
    saved = client.post(url, rows | {"viec": "luu"}, follow=True)
    assert "lệch thời hạn" in text_of(saved)
    assert client.post(url, {"viec": "cong-bo", "tu-ngay": "x"}).status_code == 422
    client.post(url, {"viec": "cong-bo", "tu-ngay": "20/11/2026"})
    assert ProcessVersion.objects.get().state == "PUBLISHED"
    shown = text_of(visit(actors.clerk).get(url))
    assert "Thẩm định" in shown and "4,5 ngày làm việc" in shown and "5,0 ngày" in shown
    assert "Soạn bản mới" not in shown


def test_a_table_with_agencies_at_work_at_once_keeps_its_shape_through_the_form(
    visit: Visit, actors: Any
) -> None:
    a_published()
    client = visit(actors.admin)
    url = "/thu-tuc/1.012939/quy-trinh/"
    rows = {
        "ten": ["Nhận", "Thẩm định", "Góp ý", "Trả"], "viec-lam": [""] * 4,
        "vai-tro": ["RECEIVE", "LEAD", "COOPERATE", "RETURN"], "don-vi": [""] * 4, "so": ["1", "3", "2", "1"],
        "loai": ["RECEIVER", "COMPETENT", "COMPETENT", "RECEIVER"], "don-vi-tg": ["NGAY_LAM_VIEC"] * 4,
        "cho-buoc": ["", "", "1", "2, 3"], "tong": "5",
    }  # fmt: skip
    assert client.post(url, rows | {"cho-buoc": ["", "x", "", ""]}).status_code == 422
    assert client.post(url, rows | {"cho-buoc": ["", "2", "", ""]}).status_code == 422
    page = client.post(url, rows, follow=True)
    assert [row["waits"] for row in page.context["rows"][:4]] == ["", "", "1", "2, 3"]
    assert "lệch" not in text_of(page)


def test_replacing_from_the_screen_names_the_successor(visit: Visit, actors: Any) -> None:
    a_published()
    a_published("2.2", "Thủ tục mới")
    client = visit(actors.admin)
    decision = {
        "number": "9/QĐ-UBND",
        "issuer": "CT",
        "issued_on": "18/11/2026",
        "effective_on": "20/11/2026",
    }
    refused = client.post(
        "/thu-tuc/1.012939/cong-bo/", decision | {"viec": "thay-the", "replacement": "khong"}
    )
    assert refused.status_code == 422 and "Không có thủ tục mang mã này" in text_of(refused)
    client.post("/thu-tuc/1.012939/cong-bo/", decision | {"viec": "thay-the", "replacement": "2.2"})
    assert Procedure.objects.get(code="1.012939").status == "REPLACED"

"""The screens of reports: what each role sees, what is typed is kept, numbers open their records, files hold the text."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from congvu.indicators.rules.definitions import Flag
from congvu.reports.actions.collect_parts import ask_parts, write_part
from congvu.reports.actions.move_report import Paper, check_report, publish_report, reopen_report
from congvu.reports.actions.write_report import mark_of, write_report
from congvu.reports.models import ReportVersion
from congvu.reports.rules.states import CHECKED
from congvu.reports.tests.make import NOW, ON_TIME, Office, a_report, an_office, approved, october
from congvu.reports.tests.test_parts import DUE
from congvu.reports.web.telling import tell

pytestmark = pytest.mark.django_db
SIGNED = NOW.date()


@pytest.fixture
def office(make_person: Any, frozen_clock: Any) -> Office:
    made = an_office(make_person)
    made.ground.write(october() + october(1))
    return made


def page_of(answer: Any) -> str:
    return answer.content.decode()


def published(office: Office, body: str = "") -> ReportVersion:
    made = approved(office, body)
    return publish_report(
        made.pk,
        Paper(
            "15/BC-UBND", SIGNED, "TM. ỦY BAN NHÂN DÂN | CHỦ TỊCH", "Phạm Chủ Tịch", "Bộ Nội vụ;\nLưu: VT."
        ),
        by=office.writer.actor,
        at=NOW,
    )


def test_a_report_is_made_on_the_screen_and_opens_for_writing(office: Office, visit: Any) -> None:
    client = visit(office.writer)
    typed = {
        "mau": "noi-vu",
        "don_vi": office.ground.province.pk,
        "ky": "tu-chon",
        "tu": "01/10/2026",
        "den": "31/10/2026",
    }
    answer = client.post("/bao-cao/lap/", typed)
    made = ReportVersion.objects.get()
    assert answer["Location"] == f"/bao-cao/{made.report_id}/soan/"
    wrong = client.post(
        "/bao-cao/lap/", typed | {"tu": "31/10/2026", "den": "01/10/2026", "tieu_de": "Tên tôi gõ"}
    )
    assert wrong.status_code == 422
    assert "sau ngày kết thúc" in page_of(wrong)
    assert "Tên tôi gõ" in page_of(wrong)


def test_the_text_shows_each_number_in_its_place_as_a_link(office: Office, visit: Any) -> None:
    made = a_report(office, f"Đạt {ON_TIME}, tăng.")
    shown = page_of(visit(office.writer).get(f"/bao-cao/{made.report_id}/"))
    assert re.search(
        r'Đạt <a class="q" href="[^"]*so=1&amp;phan=ty-le#so-lieu"[^>]*>66,7%</a>, tăng\.', shown
    )


def test_a_number_opens_its_dossiers_and_says_how_many_are_hidden(office: Office, visit: Any) -> None:
    made = approved(office, f"Đạt {ON_TIME}")
    url = f"/bao-cao/{made.report_id}/?ban=1&so=1&phan=mau"
    seen = page_of(visit(office.head).get(url))
    assert len(re.findall(r'<a class="code" href="/ho-so/', seen)) == 6
    assert "ngoài phạm vi" not in seen
    part = page_of(visit(office.unit_writer).get(url))
    assert len(re.findall(r'<a class="code" href="/ho-so/', part)) == 3
    assert "3</b> bản ghi ngoài phạm vi" in part
    none = page_of(visit(office.writer).get(url))
    assert "Vai trò của bạn không mở" in none


def test_a_dossier_recorded_after_the_approval_is_not_among_those_a_frozen_number_opens(
    office: Office, visit: Any
) -> None:
    from datetime import date, timedelta

    from congvu.dossiers.models import Dossier, DossierEvent
    from congvu.reports.tests.make import solved

    made = approved(office, f"Đạt {ON_TIME}")
    (late,) = office.ground.write([solved(date(2026, 10, 6), date(2026, 10, 9), date(2026, 10, 12))])
    DossierEvent.objects.filter(dossier=late).update(recorded_at=NOW + timedelta(hours=1))
    seen = page_of(visit(office.head).get(f"/bao-cao/{made.report_id}/?so=1&phan=mau"))
    assert Dossier.objects.get(pk=late).code not in seen
    assert len(re.findall(r'<a class="code" href="/ho-so/', seen)) == 6


def test_a_gone_figure_stands_as_a_gap_with_its_name(office: Office, visit: Any) -> None:
    made = a_report(office, "Có {{so-lieu:da-bo.roi}} hồ sơ")
    shown = page_of(visit(office.writer).get(f"/bao-cao/{made.report_id}/"))
    assert "[thiếu: da-bo.roi]" in shown
    refused = visit(office.auditor).post(
        f"/bao-cao/{made.report_id}/", {"viec": "kiem-tra", "lan": mark_of(made.body)}
    )
    assert refused.status_code == 422
    assert "Dòng 1" in page_of(refused)


def test_what_is_typed_is_shown_as_text_whatever_it_holds(office: Office, visit: Any) -> None:
    made = a_report(office, "# <script>alert(1)</script>\n| <b>a</b> | b |\n&amp; {{so-lieu:<i>}}")
    shown = page_of(visit(office.writer).get(f"/bao-cao/{made.report_id}/"))
    assert "<script>alert" not in shown
    assert "<b>a</b>" not in shown
    assert "&lt;script&gt;" in shown


def test_the_editor_searches_inserts_without_javascript_and_keeps_what_was_typed(
    office: Office, visit: Any
) -> None:
    made = a_report(office, "Một")
    client, url = visit(office.writer), f"/bao-cao/{made.report_id}/soan/"
    found = page_of(client.post(url, {"noi-dung": "Đang gõ", "tim": "dung han", "viec": "tim"}))
    assert "Đang gõ" in found
    assert "Tỷ lệ giải quyết đúng hạn" in found
    assert "66,7%" in found
    put = page_of(client.post(url, {"noi-dung": "Đang gõ", "chen": ON_TIME}))
    assert f"Đang gõ\n{ON_TIME}" in put.replace("\r", "")
    stale = client.post(url, {"noi-dung": "Của tôi", "lan": "cu", "viec": "luu"})
    assert stale.status_code == 422
    assert "Của tôi" in page_of(stale)
    saved = client.post(
        url, {"noi-dung": "Hai", "lan": re.search(r'name="lan" value="(\w+)"', found)[1], "viec": "luu"}
    )
    assert saved.status_code == 302
    assert ReportVersion.objects.get().body == "Hai"


def test_the_preview_and_the_search_answer_as_fragments(office: Office, visit: Any) -> None:
    made = a_report(office, "Một")
    client = visit(office.writer)
    told = page_of(client.post(f"/bao-cao/{made.report_id}/soan/xem/", {"noi-dung": f"Đạt {ON_TIME}"}))
    assert "66,7%" in told
    assert "<html" not in told
    assert "data-insert" in page_of(client.get(f"/bao-cao/{made.report_id}/soan/tim/?tim=dung+han"))


def test_drafts_are_read_by_their_unit_and_approved_ones_by_every_official(
    office: Office, visit: Any
) -> None:
    made = a_report(office)
    url = f"/bao-cao/{made.report_id}/"
    assert visit(office.unit_writer).get(url).status_code == 404
    assert made.report.title not in page_of(visit(office.unit_writer).get("/bao-cao/"))
    client = visit(office.auditor)
    mark = re.search(r'name="lan" value="(\w+)"', page_of(client.get(url)))[1]
    assert client.post(url, {"viec": "kiem-tra", "lan": mark}).status_code == 302
    assert visit(office.head).post(url, {"viec": "duyet", "lan": mark}).status_code == 302
    assert visit(office.unit_writer).get(url).status_code == 200


def test_a_report_opened_again_stays_readable_to_every_official_and_its_draft_to_nobody_else(
    office: Office, visit: Any
) -> None:
    made = published(office, f"Đạt {ON_TIME}\nCũ")
    second = reopen_report(made.pk, "Bổ sung", by=office.writer.actor, at=NOW)
    write_report(second.pk, "Chưa công bố", read_as=None, by=office.writer.actor, at=NOW)
    url, client = f"/bao-cao/{made.report_id}/", visit(office.unit_writer)
    shown = client.get(url)
    assert shown.status_code == 200
    assert "Cũ" in page_of(shown)
    assert "?ban=2" not in page_of(shown)
    assert client.get(f"{url}?ban=2").status_code == 404
    beside = page_of(client.get(f"{url}khac/?ban=1&tu=2"))
    assert "Chưa công bố" not in beside
    assert "Bản 2" not in beside
    assert "Chưa công bố" in page_of(visit(office.writer).get(url))


def test_the_pdf_holds_the_blocks_of_the_decree_the_text_and_the_charts_tables(
    office: Office, visit: Any
) -> None:
    made = published(office)
    pdf = visit(office.head).get(f"/bao-cao/{made.report_id}/pdf/").getvalue()
    reader = PdfReader(BytesIO(pdf))
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND TỈNH BÌNH GIANG", "15/BC-UBND", "BÁO CÁO", "66,7%", "Nơi nhận",
        "TM. ỦY BAN NHÂN DÂN", "Phạm Chủ Tịch", "ngày 20 tháng 11 năm 2026", "Giải quyết đúng hạn theo tháng",
    ):  # fmt: skip
        assert words in text, words
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 297)


def test_the_word_file_has_the_margins_of_the_decree_and_the_same_numbers(office: Office, visit: Any) -> None:
    made = published(office)
    file = visit(office.head).get(f"/bao-cao/{made.report_id}/docx/").getvalue()
    document = Document(BytesIO(file))
    section = document.sections[0]
    margins = [round(one.mm) for one in (section.top_margin, section.left_margin, section.right_margin)]
    assert margins == [22, 30, 18]
    assert any("66,7%" in one.text for one in document.paragraphs)
    assert document.tables[0].rows[1].cells[0].text == "Số: 15/BC-UBND"
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_the_appendix_keeps_numbers_as_numbers_and_text_as_text(office: Office, visit: Any) -> None:
    made = published(office, f"Đạt {ON_TIME}\n{{{{bieu-do:dung-han}}}}")
    file = visit(office.head).get(f"/bao-cao/{made.report_id}/xlsx/").getvalue()
    book = load_workbook(BytesIO(file))
    assert book.sheetnames == ["Số liệu", "So với năm trước", "Biểu đồ 1"]
    row = [cell.value for cell in book["Số liệu"][4]]
    assert row[7:10] == [4, 6, "66,7%"]
    assert zipfile.ZipFile(BytesIO(file)).testzip() is None


def test_a_frozen_report_is_the_same_paper_every_time(office: Office, visit: Any) -> None:
    made = published(office)
    client, url = visit(office.head), f"/bao-cao/{made.report_id}/pdf/"
    first = " ".join(page.extract_text() for page in PdfReader(BytesIO(client.get(url).getvalue())).pages)
    office.ground.write(october())
    again = " ".join(page.extract_text() for page in PdfReader(BytesIO(client.get(url).getvalue())).pages)
    assert first == again


def test_two_versions_differ_visibly_in_text_and_number(office: Office, visit: Any) -> None:
    made = published(office, f"Đạt {ON_TIME}\nCũ")
    office.ground.write(october())
    second = reopen_report(made.pk, "Bổ sung", by=office.writer.actor, at=NOW)
    client = visit(office.writer)
    mark = re.search(r'name="lan" value="(\w+)"', page_of(client.get(f"/bao-cao/{made.report_id}/soan/")))[1]
    client.post(
        f"/bao-cao/{made.report_id}/soan/", {"noi-dung": f"Đạt {ON_TIME}\nMới", "lan": mark, "viec": "luu"}
    )
    shown = page_of(client.get(f"/bao-cao/{made.report_id}/khac/?tu=1&ban=2"))
    assert second.version == 2
    assert "<del>Cũ</del>" in shown
    assert "<ins>Mới</ins>" in shown
    assert "66,7% (4/6)" in shown
    assert "66,7% (6/9)" in shown


def test_last_years_report_stands_beside_number_by_number(office: Office, visit: Any) -> None:
    approved(office, ON_TIME, year=2025)
    now = a_report(office, f"{ON_TIME} {{{{so-lieu:ho-so.tiep-nhan}}}}")
    shown = page_of(visit(office.writer).get(f"/bao-cao/{now.report_id}/nam-truoc/"))
    assert "không tính được" in shown  # nothing was solved a year ago: a share of nothing has no difference
    assert "chỉ có ở một bên" in shown


def test_units_sums_stand_beside_the_whole_with_the_difference(office: Office, visit: Any) -> None:
    report = a_report(office)
    (part,) = ask_parts(report.pk, [office.ground.units[0].pk], DUE, by=office.writer.actor, at=NOW)
    write_part(part.pk, part.body, read_as=None, send=True, by=office.unit_writer.actor, at=NOW)
    shown = page_of(visit(office.writer).get(f"/bao-cao/{report.report_id}/thu/"))
    assert "2/3" in shown
    assert "4/6" in shown
    assert "đã gửi" in shown


def test_a_unit_writes_and_sends_its_part_on_the_screen(office: Office, visit: Any) -> None:
    report = a_report(office)
    (part,) = ask_parts(report.pk, [office.ground.units[0].pk], DUE, by=office.writer.actor, at=NOW)
    client = visit(office.unit_writer)
    assert f"/bao-cao/phan/{part.pk}/" in page_of(client.get("/bao-cao/"))
    typed = {"noi-dung": "Lời của đơn vị", "lan": mark_of(part.body), "viec": "gui"}
    answer = client.post(f"/bao-cao/phan/{part.pk}/", typed)
    assert answer.status_code == 302
    assert "Đã gửi" in page_of(client.get(f"/bao-cao/phan/{part.pk}/"))
    again = client.post(f"/bao-cao/phan/{part.pk}/", typed | {"noi-dung": "Câu gõ sau khi gửi"})
    assert again.status_code == 422
    assert re.search(r"<textarea[^>]*readonly>Câu gõ sau khi gửi<", page_of(again))


def test_a_part_somebody_else_saved_is_overwritten_neither_now_nor_by_a_second_press(
    office: Office, visit: Any
) -> None:
    report = a_report(office)
    (part,) = ask_parts(report.pk, [office.ground.units[0].pk], DUE, by=office.writer.actor, at=NOW)
    client, url = visit(office.unit_writer), f"/bao-cao/phan/{part.pk}/"
    assert client.post(url, {"noi-dung": "Không dấu", "viec": "luu"}).status_code == 422
    typed = {"noi-dung": "Của tôi", "lan": mark_of(part.body), "viec": "luu"}
    write_part(part.pk, "Của người khác", read_as=None, by=office.unit_writer.actor, at=NOW)
    first = client.post(url, typed)
    assert first.status_code == 422
    mark = re.search(r'name="lan" value="(\w+)"', page_of(first))[1]
    assert client.post(url, typed | {"lan": mark}).status_code == 422
    part.refresh_from_db()
    assert part.body == "Của người khác"


def test_a_text_changed_since_it_was_read_is_neither_checked_nor_approved(office: Office, visit: Any) -> None:
    made = a_report(office, "Một")
    url, read = f"/bao-cao/{made.report_id}/", mark_of("Một")
    write_report(made.pk, "Hai", read_as=None, by=office.writer.actor, at=NOW)
    refused = visit(office.auditor).post(url, {"viec": "kiem-tra", "lan": read})
    assert refused.status_code == 422
    assert f'name="lan" value="{mark_of("Hai")}"' in page_of(refused)
    check_report(made.pk, by=office.auditor.actor, at=NOW, read_as=mark_of("Hai"))
    assert visit(office.head).post(url, {"viec": "duyet", "lan": read}).status_code == 422
    assert visit(office.head).post(url, {"viec": "duyet"}).status_code == 422
    made.refresh_from_db()
    assert made.state == CHECKED


def test_what_was_typed_into_a_report_approved_meanwhile_is_shown_to_be_copied(
    office: Office, visit: Any
) -> None:
    made = approved(office, "Một")
    answer = visit(office.writer).post(
        f"/bao-cao/{made.report_id}/soan/",
        {"noi-dung": "Đang gõ\x00 dở", "lan": mark_of("Một"), "viec": "luu"},
    )
    assert answer.status_code == 422
    assert re.search(r"<textarea[^>]* readonly[^>]*>Đang gõ", page_of(answer))
    assert visit(office.head).get("/hoi-nghi/%00/").status_code == 404


def test_a_flagged_number_bears_its_mark_and_its_note(office: Office) -> None:
    made = a_report(office, f"Đạt {ON_TIME}")
    numbers = [
        {**made.numbers[0], "flag": Flag.HAND.value, "note": "Công văn 12. Hệ thống cũ. Người nhập: A."}
    ]
    found = tell(made.body, numbers, {})
    assert found.notes[0].mark == found.rows[0].runs[1].mark == 1
    assert "Công văn 12" in found.notes[0].told.note


def test_an_office_keeps_its_own_edition_of_a_template(office: Office, visit: Any) -> None:
    client, unit = visit(office.writer), office.ground.province.pk
    answer = client.post("/bao-cao/mau/noi-vu/", {"don-vi": unit, "noi-dung": "# Của tôi"})
    assert answer.status_code == 302
    assert "# Của tôi" in page_of(client.get(f"/bao-cao/mau/noi-vu/?don-vi={unit}"))
    wrong = client.post("/bao-cao/mau/noi-vu/", {"don-vi": unit, "noi-dung": "# Hai\n{{gì}}"})
    assert wrong.status_code == 422
    assert "Dòng 2" in page_of(wrong)


def test_no_page_of_reports_asks_more_than_eight_times(office: Office, visit: Any) -> None:
    made = published(office)
    second = reopen_report(made.pk, "Bổ sung", by=office.writer.actor, at=NOW)
    (part,) = ask_parts(second.pk, [office.ground.units[0].pk], DUE, by=office.writer.actor, at=NOW)
    number = made.report_id
    asked: dict[str, int] = {}
    for who in (office.writer, office.head, office.auditor):
        client = visit(who)
        for path in (
            "/bao-cao/", "/bao-cao/lap/", "/bao-cao/mau/", "/bao-cao/mau/noi-vu/", f"/bao-cao/{number}/",
            f"/bao-cao/{number}/?ban=1&so=1&phan=tu", f"/bao-cao/{number}/?so=1&phan=tu", f"/bao-cao/{number}/soan/",
            f"/bao-cao/{number}/thu/", f"/bao-cao/{number}/khac/?tu=1&ban=2", f"/bao-cao/{number}/nam-truoc/",
            f"/bao-cao/phan/{part.pk}/",
        ):  # fmt: skip
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            assert answer.status_code in (200, 403), path
            asked[path] = max(asked.get(path, 0), len(captured))
    assert {path: n for path, n in asked.items() if n > 8} == {}

"""The screens over HTTP: the ledger, a unit, a decision typed, issued, corrected; who sees what."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.organisation.tests.make import a_unit
from congvu.people.tests.make import a_person
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.rules.kinds import BO_SUNG, CAT_GIAM, HOP_DONG_111, ISSUED
from congvu.staffing.tests.make import a_decision, a_line

pytestmark = pytest.mark.django_db
Visit = Callable[[Any], Any]


def text_of(answer: Any) -> str:
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return words.replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def works(actors: Any) -> Any:
    """Posts since 2015 in two departments of the small place."""
    one = a_unit("H98.16", "Sở Xây dựng", actors.province, since=date(2010, 1, 1))
    home = a_unit("H98.09", "Ban Dân tộc", actors.province, since=date(2010, 1, 1))
    a_decision(a_line(one, 50), a_line(home, 20), number="1/QĐ-UBND", effective=date(2015, 1, 1))
    a_decision(a_line(one, 6, CAT_GIAM), number="2/QĐ-UBND", effective=date(2021, 1, 1))
    a_decision(
        a_line(actors.home, 30), a_line(actors.home, 4, pool=HOP_DONG_111), number="3/QĐ-UBND", effective=date(2023, 3, 1)
    )  # fmt: skip
    return one


def test_the_ledger_shows_posts_beside_the_base_year(visit: Visit, actors: Any, works: Any) -> None:
    page = text_of(visit(actors.personnel).get("/bien-che/?nhom=cong_chuc"))
    assert "UBND tỉnh 70 94 +24 +34,29% 0 94" in page
    assert "Sở Xây dựng 50 44 −6 −12,00% 0 44" in page
    assert "Sở Nội vụ 0 30 +30 –" in page
    assert "chưa đối chiếu" in page
    earlier = text_of(visit(actors.personnel).get("/bien-che/?ngay=31/12/2020&nhom=cong_chuc"))
    assert "UBND tỉnh 70 70 0 0,00%" in earlier
    everything = text_of(visit(actors.personnel).get("/bien-che/"))
    assert "Sở Nội vụ 30 0 4 0" in everything


def test_a_leader_sees_the_posts_of_the_own_unit_only(visit: Visit, actors: Any, works: Any) -> None:
    client = visit(actors.leader)
    page = text_of(client.get("/bien-che/"))
    assert "Sở Nội vụ" in page
    assert "Sở Xây dựng" not in page
    assert client.get("/bien-che/don-vi/H98.08/").status_code == 200
    assert client.get("/bien-che/don-vi/H98.16/").status_code == 404
    mine = QuotaDecision.objects.get(number="3/QĐ-UBND")
    theirs = QuotaDecision.objects.get(number="1/QĐ-UBND")
    assert client.get(f"/bien-che/quyet-dinh/{mine.id}/").status_code == 200
    assert client.get(f"/bien-che/quyet-dinh/{theirs.id}/").status_code == 404
    assert "1/QĐ-UBND" not in text_of(client.get("/bien-che/quyet-dinh/"))
    assert client.post(f"/bien-che/quyet-dinh/{mine.id}/", {"viec": "bo"}).status_code == 422


def test_a_unit_page_tells_line_by_line_how_the_number_came_about(
    visit: Visit, actors: Any, works: Any
) -> None:
    page = text_of(visit(actors.auditor).get("/bien-che/don-vi/H98.16/?nhom=cong_chuc"))
    assert "01/01/2021 Công chức Cắt giảm 2/QĐ-UBND −6 44" in page
    assert "01/01/2015 Công chức Giao 1/QĐ-UBND +50 50" in page
    assert visit(actors.auditor).get("/bien-che/don-vi/H98.99/").status_code == 404


def test_a_decision_is_typed_looked_at_and_issued(visit: Visit, actors: Any, works: Any) -> None:
    client = visit(actors.personnel)
    typed = {
        "number": "9/QĐ-UBND",
        "signed_on": "18/11/2026",
        "issuer": "UBND tỉnh",
        "effective": "20/11/2026",
        "title": "Điều chỉnh biên chế",
        "lines": "Đơn vị\tNhóm\tLoại\tSố\nH98.16\tCông chức\tchuyển\t5\tSở Nội vụ\nban dân tộc; cong_chuc; tổng; 17",
    }
    saved = client.post("/bien-che/quyet-dinh/moi/", typed)
    assert saved.status_code == 302
    page = text_of(client.get(saved.url))
    assert "Sở Xây dựng Công chức Điều chuyển đi −5 44" in page
    assert "Sở Nội vụ Công chức Điều chuyển đến +5 30" in page
    assert "Ban Dân tộc Công chức Cắt giảm −3 20" in page
    done = client.post(saved.url, {"viec": "ban-hanh"}, follow=True)
    assert "Đã ghi sổ quyết định 9/QĐ-UBND" in text_of(done)
    assert QuotaDecision.objects.get(number="9/QĐ-UBND").state == ISSUED
    assert "44 39" in text_of(client.get(saved.url))
    assert client.get(f"{saved.url}sua/").status_code == 422


def test_rows_that_cannot_be_read_are_answered_one_by_one_and_nothing_typed_is_lost(
    visit: Visit, actors: Any, works: Any
) -> None:
    rows = "\n".join((
        "H98.16; công chức; giao; ba", "Sở Lạ; công chức; giao; 3", "H98.16; cán bộ; giao; 3",
        "H98.16; công chức; cho; 3", "H98.16; công chức",
    ))  # fmt: skip
    answer = visit(actors.personnel).post(
        "/bien-che/quyet-dinh/moi/", {"number": "9/QĐ", "effective": "20/11/2026", "lines": rows}
    )
    page = text_of(answer)
    assert answer.status_code == 422
    for said in (
        "Dòng 1: «ba» không phải số nguyên",
        "Dòng 2: không có đơn vị «Sở Lạ»",
        "Dòng 3: không có nhóm «cán bộ»",
        "Dòng 4: không hiểu loại «cho»",
        "Dòng 5: cần 4 cột",
    ):
        assert said in page
    assert "H98.16; công chức; giao; ba" in page
    assert not QuotaDecision.objects.filter(number="9/QĐ").exists()


def test_people_beyond_posts_are_told_and_a_room_lives_on_its_offices_posts(
    visit: Visit, actors: Any, works: Any
) -> None:
    room = a_unit("H98.16.01", "Văn phòng Sở", works, kind="PHONG")
    for number in range(3):
        a_person(room, f"Trần Thử {number}")
    a_decision(a_line(works, 42, CAT_GIAM), number="8/QĐ-UBND", effective=date(2026, 1, 1))
    client = visit(actors.personnel)
    page = text_of(client.get("/bien-che/?nhom=cong_chuc"))
    assert "Sở Xây dựng 50 2 −48 −96,00% 3 Vượt 1" in page
    assert "Văn phòng Sở" not in page
    assert "Vượt 1" in text_of(client.get("/bien-che/don-vi/H98.16/"))
    alone = text_of(client.get("/bien-che/don-vi/H98.16.01/"))
    assert "3 tính vào đơn vị cấp trên" in alone
    assert "Vượt" not in alone


def test_a_sheet_brings_its_lines_and_bad_ones_come_back_in_the_form(
    visit: Visit, actors: Any, works: Any
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("Đơn vị", "Nhóm", "Loại", "Số"),
        ("H98.16", "Công chức", "Bổ sung", 4.0),
        ("Sở Lạ", "Công chức", "Giao", 2),
    ):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    heading = {"number": "9/QĐ", "effective": "20/11/2026", "lines": "H98.09; công chức; thu hồi; 1"}
    sent = SimpleUploadedFile("dong.xlsx", file.getvalue())
    answer = visit(actors.personnel).post("/bien-che/quyet-dinh/moi/", {**heading, "sheet": sent})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Dòng 4: không có đơn vị «Sở Lạ»" in page
    assert "H98.16 Công chức Bổ sung 4" in page
    broken = SimpleUploadedFile("dong.xlsx", b"khong phai bang tinh")
    answer = visit(actors.personnel).post("/bien-che/quyet-dinh/moi/", {**heading, "sheet": broken})
    assert answer.status_code == 422
    assert "Không đọc được tệp Excel" in text_of(answer)


def test_an_issued_decision_is_corrected_by_another(visit: Visit, actors: Any, works: Any) -> None:
    client = visit(actors.personnel)
    wrong = QuotaDecision.objects.get(number="2/QĐ-UBND")
    form = text_of(client.get(f"/bien-che/quyet-dinh/{wrong.id}/dinh-chinh/"))
    assert "H98.16 Công chức Cắt giảm 6" in form
    saved = client.post(
        f"/bien-che/quyet-dinh/{wrong.id}/dinh-chinh/",
        {
            "number": "2a/QĐ-UBND",
            "signed_on": "1/2/2021",
            "issuer": "UBND tỉnh",
            "effective": "1/1/2021",
            "lines": "H98.16\tCông chức\tCắt giảm\t3",
        },
    )
    assert client.get(f"/bien-che/quyet-dinh/{wrong.id}/dinh-chinh/").status_code == 302, (
        "the draft begun is opened"
    )
    client.post(saved.url, {"viec": "ban-hanh"})
    assert "Sở Xây dựng 50 47 −3" in text_of(client.get("/bien-che/?nhom=cong_chuc"))
    assert "Đã đính chính" in text_of(client.get(f"/bien-che/quyet-dinh/{wrong.id}/"))


def test_a_refused_issue_says_why_and_keeps_the_draft(visit: Visit, actors: Any, works: Any) -> None:
    client = visit(actors.personnel)
    saved = client.post(
        "/bien-che/quyet-dinh/moi/",
        {"number": "9/QĐ", "signed_on": "1/1/2026", "issuer": "UBND", "effective": "1/1/2026",
         "lines": "H98.16; công chức; thu hồi; 100"},
    )  # fmt: skip
    refused = client.post(saved.url, {"viec": "ban-hanh"})
    assert refused.status_code == 422
    assert "sẽ còn -56, dưới không. Số đang được giao theo Quyết định 2/QĐ-UBND" in text_of(refused)
    assert client.post(saved.url, {"viec": "bo"}).status_code == 302
    assert not QuotaLine.objects.filter(decision__number="9/QĐ").exists()


def test_the_sheet_has_real_numbers(visit: Visit, actors: Any, works: Any) -> None:
    answer = visit(actors.personnel).get("/bien-che/tai-ve/?nhom=cong_chuc")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = {row[1]: row[2:] for row in sheet.iter_rows(values_only=True) if row[1]}
    assert rows["  Sở Xây dựng"] == (50, 44, -6, -12, 0)
    assert rows["Tổng cộng"] == (70, 94, 24, 34.29, 0)


@pytest.mark.parametrize(
    "query", ["ngay=32/13/2026", "goc=hai", "goc=99999", "nhom=khac", "sau=zzz", "biet-den=x"]
)
def test_questions_that_cannot_be_read_are_refused_in_words(visit: Visit, actors: Any, query: str) -> None:
    assert visit(actors.personnel).get(f"/bien-che/?{query}").status_code == 422


def test_pages_take_as_many_statements_for_three_hundred_units_as_for_three(
    visit: Visit, actors: Any, works: Any
) -> None:
    client = visit(actors.personnel)
    one = QuotaDecision.objects.get(number="1/QĐ-UBND")
    urls = ["/bien-che/", "/bien-che/?biet-den=20/11/2026", "/bien-che/don-vi/H98.16/", "/bien-che/quyet-dinh/",
            f"/bien-che/quyet-dinh/{one.id}/", "/bien-che/quyet-dinh/moi/"]  # fmt: skip
    small = {url: _statements(client, url) for url in urls}
    offices = [a_unit(f"H98.{n}", f"Đơn vị {n}", actors.province) for n in range(100, 400)]
    for year in (2021, 2022, 2023):
        a_decision(
            *(a_line(unit, 3, BO_SUNG) for unit in offices), number=f"{year}/QĐ", effective=date(year, 1, 1)
        )
    assert {url: _statements(client, url) for url in urls} == small
    assert max(small.values()) <= 8
    first = client.get("/bien-che/").content.decode()
    following = re.search(r'href="(\?[^"]*sau=[^"]*)"', first)
    assert following is not None
    second = text_of(client.get(f"/bien-che/{following[1].replace('&amp;', '&')}"))
    assert "Đơn vị 250" in second


def _statements(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_unit_page_leads_to_its_posts(visit: Visit, actors: Any, works: Any) -> None:
    assert "/bien-che/don-vi/H98.16/" in visit(actors.personnel).get("/to-chuc/H98.16/").content.decode()
    assert "/bien-che/don-vi/H98.16/" not in visit(actors.leader).get("/to-chuc/H98.16/").content.decode()
    assert "/bien-che/don-vi/H98.08/" in visit(actors.leader).get("/to-chuc/H98.08/").content.decode()


@pytest.mark.browser
def test_a_decision_is_written_by_keyboard_and_every_page_is_accessible(
    page: Any, actors: Any, works: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    enter(page, actors.personnel)
    page.goto("/bien-che/")
    assert_accessible(page)
    keep_picture(page, "ledger")
    page.goto("/bien-che/don-vi/H98.16/")
    assert_accessible(page)
    keep_picture(page, "unit-staffing")
    page.goto("/bien-che/quyet-dinh/moi/")
    assert_accessible(page)
    page.keyboard.type("77/QĐ-UBND")
    page.keyboard.press("Tab")
    page.keyboard.type("18/11/2026")
    page.keyboard.press("Tab")
    page.keyboard.type("20/11/2026")
    page.locator("textarea[name=lines]").fill("H98.16; công chức; bổ sung; 4")
    with page.expect_navigation():
        page.keyboard.press("F9")
    assert "Dự thảo 77/QĐ-UBND" in page.inner_text("h1")
    assert_accessible(page)
    keep_picture(page, "decision")
    with page.expect_navigation():
        page.get_by_role("button", name="Ban hành, ghi sổ").click()
    assert "Đã ban hành" in page.inner_text("main")

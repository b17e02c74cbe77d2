"""The table of the staff's quality: every number opens exactly its people; heads are counted once; nobody unseen counts."""

import io
import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.models import Unit
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.enter import Step
from congvu.people.tests.make import AT, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(actors: Any) -> None:
    room = a_unit("H98.08.01", "Văn phòng Sở", actors.home)
    works = a_unit("H98.16", "Sở Xây dựng", actors.province)
    a_person(actors.province, "Lê Thị Gốc", ethnicity="Tày", qualification="TS")
    a_person(
        actors.home,
        "Lê Thị Một",
        birth=date(1999, 3, 1),
        qualification="DH",
        salary=Step("01.003", 2, date(2024, 1, 1)),
    )
    a_person(room, "Lê Văn Hai", sex="nam", birth=date(1984, 3, 1), qualification="THS")
    a_person(
        works,
        "Lê Văn Ba",
        sex="nam",
        birth=date(1970, 3, 1),
        ethnicity="mong",
        salary=Step("01.002", 2, date(2024, 1, 1)),
    )


def cells(answer: Any) -> list[list[tuple[int, str]]]:
    return [[line.total, *line.cells] for line in answer.context["lines"]]


@pytest.mark.parametrize("asked", ["", "?don-vi=H98.08", "?don-vi=H98"])
@pytest.mark.parametrize("who", ["personnel", "leader"])
def test_every_number_opens_its_people(actors: Any, visit: Any, staff: None, asked: str, who: str) -> None:
    client = visit(actors.of(who))
    for line in cells(client.get(f"/nhan-su/chat-luong/{asked}")):
        for number, url in line:
            assert len(client.get(url).context["lines"]) == number, url


def test_the_lines_add_up_and_a_reader_counts_only_whom_he_sees(actors: Any, visit: Any, staff: None) -> None:
    answer = visit(actors.personnel).get("/nhan-su/chat-luong/")
    lines = cells(answer)
    assert [line.name for line in answer.context["lines"]] == [
        "UBND tỉnh",
        "Sở Nội vụ",
        "Sở Xây dựng",
        "Cộng",
    ]
    assert [numbers[0][0] for numbers in lines] == [1, 2, 1, 4]
    for column in zip(*lines, strict=True):
        assert sum(number for number, _ in column[:-1]) == column[-1][0]
    leader = visit(actors.leader).get("/nhan-su/chat-luong/")
    assert [line[0][0] for line in cells(leader)] == [2, 2]


def test_the_sheet_says_the_same(actors: Any, visit: Any, staff: None) -> None:
    answer = visit(actors.personnel).get("/nhan-su/chat-luong/tai-ve/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    page = book.active
    rows = list(page.iter_rows(min_row=10, values_only=True))
    assert rows[3][:5] == (None, "Cộng", 4, 2, 2)
    assert rows[1][:2] == (2, "Sở Nội vụ")
    assert page["A1"].value == "UBND TỈNH" and "20/11/2026" in page["A5"].value
    assert [page.cell(9, column).value for column in (1, 2, 3)] == ["(1)", "(2)", "(3)"]
    groups = [cell.value for cell in page[7] if cell.value]
    assert groups[:3] == ["TT", "Tên đơn vị", "Tổng số hiện có"] and "Ngạch" in groups
    assert any("THỦ TRƯỞNG CƠ QUAN" in row for row in rows)


def test_a_sheet_is_read_on_the_screen_and_entered(
    actors: Any, visit: Any, settings: Any, tmp_path: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from congvu.people.tests.test_import import sheet

    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    a_unit("H98.16", "Sở Xây dựng", actors.province)
    good = (
        "Nguyễn Thị Hạnh",
        "12/03/1985",
        "Nữ",
        "Tày",
        "099185000001",
        "H98.16",
        "Chuyên viên",
        date(2021, 5, 1),
    )
    bad = ("Trần Văn Nam", "12/03/2190", "Nam", "", "", "Sở Xây dựng", "Chuyên viên", None)
    client = visit(actors.personnel)
    sent = client.post("/nhan-su/nhap/", {"file": SimpleUploadedFile("ds.xlsx", sheet(good, bad))})
    assert sent.status_code == 302
    where = sent.headers["Location"]
    page = client.get(where).content.decode()
    assert "ở tương lai" in page and re.search(r"nhận <span class=\"num\">1</span>, không nhận", page)
    assert visit(actors.personnel).get(where).status_code == 200
    other = client.get(where).context["columns"]
    chosen = {f"cot-{key}": "" if at is None else at for key, _, _, at in other}
    without = client.post(where, {**chosen, "cot-birth": "", "viec": "xem"})
    assert without.status_code == 422 and "Không thấy cột: Ngày sinh" in without.content.decode()
    assert client.post(where, {**chosen, "viec": "ghi"}).status_code == 422
    done = client.post(where, {**chosen, "viec": "ghi", "decision": "40/QĐ-SNV"})
    assert done.status_code == 302
    assert "Nguyễn Thị Hạnh" in client.get("/nhan-su/?don-vi=H98.16").content.decode()
    assert client.get("/nhan-su/nhap/999999/").status_code == 404


def test_on_another_map_the_people_stand_with_their_heirs_and_each_number_opens_them(
    actors: Any, visit: Any, staff: None, django_assert_max_num_queries: Any
) -> None:
    works = Unit.objects.get(code="H98.16")
    decision = Decision("1/NQ", date(2026, 12, 1))
    split(
        works.pk, [Receiver(actors.home.pk, Fraction(1, 2)), Receiver(actors.province.pk, Fraction(1, 2))], ceases=True,
        under={}, effective=date(2027, 1, 1), decision=decision, by=SYSTEM, at=AT,
    )  # fmt: skip
    client = visit(actors.personnel)
    with django_assert_max_num_queries(8):
        answer = client.get("/nhan-su/chat-luong/?ban-do=02/01/2027")
    lines = {line.name: line for line in answer.context["lines"]}
    assert {name: line.total[0] for name, line in lines.items()} == {
        "UBND tỉnh": Fraction(3, 2), "Sở Nội vụ": Fraction(5, 2), "Cộng": 4,
    }  # fmt: skip
    assert lines["Sở Nội vụ"].divided and "1/2" in answer.content.decode()
    assert len(client.get(lines["Sở Nội vụ"].total[1]).context["lines"]) == 3
    sheets = load_workbook(
        io.BytesIO(b"".join(client.get("/nhan-su/chat-luong/tai-ve/?ban-do=02/01/2027").streaming_content))
    )
    assert [row[2].value for row in sheets["Phân bổ"].iter_rows(min_row=2)].count("1/2") == 2
    assert client.get("/nhan-su/chat-luong/?ban-do=hom").status_code == 422

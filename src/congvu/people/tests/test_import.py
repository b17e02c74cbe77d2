"""A dirty sheet: every row answered in words, none dropped, the good ones entered."""

import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_xlsx
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.import_people import as_document, import_people
from congvu.people.models import Person, PersonVersion, SalaryStep
from congvu.people.queries.present import present
from congvu.people.tests.make import AT, PAPER, a_person

pytestmark = pytest.mark.django_db
HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Đơn vị công tác", "Chức vụ", "Ngày tuyển dụng",
    "Mã ngạch", "Bậc", "Ngày hưởng",
)  # fmt: skip
GOOD = (
    "Nguyễn Thị Hạnh",
    "12/03/1985",
    "Nữ",
    "Tày",
    "099185000001",
    "H99.08",
    "Chuyên viên",
    date(2021, 5, 1),
)


def sheet(*rows: tuple[Any, ...], title: str = "DANH SÁCH CÁN BỘ", merge: str = "") -> bytes:
    book = Workbook()
    page = book.active
    page.append([title])
    page.append(HEADINGS)
    for n, row in enumerate(rows, start=1):
        page.append([n, *row])
    if merge:
        page.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def run(content: bytes, *, dry_run: bool = True) -> dict[str, Any]:
    report = import_people(read_xlsx("ds.xlsx", content), dry_run=dry_run, decision=PAPER, by=SYSTEM, at=AT)
    return as_document(report, "ds.xlsx", dry_run=dry_run)


@pytest.fixture(autouse=True)
def offices() -> Any:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    return a_unit("H99.08", "Sở Nội vụ", root)


def test_a_good_sheet_is_rehearsed_and_then_entered(offices: Any) -> None:
    second = (
        "Trâ\u0300n  Va\u0306n Nam",
        datetime(1990, 2, 1),
        "nam",
        "",
        99190000002,
        "so noi vu",
        "Chuyên viên",
        None,
        "01.003",
        "3/9",
        "1/7/2025",
    )
    content = sheet(GOOD, second)
    first = run(content)
    assert (first["read"], first["accepted"], first["entered"]) == (2, 2, 0)
    assert not Person.objects.exists()
    done = run(content, dry_run=False)
    assert done["entered"] == 2 and all(row["number"] for row in done["rows"])
    nam = PersonVersion.objects.get(birth=date(1990, 2, 1))
    assert (nam.name, nam.citizen_number) == ("Trần Văn Nam", "099190000002")
    assert SalaryStep.objects.get().coefficient == 3
    assert present(None, AT.date()) == {offices.pk: {"cong_chuc": 2}}
    again = run(content)
    assert again["refused"] == 2
    assert "đã có ở hồ sơ" in again["rows"][0]["problems"][0]["why"]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (1, "12/03/2190", "ở tương lai"),
        (1, "31/02/1985", "không đọc được"),
        (1, "03/25/1985", "tháng trước ngày"),
        (1, "12/03/85", "hai chữ số"),
        (1, None, "Chưa có ngày sinh"),
        (1, "năm 1985", "không đọc được"),
        (2, "X", "Ghi Nam hoặc Nữ"),
        (4, "12345", "không đúng"),
        (5, "Sở Không Có", "Không có đơn vị «Sở Không Có»"),
        (6, "", "Chưa ghi chức vụ"),
        (0, "Hạnh", "ít nhất hai chữ"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_and_the_other_rows_are_taken(
    column: int, value: Any, said: str
) -> None:
    bad = list(GOOD)
    bad[column] = value
    if column != 4:
        bad[4] = "099185000009"
    done = run(sheet(GOOD, tuple(bad)), dry_run=False)
    assert (done["read"], done["entered"], done["refused"]) == (2, 1, 1)
    row = done["rows"][1]
    assert not row["ok"] and row["row"] == 4
    assert said in row["problems"][0]["why"]


def test_the_same_number_twice_two_full_posts_and_merged_cells_are_named() -> None:
    other = ("Lê Văn Ba", *GOOD[1:])
    done = run(sheet(GOOD, other, GOOD))
    assert [row["ok"] for row in done["rows"]] == [True, False, False]
    assert "Trùng số hiệu hoặc số định danh với dòng 3" in done["rows"][1]["problems"][0]["why"]
    assert "vị trí chuyên trách ở dòng 3" in done["rows"][2]["problems"][0]["why"]
    merged = run(
        sheet(GOOD, ("Lê Văn Ba", "1/2/1990", "Nam", "", "", "H99.08", "Chuyên viên"), merge="G3:G4")
    )
    assert all("Ô gộp G3:G4" in row["problems"][0]["why"] for row in merged["rows"])


def test_people_without_numbers_in_two_full_posts_are_asked_about() -> None:
    bare = (*GOOD[:4], "", *GOOD[5:])
    done = run(sheet(bare, bare))
    assert [row["ok"] for row in done["rows"]] == [True, False]
    assert "hai người trùng tên" in done["rows"][1]["problems"][0]["why"]


def test_no_row_with_anything_in_it_is_dropped() -> None:
    done = run(sheet(GOOD, (None,) * 8, ("", "", "", "", "", "", "Ghi chú cuối bảng")))
    assert [row["row"] for row in done["rows"]] == [3, 4, 5]  # the numbered empty line too
    assert done["refused"] == 2


def test_what_is_not_a_sheet_or_lacks_columns_is_refused_whole() -> None:
    with pytest.raises(Refused, match="Không đọc được tệp Excel"):
        read_xlsx("x.xlsx", b"PK\x03\x04 not really")
    book = Workbook()
    book.active.append(["Tên", "Ghi chú"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match="Không thấy cột: Ngày sinh"):
        run(out.getvalue())


def test_a_keeper_of_one_unit_imports_nobody_elsewhere(make_person: Any, offices: Any) -> None:
    other = a_unit("H99.16", "Sở Xây dựng", None)
    keeper = make_person("personnel", other).actor
    report = import_people(read_xlsx("ds.xlsx", sheet(GOOD)), dry_run=True, decision=PAPER, by=keeper, at=AT)
    assert "không giữ hồ sơ nhân sự" in json.dumps(as_document(report, "", dry_run=True), ensure_ascii=False)


def test_a_number_the_register_has_is_refused() -> None:
    a_person(offices_id(), "Phạm Văn Tư", number="CB-7", citizen_number="099185000001")
    assert "đã có ở hồ sơ CB-7" in run(sheet(GOOD))["rows"][0]["problems"][0]["why"]


def offices_id() -> int:
    from congvu.organisation.queries import unit_by_code

    return unit_by_code("H99.08").pk

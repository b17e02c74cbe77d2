"""Content areas through time, programmes that overlap, seats on committees, sheets of plans."""

from datetime import date
from typing import Any

import pytest

from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet
from congvu.tasks.actions.import_plans import as_document, import_plans
from congvu.tasks.actions.keep_committee import (
    NewSeat,
    keep_committee,
    leave_seats,
    record_conclusion,
    seat_members,
)
from congvu.tasks.actions.record_programme import NewProgramme, record_programme
from congvu.tasks.models import Plan
from congvu.tasks.queries.boards import concluded, seats
from congvu.tasks.queries.programmes import area_lists, areas_for
from congvu.tasks.rules.contents import in_force
from congvu.tasks.rules.kinds import CENTRAL, ISSUED, PERIOD, PROVINCIAL, YEAR
from congvu.tasks.rules.sheet import years_of
from congvu.tasks.rules.spans import doubts
from congvu.tasks.tests.make import SAID, a_province

pytestmark = pytest.mark.django_db


def test_five_areas_in_2001_2010_and_six_since_and_what_was_quoted_finds_the_area() -> None:
    lists = area_lists()
    assert {one.since.year: len(one.areas) for one in lists} == {2001: 5, 2011: 6, 2021: 6}
    assert {one.evidence for one in lists} == {"MEM"}
    old = in_force(lists, date(2010, 7, 28))
    assert old is not None
    assert old.find("cải cách hành chính công").name == "Cải cách tài chính công"
    assert old.find("Cải cách tài chính công") == old.find("TAI_CHINH_CONG")
    assert [one.code for one in old.areas if one.breakthrough] == ["TTHC", "DOI_NGU"]
    with pytest.raises(Refused, match="Không có nội dung"):
        old.find("chính quyền số")


def test_a_year_may_belong_to_two_programmes_and_that_is_said() -> None:
    first = NewProgramme("A", "Tổng thể 2001-2010", CENTRAL, "136/2001/QĐ-TTg", 2001, 2010)
    second = NewProgramme("B", "Tổng thể 2010-2020", CENTRAL, "x", 2010, 2020)
    mine = NewProgramme("C", "Của tỉnh 2011-2020", PROVINCIAL, "y", 2011, 2020)
    rows, told = record_programme([first, second, mine], **SAID)
    assert told == ["Năm 2010 thuộc cả «Tổng thể 2001-2010» (2001-2010), trung ương."]
    lists = area_lists()
    sizes = [len(found.areas) for row in rows if (found := areas_for(row, row.first_year, lists))]
    assert sizes == [5, 5, 6]
    with pytest.raises(Refused, match="Đã có chương trình"):
        record_programme([first], **SAID)


def test_a_term_of_office_is_not_the_period_of_a_plan() -> None:
    assert doubts(PERIOD, 2021, 2025) == []
    assert "Nhiệm kỳ 2021-2026 ứng với kỳ kế hoạch 2021-2025" in doubts(PERIOD, 2021, 2026)[0]
    assert doubts(YEAR, 2026, 2026) == []


def test_one_person_wears_two_hats_and_sits_once_on_each_committee() -> None:
    day = date(2021, 5, 1)
    reform = keep_committee("Ban Chỉ đạo CCHC tỉnh", "1/QĐ", day, **SAID)
    digital = keep_committee("Ban Chỉ đạo chuyển đổi số", "2/QĐ", day, **SAID)
    head = NewSeat("Nguyễn Văn An", "Chủ tịch UBND tỉnh", "TRUONG_BAN", day)
    (seat,) = seat_members(reform.pk, [head], **SAID)
    seat_members(digital.pk, [head], **SAID)
    assert [one.committee_id for one in seats(date(2022, 1, 1))] == [reform.pk, digital.pk]
    with pytest.raises(Refused, match="đã là thành viên"):
        seat_members(reform.pk, [head], **SAID)
    with pytest.raises(Refused, match="Không có số hiệu"):
        seat_members(reform.pk, [NewSeat("Lê B", "Giám đốc", "UY_VIEN", day, person="CB999999")], **SAID)
    assert leave_seats([seat.pk], date(2024, 1, 1), "9/QĐ", **SAID) == 1
    assert [one.committee_id for one in seats(date(2024, 1, 1))] == [digital.pk]
    new = NewSeat("Nguyễn Văn An", "Chủ tịch UBND tỉnh", "TRUONG_BAN", date(2024, 1, 1))
    assert seat_members(reform.pk, [new], **SAID)
    record_conclusion(reform.pk, "5/TB", date(2026, 3, 1), "Đẩy nhanh rà soát thủ tục", **SAID)
    assert [row.number for row in concluded(reform.pk)] == ["5/TB"]


HEADS = ("Đơn vị", "Kế hoạch", "Số ký hiệu", "Ngày ban hành", "Người ký", "Trạng thái")


def sheet_of(*rows: tuple[Any, ...]) -> Sheet:
    return Sheet("bảng", (HEADS, *rows))


def test_a_sheet_is_answered_row_by_row_and_entered_once() -> None:
    a_province(agencies=3, districts=0)
    sheet = sheet_of(
        ("H97.01", "Kế hoạch CCHC năm 2026", "12/KH", "15/01/2026", "Trần A", "Đã ban hành"),
        ("sở số 1", "giai đoạn 2026-2030", "20/KH", date(2026, 3, 2), "", ""),
        ("Sở số 2", "năm 2026", "", "", "", "dự thảo"),
        ("Sở số 3", "năm 2026", "", "", "", "chưa có"),
        ("Sở lạ", "năm 2026", "1/KH", "1/1/2026", "", ""),
        ("H97.03", "quý này", "1/KH", "31/2/2026", "", "xong"),
        ("H97.01", "năm 2026", "13/KH", "16/01/2026", "", ""),
        (None, None, None, None, None, None),
    )
    dry = import_plans(sheet, dry_run=True, **SAID)
    assert [one.outcome for one in dry.answers] == [
        "new",
        "new",
        "new",
        "nothing",
        "refused",
        "refused",
        "refused",
    ]
    assert not Plan.objects.exists()
    assert "Không có đơn vị tên «Sở lạ»" in dry.answers[4].row.problems[0]
    assert len(dry.answers[5].row.problems) == 3
    assert dry.answers[6].row.problems == ["Trùng dòng 2."]
    assert import_plans(sheet, dry_run=False, **SAID).written == 3
    assert Plan.objects.filter(state=ISSUED).values_list("number", "signer").order_by("number").first() == (
        "12/KH",
        "Trần A",
    )
    again = import_plans(sheet, dry_run=False, **SAID)
    assert (again.written, again.count("known"), Plan.objects.count()) == (0, 3, 3)
    assert as_document(again, "bảng", dry_run=False)["refused"] == 3
    with pytest.raises(Refused, match="thiếu cột Kế hoạch"):
        import_plans(Sheet("x", (("Đơn vị",),)), dry_run=True, **SAID)


def test_a_row_that_came_out_after_its_unit_ended_is_refused() -> None:
    a_province(agencies=1, districts=0)
    told = import_plans(sheet_of(("H97.01", "năm 2009", "1/KH", "1/2/2009", "", "")), dry_run=False, **SAID)
    assert (told.written, told.answers[0].outcome) == (0, "refused")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Kế hoạch CCHC năm 2012", (YEAR, 2012, 2012)),
        ("giai đoạn 2011 – 2020", (PERIOD, 2011, 2020)),
        ("2010- 2020", (PERIOD, 2010, 2020)),
        ("từ 2021 đến 2025", (PERIOD, 2021, 2025)),
        ("quý I", None),
    ],
)
def test_the_years_of_a_plan_are_read_as_people_write_them(words: str, found: Any) -> None:
    assert years_of(words) == found

"""Sheets as they stood: merged cells named by line, numbers as people read them, what is no sheet refused."""

import io

import pytest
from openpyxl import Workbook

from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_sheet


def packed(*rows: tuple[object, ...], merge: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_same_rows_come_out_of_both_kinds_of_file() -> None:
    rows = (("mã", "tên"), (5971.0, "Xã Một"), (None, None), (101, None))
    wanted = [(2, {"mã": "5971", "tên": "Xã Một"}), (4, {"mã": "101", "tên": ""})]
    sheet = read_sheet("a.xlsx", packed(*rows))
    assert list(sheet.records()) == wanted
    assert list(read_sheet("b.csv", sheet.as_csv().encode()).records()) == wanted
    assert list(read_sheet("a.csv", "\ufeffmã,tên\n5971,Xã Một\n,\n101,\n".encode()).records()) == wanted


def test_a_line_of_a_csv_file_is_the_line_an_editor_shows() -> None:
    sheet = read_sheet("a.csv", b'a,b\n1,"two\nlines"\n2,x\n')
    assert [line for line, _ in sheet.records()] == [3, 4]


def test_cells_merged_over_rows_are_named_by_line_and_those_over_columns_are_not() -> None:
    sheet = read_sheet("a.xlsx", packed(("a", "b"), (1, 2), (3, 4), merge="A2:A3"))
    assert sheet.merged_rows() == {2: ["A2:A3"], 3: ["A2:A3"]}
    assert read_sheet("a.xlsx", packed(("a", "b"), (1, 2), merge="A2:B2")).merged_rows() == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04 broken", "Không đọc được tệp Excel"), (b"a\xff", "UTF-8"), (b'a\n"b', "CSV hỏng")],
)
def test_what_is_no_sheet_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_sheet("tệp", content)

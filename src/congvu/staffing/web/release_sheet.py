"""The list of a streamlining batch as XLSX, columns as the ministry's list has them."""

from collections.abc import Callable, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from congvu.organisation.rules.picture import Picture
from congvu.people.rules.codes import QUALIFICATIONS, SEXES
from congvu.staffing.models import Release
from congvu.staffing.rules.streamlining import CATEGORIES, PACKS, REGIMES

_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "dd/mm/yyyy",
}  # fmt: skip
_HEADINGS = (
    ("TT", 5), ("Họ và tên", 26), ("Ngày sinh", 12), ("Giới tính", 9), ("Chức danh", 20), ("Đơn vị", 34),
    ("Trình độ chuyên môn", 14), ("Hệ số lương", 9), ("Tiền lương", 14), ("Phụ cấp", 14), ("Số tháng đóng bảo hiểm", 12),
    ("Thời điểm nghỉ", 12), ("Kết quả xếp loại", 24), ("Diện", 34), ("Điểm, khoản, điều", 24), ("Gói chính sách", 22),
    ("Chế độ", 26), ("Số tháng nghỉ trước tuổi", 12), ("Kinh phí (đồng)", 18), ("Căn cứ tính", 40),
)  # fmt: skip
_MONEY = 18  # the column


def release_book(year: int, half: int, rows: Sequence[Release], known: Picture) -> IO[bytes]:
    """One line a person, the money as a number; the sum below."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet(f"Đợt {half} năm {year}")
    bold, number = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"num_format": "#,##0"}),
    )
    sheet.write_string(
        0, 0, f"DANH SÁCH TINH GIẢN BIÊN CHẾ ĐỢT {half} NĂM {year}", book.add_format({"bold": True})
    )
    for place, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, heading, bold)
    for line, row in enumerate(rows, 3):
        _write(sheet, line, row, known, number)
    sheet.write_string(3 + len(rows), 1, f"Cộng {len(rows)} người", bold)
    sheet.write_number(3 + len(rows), _MONEY, sum(row.money for row in rows), number)
    _summary(book, year, half, rows, known, (bold, number))
    book.close()
    out.seek(0)
    return out


def _write(sheet: Any, line: int, row: Release, known: Picture, number: Any) -> None:
    evidence = " (chưa đối chiếu)" if row.rule_evidence == "MEM" else ""
    texts = {
        1: row.name, 3: SEXES.get(row.sex, ""), 4: row.title, 5: known.name(row.unit_id, row.leaves_on),
        6: QUALIFICATIONS[row.qualification] if row.qualification else "", 12: row.ratings, 13: CATEGORIES[row.category],
        14: row.article, 15: PACKS[row.pack], 16: REGIMES[row.regime], 19: f"{row.rule_citation}{evidence}",
    }  # fmt: skip
    for place, text in texts.items():
        sheet.write_string(line, place, text)
    sheet.write_datetime(line, 2, row.born)
    sheet.write_datetime(line, 11, row.leaves_on)
    numbers = {
        8: row.salary,
        9: row.extra_pay,
        10: row.insured_months,
        17: row.months_early,
        _MONEY: row.money,
    }
    sheet.write_number(line, 0, line - 2)
    for place, value in numbers.items():
        sheet.write_number(line, place, value, number)
    if row.coefficient is not None:
        sheet.write_number(line, 7, float(row.coefficient))


def _summary(
    book: Any, year: int, half: int, rows: Sequence[Release], known: Picture, formats: tuple[Any, Any]
) -> None:
    """People and money by unit, by category and by regime of each pack: each table adds up to the whole list."""
    bold, number = formats
    sheet = book.add_worksheet("Tổng hợp")
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 2, 18)
    sheet.write_string(0, 0, f"TỔNG HỢP TINH GIẢN BIÊN CHẾ ĐỢT {half} NĂM {year}", bold)
    tables: dict[str, Callable[[Release], str]] = {
        "Đơn vị": lambda row: known.name(row.unit_id, row.leaves_on),
        "Diện": lambda row: CATEGORIES[row.category],
        "Chế độ": lambda row: f"{PACKS[row.pack]}: {REGIMES[row.regime].lower()}",
    }
    line = 2
    for heading, key in tables.items():
        for place, words in enumerate((heading, "Số người", "Kinh phí (đồng)")):
            sheet.write_string(line, place, words, bold)
        counted: dict[str, tuple[int, int]] = {}
        for row in rows:
            people, money = counted.get(key(row), (0, 0))
            counted[key(row)] = people + 1, money + row.money
        for name, (people, money) in (
            *counted.items(),
            ("Cộng", (len(rows), sum(row.money for row in rows))),
        ):
            line += 1
            sheet.write_string(line, 0, name)
            sheet.write_number(line, 1, people, number)
            sheet.write_number(line, 2, money, number)
        line += 2

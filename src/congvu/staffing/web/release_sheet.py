"""The list of a streamlining batch as XLSX, columns as the ministry's list has them."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from congvu.organisation.rules.picture import Picture
from congvu.staffing.models import Release
from congvu.staffing.rules.streamlining import CATEGORIES, REGIMES

_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "dd/mm/yyyy",
}  # fmt: skip
_HEADINGS = (
    ("TT", 5), ("Họ và tên", 26), ("Ngày sinh", 12), ("Chức danh", 20), ("Đơn vị", 34), ("Tiền lương", 14),
    ("Số tháng đóng bảo hiểm", 12), ("Thời điểm nghỉ", 12), ("Diện", 34), ("Điểm, khoản, điều", 24), ("Chế độ", 26),
    ("Số tháng nghỉ trước tuổi", 12), ("Kinh phí (đồng)", 18), ("Căn cứ tính", 40),
)  # fmt: skip


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
        evidence = " (chưa đối chiếu)" if row.rule_evidence == "MEM" else ""
        sheet.write_number(line, 0, line - 2)
        texts = {
            1: row.name, 3: row.title, 4: known.name(row.unit_id, row.leaves_on), 8: CATEGORIES[row.category],
            9: row.article, 10: REGIMES[row.regime], 13: f"{row.rule_citation}{evidence}",
        }  # fmt: skip
        for place, text in texts.items():
            sheet.write_string(line, place, text)
        sheet.write_datetime(line, 2, row.born)
        sheet.write_datetime(line, 7, row.leaves_on)
        for place, value in (
            (5, row.salary),
            (6, row.insured_months),
            (11, row.months_early),
            (12, row.money),
        ):
            sheet.write_number(line, place, value, number)
    sheet.write_string(3 + len(rows), 1, f"Cộng {len(rows)} người", bold)
    sheet.write_number(3 + len(rows), 12, sum(row.money for row in rows), number)
    book.close()
    out.seek(0)
    return out

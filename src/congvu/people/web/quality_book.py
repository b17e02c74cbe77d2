"""The table of the staff's quality as XLSX, in the layout of the ministry's tables: head, grouped and numbered columns, places
to sign. Numbers are numbers, text is never a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from congvu.people.queries.quality import FACETS, QualityLine

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FIRST_LINE = (
    9  # of the units, counted from 0: under the head, two rows of headings and the numbers of the columns
)


@dataclass(frozen=True, slots=True)
class Head:
    """Whose table, of which day, as known on which, on the map of which."""

    unit: str
    on: date
    known: date | None = None
    map_on: date | None = None

    @property
    def moment(self) -> str:
        words = f"Có mặt đến ngày {self.on:%d/%m/%Y}"
        words += f", theo ghi nhận đến hết ngày {self.known:%d/%m/%Y}" if self.known else ""
        return words + (f", theo bản đồ đơn vị ngày {self.map_on:%d/%m/%Y}" if self.map_on else "")


def quality_book(
    head: Head, lines: Sequence[tuple[str, QualityLine]], allocation: Sequence[tuple[str, str, Fraction, str]]
) -> IO[bytes]:
    """The book: a line a unit in the order given, the last being the sum; with `allocation` a second sheet."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Chất lượng đội ngũ")
    sheet.set_landscape()
    sheet.set_paper(8)  # A3, as twenty columns need
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(6, FIRST_LINE - 1)
    sheet.freeze_panes(FIRST_LINE, 2)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 42)
    sheet.set_column(2, 2 + len(FACETS), 9)
    _head(book, sheet, head)
    _headings(book, sheet)
    cell = book.add_format({"border": 1})
    sums = book.add_format({"border": 1, "bold": True})
    for row, (name, line) in enumerate(lines):
        style = sums if line.unit_id is None else cell
        if line.unit_id is None:
            sheet.write_blank(FIRST_LINE + row, 0, None, style)
        else:
            sheet.write_number(FIRST_LINE + row, 0, row + 1, style)
        sheet.write_string(FIRST_LINE + row, 1, name, style)
        for place, number in enumerate((line.total, *line.counts.values()), start=2):
            value = number if isinstance(number, int) else round(float(number), 2)
            sheet.write_number(FIRST_LINE + row, place, value, style)
    _signs(book, sheet, FIRST_LINE + len(lines) + 1)
    if allocation:
        _allocation_sheet(book, allocation)
    book.close()
    out.seek(0)
    return out


def _head(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, head: Head) -> None:
    bold = book.add_format({"bold": True, "align": "center"})
    plain = book.add_format({"italic": True, "align": "center"})
    last = 2 + len(FACETS)
    sheet.merge_range(0, 0, 0, 1, head.unit.upper(), bold)
    sheet.merge_range(0, last - 9, 0, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
    sheet.merge_range(1, last - 9, 1, last, "Độc lập - Tự do - Hạnh phúc", bold)
    title = book.add_format({"bold": True, "align": "center", "font_size": 14})
    sheet.merge_range(3, 0, 3, last, "BÁO CÁO SỐ LƯỢNG, CHẤT LƯỢNG CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC", title)
    sheet.merge_range(4, 0, 4, last, head.moment, plain)
    right = book.add_format({"italic": True, "align": "right"})
    sheet.merge_range(5, last - 4, 5, last, "Đơn vị tính: người", right)


def _headings(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """Groups over their columns, then the numbers of the columns, as the ministry's tables have them."""
    style = book.add_format(
        {"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"}
    )
    number = book.add_format({"italic": True, "border": 1, "align": "center"})
    sheet.set_row(7, 48)
    for place, words in enumerate(("TT", "Tên đơn vị", "Tổng số hiện có")):
        sheet.merge_range(6, place, 7, place, words, style)
    groups: dict[str, list[str]] = {}
    for group, words, _ in FACETS.values():
        groups.setdefault(group, []).append(words)
    column = 3
    for group, heads in groups.items():
        if len(heads) > 1:
            sheet.merge_range(6, column, 6, column + len(heads) - 1, group, style)
        else:
            sheet.write_string(6, column, group, style)
        for words in heads:
            sheet.write_string(7, column, words, style)
            column += 1
    for place in range(column):
        sheet.write_string(8, place, f"({place + 1})", number)


def _signs(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, row: int) -> None:
    bold = book.add_format({"bold": True, "align": "center"})
    italic = book.add_format({"italic": True, "align": "center"})
    last = 2 + len(FACETS)
    sheet.merge_range(row, last - 8, row, last, "......, ngày ...... tháng ...... năm ......", italic)
    for words, first, end in (("NGƯỜI LẬP BIỂU", 0, 1), ("THỦ TRƯỞNG CƠ QUAN", last - 8, last)):
        sheet.merge_range(row + 1, first, row + 1, end, words, bold)
        sheet.merge_range(row + 2, first, row + 2, end, "(Ký, ghi rõ họ tên)", italic)


def _allocation_sheet(book: xlsxwriter.Workbook, rows: Sequence[tuple[str, str, Fraction, str]]) -> None:
    sheet = book.add_worksheet("Phân bổ")
    sheet.set_column(0, 4, 36)
    for place, words in enumerate(
        ("Đơn vị trên bản đồ", "Đơn vị lúc đó", "Phần (phân số)", "Phần (thập phân)", "Ghi chú")
    ):
        sheet.write_string(0, place, words)
    for line, (unit, source, share, why) in enumerate(rows, 1):
        for place, words in ((0, unit), (1, source), (2, str(share)), (4, why)):
            sheet.write_string(line, place, words)
        sheet.write_number(line, 3, float(share))

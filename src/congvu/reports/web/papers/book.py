"""The appendices of a report as XLSX: every number with how it was reckoned, last year's beside it, the charts' tables."""

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter

from congvu.foundation.papers.pdf import printable
from congvu.reports.web.papers.pdf import table_of
from congvu.reports.web.telling import Telling, span_words, value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBERS = (
    ("TT", 5), ("Số liệu", 40), ("Kỳ", 22), ("Từ ngày", 12), ("Đến ngày", 12), ("Đơn vị", 26), ("Đơn vị tính", 14),
    ("Tử số", 12), ("Mẫu số", 12), ("Giá trị in", 16), ("Vì sao có", 18), ("Cách tính", 60), ("Nguồn", 40),
    ("Ghi chú", 50), ("Mã băm hồ sơ", 30),
)  # fmt: skip
_BESIDE = (
    ("TT", 5), ("Số liệu", 40), ("Kỳ", 22), ("Đơn vị tính", 14), ("Năm trước", 24), ("Năm nay", 24), ("Tăng, giảm", 16),
    ("Ghi chú", 30),
)  # fmt: skip


def book_of(title: str, telling: Telling, beside: Sequence[dict[str, Any]]) -> bytes:
    """Numbers are numbers, text is always text, never a formula. No statement."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    plain = {"font_name": "Times New Roman", "valign": "top", "text_wrap": True, "border": 1}
    text, head = book.add_format(plain), book.add_format({**plain, "bold": True, "align": "center"})
    heading = book.add_format({"font_name": "Times New Roman", "bold": True, "font_size": 13})
    sheet = _sheet(book, "Số liệu", f"PHỤ LỤC SỐ LIỆU: {title}", _NUMBERS, head, heading)
    for row, (n, one) in enumerate(telling.numbers, 3):
        days = [f"{day:%d/%m/%Y}" if day else "" for day in (one.first, one.last)]
        cells = (
            n, one.name, span_words(one), *days, one.unit_name, one.measure, one.numerator, one.denominator,
            value(one), one.gone or one.flag_words, one.formula, one.source, " ".join((one.note, *one.warnings)).strip(),
            "\n".join(one.digests),
        )  # fmt: skip
        _write(sheet, row, cells, text)
    sheet = _sheet(book, "So với năm trước", f"SO VỚI NĂM TRƯỚC: {title}", _BESIDE, head, heading)
    for row, two in enumerate(beside, 3):
        cells = (row - 2, *(two[name] for name in ("name", "about", "measure", "was", "now", "gap", "why")))
        _write(sheet, row, cells, text)
    for place, drawn in enumerate((row.drawn for row in telling.rows if row.drawn is not None), 1):
        names, rows = table_of(drawn)
        columns = [(name, 22) for name in names]
        sheet = _sheet(book, f"Biểu đồ {place}", drawn.title, columns, head, heading)
        for at, line in enumerate(rows, 3):
            _write(sheet, at, line, text)
    book.close()
    return out.getvalue()


def _sheet(
    book: Any, name: str, title: str, columns: Sequence[tuple[str, int]], head: Any, heading: Any
) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(3, 0)
    sheet.write_string(0, 0, printable(title), heading)
    for column, (words, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, words, head)
    return sheet


def _write(sheet: Any, row: int, cells: Sequence[Any], text: Any) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int | Fraction):
            sheet.write_number(row, column, float(cell), text)
        else:
            sheet.write_string(row, column, printable(str(cell if cell is not None else "")), text)

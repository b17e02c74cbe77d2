"""A job-position scheme as XLSX: the list of positions, and their descriptions."""

from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from congvu.staffing.models import PositionLine, Scheme
from congvu.staffing.rules.schemes import GROUPS, SCHEME_STATES

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LIST = (
    ("TT", 5), ("Mã", 12), ("Tên vị trí việc làm", 44), ("Nhóm", 28), ("Ngạch", 10), ("Tên ngạch", 24),
    ("Nhóm biên chế", 18), ("Số người", 10),
)  # fmt: skip
_DESCRIPTIONS = (
    ("Mã", 12), ("Tên vị trí việc làm", 36), ("Mô tả công việc", 70), ("Sản phẩm", 36), ("Khung năng lực (mức)", 48),
)  # fmt: skip


def scheme_book(
    one: Scheme, unit: str, lines: Sequence[PositionLine], grades: Mapping[str, str], pools: Mapping[str, str]
) -> IO[bytes]:
    """Two sheets; numbers are numbers, text is always text."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    title = book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 13})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "font_name": "Times New Roman"})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "font_name": "Times New Roman"})
    says = f"phiên bản {one.version}, {SCHEME_STATES[one.state].lower()}"
    if one.valid_from:
        says += f" theo {one.decision_number}, hiệu lực từ {one.valid_from:%d/%m/%Y}"
    sheet = _sheet(book, "Danh mục", _LIST, head)
    sheet.write_string(0, 0, f"DANH MỤC VỊ TRÍ VIỆC LÀM: {unit}, {says}", title)
    for row, line in enumerate(lines, 3):
        sheet.write_number(row, 0, row - 2, text)
        words = (
            line.code,
            line.name,
            GROUPS[line.group],
            line.grade,
            grades.get(line.grade, ""),
            pools.get(line.pool, ""),
        )
        for column, word in enumerate(words, 1):
            sheet.write_string(row, column, word, text)
        sheet.write_number(row, 7, line.holders, text)
    sheet.write_string(3 + len(lines), 2, "Cộng", head)
    sheet.write_number(3 + len(lines), 7, sum(line.holders for line in lines), head)
    sheet = _sheet(book, "Mô tả, khung năng lực", _DESCRIPTIONS, head)
    sheet.write_string(0, 0, f"BẢN MÔ TẢ VÀ KHUNG NĂNG LỰC: {unit}, {says}", title)
    for row, line in enumerate(lines, 3):
        frame = "\n".join(f"{name} ({level})" for name, level in line.frame)
        for column, word in enumerate((line.code, line.name, line.tasks, line.product, frame)):
            sheet.write_string(row, column, word, text)
    book.close()
    out.seek(0)
    return out


def _sheet(book: Any, name: str, columns: Sequence[tuple[str, int]], head: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(3, 0)
    for place, (heading, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, heading, head)
    return sheet

"""Who has issued the plans owed, as XLSX: the sums by class, then every unit; numbers are numbers, text is never a formula."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import FileResponse

from congvu.organisation.rules.picture import Picture
from congvu.tasks.queries.coverage import Told
from congvu.tasks.rules.coverage import Part, by_unit
from congvu.tasks.rules.kinds import CLASSES, STANDINGS, span_words
from congvu.tasks.web.common import Asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Times New Roman", "font_size": 11}
_BOX = {**_FONT, "border": 1, "text_wrap": True, "valign": "top"}


def coverage_book(told: Sequence[Told], known: Picture, asked: Asked, year: int) -> FileResponse:
    """No statement."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Ban hành kế hoạch")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    plain, title = book.add_format(_FONT), book.add_format({**_FONT, "font_size": 14, "bold": True})
    box, head = book.add_format(_BOX), book.add_format({**_BOX, "bold": True})
    seen = f", theo những gì đã ghi đến hết ngày {asked.known:%d/%m/%Y}" if asked.known else ""
    sheet.write_string(0, 0, settings.PROVINCE_NAME, plain)
    sheet.write_string(1, 0, f"BAN HÀNH KẾ HOẠCH NĂM {year}", title)
    sheet.write_string(2, 0, f"Tính đến ngày {asked.on:%d/%m/%Y}{seen}", plain)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, max(1, 3 * len(told)), 20)
    line = _sums(sheet, told, 4, head, box, book.add_format({**_BOX, "num_format": "0.00%"}))
    _units(sheet, told, known, asked, line + 2, head, box)
    book.close()
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"ke-hoach-{year}.xlsx", content_type=XLSX)


def _names(told: Sequence[Told]) -> list[str]:
    return [f"KH {span_words(each.duty.term, each.duty.first_year, each.duty.last_year)}" for each in told]


def _sums(sheet: Any, told: Sequence[Told], line: int, head: Any, box: Any, share: Any) -> int:
    """Issued, owing and the share of each class and of all; the line after."""
    sheet.write_string(line, 0, "Nhóm đơn vị", head)
    for place, name in enumerate(_names(told)):
        for more, words in enumerate((f"{name}: đã ban hành", "Phải lập", "Tỷ lệ")):
            sheet.write_string(line, 1 + 3 * place + more, words, head)
    codes = [code for code in CLASSES if any(code in each.duty.classes for each in told)]
    for code in [*codes, ""]:
        line += 1
        sheet.write_string(line, 0, CLASSES.get(code, "Tất cả"), box)
        for place, each in enumerate(told):
            parts = {part.code: part for part in each.coverage.parts}
            part = parts.get(code, Part(code, "", ())) if code else each.coverage.whole
            sheet.write_number(line, 1 + 3 * place, part.issued, box)
            sheet.write_number(line, 2 + 3 * place, part.owing, box)
            if part.share is not None:
                sheet.write_number(line, 3 + 3 * place, float(part.share), share)
            else:
                sheet.write_string(line, 3 + 3 * place, "", box)
    return line


def _units(
    sheet: Any, told: Sequence[Told], known: Picture, asked: Asked, line: int, head: Any, box: Any
) -> None:
    """Every unit that owes any of the plans, in tree order: state, number, day of each."""
    columns = [by_unit(each.coverage) for each in told]
    order = {node.unit_id: place for place, node in enumerate(known.tree(asked.on))}
    sheet.write_string(line, 0, "Đơn vị", head)
    for place, name in enumerate(_names(told)):
        for more, words in enumerate((name, "Số", "Ngày ban hành")):
            sheet.write_string(line, 1 + 3 * place + more, words, head)
    for unit in sorted({unit for rows in columns for unit in rows}, key=lambda one: order.get(one, 0)):
        line += 1
        sheet.write_string(line, 0, known.name(unit, asked.on), box)
        for place, rows in enumerate(columns):
            row = rows.get(unit)
            late = ", trễ hạn" if row is not None and row.late else ""
            texts = (
                (
                    f"{STANDINGS[row.state]}{late}",
                    row.number,
                    f"{row.issued_on:%d/%m/%Y}" if row.issued_on else "",
                )
                if row is not None
                else ("Không phải lập", "", "")
            )
            for more, words in enumerate(texts):
                sheet.write_string(line, 1 + 3 * place + more, words, box)

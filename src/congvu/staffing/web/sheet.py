"""The ledger as XLSX: numbers are numbers, text is always text, never a formula."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.conf import settings

from congvu.foundation.ui.formats import rounded
from congvu.organisation.rules.picture import Picture
from congvu.staffing.queries.pools import Pool
from congvu.staffing.queries.table import Table
from congvu.staffing.rules.table import NONE, Figures
from congvu.staffing.web.asked import Asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_BOX = {"border": 1, "font_name": "Times New Roman", "font_size": 11}
_HEAD = 4


def ledger_book(asked: Asked, known: Picture, told: Table, pools: Sequence[Pool]) -> IO[bytes]:
    """Units down, pools across: base, now, change, per cent, people present."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Biên chế")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD, _HEAD + 1)
    sheet.freeze_panes(_HEAD + 2, 2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 44)
    plain = book.add_format({"font_name": "Times New Roman", "font_size": 11})
    title = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    sheet.write_string(0, 0, settings.PROVINCE_NAME, plain)
    sheet.write_string(1, 0, f"SỔ BIÊN CHẾ NGÀY {asked.on:%d/%m/%Y}", title)
    known_words = f" Theo những gì đã ghi đến hết ngày {asked.known:%d/%m/%Y}." if asked.known else ""
    map_words = f" Theo bản đồ đơn vị ngày {asked.map_on:%d/%m/%Y}." if asked.map_on else ""
    sheet.write_string(
        2,
        0,
        f"So với ngày {asked.base_day:%d/%m/%Y}; mỗi dòng cộng cả đơn vị trực thuộc.{known_words}{map_words}",
        plain,
    )
    _heading(book, sheet, asked, pools)
    lines = [(row.node.code, "  " * row.depth + row.node.name, row.figures) for row in told.rows]
    for unit in told.past:
        span = known.nearest(unit, asked.map_on or asked.on)
        if span is not None:
            lines.append((span.code, f"{span.name} (đã chấm dứt)", told.own[unit]))
    formats = _formats(book, shares=bool(asked.map_on))
    for line, (code, name, figures) in enumerate(lines, _HEAD + 2):
        _write(sheet, line, code, name, [figures.get(pool.code, NONE) for pool in pools], formats)
    sums = [told.totals.get(pool.code, NONE) for pool in pools]
    _write(
        sheet,
        _HEAD + 2 + len(lines),
        "",
        "Tổng cộng",
        sums,
        _formats(book, bold=True, shares=bool(asked.map_on)),
    )
    book.close()
    out.seek(0)
    return out


def _formats(book: Any, *, bold: bool = False, shares: bool = False) -> tuple[Any, Any, Any]:
    look = {**_BOX, "bold": bold}
    return (
        book.add_format(look),
        book.add_format({**look, "num_format": "#,##0.##" if shares else "#,##0"}),
        book.add_format({**look, "num_format": "0.00"}),
    )


def _heading(book: Any, sheet: Any, asked: Asked, pools: Sequence[Pool]) -> None:
    centre = book.add_format(
        {**_BOX, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    sheet.merge_range(_HEAD, 0, _HEAD + 1, 0, "Mã", centre)
    sheet.merge_range(_HEAD, 1, _HEAD + 1, 1, "Đơn vị", centre)
    for place, pool in enumerate(pools):
        left = 2 + 5 * place
        sheet.merge_range(_HEAD, left, _HEAD, left + 4, f"{pool.name} ({pool.counted})", centre)
        words = (f"Ngày {asked.base_day:%d/%m/%Y}", f"Ngày {asked.on:%d/%m/%Y}", "Tăng, giảm", "%", "Có mặt")
        for column, word in enumerate(words, left):
            sheet.write_string(_HEAD + 1, column, word, centre)
        sheet.set_column(left, left + 4, 11)


def _write(
    sheet: Any, line: int, code: str, name: str, cells: Sequence[Figures], formats: tuple[Any, Any, Any]
) -> None:
    words, whole, share = formats
    sheet.write_string(line, 0, code, words)
    sheet.write_string(line, 1, name, words)
    for place, one in enumerate(cells):
        left = 2 + 5 * place
        for column, number in enumerate((one.base, one.balance, one.change.posts), left):
            sheet.write_number(line, column, number, whole)
        sheet.write_number(line, left + 4, one.present, whole)
        exact = one.change.percent
        if exact is None:
            sheet.write_blank(line, left + 3, None, words)
        else:
            sheet.write_number(line, left + 3, float(rounded(exact)), share)

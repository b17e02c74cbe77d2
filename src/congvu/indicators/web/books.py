"""Form 06 and its records as XLSX: numbers are numbers, text is always text, never a formula."""

from collections.abc import Iterable, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.db import transaction

from congvu.indicators.queries.by_unit import UnitRow
from congvu.indicators.queries.form06 import Form06, Row
from congvu.indicators.queries.records import Record
from congvu.indicators.queries.reuse import ReuseTable
from congvu.indicators.rules.form06 import CODES
from congvu.indicators.rules.reuse import BASIS, Asked
from congvu.organisation.queries import picture
from congvu.organisation.rules.mapping import Number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LEGAL = "Biểu số 06/VPCP/KSTT, ban hành theo Thông tư 01/2020/TT-VPCP ngày 21/10/2020"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_BOX = {"border": 1, "font_name": "Times New Roman", "font_size": 11}
_CENTRE = {**_BOX, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}


def form06_book(told: Form06, period_words: str) -> IO[bytes]:
    """The form as printed: A4 landscape, 13 columns with their index row, real numbers."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Biểu 06")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4, 7)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 12, 9.5)
    plain = book.add_format({"font_name": "Times New Roman", "font_size": 11})
    title = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    asked = told.question
    sheet.write_string(0, 0, _LEGAL, plain)
    sheet.write_string(1, 0, "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", title)
    on_map = f" Theo bản đồ đơn vị ngày {told.map_on:%d/%m/%Y}." if told.map_on else ""
    known = f" Theo những gì đã ghi đến {asked.known_on:%d/%m/%Y}." if asked.known_on else ""
    sheet.write_string(
        2, 0,
        f"{settings.PROVINCE_NAME}, {period_words} ({asked.period}), tình trạng cuối ngày {asked.last:%d/%m/%Y}.{known}{on_map}"
        " Đơn vị tính: số hồ sơ TTHC.",
        plain,
    )  # fmt: skip
    _heading(book, sheet)
    number = {"num_format": "#,##0.##" if told.map_on else "#,##0"}
    formats = [
        (book.add_format({**_BOX, **more}), book.add_format({**_BOX, **number, **more}))
        for more in ({}, {"bold": True, "bg_color": "#EDEBE3"}, {"bold": True})
    ]
    line = 8
    for row in told.rows:
        _write(sheet, line, row, formats[1 if row.subtotal else 0])
        line += 1
    _write(sheet, line, told.row(""), formats[2])
    for offset, ratio in enumerate(told.ratios, 2):
        sheet.write_string(
            line + offset, 1, f"{ratio.name} ({ratio.article}): {ratio.numerator}/{ratio.denominator}", plain
        )
    allocation_sheet(book, told.units, told.map_on)
    book.close()
    out.seek(0)
    return out


def _heading(book: Any, sheet: Any) -> None:
    """Three rows of headings and the index row."""
    centre, index = book.add_format(_CENTRE), book.add_format({**_CENTRE, "bold": False, "italic": True})
    spans = (
        (4, 0, 6, 0, "TT"), (4, 1, 6, 1, "Lĩnh vực, công việc giải quyết theo cấp"),
        (4, 2, 4, 5, "Số hồ sơ nhận giải quyết"),
        (4, 6, 4, 9, "Số hồ sơ đã giải quyết"), (4, 10, 4, 12, "Số hồ sơ đang giải quyết"), (5, 2, 6, 2, "Tổng số"),
        (5, 3, 5, 4, "Trong kỳ"), (5, 5, 6, 5, "Từ kỳ trước"), (5, 6, 6, 6, "Tổng số"), (5, 7, 6, 7, "Trước hạn"),
        (5, 8, 6, 8, "Đúng hạn"), (5, 9, 6, 9, "Quá hạn"), (5, 10, 6, 10, "Tổng số"), (5, 11, 6, 11, "Trong hạn"),
        (5, 12, 6, 12, "Quá hạn"),
    )  # fmt: skip
    for top, left, bottom, right, words in spans:
        sheet.merge_range(top, left, bottom, right, words, centre)
    sheet.write_string(6, 3, "Trực tuyến", centre)
    sheet.write_string(6, 4, "Trực tiếp, dịch vụ bưu chính", centre)
    for column in range(13):
        sheet.write_string(7, column, f"({column + 1})", index)


def _write(sheet: Any, line: int, row: Row, formats: tuple[Any, Any]) -> None:
    words, number = formats
    sheet.write_string(line, 0, row.mark, words)
    sheet.write_string(line, 1, row.name, words)
    for place, code in enumerate(CODES, 2):
        _number(sheet, line, place, getattr(row.counts, code), number)


def _number(sheet: Any, line: int, place: int, value: Number, whole: Any) -> None:
    """A number as a number; of a divided unit to two places, its exact share stands on the sheet of allocations."""
    sheet.write_number(line, place, value if isinstance(value, int) else round(float(value), 2), whole)


def allocation_sheet(book: Any, units: Sequence[UnitRow], map_on: date | None) -> None:
    """Which units as they were each row of the map is made of, with exact shares; no sheet without a map."""
    if map_on is None:
        return
    sheet = book.add_worksheet("Phân bổ")
    bold = book.add_format({**_BOX, "bold": True, "text_wrap": True})
    box, share = book.add_format(_BOX), book.add_format({**_BOX, "num_format": "0.00####"})
    sheet.set_column(0, 3, 36)
    sheet.write_string(0, 0, f"Bản đồ đơn vị ngày {map_on:%d/%m/%Y}", bold)
    headings = ("Đơn vị trên bản đồ", "Đơn vị lúc đó", "Phần (phân số)", "Phần (thập phân)", "Ghi chú")
    for place, heading in enumerate(headings):
        sheet.write_string(2, place, heading, bold)
    lines = [(row, one) for row in units if row.laid and (row.laid.moved or row.told) for one in row.sources]
    for line, (row, one) in enumerate(lines, 3):
        whys = ". ".join(why.words for why in row.laid.whys) if row.laid else ""
        for place, words in ((0, row.name), (1, one.name), (2, str(one.share)), (4, whys)):
            sheet.write_string(line, place, words, box)
        sheet.write_number(line, 3, float(one.share), share)


def reuse_book(told: ReuseTable, period_words: str, first_column: str) -> IO[bytes]:
    """The share of dossiers that used a paper again, as on the page: numbers are numbers, the share is a formula of them."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Tái sử dụng")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 7, 13)
    plain = book.add_format({"font_name": "Times New Roman", "font_size": 11})
    title = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    centre = book.add_format(_CENTRE)
    sheet.write_string(0, 0, "TỶ LỆ TÁI SỬ DỤNG THÔNG TIN, GIẤY TỜ", title)
    sheet.write_string(
        1, 0, f"{settings.PROVINCE_NAME}, {period_words} ({told.question.period}). Đơn vị tính: số hồ sơ TTHC.", plain
    )  # fmt: skip
    for place, heading in enumerate(("TT", first_column, *(one.heading for one in Asked), "Tỷ lệ")):
        sheet.write_string(3, place, heading, centre)
    for nth, row in enumerate((*told.rows, told.row("")), 1):
        box = {**_BOX, "bold": True} if not row.key else _BOX
        number, share = (book.add_format({**box, "num_format": f}) for f in ("#,##0", "0.0%"))
        words, line = book.add_format(box), 3 + nth
        sheet.write_string(line, 0, str(nth) if row.key else "", words)
        sheet.write_string(line, 1, row.name, words)
        for place, asked in enumerate(Asked, 2):
            _number(sheet, line, place, row.counts.of(asked), number)
        if row.counts.received:
            value = float(row.counts.reused) / float(row.counts.received)
            sheet.write_formula(line, 7, f"=D{line + 1}/C{line + 1}", share, value)
        else:
            sheet.write_string(line, 7, "–", words)
    sheet.write_string(5 + len(told.rows) + 1, 1, f"{BASIS} (chưa đối chiếu văn bản).", plain)
    allocation_sheet(book, told.units, told.map_on)
    book.close()
    out.seek(0)
    return out


_RECORD_HEADINGS = (
    ("Mã hồ sơ", 24), ("Thủ tục", 50), ("Chủ hồ sơ", 26), ("Cơ quan giải quyết", 34), ("Kênh", 16), ("Nhận", 12),
    ("Hẹn trả", 12), ("Xong", 12), ("Trạng thái", 24), ("Số ngày lịch quá hạn", 12),
)  # fmt: skip


def records_book(name: str, rows: Iterable[Record]) -> IO[bytes]:
    """The dossiers behind a number, read and written one at a time in constant memory. 1 statement beside `rows`."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(
        out, {**_OPTIONS, "constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for place, (heading, width) in enumerate(_RECORD_HEADINGS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, bold)
    known = picture()
    with transaction.atomic():
        for line, one in enumerate(rows, 1):
            texts = (
                one.code or "",
                one.procedure,
                one.owner,
                known.name(one.unit_id, one.last),
                one.channel.label,
            )
            for place, text in enumerate(texts):
                sheet.write_string(line, place, text)
            for place, day in enumerate((one.received_on, one.due_on, one.ended_on), 5):
                _day(sheet, line, place, day)
            sheet.write_string(line, 8, one.status.label)
            sheet.write_number(line, 9, one.days_late)
    book.close()
    out.seek(0)
    return out


def _day(sheet: Any, line: int, place: int, day: date | None) -> None:
    if day is not None:
        sheet.write_datetime(line, place, day)

"""The records of a population as XLSX: text is always text, never a formula."""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from congvu.indicators.queries.populations import Entry
from congvu.indicators.queries.question import Question
from congvu.organisation.rules.picture import Picture

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HEADINGS = (("Bản ghi", 60), ("Chi tiết", 60), ("Đơn vị", 40))


def entries_book(name: str, rows: Iterable[Entry], known: Picture, question: Question) -> IO[bytes]:
    """One line a record, its unit as it was called then. No statement."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, {**_OPTIONS, "constant_memory": True})
    sheet = book.add_worksheet("Bản ghi")
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, f"{name}, {question.period}", bold)
    sheet.freeze_panes(2, 0)
    for place, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, heading, bold)
    for line, one in enumerate(rows, 2):
        unit = known.name(one.unit_id, question.last) if one.unit_id is not None else ""
        for place, text in enumerate((one.title, one.subtitle, unit)):
            sheet.write_string(line, place, text)
    book.close()
    out.seek(0)
    return out


def headings_book(headings: Sequence[str], figures: Iterable[tuple[str, str, str]]) -> IO[bytes]:
    """An empty sheet with its headings, and beside it the figures there are. No statement."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet, told = book.add_worksheet("Nhập"), book.add_worksheet("Danh mục")
    bold = book.add_format({"bold": True})
    for place, heading in enumerate(headings):
        sheet.set_column(place, place, 18)
        sheet.write_string(0, place, heading, bold)
    for place, heading in enumerate(("Mã số liệu", "Tên", "Đơn vị tính")):
        told.set_column(place, place, 40)
        told.write_string(0, place, heading, bold)
    for line, figure in enumerate(figures, 1):
        for place, text in enumerate(figure):
            told.write_string(line, place, text)
    book.close()
    out.seek(0)
    return out

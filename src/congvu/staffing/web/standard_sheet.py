"""People against a standard as XLSX: a line a person; each item with its state and what the record says."""

from collections.abc import Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from congvu.organisation.rules.picture import Picture
from congvu.staffing.actions.check_standard import Checked
from congvu.staffing.queries.standards import Kept
from congvu.staffing.rules.standards import STATES, wanted_of

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WHO = (("TT", 5), ("Số hiệu", 12), ("Họ và tên", 26), ("Chức danh", 24), ("Đơn vị", 36), ("Chưa đủ", 9))
_HEAD = 4  # the line of the headings, counted from 0


def standard_book(kept: Kept, on: date, rows: Sequence[Checked], known: Picture) -> IO[bytes]:
    """Two columns an item: met, missing or not in the record; and what the record says. `Chưa đủ`: how many items lack."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Xét tiêu chuẩn")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(_HEAD + 1, 3)
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    unread = " (chưa đối chiếu)" if kept.rule.evidence == "MEM" else ""
    sheet.write_string(0, 0, f"XÉT TIÊU CHUẨN {kept.standard.name.upper()} ngày {on:%d/%m/%Y}", bold)
    sheet.write_string(1, 0, f"Căn cứ: {kept.rule.citation}{unread}")
    sheet.write_string(2, 0, "«Hồ sơ chưa ghi» không phải là thiếu: hồ sơ không nói gì, cần hỏi và bổ sung.")
    items = [(f"{item} ({wanted})", "Hồ sơ ghi") for item, wanted in wanted_of(kept.standard)]
    widths = [width for _, width in _WHO] + [18, 40] * len(items)
    words = [word for word, _ in _WHO] + [word for pair in items for word in pair]
    for place, (word, width) in enumerate(zip(words, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(_HEAD, place, word, head)
    for nth, one in enumerate(rows, 1):
        row, who = _HEAD + nth, one.standing
        sheet.write_number(row, 0, nth)
        unit = known.name(who.unit_id, on) if who.unit_id is not None else ""
        for place, text in enumerate((who.number, who.name, who.position, unit), start=1):
            sheet.write_string(row, place, text)
        sheet.write_number(row, len(_WHO) - 1, one.lacks)
        for place, answer in enumerate(one.answers):
            sheet.write_string(row, len(_WHO) + 2 * place, STATES[answer.state])
            sheet.write_string(row, len(_WHO) + 2 * place + 1, answer.says)
    book.close()
    out.seek(0)
    return out

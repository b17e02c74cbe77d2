"""The grade structure as XLSX: a line a unit by people present, a line by its scheme; shares as numbers."""

from collections.abc import Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.ui.formats import rounded
from congvu.organisation.rules.picture import Picture
from congvu.staffing.queries.grades import GradeLine
from congvu.staffing.rules.grades import RankShare

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FIRST = 3


def grade_book(
    on: date, lines: Sequence[GradeLine], known: Picture, heads: Sequence[str], rule: LawRule | None
) -> IO[bytes]:
    """Three columns a rank: people, per cent, the most the cap lets hold it (empty without a cap)."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Cơ cấu ngạch")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 44)
    sheet.freeze_panes(_FIRST + 1, 2)
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    sheet.write_string(0, 0, f"CƠ CẤU NGẠCH CÔNG CHỨC ngày {on:%d/%m/%Y}", book.add_format({"bold": True}))
    if rule is not None:
        unread = " (chưa đối chiếu)" if rule.evidence == "MEM" else ""
        sheet.write_string(1, 0, f"Mức trần: {rule.citation}{unread}")
    columns = [f"{head}{what}" for head in heads for what in (": số người", ": %", ": tối đa")]
    for place, words in enumerate(("Đơn vị", "Theo", "Cộng", *columns)):
        sheet.write_string(_FIRST, place, words, bold)
    row = _FIRST
    for line in lines:
        name = known.name(line.unit_id, on) if line.unit_id is not None else "Cộng"
        for words, shares in (("Có mặt", line.people), ("Đề án", line.scheme)):
            row += 1
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, words)
            _write(sheet, row, shares)
    book.close()
    out.seek(0)
    return out


def _write(sheet: Any, row: int, shares: Sequence[RankShare]) -> None:
    sheet.write_number(row, 2, shares[0].whole)
    for place, one in enumerate(shares):
        left = 3 + 3 * place
        sheet.write_number(row, left, one.count)
        if one.percent is not None:
            sheet.write_number(row, left + 1, float(rounded(one.percent)))
        if one.allowed is not None:
            sheet.write_number(row, left + 2, one.allowed)

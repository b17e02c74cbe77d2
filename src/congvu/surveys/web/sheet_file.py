"""The table an interviewer's sheets are typed into: a heading a question, and what each heading asks on a second sheet."""

from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from congvu.surveys.actions.import_sheets import HEADS
from congvu.surveys.models import Campaign
from congvu.surveys.rules.questionnaires import LEVELS, MANY, ONE, SCALE, Content, Question

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def template(campaign: Campaign, asked: Content) -> IO[bytes]:
    """The empty table of a survey."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Phiếu")
    sheet.freeze_panes(1, 1)
    for column, head in enumerate((*HEADS, *(one.code for one in asked.questions))):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, 16 if column < len(HEADS) else 8)
    for column, one in enumerate(asked.questions, len(HEADS)):
        if one.kind == SCALE:
            sheet.data_validation(
                1, column, 5000, column,
                {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 5, "ignore_blank": True},
            )  # fmt: skip
    told = book.add_worksheet("Cách ghi")
    told.set_column(0, 0, 12)
    told.set_column(1, 1, 70)
    told.set_column(2, 2, 50)
    lines = [
        ("", campaign.name, "Mỗi phiếu một dòng. Để trống câu không trả lời."),
        ("Nhóm", "Nhóm người trả lời", "; ".join(words for _, words in asked.groups)),
        *((one.code, one.words, _how(one)) for one in asked.questions),
    ]
    for line, cells in enumerate(lines):
        for column, words in enumerate(cells):
            told.write_string(line, column, words, wrap)
    book.close()
    out.seek(0)
    return out


def _how(one: Question) -> str:
    if one.kind == SCALE:
        return "; ".join(f"{level} {words.lower()}" for level, words in LEVELS)
    if one.kind in (ONE, MANY):
        places = "; ".join(f"{place} {words}" for place, words in enumerate(one.options, start=1))
        return places + (" (ghi nhiều số, cách nhau bằng ;)" if one.kind == MANY else "")
    return "Ghi nguyên văn, không ghi tên, số điện thoại"

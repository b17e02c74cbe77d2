"""A report as a Word file in the layout of NĐ 30/2020: the same text, numbers, tables and notes as the PDF, to be worked on
further. Charts stand as their tables."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from congvu.foundation.papers.pdf import printable
from congvu.reports.web.papers.fields import Fields
from congvu.reports.web.papers.pdf import nothing_of, table_of
from congvu.reports.web.telling import Row, Run, Telling

LETTERS = "Times New Roman"
_CENTRE, _JUSTIFY, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def word_of(telling: Telling, fields: Fields) -> bytes:
    """The file. No statement."""
    document = Document()
    _page(document)
    _head(document, fields)
    for row in telling.rows:
        _row(document, row)
    _signature(document, fields)
    _notes(document, telling)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # no number on the first page
    style = document.styles["Normal"]
    style.font.name, style.font.size = LETTERS, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), LETTERS)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    numbered = section.header.paragraphs[0]
    numbered.alignment = _CENTRE
    run = numbered.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _head(document: Any, fields: Fields) -> None:
    """Blocks 1 to 5a."""
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in enumerate((Cm(6.6), Cm(9.6))):
        for row in table.rows:
            row.cells[column].width = width
    left, right = table.rows[0].cells
    lines = [(fields.parent.upper(), False)] if fields.parent else []
    for n, (text, bold) in enumerate([*lines, (fields.unit.upper(), True)]):
        _cell(left, text, size=12, bold=bold, first=n == 0)
    _cell(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, first=True)
    _cell(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    for cell in (left, right):
        _rule(cell.paragraphs[-1])
    left, right = table.rows[1].cells
    _cell(left, f"Số: {fields.number}", size=13, first=True)
    _cell(right, fields.place_and_day, size=13, italic=True, first=True)
    _centred(document, "BÁO CÁO", bold=True, before=12)
    _rule(_centred(document, fields.summary, bold=True))
    if fields.draft:
        _centred(document, fields.draft, italic=True, size=12)


def _rule(paragraph: Any) -> None:
    """A line under a block of the head: underlined by a short border of its own paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    properties.append(border)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(1.4)


def _cell(
    cell: Any, text: str, *, size: int, bold: bool = False, italic: bool = False, first: bool = False
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, text, size=size, bold=bold, italic=italic)


def _centred(
    document: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 14, before: int = 0
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_before = Pt(before)
    _run(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _run(paragraph: Any, text: str, *, size: int = 14, bold: bool = False, italic: bool = False) -> Any:
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return run


def _row(document: Any, row: Row) -> None:
    if row.cells:
        return _table(document, row.cells)
    if row.drawn is not None:
        head, rows = table_of(row.drawn)
        if not rows:
            _run(document.add_paragraph(), nothing_of(row.drawn))
            return None
        _centred(document, row.drawn.title, italic=True, size=13)
        return _table(document, [[(Run(cell),) for cell in line] for line in (head, *rows)])
    paragraph = document.add_paragraph()
    paragraph.alignment = _JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    heading = row.kind in ("part", "section", "point")
    paragraph.paragraph_format.keep_with_next = heading
    lead = {"bullet": "- "}.get(row.kind, f"{row.label} " if row.label else "")
    if lead:
        _run(paragraph, lead, bold=row.kind in ("part", "section"), italic=row.kind == "point")
    for one in row.runs:
        text = one.text.upper() if row.kind == "part" else one.text
        _run(paragraph, text, bold=row.kind in ("part", "section"), italic=row.kind == "point")
        if one.mark:
            _run(paragraph, f"({one.mark})").font.superscript = True
    return None


def _table(document: Any, cells: Sequence[Sequence[Sequence[Run]]]) -> None:
    table = document.add_table(rows=len(cells), cols=len(cells[0]))
    table.style = "Table Grid"
    for n, line in enumerate(cells):
        row = table.rows[n].cells  # asked once: python-docx walks the table each time
        for m, runs in enumerate(line):
            paragraph = row[m].paragraphs[0]
            paragraph.alignment = _CENTRE if n == 0 or m else _LEFT
            paragraph.paragraph_format.space_after = Pt(0)
            for one in runs:
                _run(paragraph, one.text, size=12, bold=n == 0)
                if one.mark:
                    _run(paragraph, f"({one.mark})", size=12).font.superscript = True
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _signature(document: Any, fields: Fields) -> None:
    """Blocks 7 and 9b."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _run(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    left.paragraphs[0].paragraph_format.space_after = Pt(0)
    for one in fields.recipients:
        paragraph = left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, f"- {one}", size=11)
    for n, text in enumerate(fields.signer_lines):
        _cell(right, text.upper(), size=14, bold=True, first=n == 0)
    for _ in range(4):
        _cell(right, "", size=14)
    _cell(right, fields.signer, size=14, bold=True)


def _notes(document: Any, telling: Telling) -> None:
    if not telling.notes:
        return
    document.add_page_break()
    _centred(document, "Phụ lục", bold=True)
    _centred(document, "SỐ LIỆU KHÔNG DO MÁY TÍNH", bold=True)
    head = ("Số", "Số liệu", "Giá trị", "Vì sao có", "Người nhập, lý do, văn bản")
    rows = [
        (str(one.mark), one.told.name, one.printed, one.told.flag_words, one.told.note or one.told.source)
        for one in telling.notes
    ]
    _table(document, [[(Run(cell),) for cell in line] for line in (head, *rows)])

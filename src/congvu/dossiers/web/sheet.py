"""An XLSX sheet written as it is read: rows go out as they come, so a million of them need no more memory than ten.

XlsxWriter makes better-looking books but gives them only when they are whole; a download must begin at once.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, cast
from xml.sax.saxutils import escape

from congvu.foundation.clock import legal
from congvu.foundation.workdays.days import days_between

_CHUNK = 64 * 1024
_EPOCH = date(1899, 12, 30)  # the day sheets count from
_LONGEST = 32_767  # characters a cell can hold
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))
_DAY, _MOMENT, _HEAD = 1, 2, 3
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class _Pipe:
    """A file that only remembers what was written since it was last asked: zipfile writes, we yield."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        self.size = 0
        return data


def sheet(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The bytes of a one-sheet book: a bold head row that stays in view, then `rows` as they come.

    Text is always text (a name that begins with "=" is no formula); dates are dates, numbers are numbers.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(cast(BinaryIO, pipe), "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for path, text in _fixed(name).items():
            book.writestr(path, text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(_opening(len(headings)).encode())
            out.write(_row(headings, _HEAD).encode())
            for row in rows:
                out.write(_row(row).encode())
                if pipe.size > _CHUNK:
                    yield pipe.take()
            out.write(b"</sheetData></worksheet>")
    yield pipe.take()


def _opening(columns: int) -> str:
    return (
        f'{_HEADER}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{columns}" width="20" customWidth="1"/></cols><sheetData>'
    )


def _row(values: Sequence[Any], style: int = 0) -> str:
    return f"<row>{''.join(_cell(value, style) for value in values)}</row>"


def _cell(value: Any, style: int) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, datetime):
        moment = legal(value)
        part = (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86_400
        return f'<c s="{_MOMENT}"><v>{days_between(_EPOCH, moment.date()) + part:.6f}</v></c>'
    if isinstance(value, date):
        return f'<c s="{_DAY}"><v>{days_between(_EPOCH, value)}</v></c>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    text = escape(str(value).translate(_NOT_XML)[:_LONGEST])
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _fixed(name: str) -> dict[str, str]:
    """The parts of the book that do not depend on the rows."""
    office = f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/'
    return {
        "[Content_Types].xml": (
            f'{_HEADER}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
        ),
        "_rels/.rels": f'{office}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": (
            f'{office}worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
            f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{_HEADER}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            f'<sheet name="{escape(name[:31])}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/styles.xml": (
            f'{_HEADER}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
            '<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts>'
            '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
            '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
            '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="4"><xf xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/>'
            '<xf numFmtId="165" applyNumberFormat="1" xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/></cellXfs>'
            "</styleSheet>"
        ),
    }

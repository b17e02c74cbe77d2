"""A register as XLSX: numbers are numbers, text is always text, never a formula."""

from tempfile import TemporaryFile

import xlsxwriter
from django.conf import settings
from django.http import FileResponse

from congvu.organisation.web.asked import Asked, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_BOX = {"border": 1, "font_name": "Times New Roman", "font_size": 11, "text_wrap": True, "valign": "top"}
_HEAD = 4


def book(table: Table, asked: Asked, filename: str) -> FileResponse:
    """The table with its title and day. No statement."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    made = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = made.add_worksheet("Sổ")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.freeze_panes(_HEAD + 1, 0)
    plain = made.add_format({"font_name": "Times New Roman", "font_size": 11})
    title = made.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    boxed, head = made.add_format(_BOX), made.add_format({**_BOX, "bold": True, "align": "center"})
    numbers = made.add_format({**_BOX, "num_format": "#,##0"})
    known = f", theo những gì đã ghi đến hết ngày {asked.known:%d/%m/%Y}" if asked.known else ""
    sheet.write_string(0, 0, settings.PROVINCE_NAME, plain)
    sheet.write_string(1, 0, table.title.upper(), title)
    sheet.write_string(2, 0, f"Tính đến ngày {asked.on:%d/%m/%Y}{known}", plain)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HEAD, place, column.heading, head)
    for line, row in enumerate(table.rows, _HEAD + 1):
        for place, cell in enumerate(row):
            if cell.number is not None:
                sheet.write_number(line, place, cell.number, numbers)
            else:
                told = f"{cell.text}\n{cell.sub}" if cell.sub else cell.text
                sheet.write_string(line, place, told, boxed)
    made.close()
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=filename, content_type=XLSX)

"""Chất lượng đội ngũ: the ministry's table of a day, every number of which opens its people; and as XLSX."""

from dataclasses import dataclass
from tempfile import TemporaryFile

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from congvu.organisation.rules.picture import Picture
from congvu.people.queries.quality import FACETS, QualityLine, quality
from congvu.people.web.asking import Moment, looking, moment
from congvu.people.web.people_list import list_url

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the table with its links."""

    name: str
    code: str
    total: tuple[int, str]
    cells: list[tuple[int, str]]
    sum: bool


def quality_table(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    at, under, known, lines = _asked(request)
    span = known.nearest(under, at.on) if under is not None else None
    groups: dict[str, int] = {}
    for group, _, _ in FACETS.values():
        groups[group] = groups.get(group, 0) + 1
    context = {
        "at": at,
        "unit": span,
        "groups": groups.items(),
        "heads": [words for _, words, _ in FACETS.values()],
        "lines": [_shown(line, known, at, under) for line in lines],
        "people": lines[-1].total,
        "sheet": f"{reverse('quality-sheet')}?{request.GET.urlencode()}",
    }
    return render(request, "people/web/quality.html", context)


def quality_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as XLSX: numbers are numbers, text never a formula. 2 statements besides the session's."""
    at, _, known, lines = _asked(request)
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Chất lượng đội ngũ")
    sheet.set_landscape()
    sheet.set_column(0, 0, 40)
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    sheet.write_string(
        0,
        0,
        f"CHẤT LƯỢNG ĐỘI NGŨ CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC ngày {at.on:%d/%m/%Y}",
        book.add_format({"bold": True}),
    )
    for place, words in enumerate(("Đơn vị", "Tổng số", *(words for _, words, _ in FACETS.values()))):
        sheet.write_string(2, place, words, bold)
    for row, line in enumerate(lines, start=3):
        sheet.write_string(row, 0, known.name(line.unit_id, at.on) if line.unit_id else "Cộng")
        for place, number in enumerate((line.total, *line.counts.values()), start=1):
            sheet.write_number(row, place, number)
    book.close()
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"chat-luong-doi-ngu-{at.on:%Y%m%d}.xlsx", content_type=XLSX
    )


def _asked(request: HttpRequest) -> tuple[Moment, int | None, Picture, list[QualityLine]]:
    known, sight = looking(request)
    at = moment(request)
    under = known.by_code(request.GET.get("don-vi", "").strip().upper())
    return at, under, known, quality(at.on, sight, known, under, at.known_at)


def _shown(line: QualityLine, known: Picture, at: Moment, under: int | None) -> Shown:
    unit = line.unit_id if line.unit_id is not None else under
    span = known.nearest(unit, at.on) if unit is not None else None
    code = span.code if span else ""
    asked = {"don-vi": code, "loai": "full", "ngay": f"{at.on:%d/%m/%Y}"}
    if at.known:
        asked["biet-den"] = f"{at.known:%d/%m/%Y}"
    alone = line.unit_id == under if under is not None else span is not None and span.parent_id is None
    if alone and line.unit_id is not None:
        asked["rieng"] = "1"  # the unit's own people, without those of units below it
    return Shown(
        known.name(line.unit_id, at.on) if line.unit_id is not None else "Cộng",
        code if line.unit_id is not None else "",
        (line.total, list_url(**asked)),
        [(count, list_url(**asked, muc=key)) for key, count in line.counts.items()],
        line.unit_id is None,
    )

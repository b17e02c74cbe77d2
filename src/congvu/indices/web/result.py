"""The results of a round: ranks, each area in percent, what did not occur; as XLSX; whether reckoned again it is the same."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.formats import rounded
from congvu.foundation.ui.radar import radar_of
from congvu.foundation.ui.routes import actor_of
from congvu.indices.access import visible_sheets
from congvu.indices.models import Round
from congvu.indices.queries.results import Row, Table, digest, document, table_of
from congvu.indices.queries.rounds import round_of, sheets_of
from congvu.indices.rules.sets import PLACES, SUM
from congvu.indices.web.words import percent_words, points, value_words
from congvu.organisation.access import EVERYTHING
from congvu.organisation.queries import picture

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_BOX = {"border": 1, "font_name": "Times New Roman", "font_size": 11}


def result_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """4 statements besides the session's and the picture's."""
    one, table, whole = _asked(request, round_id)
    areas = [node for node in table.nodes if not node.depth]
    chosen = next((row for row in table.rows if str(row.sheet.pk) == request.GET.get("don-vi")), None)
    chosen = chosen or next(iter(table.rows), None)
    outside = one.set.measure == SUM
    context: dict[str, Any] = {
        "one": one,
        "areas": areas,
        "outside": outside,
        "whole": whole,
        "rows": [_told(row, one, outside) for row in table.rows],
        "chosen": chosen,
        "beside": _beside(table, chosen, whole) if chosen and not outside else (),
        "radar": _radar(table, chosen, whole) if chosen and not outside else None,
        "provisional": one.published_at is None and any(row.provisional for row in table.rows),
        "same": digest(document(table, one)) == one.sha256 if one.published_at is not None else None,
    }
    return render(request, "indices/web/result.html", context)


def result_book(request: HttpRequest, round_id: int) -> FileResponse:
    """4 statements besides the session's and the picture's."""
    one, table, _ = _asked(request, round_id)
    return FileResponse(
        book_of(one, table),
        as_attachment=True,
        filename=f"chi-so-{one.set.code}-{one.last.year}.xlsx",
        content_type=XLSX,
    )


def _asked(request: HttpRequest, round_id: int) -> tuple[Round, Table, bool]:
    """What a reader sees: everything once published; before that their own sheets, and who sees none is told so. Whether that
    is the whole round: a rank or a mean over some of it would be none."""
    actor: Actor = actor_of(request)
    one = round_of(round_id)
    if one is None:
        raise Http404
    told = one.published_at is not None or one.set.measure == SUM
    seen = EVERYTHING if told else visible_sheets(actor, clock.today(), picture())
    sheets = sheets_of(round_id, seen)
    if not sheets and not told:
        raise Refused("Kết quả chưa công bố.", do="Mở lại sau khi tỉnh công bố.")
    table = table_of(one, sheets)
    if told or seen.all:
        return one, table, True
    rows = sorted(table.rows, key=lambda row: (row.sheet.name, row.sheet.pk))
    return one, replace(table, rows=tuple(replace(row, rank=None) for row in rows)), False


def _told(row: Row, one: Round, outside: bool) -> dict[str, Any]:
    return {
        "row": row,
        "value": value_words(row.value, one.set.measure),
        "areas": [
            points(line.points) if outside else percent_words(line.percent) for line in row.result.areas
        ],
        "excluded": row.result.excluded,
    }


def _mean(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _averages(table: Table, whole: bool) -> list[Fraction | None]:
    """The mean of every area over those who have a result in it; none while a part of the round is seen."""
    if not whole:
        return [None for node in table.nodes if not node.depth]
    columns = zip(*(row.result.areas for row in table.rows), strict=True)
    return [_mean([line.percent for line in column]) for column in columns]


def _beside(table: Table, chosen: Row, whole: bool) -> list[tuple[str, str, str, str]]:
    return [
        (line.node.code, line.node.name, percent_words(line.percent), percent_words(mean))
        for line, mean in zip(chosen.result.areas, _averages(table, whole), strict=True)
    ]


def _radar(table: Table, chosen: Row, whole: bool) -> Any:
    areas = [
        (line.node.code, line.percent, mean)
        for line, mean in zip(chosen.result.areas, _averages(table, whole), strict=True)
    ]
    return radar_of(areas, f"{chosen.sheet.name}{' so với trung bình của kỳ' if whole else ''}")


def book_of(one: Round, table: Table) -> IO[bytes]:
    """Ranks with every area and every criterion: numbers are numbers, a blank is a blank."""
    out = TemporaryFile()  # noqa: SIM115 it is read by the response
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Kết quả")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(4, 2)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 5 + len(table.nodes), 11)
    plain, title = (
        book.add_format({"font_name": "Times New Roman", **more})
        for more in ({}, {"bold": True, "font_size": 14})
    )
    head = book.add_format({**_BOX, "bold": True, "text_wrap": True, "valign": "vcenter"})
    words, number = book.add_format(_BOX), book.add_format({**_BOX, "num_format": "0.00##"})
    sheet.write_string(0, 0, f"{one.name.upper()}", title)
    told = f"Công bố theo Quyết định {one.decision_number}" if one.published_at else "Tạm tính, chưa công bố"
    sheet.write_string(
        1, 0, f"{settings.PROVINCE_NAME}. {told}. Bộ chỉ số {one.set}: {one.set.citation}.", plain
    )
    headings = (
        "Hạng",
        "Đơn vị",
        "Kết quả",
        "Điểm đạt",
        "Điểm tối đa",
        "Xếp loại",
        *(f"{n.code} {n.name}" for n in table.nodes),
    )
    for place, heading in enumerate(headings):
        sheet.write_string(3, place, heading, head)
    for line, row in enumerate(table.rows, 4):
        _number(sheet, line, 0, row.rank, words)
        sheet.write_string(line, 1, row.sheet.name, words)
        value = None if row.value is None else rounded(row.value, PLACES[one.set.measure])
        for place, cell in enumerate((value, row.result.points, row.result.counted), 2):
            _number(sheet, line, place, cell, number)
        sheet.write_string(line, 5, row.band, words)
        for place, told_line in enumerate(row.result.lines, 6):
            _number(sheet, line, place, told_line.points, number)
    book.close()
    out.seek(0)
    return out


def _number(sheet: Any, line: int, place: int, value: Any, look: Any) -> None:
    if value is None:
        sheet.write_blank(line, place, None, look)
    else:
        sheet.write_number(line, place, float(value), look)

"""Conformance of dossiers to their published process: counts that open their dossiers; event logs to take away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.export_log import OCEL, XES, pieces
from congvu.dossiers.queries.conformance import (
    NOT_COMPARED,
    By,
    Conformance,
    ConformanceAsked,
    ConformanceRow,
    conformance,
    conformance_ids,
)
from congvu.dossiers.queries.lists import ListFilter, dossier_page
from congvu.dossiers.queries.log_out import LogAsked
from congvu.dossiers.rules.conformance import Kind
from congvu.dossiers.web.dossier_list import lines
from congvu.dossiers.web.slips_print import CHOICES
from congvu.dossiers.web.timing import reckoning
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import read_day
from congvu.foundation.workdays.days import months_back
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

MOST_ROWS = 200
BY_WORDS = {By.PROCEDURE: "Thủ tục", By.UNIT: "Cơ quan", By.STEP: "Bước"}
COLUMNS = (("", "Hồ sơ"), ("conforming", "Đúng quy trình"), *((kind.value, kind.label) for kind in Kind))
FORMS = {"xes": (XES, ".xes", "xml"), "ocel-json": (OCEL, ".json", "json"), "ocel-xml": (OCEL, ".xml", "xml")}


@dataclass(frozen=True, slots=True)
class Cell:
    value: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    cells: list[Cell]


def conformance_page(request: HttpRequest) -> HttpResponse:
    """`/tuan-thu-quy-trinh/`: at most 8 statements: calendar, scope, units, shapes, not compared, names; shapes and a page of the
    list when a number is open (and 3 for each process this server has not read yet)."""
    now, known = reckoning(), picture()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sight = visible_to(actor, now.today, known)
    asked, kept, errors = _asked(request, now.today)
    context: dict[str, Any] = {
        "asked": asked,
        "kept": kept,
        "errors": errors,
        "columns": COLUMNS,
        "forms": FORMS,
    }
    context["groupings"] = [(one.value, words, one is asked.by) for one, words in BY_WORDS.items()]
    if not errors:
        found = conformance(sight, asked)
        opened = (request.GET.get("dong", ""), request.GET["mo"]) if "mo" in request.GET else None
        context |= {
            "rows": _lines(found, kept, opened, known),
            "not_compared": _cell(found.not_compared, "", NOT_COMPARED, kept, opened),
            "total": _line(found.total, "Tổng", kept, opened),
            "more": max(0, len(found.rows) - MOST_ROWS),
            "heading": BY_WORDS[asked.by],
            "log_query": urlencode({name: kept[name] for name in ("tu", "den")}),
        }
        if opened is not None:
            ids = conformance_ids(sight, asked, *opened)
            rows = dossier_page(sight, ListFilter(on=now.today, ids=tuple(ids)), request.GET.get("sau", ""))
            context |= {
                "page": lines(rows, now, known),
                "count": formats.number(len(ids)),
                "opened": {**dict(COLUMNS), NOT_COMPARED: "Không có quy trình để so"}[opened[1]],
                "close_url": "?" + urlencode(kept),
                "slips": CHOICES,
            }
    return render(request, "dossiers/web/conformance.html", context, status=422 if errors else 200)


def event_log(request: HttpRequest) -> StreamingHttpResponse:
    """`/tuan-thu-quy-trinh/nhat-ky/`: the event log of the period under pseudonyms, of the dossiers the reader may see,
    streamed; audited. 6-11 statements."""
    now = reckoning()
    form = FORMS.get(request.GET.get("dang", "xes"))
    if form is None:
        raise Refused("Không có dạng tệp này.", where="dang", do="Chọn XES, OCEL JSON hoặc OCEL XML.")
    asked, _, errors = _asked(request, now.today)
    if errors:
        raise Refused(next(iter(errors.values())), where=next(iter(errors)), do="Mở lại trang và chọn kỳ.")
    kind, suffix, mime = form
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = pieces(kind, suffix, LogAsked(asked.first, asked.last), by=actor, at=now.now)
    response = StreamingHttpResponse((one.encode() for one in text), content_type=f"application/{mime}")
    response["Content-Disposition"] = f'attachment; filename="nhat-ky-{now.today:%Y%m%d}{suffix}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest, today: date) -> tuple[ConformanceAsked, dict[str, str], dict[str, str]]:
    """The period (the last three months when none is typed) and the grouping, what was typed, what was wrong."""
    errors: dict[str, str] = {}
    days = {"tu": months_back(today, 2), "den": today}
    kept = {name: formats.day(day) for name, day in days.items()}
    for name in days:
        typed = request.GET.get(name, "").strip()[:20]
        if typed:
            kept[name] = typed
            day = read_day(typed)
            if day is None:
                errors[name] = "Không đọc được ngày. Viết dạng 20/11/2026."
            else:
                days[name] = day
    if not errors and days["tu"] > days["den"]:
        errors["den"] = "Ngày cuối phải sau ngày đầu."
    chosen = request.GET.get("theo", By.PROCEDURE.value)
    by = By(chosen) if chosen in {one.value for one in By} else By.PROCEDURE
    return ConformanceAsked(days["tu"], days["den"], today, by), {**kept, "theo": by.value}, errors


def _lines(
    found: Conformance, kept: dict[str, str], opened: tuple[str, str] | None, known: Picture
) -> list[Line]:
    return [
        _line(row, row.name if row.unit_id is None else known.name(row.unit_id, found.asked.on), kept, opened)
        for row in found.rows[:MOST_ROWS]
    ]


def _line(row: ConformanceRow, name: str, kept: dict[str, str], opened: tuple[str, str] | None) -> Line:
    numbers = {"": row.dossiers, "conforming": row.conforming, **{k.value: n for k, n in row.kinds.items()}}
    return Line(name, [_cell(numbers[code], row.key, code, kept, opened) for code, _ in COLUMNS])


def _cell(value: int, key: str, code: str, kept: dict[str, str], opened: tuple[str, str] | None) -> Cell:
    asked = urlencode({**kept, "dong": key, "mo": code})
    return Cell(value, f"{reverse('conformance')}?{asked}#ban-ghi", opened == (key, code))

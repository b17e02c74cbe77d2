"""Two versions of a report, or this year's beside last year's: text and number by number."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.reports.access import units_of
from congvu.reports.models import ReportVersion
from congvu.reports.queries.reports import a_year_before, version, versions_of
from congvu.reports.rules.difference import Moved, lines_changed, numbers_moved
from congvu.reports.rules.numbers import Told, by_place
from congvu.reports.rules.text import Asked
from congvu.reports.web.report import found_version
from congvu.reports.web.telling import gap, span_words, value


def versions_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """`/bao-cao/<id>/khac/?tu=1&ban=2`: 3 statements besides the session's."""
    known = picture()
    now = found_version(request, report_id, known)
    seen = units_of(actor_of(request), clock.today(), known)
    held = versions_of(report_id, seen)
    asked = read_number(request.GET.get("tu", "")) or now.version - 1
    was = version(report_id, asked, seen) if any(one.version == asked for one in held) else None
    context: dict[str, Any] = {"one": now, "report": now.report, "was": was, "versions": held}
    if was is not None:
        rows = [row_of(one) for one in numbers_moved(told_of(was), told_of(now))]
        context |= {
            "lines": lines_changed(was.body, now.body),
            "numbers": [row for row in rows if not row["same"]],
            "same": sum(row["same"] for row in rows),
        }
    return render(request, "reports/web/versions.html", context)


def last_year_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """`/bao-cao/<id>/nam-truoc/`: 2 statements besides the session's."""
    known = picture()
    now = found_version(request, report_id, known)
    was = a_year_before(now.report)
    rows = [row_of(one) for one in numbers_moved(told_of(was), told_of(now))] if was is not None else []
    return render(
        request, "reports/web/last_year.html", {"one": now, "report": now.report, "was": was, "numbers": rows}
    )


def told_of(found: ReportVersion) -> dict[Asked, Told]:
    """The numbers of a version by what was asked."""
    return {asked: one for asked, (_, one) in by_place(found.numbers).items()}


def row_of(one: Moved) -> dict[str, Any]:
    """A number on both sides, in words."""
    told = one.shown
    return {
        "name": told.name, "about": ", ".join(word for word in (told.unit_name, span_words(told)) if word),
        "measure": told.measure, "was": _side(one.was), "now": _side(one.now), "gap": gap(one.by, told.share),
        "why": one.why, "same": one.same, "up": one.by is not None and one.by > 0,
    }  # fmt: skip


def _side(told: Told | None) -> str:
    if told is None:
        return "–"
    if told.share and told.numerator is not None:
        return f"{value(told)} ({formats.number(told.numerator)}/{formats.number(told.denominator)})"
    return value(told)

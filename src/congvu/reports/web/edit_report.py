"""Soạn báo cáo: the text in one box, figures found by name beside it, the report as it will read below."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.queries.figures import offered
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.reports.access import may_write
from congvu.reports.actions.reckoning import clean, reckoned
from congvu.reports.actions.write_report import mark_of, write_report
from congvu.reports.models import ReportVersion
from congvu.reports.queries.numbers import About, reckon
from congvu.reports.queries.reports import version
from congvu.reports.rules.states import FROZEN
from congvu.reports.rules.text import CHARTS, Asked, FigureRef
from congvu.reports.web.marks import shown
from congvu.reports.web.report import about_of
from congvu.reports.web.telling import tell, value

FOUND = 12  # figures shown by the search


def edit_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """`/bao-cao/<id>/soan/`: 3 statements besides the session's, and those of the figures the search shows."""
    known, actor = picture(), actor_of(request)
    found = version(report_id, None)
    if found is None or not may_write(actor, found.report.unit_id, clock.today(), known):
        raise Http404
    frozen = found.state in FROZEN
    if frozen and request.method != "POST":
        messages.info(request, "Báo cáo đã duyệt. Mở lại thành bản mới rồi sửa.")
        return redirect("report", report_id=report_id)
    body, refusal = found.body, None
    if request.method == "POST":
        body = request.POST.get("noi-dung", "")
        try:
            if frozen:  # approved while somebody wrote: the page keeps what was typed, to be copied
                raise Refused(
                    "Báo cáo vừa được duyệt, không sửa được.",
                    where="noi-dung",
                    do="Chép phần bạn soạn ra, mở lại thành bản mới rồi ghép vào.",
                )
            saved, body = _typed(request, found, body, actor)
            if saved:
                return saved
        except Refused as said:
            refusal = said
    about = about_of(found, clock.today())
    context = {
        "one": found, "report": found.report, "body": body, "refusal": refusal, "frozen": frozen,
        "mark": request.POST.get("lan") or mark_of(found.body), "charts": CHARTS.items(),
        **_preview(body, found, about, known), **_search(request, about, known),
    }  # fmt: skip
    return render(request, "reports/web/edit_report.html", context, status=FORM_STATUS if refusal else 200)


def preview(request: HttpRequest, report_id: int) -> HttpResponse:
    """The text as it will read, with every number. Statements of its figures."""
    known, found = picture(), version(report_id, None)
    if found is None or not may_write(actor_of(request), found.report.unit_id, clock.today(), known):
        raise Http404
    about = about_of(found, clock.today())
    return render(
        request, "reports/web/_preview.html", _preview(request.POST.get("noi-dung", ""), found, about, known)
    )


def find_figures(request: HttpRequest, report_id: int) -> HttpResponse:
    """The figures whose names have the words typed, with their values in the report's period."""
    known, found, actor = picture(), version(report_id, None), actor_of(request)
    if found is None or not may_write(actor, found.report.unit_id, clock.today(), known):
        raise Http404
    about = about_of(found, clock.today())
    return render(request, "reports/web/_found_figures.html", _search(request, about, known))


def _typed(
    request: HttpRequest, found: ReportVersion, body: str, actor: Actor
) -> tuple[HttpResponse | None, str]:
    """Saved and away, or the text with a figure put at its end, or as typed."""
    token = request.POST.get("chen", "")[:250]
    if token:
        return None, f"{body.rstrip()}\n{token}"
    if request.POST.get("viec") == "luu":
        write_report(found.pk, body, read_as=request.POST.get("lan", ""), by=actor, at=clock.now())
        messages.success(request, "Đã lưu, các số đã tính lại.")
        return redirect("report", report_id=found.report_id), body
    return None, body


def _preview(body: str, found: ReportVersion, about: About, known: Picture) -> dict[str, Any]:
    """What was reckoned at the last saving is shown as it is; a text that was changed since is reckoned again."""
    if body == found.body:
        telling = tell(body, found.numbers, found.charts)
        return {"telling": telling, "rows": shown(telling, ""), "reckoned_at": found.reckoned_at}
    try:
        text = clean(body)
    except Refused as said:
        return {"telling": None, "rows": [], "preview_no": said}
    told = reckoned(text, about, known)
    telling = tell(text, told.numbers, told.charts)
    return {"telling": telling, "rows": shown(telling, ""), "reckoned_at": clock.now()}


def _search(request: HttpRequest, about: About, known: Picture) -> dict[str, Any]:
    typed = (request.POST.get("tim") or request.GET.get("tim") or "").strip()[:100]
    words = fold(typed).split()
    every = offered(SYSTEM)  # counts of the whole, nobody's file: whoever writes may name any figure
    hits = [one for one in every if all(word in fold(f"{one.name} {one.words} {one.code}") for word in words)]
    first = hits[:FOUND] if words else []
    told = reckon([Asked(one.code) for one in first], about, known)
    return {
        "searched": typed, "found_count": len(hits), "all_count": len(every),
        "found": [
            {"figure": figure, "told": one, "value": value(one), "token": FigureRef(Asked(figure.code)).token}
            for figure, one in zip(first, told, strict=True)
        ],
    }  # fmt: skip

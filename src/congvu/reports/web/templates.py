"""Mẫu báo cáo: the templates of the programme and the editions an office keeps of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.reports.access import WRITERS, may_write, units_of
from congvu.reports.actions.keep_template import keep_template
from congvu.reports.queries.templates import body_of, edition_of, editions
from congvu.reports.rules.templates import BY_CODE, TEMPLATES
from congvu.reports.rules.text import read


def templates_page(request: HttpRequest) -> HttpResponse:
    """`/bao-cao/mau/`: 1 statement besides the session's."""
    known, today = picture(), clock.today()
    own: dict[str, list[tuple[str, int]]] = {}
    for one in editions():
        own.setdefault(one.code, []).append(
            (known.name(one.unit_id, today) if one.unit_id else "Toàn tỉnh", one.edition)
        )
    rows = [(one, own.get(one.code, [])) for one in TEMPLATES]
    return render(request, "reports/web/templates.html", {"rows": rows})


def template_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/bao-cao/mau/<mã>/`: the text a unit's reports begin with. 2 statements besides the session's."""
    template = BY_CODE.get(code)
    if template is None:
        raise Http404
    known, actor, today = picture(), actor_of(request), clock.today()
    writes, seen = actor.has(*WRITERS), units_of(actor, today, known)
    choices = [
        (pk, label)
        for pk, label in unit_choices(today, known)
        if (may_write(actor, pk, today, known) if writes else pk in seen)
    ]
    asked = read_number(request.POST.get("don-vi") or request.GET.get("don-vi") or "")
    unit = asked if any(pk == asked for pk, _ in choices) else (choices[0][0] if choices else None)
    refusal, body = None, None
    if request.method == "POST":
        body = request.POST.get("noi-dung", "")
        try:
            if unit is None:
                raise Refused("Chưa chọn đơn vị.", where="don-vi", do="Chọn đơn vị giữ mẫu.")
            made = keep_template(code, unit, body, by=actor, at=clock.now())
            messages.success(
                request, f"Đã lưu mẫu riêng, lần {made.edition}. Báo cáo lập sau đây dùng mẫu này."
            )
            return redirect(f"{request.path}?don-vi={unit}")
        except Refused as said:
            refusal = said
    edition = edition_of(code, unit)
    text = body if body is not None else (edition.body if edition else body_of(code, None))
    context: dict[str, Any] = {
        "template": template, "edition": edition, "body": text, "refusal": refusal, "writes": writes, "choices": choices,
        "unit": unit, "problems": read(text).problems,
    }  # fmt: skip
    return render(request, "reports/web/template.html", context, status=FORM_STATUS if refusal else 200)

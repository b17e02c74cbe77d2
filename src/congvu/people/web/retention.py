"""Lưu giữ hồ sơ: files that must go on after their person left, papers whose time is over and their destruction by decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.foundation.ui.pager import decode, decode_dated, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import days_between
from congvu.people.actions.destroy_papers import destroy_papers
from congvu.people.queries.law import HANDOVER, RETENTION, personnel_rules
from congvu.people.queries.retention import ToHandOn, files_to_hand_on, papers_over
from congvu.people.rules.codes import PAPERS
from congvu.people.web.asking import looking
from congvu.people.web.forms import DecisionForm

PAGE = 100


class DestroyForm(DecisionForm):
    """One decision for all the papers ticked."""


def files_to_go(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's."""
    known, sight = looking(request)
    rule = personnel_rules(sight.today)[HANDOVER]
    after = decode_dated(request.GET.get("sau", ""))
    found = files_to_hand_on(sight, after=after, limit=PAGE)
    page = page_of(found, PAGE, lambda row: (row.gone.isoformat(), row.id), first=after is None)
    days = int(rule.value)
    rows = [
        {"row": one, "unit": known.name(one.unit_id, one.gone), **_standing(one, days, sight.today)}
        for one in page.rows
    ]
    return render(request, "people/web/files_to_go.html", {"page": page, "rows": rows, "rule": rule})


def _standing(one: ToHandOn, days: int, today: Any) -> dict[str, Any]:
    left = days_between(today, one.due(days))
    words = f"Quá {-left} ngày" if left < 0 else f"Còn {left} ngày"
    return {
        "due": one.due(days),
        "state": "late" if left < 0 else "soon" if left <= 10 else "idle",
        "words": words,
    }


def papers_to_destroy(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's; `destroy_papers` says the rest."""
    _, sight = looking(request)
    rule = personnel_rules(sight.today)[RETENTION]
    key = decode(request.GET.get("sau", ""), 1)
    after = int(key[0]) if key and isinstance(key[0], int) else None
    form = DestroyForm(request.POST or None)
    chosen = {read_number(one) for one in request.POST.getlist("tai-lieu")}
    if form.is_bound and form.is_valid():
        try:
            destroy_papers(chosen, decision=form.paper, by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã hủy {len(chosen)} tài liệu theo {form.cleaned_data['decision']}.")
            return redirect("papers-to-destroy")
    found = papers_over(sight, rule.value, after=after, limit=PAGE)
    page = page_of(found, PAGE, lambda row: (row.id,), first=key is None)
    context = {
        "page": page,
        "rows": [(one, rule.value.get(one.code), one.id in chosen) for one in page.rows],
        "rule": rule,
        "years": [(PAPERS.get(code, code), years) for code, years in rule.value.items()],
        "form": form,
    }
    status = FORM_STATUS if form.is_bound else 200
    return render(request, "people/web/papers_to_destroy.html", context, status=status)

"""Every version of every job-position scheme, the newest first; what waits for appraisal or approval."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.people.access import READERS as PEOPLE_READERS
from congvu.staffing.access import may_write, visible_units
from congvu.staffing.queries.schemes import scheme_list
from congvu.staffing.rules.schemes import SCHEME_STATES
from congvu.staffing.web.scheme import CHIPS

PAGE = 50


def schemes(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    known, actor = picture(), actor_of(request)
    today = clock.today()
    if request.GET.get("mo"):  # the select without JavaScript: open the unit chosen
        return redirect("unit-scheme", code=request.GET["mo"][:35])
    scope = visible_units(actor, today, known)
    state = request.GET.get("buoc", "") if request.GET.get("buoc", "") in SCHEME_STATES else ""
    key = decode(request.GET.get("sau", ""), 1)
    before = key[0] if key and isinstance(key[0], int) else None
    writes = may_write(actor)
    found = scheme_list(
        drafts=writes, seen=None if scope.all else scope.unit_ids, state=state, before=before, limit=PAGE
    )
    page = page_of(found, PAGE, lambda one: (one.pk,), first=before is None)
    choices = [("", "Chọn đơn vị")]
    choices += [
        (span.code, label)
        for unit, label in unit_choices(today, known)
        if unit in scope and (span := known.at(unit, today)) is not None
    ]
    context: dict[str, Any] = {
        "page": page,
        "rows": [
            {
                "one": one,
                "span": known.nearest(one.unit_id, one.valid_from or today),
                "state": SCHEME_STATES[one.state],
                "chip": CHIPS[one.state],
            }
            for one in page.rows
        ],
        "state": state,
        "states": SCHEME_STATES.items() if writes else (),
        "unit_field": forms.Select(attrs={"class": "form-select", "id": "mo"}, choices=choices).render(
            "mo", ""
        ),
        "may_write": writes,
        "sees_people": actor.has(*PEOPLE_READERS),
    }
    return render(request, "staffing/web/schemes.html", context)

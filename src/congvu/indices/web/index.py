"""The indices: rounds that run or were published, and the sets they are scored by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.indices.access import may_keep
from congvu.indices.models import IndexSet
from congvu.indices.queries.rounds import round_list
from congvu.indices.queries.sets import set_list
from congvu.indices.rules.sets import AUDIENCES, SET_STATES, SUM
from congvu.indices.web.words import SET_CHIPS

PAGE, SETS = 30, 200


def _state(one: IndexSet) -> tuple[str, str]:
    return ("Số bên ngoài", "idle") if one.measure == SUM else (SET_STATES[one.state], SET_CHIPS[one.state])


def indices_page(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    actor = actor_of(request)
    keeps = may_keep(actor)
    before = decode_dated(request.GET.get("sau", ""))
    found = round_list(before=before, limit=PAGE)
    page = page_of(found, PAGE, lambda one: (one.last.isoformat(), one.pk), first=before is None)
    sets = [] if before else set_list(drafts=keeps, limit=SETS)[:SETS]
    context = {
        "page": page,
        "sets": [(one, AUDIENCES[one.audience], *_state(one)) for one in sets],
        "may_keep": keeps,
    }
    return render(request, "indices/web/index.html", context)

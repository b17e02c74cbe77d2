"""Every decision of the ledger, newest first; drafts are shown to those who write them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.organisation.queries import picture
from congvu.staffing.access import may_write, visible_units
from congvu.staffing.queries.decisions import decision_list

PAGE = 30


def decisions(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    actor = request.actor  # type: ignore[attr-defined]
    scope = visible_units(actor, clock.today(), picture())
    before = decode_dated(request.GET.get("sau", ""))
    words = request.GET.get("q", "").strip()[:100]
    found = decision_list(
        drafts=may_write(actor),
        seen=None if scope.all else scope.unit_ids,
        limit=PAGE,
        before=before,
        words=words,
    )
    page = page_of(found, PAGE, lambda one: (one.effective.isoformat(), one.id), first=before is None)
    return render(
        request, "staffing/web/decisions.html", {"page": page, "words": words, "may_write": may_write(actor)}
    )

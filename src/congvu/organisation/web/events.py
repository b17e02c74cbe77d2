"""Every event of the organisation, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.identity.roles import ADMIN, AUDITOR, LEADER
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.organisation import queries
from congvu.organisation.access import may_change
from congvu.organisation.web.telling import events_told

PAGE = 30


def events(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's."""
    before = decode_dated(request.GET.get("sau", ""))
    found = queries.events(limit=PAGE, before=before)
    page = page_of(found, PAGE, lambda event: (event.effective.isoformat(), event.id), first=before is None)
    context = {
        "page": page,
        "rows": events_told(page.rows, queries.picture()),
        "may_see_handovers": request.actor.has(ADMIN, AUDITOR, LEADER),  # type: ignore[attr-defined]
        "may_change": not may_change(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "organisation/web/events.html", context)

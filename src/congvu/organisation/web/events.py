"""Every event of the organisation, newest first."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation import queries
from congvu.organisation.access import may_change
from congvu.organisation.web.telling import events_told

PAGE = 30


def events(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's."""
    key = decode(request.GET.get("sau", ""), 2)
    found = queries.events(limit=PAGE, before=_cursor(key))
    page = page_of(found, PAGE, lambda event: (event.effective.isoformat(), event.id), first=key is None)
    context = {
        "page": page,
        "rows": events_told(page.rows, queries.picture()),
        "may_change": not may_change(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "organisation/web/events.html", context)


def _cursor(key: list[object] | None) -> tuple[date, int] | None:
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key[0])), int(str(key[1]))
    except ValueError as wrong:
        raise Refused(
            "Dấu trang trong địa chỉ không đúng.", where="sau", do="Mở lại danh sách từ đầu."
        ) from wrong

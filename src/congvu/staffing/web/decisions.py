"""Every decision of the ledger, newest first; drafts are shown to those who write them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.queries import picture
from congvu.staffing.access import may_write, visible_units
from congvu.staffing.queries.decisions import decision_list

PAGE = 30


def decisions(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    actor = request.actor  # type: ignore[attr-defined]
    scope = visible_units(actor, clock.today(), picture())
    key = decode(request.GET.get("sau", ""), 2)
    words = request.GET.get("q", "").strip()[:100]
    found = decision_list(
        drafts=may_write(actor),
        seen=None if scope.all else scope.unit_ids,
        limit=PAGE,
        before=_cursor(key),
        words=words,
    )
    page = page_of(found, PAGE, lambda one: (one.effective.isoformat(), one.id), first=key is None)
    return render(
        request, "staffing/web/decisions.html", {"page": page, "words": words, "may_write": may_write(actor)}
    )


def _cursor(key: list[object] | None) -> tuple[date, int] | None:
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key[0])), int(str(key[1]))
    except ValueError as wrong:
        raise Refused(
            "Dấu trang trong địa chỉ không đúng.", where="sau", do="Mở lại danh sách từ đầu."
        ) from wrong

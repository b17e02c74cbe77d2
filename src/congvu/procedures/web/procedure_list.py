"""The public list: what can be asked of the state here, found by words without diacritics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.ui.pager import decode, page_of
from congvu.procedures import access
from congvu.procedures.queries.find import Cursor, fields, search
from congvu.procedures.rules.words import Tier

PAGE = 25
SHOWN_TIERS = (Tier.XA, Tier.TINH, Tier.TRUNG_UONG)


def procedure_list(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    words = request.GET.get("q", "").strip()[:200]
    tier = request.GET.get("cap", "")
    tier = tier if tier in SHOWN_TIERS else ""
    chosen = request.GET.get("linh-vuc", "")
    field_id = int(chosen) if chosen.isdigit() and len(chosen) < 19 else None
    editor = access.may_edit(request.actor)  # type: ignore[attr-defined]
    after = decode(request.GET.get("sau", ""), 3)
    found = search(
        words,
        on=clock.today(),
        limit=PAGE,
        cursor=Cursor(int(after[0]), str(after[1]), int(after[2])) if after else None,
        field_id=field_id,
        tier=tier,
        public=not (editor and request.GET.get("tat-ca")),
    )
    context = {
        "page": page_of(found, PAGE, lambda row: row.cursor, first=after is None),
        "words": words,
        "tier": tier,
        "tiers": [(one.value, one.label) for one in SHOWN_TIERS],
        "field_id": field_id,
        "fields": fields(),
        "filtered": bool(words or tier or field_id),
        "editor": editor,
        "all": bool(request.GET.get("tat-ca")),
        "settler": access.may_settle(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "procedures/web/procedure_list.html", context)

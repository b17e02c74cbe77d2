"""Biên bản bàn giao: the list, and one record, which a leader of the receiving unit accepts; printed as it stands."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.papers.pdf import PDF
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import led_by, scope_of
from congvu.organisation.actions.accept_handover import accept_handover
from congvu.organisation.models import Handover
from congvu.organisation.queries import picture
from congvu.organisation.queries.following import choosing
from congvu.organisation.queries.handovers import Units
from congvu.organisation.queries.handovers import handover as one_handover
from congvu.organisation.queries.handovers import handovers as some_handovers
from congvu.organisation.rules.following import GOES
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.handed import record_of
from congvu.organisation.web.papers.handover_pdf import handover_pdf

PAGE = 30


def handovers(request: HttpRequest) -> HttpResponse:
    """`/to-chuc/ban-giao/`. 4 statements besides the session's."""
    known, today = picture(), clock.today()
    before = decode_dated(request.GET.get("sau", ""))
    waiting = "cho-ky" in request.GET
    seen = _seen(request.actor, today, known)  # type: ignore[attr-defined]
    found = some_handovers(seen, limit=PAGE, before=before, waiting=waiting)
    page = page_of(found, PAGE, lambda one: (one.effective.isoformat(), one.id), first=before is None)
    context = {"page": page, "rows": [record_of(one, known) for one in page.rows], "waiting": waiting}
    return render(request, "organisation/web/handovers.html", context)


def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """`/to-chuc/ban-giao/12/`. 5 statements besides the session's, 2 more when only a part went."""
    known, now = picture(), clock.now()
    actor = request.actor  # type: ignore[attr-defined]
    one = one_handover(handover_id, _seen(actor, now.date(), known))
    if one is None:
        raise Http404
    shown, refusal = record_of(one, known), None
    typed = {line.kind.code: request.POST.get(f"khong-{line.kind.code}", "") for line in shown.lines}
    if request.method == "POST":
        try:
            accept_handover(handover_id, typed, by=actor, at=now)
            messages.success(request, "Đã ký nhận bàn giao.")
            return redirect("handover", handover_id=handover_id)
        except Refused as problem:
            refusal = problem
    may = (
        one.moved_at is not None
        and one.accepted_at is None
        and any(line.kind.way == GOES for line in shown.lines)
        and one.to_unit_id in led_by(actor, now.date(), known)
    )
    context: dict[str, Any] = {
        "one": shown,
        "chosen": _chosen(one),
        "may_accept": may,
        "refusal": refusal,
        "rows": [(line, typed[line.kind.code]) for line in shown.lines],
    }
    return render(request, "organisation/web/handover.html", context, status=FORM_STATUS if refusal else 200)


def _seen(actor: Actor, on: date, known: Picture) -> Units:
    """The units whose records the actor reads: counts only, so an administrator, who records events, reads all."""
    if actor.has(ADMIN):
        return None
    scope = scope_of(actor, on, known)
    return None if scope.all else scope.unit_ids


def handover_paper(request: HttpRequest, handover_id: int) -> HttpResponse:
    """`/to-chuc/ban-giao/12/pdf/`, for whoever reads the record. As the page, in statements."""
    known, now = picture(), clock.now()
    one = one_handover(handover_id, _seen(actor_of(request), now.date(), known))
    if one is None:
        raise Http404
    made = handover_pdf(record_of(one, known), _chosen(one), known, now.date())
    response = HttpResponse(made, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="bien-ban-ban-giao-{one.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _chosen(one: Handover) -> list[str]:
    """What was chosen, in words; nothing when all of the unit went. 2 statements when something was."""
    return [words for area in choosing() for words in area.words(one.chosen or ())]

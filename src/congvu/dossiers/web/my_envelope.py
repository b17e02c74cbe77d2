"""The citizen's own envelope: one place, one code, one day, the procedures beneath."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.envelopes import envelope_by_id
from congvu.dossiers.web.envelope import setting, shown, slip_page
from congvu.dossiers.web.envelope_words import said
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor


def my_envelope(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-cua-toi/lien-thong/<số>/`. 3-5 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = envelope_by_id(visible_to(actor, now.date()), pk)
    if request.GET.get("in") and found.code:
        return slip_page(request, found, actor, now)
    one = shown(found, setting(now))
    return render(request, "dossiers/web/my_envelope.html", {"one": one, **said(one), "own": True})

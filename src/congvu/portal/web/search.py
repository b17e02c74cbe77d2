"""The search of the top bar: a dossier by code, phone, ID number or name; a procedure by name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.rules.codes import fault_of_code
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.text import composed
from congvu.portal import queries


def search(request: HttpRequest) -> HttpResponse:
    """`/tim/?q=`: one dossier with exactly this code opens at once. 5 statements, 2 of them say who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = composed(request.GET.get("q", ""))[:200]
    found = queries.find(actor, text, clock.today()) if text else None
    if (
        found is not None
        and len(found.dossiers) == 1
        and (found.dossiers[0].code or "").lower() == text.lower()
    ):
        return HttpResponseRedirect(reverse("dossier", args=[found.dossiers[0].code]))
    return render(request, "portal/web/search.html", {"text": text, "found": found, "fault": fault_of_code(text)})

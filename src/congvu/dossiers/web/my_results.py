"""The citizen's own store of results: what the state has given, to look at and to use again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.dossiers.actions.look_in_store import look_in_store
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor


def my_results(request: HttpRequest) -> HttpResponse:
    """`/ho-so-cua-toi/ket-qua/`: by the number of one's account, whichever counter it was handed in at. 1 statement."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = clock.today()
    found = look_in_store(actor.citizen_number, "", by=actor, at=clock.now())
    rows = [(one, one.usable(today)) for one in found]
    return render(request, "dossiers/web/my_results.html", {"rows": rows, "number": actor.citizen_number})

"""Form 03 for a whole envelope: one slip, all procedures, the reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.queries.envelopes import envelope_by_id, last_words
from congvu.dossiers.rules.slips import REFUSAL, form_set
from congvu.dossiers.web.letterhead import letterhead
from congvu.foundation import clock
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.organisation.queries import picture


def envelope_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-lien-thong/dang-ky/<số>/phieu-tu-choi/`: what was refused as a whole is told on one slip. 3-4 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.today(), picture()
    found = envelope_by_id(visible_to(actor, today, known), pk)
    told = last_words(found) if found.refused else []
    if not told:
        raise NotVisible("Hồ sơ liên thông này không bị từ chối.", where=found.label, do="Mở hồ sơ để xem.")
    context: dict[str, Any] = {
        **letterhead(known, found.receiving_unit_id, today),
        "form": form_set(legal(found.opened_at).date()).form(REFUSAL),
        "d": found,
        "members": [(one, known.name(one.competent_unit_id, today)) for one in found.members],
        "event": told[0],
        "by": actor.name,
        "is_clerk": actor.has(CLERK),
        "printed_on": today,
        "back": reverse("envelope-registered" if actor.is_official else "my-envelope", args=[found.id]),
    }
    return render(request, "dossiers/web/envelope_slip_03.html", context)

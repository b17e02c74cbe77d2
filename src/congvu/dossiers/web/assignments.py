"""Whose hands the work of a leader's units is in: per officer, moved in one press when someone is away, given back after."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.assign import assign_step, give_back_step
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.queries.staff import InHand, Load, in_hands, staff
from congvu.dossiers.web.bulk import read_seen
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import LEADER
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.organisation.queries import picture

MOST_UNITS = 200  # a province's leader looks at the own office; those below are their leaders' work


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer on the page."""

    load: Load
    unit: str
    chosen: bool


def assignments(request: HttpRequest) -> HttpResponse:
    """`/phan-cong/`; `nguoi` opens an officer's steps. 5 statements; POST those of the action more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.today(), picture()
    units = sorted(known.subtree(actor.units(LEADER), today))[:MOST_UNITS]
    asked = request.POST if request.method == "POST" else request.GET
    officer = read_number(asked.get("nguoi", ""))
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _do(request, officer, actor)
        except Refused as why:
            refusal = why
    loads = staff(units, today)
    rows = in_hands(officer, units) if officer else []
    mine = next((one for one in loads if one.account_id == officer), None)
    context: dict[str, Any] = {
        "officers": [
            Officer(one, known.name(one.unit_id, today), one.account_id == officer) for one in loads
        ],
        "officer": mine,
        "own": [one for one in rows if not one.held_for],
        "held": [one for one in rows if one.held_for],
        "others": _others(loads, rows, officer),
        "refusal": refusal,
    }
    return render(
        request, "dossiers/web/assignments.html", context, status=FORM_STATUS if refusal is not None else 200
    )


def _do(request: HttpRequest, officer: int, actor: Actor) -> HttpResponse:
    seen = read_seen(request.POST.getlist("chon"))
    if not seen:
        raise Refused("Chưa chọn hồ sơ nào.", do="Đánh dấu các hồ sơ rồi bấm lại.")
    how: dict[str, Any] = {"by": actor, "at": clock.now(), "seen": seen}
    if request.POST.get("viec") == "tra":
        outcome = give_back_step(list(seen), officer, **how)
    else:
        to = read_number(request.POST.get("den", ""))
        if not to:
            raise Refused("Chưa chọn người nhận.", where="den", do="Chọn một người của đơn vị.")
        away = request.POST.get("vang") == "1"
        outcome = assign_step(
            list(seen), to, request.POST.get("ly-do", "")[:1000], away=away, held_by=officer or None, **how
        )
    _tell(request, outcome)
    return HttpResponseRedirect(f"{reverse('assignments')}?nguoi={officer}")


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.done:
        messages.success(request, f"Đã chuyển {len(outcome.done)} việc.")
    for one in outcome.refused[:10]:
        messages.error(request, f"{one.code or one.dossier_id}: {one.refusal.what} {one.refusal.do}".strip())


def _others(loads: list[Load], rows: list[InHand], officer: int) -> list[tuple[int, str]]:
    """To whom the steps may go: officers of the same units who are not away."""
    units = {one.unit_id for one in rows}
    found = {one.account_id: one.words for one in loads if one.unit_id in units and one.away_until is None}
    found.pop(officer, None)
    return list(found.items())

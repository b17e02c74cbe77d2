"""Open dossiers of units that were dissolved or merged: who holds how many, a preview, and the move to the successor."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.actions.move_to_successor import may_move_to, move_to_successor
from congvu.dossiers.queries.stranded import Left, left_by, left_by_units
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import successors

SHOWN = 200


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A unit that is gone, by name, and the units the reader may move its dossiers to."""

    left: Left
    name: str
    heirs: tuple[tuple[int, str], ...]


def stranded(request: HttpRequest) -> HttpResponse:
    """`/ho-so/don-vi-da-giai-the/`; `tu` and `den` open the preview. 5 statements at most, of which two say who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known, today = picture(), clock.today()
    sight = visible_to(actor, today, known)
    data = request.POST if request.method == "POST" else request.GET
    old, new = read_number(data.get("tu", "")), read_number(data.get("den", ""))
    refusal = None
    if request.method == "POST":
        try:
            return _move(request, old, new, actor)
        except Refused as problem:
            refusal = problem
    living = [node.unit_id for node in known.tree(today)]
    rows = [] if old else left_by_units(sight, living)
    context: dict[str, Any] = {
        "lines": [_line(one, known, actor, sight) for one in rows],
        "old": old,
        "new": new,
        "old_name": known.name(old, today) if old else "",
        "new_name": known.name(new, today) if new else "",
        "rows": left_by(sight, old, SHOWN + 1)[:SHOWN] if old else [],
        "refusal": refusal,
        "reason": data.get("reason", ""),
        "most": SHOWN,
    }
    return render(
        request, "dossiers/web/stranded.html", context, status=FORM_STATUS if refusal is not None else 200
    )


def _move(request: HttpRequest, old: int, new: int, actor: Actor) -> HttpResponse:
    outcome = move_to_successor(old, new, request.POST.get("reason", ""), by=actor, at=clock.now())
    messages.success(request, f"Đã chuyển {len(outcome.done)} hồ sơ.")
    if outcome.refused:
        messages.error(
            request, f"{len(outcome.refused)} hồ sơ vừa được người khác xử lý: xem lại rồi chuyển tiếp."
        )
    return HttpResponseRedirect(reverse("stranded"))


def _line(left: Left, known: Picture, actor: Actor, sight: Visible) -> LeftLine:
    today = clock.today()
    heirs = tuple(
        (one.unit_id, known.name(one.unit_id, today))
        for one in successors(known, left.unit_id, today)
        if may_move_to(one.unit_id, actor, sight)
    )
    return LeftLine(left, known.name(left.unit_id, today), heirs)

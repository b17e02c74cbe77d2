"""Chức năng chờ nhận: of units that are no more; heirs are proposed, a person says who takes each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import may_keep_registers
from congvu.organisation.actions.hand_on_functions import hand_on_functions
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import UnitFunctionVersion
from congvu.organisation.queries import picture, unit_choices
from congvu.organisation.queries.handovers import named_heirs
from congvu.organisation.queries.registers import as_held, in_force
from congvu.organisation.rules.functions import Waiting, waiting
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import Successor
from congvu.organisation.web.asked import Asked, asked_of
from congvu.organisation.web.register_page import TABS
from congvu.organisation.web.telling import heirs_told

SHOWN, GROUPS = 60, 10  # functions, ended units of one page: each unit brings a list of all units


def waiting_functions(request: HttpRequest) -> HttpResponse:
    """3 statements to show besides the session's; `hand_on_functions` says what handing on takes."""
    asked, known = asked_of(request), picture()
    rows = {row.function_id: row for row in in_force(UnitFunctionVersion, asked.on, asked.known_at)}
    waits = waiting([as_held(row) for row in rows.values()], known, asked.on)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            told = _hand_on(request, known, waits)
            messages.success(request, told)
            return redirect(f"{reverse('waiting-functions')}?{asked.query()}")
        except Refused as said_no:
            refusal = said_no
    groups = _groups(waits[:SHOWN], rows, known, asked)
    context = {
        "asked": asked,
        "tab": "unit-functions",
        "tabs": TABS,
        "refusal": refusal,
        "groups": groups,
        "more": len(waits) - sum(len(one["rows"]) for one in groups),
        "units": unit_choices(asked.on, known),
        "typed": request.POST if refusal else {},
        "chosen": request.POST.getlist("functions") if refusal else [],
        "may_keep": may_keep_registers(actor_of(request)),
    }
    return render(request, "organisation/web/waiting.html", context, status=FORM_STATUS if refusal else 200)


def _hand_on(request: HttpRequest, known: Picture, waits: list[Waiting]) -> str:
    """Those of one ended unit, from the day it ended, to the unit that was chosen."""
    chosen = {read_number(one) for one in request.POST.getlist("functions")}
    mine = [one for one in waits if one.held.function in chosen]
    if not mine or len(mine) != len(chosen):
        raise Refused("Chưa chọn chức năng nào.", where="functions", do="Đánh dấu ít nhất một chức năng.")
    receiver = read_number(request.POST.get("receiver", ""))
    span = known.at(receiver, mine[0].ended)
    if span is None:
        raise Refused(
            f"Chọn đơn vị nhận đang hoạt động vào ngày {mine[0].ended:%d/%m/%Y}.",
            where="receiver",
            do="Chọn trong danh sách.",
        )
    done = hand_on_functions(
        chosen,
        receiver,
        effective=mine[0].ended,
        giver=mine[0].held.unit,
        decision=Decision(request.POST.get("decision", "")),
        by=actor_of(request),
        at=clock.now(),
    )
    return f"{span.name} nhận {len(done)} chức năng từ ngày {mine[0].ended:%d/%m/%Y}."


def _groups(
    waits: list[Waiting], rows: dict[int, UnitFunctionVersion], known: Picture, asked: Asked
) -> list[dict[str, Any]]:
    """By the unit that ended: its functions, and who stands for it."""
    by_unit: dict[int, list[Waiting]] = {}
    for one in waits:
        by_unit.setdefault(one.held.unit, []).append(one)
    shown = list(by_unit.items())[:GROUPS]
    named = named_heirs([unit for unit, _ in shown])
    return [
        {
            "id": unit,
            "name": known.name(unit, mine[0].ended),
            "ended": mine[0].ended,
            "heirs": heirs_told(known, mine[0].heirs or _as_heirs(named.get(unit)), asked.on),
            "proposed": mine[0].proposed or named.get(unit, 0),
            "rows": [rows[one.held.function] for one in mine],
        }
        for unit, mine in shown
    ]


def _as_heirs(unit: int | None) -> tuple[Successor, ...]:
    """The unit a decision named to take over, when no event says who did."""
    return () if unit is None else (Successor(unit, None),)

"""Chức năng giống nhau: pairs the text proposes with their score, and what people decided of them."""

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
from congvu.organisation.actions.judge_functions import Likeness, judge_functions
from congvu.organisation.models import Judgement, UnitFunctionVersion
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import in_force, judgements
from congvu.organisation.rules.functions import LEAST, LEAST_IN_FIELD, YES, Alike, alike_in
from congvu.organisation.rules.kinds import TINH
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.asked import Asked, asked_of, unit_cell
from congvu.organisation.web.matrix import standing_functions
from congvu.organisation.web.register_page import TABS

SHOWN = 40


def alike_functions(request: HttpRequest) -> HttpResponse:
    """3 statements to show besides the session's; `judge_functions` says what deciding takes."""
    asked = asked_of(request)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            _judge(request)
            messages.success(request, "Đã ghi kết luận.")
            return redirect(f"{reverse('alike-functions')}?{asked.query()}")
        except Refused as said_no:
            refusal = said_no
    known = picture()
    rows = list(in_force(UnitFunctionVersion, asked.on, asked.known_at))
    by_function = {row.function_id: row for row in rows}
    said = {(one.function_id, one.other_id): one for one in judgements(asked.known_at) if one.other_id}
    pairs = alike_in(standing_functions(rows, known, asked.on), known, asked.on, TINH)
    waiting = [pair for pair in pairs if (pair.one.function, pair.other.function) not in said]
    told = [_told(pair, by_function, known, asked) for pair in waiting]
    context = {
        "asked": asked,
        "tab": "function-matrix",
        "tabs": TABS,
        "refusal": refusal,
        "typed": _typed(request, refusal),
        "pairs": told[:SHOWN],
        "more": max(0, len(told) - SHOWN),
        "least": LEAST,
        "least_in_field": LEAST_IN_FIELD,
        "decided": [_decided(one, by_function, known, asked) for one in said.values()],
        "may_keep": may_keep_registers(actor_of(request)),
    }
    status = FORM_STATUS if refusal else 200
    return render(request, "organisation/web/alike.html", context, status=status)


def _judge(request: HttpRequest) -> None:
    pair = Likeness(
        read_number(request.POST.get("one", "")), other=read_number(request.POST.get("other", ""))
    )
    judge_functions(
        pair,
        request.POST.get("verdict", ""),
        request.POST.get("reason", ""),
        by=actor_of(request),
        at=clock.now(),
    )


def _typed(request: HttpRequest, refusal: Refused | None) -> dict[str, str]:
    """What was typed of a conclusion that was refused: nothing of it is lost."""
    names = ("one", "other", "reason") if refusal else ()
    return {name: request.POST.get(name, "") for name in names}


def _told(pair: Alike, rows: dict[int, UnitFunctionVersion], known: Picture, asked: Asked) -> dict[str, Any]:
    sides = [
        {"row": rows[held.function], "unit": unit_cell(known, held.unit, asked.on)}
        for held in (pair.one, pair.other)
    ]
    return {"pair": pair, "key": f"{pair.one.function}-{pair.other.function}", "sides": sides}


def _decided(
    one: Judgement, rows: dict[int, UnitFunctionVersion], known: Picture, asked: Asked
) -> dict[str, Any]:
    found = [rows.get(function) for function in (one.function_id, one.other_id or 0)]
    sides = [{"row": row, "unit": unit_cell(known, row.unit_id, asked.on)} if row else None for row in found]
    return {"row": one, "same": one.verdict == YES, "sides": sides}

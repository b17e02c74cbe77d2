"""Bảng theo dõi: the figures a person chose, in his order, over a running period; composing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.roles import OFFICIAL_ROLES, ROLE_WORDS
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.access import may_enter, may_publish
from congvu.indicators.actions.compose_boards import MOST, Composed, compose_boards
from congvu.indicators.queries.answer import answers
from congvu.indicators.queries.boards import board_of, open_crossings
from congvu.indicators.queries.figures import figures_of, may_ask, offered
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import DOSSIERS, reader_of
from congvu.indicators.rules.definitions import Subject
from congvu.indicators.rules.lines import SPANS, span_of
from congvu.organisation.queries import picture


def board_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/bang-theo-doi/`: at most twelve figures. 12 statements at most, whatever they are over; 8 when none is of posts
    and none was entered by hand."""
    actor, today = actor_of(request), clock.today()
    codes, period, own = board_of(actor)
    known = picture()
    question = Question(
        span_of(request.GET.get("ky", "") if request.GET.get("ky") in SPANS else period, today), today
    )
    figures = {code: one for code, one in figures_of(codes).items() if may_ask(actor, one)}
    told = answers(list(figures), question, reader_of(actor, today, known), known)
    chosen = request.GET.get("ky") if request.GET.get("ky") in SPANS else period
    context = {
        "cards": [told[code] for code in codes if code in told], "gone": [code for code in codes if code not in told],
        "own": own, "question": question, "spans": [(key, words, key == chosen) for key, words in SPANS.items()],
        "crossed": open_crossings(actor), "of_dossiers": actor.has(*DOSSIERS), "watches": not may_enter(actor),
    }  # fmt: skip
    return render(request, "indicators/web/board.html", context)


def compose_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/bang-theo-doi/lap/`: choose figures and their order. 3 statements to show."""
    actor, today = actor_of(request), clock.today()
    codes, period, _ = board_of(actor)
    data = request.POST if request.method == "POST" else None
    may_roles = not may_publish(actor, today)
    error: Refused | None = None
    if data is not None:
        codes, period = _typed(data), data.get("ky", "nam")
        role = data.get("vai-tro", "") if may_roles else ""
        try:
            compose_boards([Composed(codes, period, role)], by=actor, at=clock.now())
        except Refused as no:
            error = no
        else:
            messages.success(request, "Đã lập bảng theo dõi.")
            return redirect("figure-board")
    figures = offered(actor)
    place = {code: str(at) for at, code in enumerate(codes, 1)}
    if error is not None and data is not None:  # what was typed, not how it was read
        place = {one.code: data.get(f"cho-{one.code}", "") for one in figures}
    groups = [
        (subject.value, [(one, place.get(one.code, "")) for one in figures if one.subject is subject])
        for subject in Subject
    ]
    context = {
        "groups": [(words, rows) for words, rows in groups if rows], "most": MOST, "error": error,
        "spans": [(key, words, key == period) for key, words in SPANS.items()],
        "roles": [(role, ROLE_WORDS[role]) for role in OFFICIAL_ROLES] if may_roles else [],
    }  # fmt: skip
    return render(request, "indicators/web/compose_board.html", context, status=FORM_STATUS if error else 200)


def _typed(data: Any) -> tuple[str, ...]:
    """The codes whose place was filled in, in the order of their places."""
    placed = []
    for name, value in data.items():
        if name.startswith("cho-") and value.strip():
            number = (
                int(value) if value.strip().isascii() and value.strip().isdigit() and len(value) < 6 else 999
            )
            placed.append((number, name.removeprefix("cho-")))
    return tuple(code for _, code in sorted(placed))

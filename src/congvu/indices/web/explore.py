"""What if, and before: which criterion lifts an index most; the same unit through years whose sets differ."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.indices.access import visible_sheets
from congvu.indices.models import IndexSet, Sheet
from congvu.indices.queries.results import result_of
from congvu.indices.queries.rounds import earlier_sheets
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.queries.sheets import cells_of, sheet_of, standing
from congvu.indices.rules.cells import Got, above
from congvu.indices.rules.numbers import read_decimal
from congvu.indices.rules.results import compared, lifts, value_of
from congvu.indices.rules.sets import PERCENT
from congvu.indices.rules.sheet import gots_of
from congvu.indices.rules.tree import Node, leaves, reckon
from congvu.indices.web.words import fine, percent_words, points, signed, value_words
from congvu.organisation.queries import picture

FIRST = 15


def simulation_page(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """3 statements besides the session's and the picture's."""
    sheet = _seen(request, sheet_id)
    of = sheet.round.set
    nodes = nodes_of(criteria_of([of.pk]).get(of.pk, ()))
    gots = gots_of(nodes, cells_of(standing([sheet.pk]).get(sheet.pk, {})), Fraction(of.step))
    now = reckon(nodes, gots, of.policy)
    refusal: Refused | None = None
    asked: dict[str, Got] = {}
    try:
        asked = _asked(request.GET, nodes)
    except Refused as said:
        refusal = said
    then = reckon(nodes, {**gots, **asked}, of.policy)
    before, after = value_of(now, of.measure), value_of(then, of.measure)
    context: dict[str, Any] = {
        "sheet": sheet,
        "one": sheet.round,
        "before": value_words(before, of.measure),
        "after": value_words(after, of.measure) if asked else "",
        "change": signed(after - before) if asked and before is not None and after is not None else "",
        "rows": [
            {
                "lift": lift, "points": points(lift.points), "most": points(lift.maximum), "gain": signed(lift.gain),
                "typed": request.GET.get(f"d.{lift.node.code}", ""),
            }
            for lift in lifts(nodes, gots, of.policy, of.measure)[:FIRST]
        ],
        "percent": of.measure == PERCENT,
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "indices/web/simulation.html", context, status=FORM_STATUS if refusal else 200)


def years_page(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """4 statements besides the session's and the picture's."""
    sheet = _seen(request, sheet_id)
    others = earlier_sheets(sheet)
    sets: dict[int, IndexSet] = {one.round.set_id: one.round.set for one in (sheet, *others)}
    nodes = {pk: nodes_of(rows) for pk, rows in criteria_of(sets).items()}
    lines = standing([one.pk for one in (sheet, *others)])
    results = {
        one.pk: result_of(one.round.set, nodes.get(one.round.set_id, ()), cells_of(lines.get(one.pk, {})))
        for one in (sheet, *others)
    }
    earlier = [one for one in others if one.round.last < sheet.round.last]
    chosen = next((one for one in earlier if str(one.pk) == request.GET.get("voi")), None)
    chosen = chosen or next(iter(earlier), None)
    told = compared(results[chosen.pk], results[sheet.pk]) if chosen else None
    percent = sheet.round.set.measure == PERCENT
    context: dict[str, Any] = {
        "sheet": sheet, "one": sheet.round, "chosen": chosen, "told": told, "percent": percent,
        "years": [
            (
                one,
                value_words(value_of(results[one.pk], one.round.set.measure), one.round.set.measure),
                one in earlier,
            )
            for one in sorted((sheet, *others), key=lambda one: one.round.last, reverse=True)
        ],
        "rows": [
            {
                "one": row, "before": _shown(row.before, percent), "now": _shown(row.now, percent),
                "change": signed(row.change, 2 if percent else 4),
            }
            for row in (told.common if told else ())
        ],
        "before": percent_words(told.before) if told else "", "now": percent_words(told.now) if told else "",
        "change": signed(told.change) if told else "",
        "compared": sum(row.change is not None for row in told.common) if told else 0,
    }  # fmt: skip
    return render(request, "indices/web/years.html", context)


def _seen(request: HttpRequest, sheet_id: int) -> Sheet:
    found = sheet_of(sheet_id, visible_sheets(actor_of(request), clock.today(), picture()))
    if found is None:
        raise Http404
    return found


def _shown(value: Fraction | None, percent: bool) -> str:
    return percent_words(value) if percent else fine(value)


def _asked(typed: Mapping[str, Any], nodes: tuple[Node, ...]) -> dict[str, Got]:
    """The points supposed for criteria. Refuses a number above the maximum."""
    found: dict[str, Got] = {}
    for node in leaves(nodes):
        text = str(typed.get(f"d.{node.code}", "")).strip()
        if not text or node.maximum is None:
            continue
        supposed = read_decimal(text)
        if supposed is None:
            raise Refused(f"{node.code}: không đọc được điểm «{text[:20]}».", do="Ghi số như 1,75.")
        if supposed > node.maximum:
            raise above(supposed, node.maximum)
        found[node.code] = Got(supposed)
    return found

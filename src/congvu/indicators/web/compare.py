"""So sánh: a figure of two units, two periods or two maps side by side, with the difference; two figures only of one measure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.formats import day as day_words
from congvu.foundation.ui.forms import FORM_STATUS, read_day
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import add_months, month_range
from congvu.indicators.access import may_enter
from congvu.indicators.queries.answer import answer, open_url
from congvu.indicators.queries.figures import by_unit, offered
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import Reader, reader_of
from congvu.indicators.rules.definitions import Figure, Value, total_of
from congvu.indicators.rules.lines import Apart, apart
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

SIDES = ("1", "2")
"""The sides of a comparison, as the address names them."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: the figure over a period, of a unit, on a map; what it came to, where it opens."""

    figure: Figure
    value: Value
    words: str
    url: str


def compare_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/so-sanh/`. 8 statements at most: organisation, figures offices defined, 1-2 a side."""
    actor, today = actor_of(request), clock.today()
    known, figures = picture(), offered(actor)
    names = {one.code: one for one in figures}
    typed = _typed(request.GET, today)
    sides: list[Side] = []
    refused: Refused | None = None
    if request.GET.get("so-lieu"):
        reader = reader_of(actor, today, known)
        try:
            sides = [_side(typed[one], names, reader, known, today) for one in SIDES]
        except Refused as no:
            refused = no
    context: dict[str, Any] = {
        "figures": figures, "sides": sides, "refused": refused,
        "typed": [(one, typed[one]) for one in SIDES], "chosen": request.GET.get("so-lieu", ""),
        "watches": not may_enter(actor), "apart": _apart(sides) if len(sides) == len(SIDES) else None,
    }  # fmt: skip
    return render(request, "indicators/web/compare.html", context, status=FORM_STATUS if refused else 200)


def _typed(data: QueryDict, today: date) -> dict[str, dict[str, str]]:
    """What the address says of each side; without it the last two whole months."""
    opening = add_months(today.replace(day=1), -1)
    usual = {"1": month_range(*_year_month(add_months(opening, -1))), "2": month_range(*_year_month(opening))}
    return {
        side: {
            "figure": data.get(f"so-lieu-{side}") or data.get("so-lieu", ""),
            "first": data.get(f"tu-{side}") or day_words(usual[side][0]),
            "last": data.get(f"den-{side}") or day_words(usual[side][1]),
            "unit": data.get(f"don-vi-{side}", "").strip(), "map": data.get(f"ban-do-{side}", "").strip(),
        }
        for side in SIDES
    }  # fmt: skip


def _year_month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _day(text: str, where: str) -> date:
    found = read_day(text)
    if found is None:
        raise Refused(f"Không đọc được ngày «{text[:20]}».", where=where, do="Viết dạng 31/10/2026.")
    return found


def _side(
    typed: dict[str, str], names: dict[str, Figure], reader: Reader, known: Picture, today: date
) -> Side:
    figure = names.get(typed["figure"])
    if figure is None:
        raise Refused(
            f"Không có số liệu «{typed['figure'][:60]}».", where="so-lieu", do="Chọn trong danh sách."
        )
    question = ask(_day(typed["first"], "tu"), _day(typed["last"], "den"), today=today)
    unit = known.by_code(typed["unit"]) if typed["unit"] else None
    if typed["unit"] and unit is None:
        raise Refused(
            f"Không có đơn vị mã «{typed['unit'][:30]}».", where="don-vi", do="Ghi lại mã, hoặc để trống."
        )
    map_on = _day(typed["map"], "ban-do") if typed["map"] else None
    words = [
        f"{question.period}",
        known.name(unit, map_on or question.last) if unit is not None else "Toàn tỉnh",
    ]
    if map_on is None or unit is None or figure.by_hand:
        value = answer(figure.code, question, reader, known, unit=unit).value
    else:
        words.append(f"bản đồ ngày {map_on:%d/%m/%Y}")
        below = known.subtree([unit], map_on) | {unit}
        codes = {span.code for one in below for span in known.of(one)}
        rows = [row.value for row in by_unit(figure, question, reader, known, map_on) if row.key in codes]
        value = total_of(rows, share=figure.out_of is not None) or Value(None)
    return Side(figure, value, ", ".join(words), open_url(figure, question, known, unit))


def _apart(sides: list[Side]) -> Apart:
    first, second = sides
    return apart(first.figure, first.value, second.figure, second.value)

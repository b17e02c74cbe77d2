"""The charts of a report as numbers, kept with the version; drawn by whoever shows them, each with its table."""

from collections.abc import Callable, Iterable
from typing import Any

from congvu.dossiers.access import Visible
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.series import counted_on_time
from congvu.indicators.queries.statistics import statistic_of, the_province
from congvu.organisation.rules.kinds import XA
from congvu.organisation.rules.picture import Picture
from congvu.reports.queries.numbers import About, below
from congvu.reports.rules.text import CHARTS, Span

LINE, BARS = "line", "bars"
_COMMUNES = "Các xã, phường"


def reckon_charts(codes: Iterable[str], about: About, known: Picture) -> dict[str, Any]:
    """Each chart asked, by code: title, kind, the words of its two numbers, rows of [label, part, whole]. 1-2 statements
    each. A chart of a period that has not begun has no rows."""
    made: dict[str, Any] = {}
    for code in codes:
        try:
            made[code] = {"title": CHARTS[code], **_CHARTS[code](about, known)}
        except Refused:
            made[code] = {"title": CHARTS[code], "kind": BARS, "words": ["", ""], "rows": []}
    return made


def _on_time(about: About, known: Picture) -> dict[str, Any]:
    question = about.question(Span.THIS)
    units = below(about.unit_id, question.last, known)
    seen = Visible(units is None, units or (), None)
    months, _ = counted_on_time(seen, known, question.first, question.last)
    several = question.first.year != question.last.year
    rows = [
        [f"{one.first.month}/{one.first.year}" if several else str(one.first.month), one.on_time, one.solved]
        for one in months
    ]
    return {"kind": LINE, "words": ["Đúng hạn", "Đã giải quyết"], "first": "Tháng", "rows": rows}


def _staffing(about: About, known: Picture) -> dict[str, Any]:
    """Each unit right under the report's, with all below it, the largest first; communes together in one row."""
    question = about.question(Span.THIS)
    as_known = known if question.known_until is None else organisation_of(question)
    statistic = statistic_of("bien-che")
    counts = statistic.by_unit(question, as_known, the_province(question, as_known))
    sums: dict[str, list[int]] = {}
    for span in as_known.children(about.unit_id, question.last):
        under = {span.unit_id, *as_known.subtree([span.unit_id], question.last)}
        row = sums.setdefault(_COMMUNES if span.tier == XA else span.short_name or span.name, [0, 0])
        row[0] += sum(numbers[-1] for unit, numbers in counts.items() if unit in under)
        row[1] += sum(sum(numbers[:-1]) for unit, numbers in counts.items() if unit in under)
    order = sorted(sums, key=lambda name: (name == _COMMUNES, -sums[name][1], name))
    rows = [[name, *sums[name]] for name in order if any(sums[name])]
    return {"kind": BARS, "words": ["Có mặt", "Biên chế giao"], "first": "Cơ quan", "rows": rows}


_CHARTS: dict[str, Callable[[About, Picture], dict[str, Any]]] = {"dung-han": _on_time, "bien-che": _staffing}

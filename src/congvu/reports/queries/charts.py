"""The charts of a report as numbers, kept with the version; drawn by whoever shows them, each with its table."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from congvu.dossiers.access import Visible
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.series import counted_on_time
from congvu.indicators.queries.statistics import statistic_of, the_province
from congvu.indices.models import Round
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.organisation.rules.kinds import XA
from congvu.organisation.rules.picture import Picture
from congvu.reports.queries.numbers import About, below
from congvu.reports.rules.text import CHARTS, Span

LINE, BARS, RADAR = "line", "bars", "radar"
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
    kind = LINE if len(rows) > 1 else BARS  # one month is no course
    return {"kind": kind, "words": ["Đúng hạn", "Đã giải quyết"], "first": "Tháng", "rows": rows}


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


def _ranks(about: About, known: Picture) -> dict[str, Any]:
    """The index last published for a period that ended within the report's: every participant, the best first."""
    one = _round(about)
    rows = []
    for sheet in one.sheets if one else ():
        if sheet["value"] is not None:
            value = sheet["value"].replace(",", ".")  # written there as it is printed
            rows.append([f"{sheet['rank']}. {sheet['name']}", value, 100])
    name = one.name if one else ""
    return {"kind": BARS, "words": ["Đạt", "Tối đa"], "first": "Đơn vị", "rows": rows, "under": name}


def _areas(about: About, known: Picture) -> dict[str, Any]:
    """The areas of that index: of the unit when it took part, else of all who did; beside the time before."""
    one = _round(about)
    span = known.nearest(about.unit_id, about.last)
    code = span.code if span else ""
    rows = _sums(one, code) if one else []
    before = {
        label: [part, whole] for label, part, whole in (_sums(one.before, code) if one and one.before else [])
    }
    name = one.name if one else ""
    return {
        "kind": RADAR, "words": ["Đạt", "Tối đa"], "first": "Lĩnh vực", "rows": rows, "before": before, "under": name
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Published:
    """A published round of an index: its participants, the names of its areas, the round before."""

    name: str
    sheets: tuple[dict[str, Any], ...]
    areas: dict[str, str]
    before: "_Published | None" = None


def _round(about: About) -> _Published | None:
    """2-3 statements."""
    rounds = list(
        Round.objects.exclude(published_at=None)
        .filter(
            last__lte=about.last, **({} if about.known_at is None else {"published_at__lte": about.known_at})
        )
        .select_related("set")
        .order_by("-last", "-pk")[:8]
    )
    now = next((one for one in rounds if one.last >= about.first), None)
    if now is None:
        return None
    was = next((one for one in rounds if one.set.code == now.set.code and one.last < now.first), None)
    return _published(now, _published(was) if was else None)


def _published(one: Round, before: _Published | None = None) -> _Published:
    nodes = nodes_of(criteria_of([one.set_id]).get(one.set_id, ()))
    areas = {node.code: node.name for node in nodes if not node.depth}
    return _Published(f"{one.set.name}, {one.name}", tuple(json.loads(one.content)["sheets"]), areas, before)


def _sums(one: _Published, code: str) -> list[list[Any]]:
    """Points and maxima of each area, exact: of the participant of that code, else of all together."""
    own = [sheet for sheet in one.sheets if sheet["code"] == code] or one.sheets
    rows = []
    for area, name in one.areas.items():
        lines = [line for sheet in own for line in sheet["lines"] if line[0] == area and line[1] is not None]
        if lines:
            points = sum((Fraction(line[1]) for line in lines), Fraction(0))
            counted = sum((Fraction(line[2]) for line in lines), Fraction(0))
            rows.append([name, str(points), str(counted)])
    return rows


_CHARTS: dict[str, Callable[[About, Picture], dict[str, Any]]] = {
    "dung-han": _on_time,
    "bien-che": _staffing,
    "chi-so": _ranks,
    "chi-so-linh-vuc": _areas,
}

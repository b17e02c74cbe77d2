"""The map of communes coloured by a figure: every area and every number opens what it counts; the table stands under it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.dossiers.access import visible_to
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.pager import page_after
from congvu.indicators.access import reads_dossiers
from congvu.indicators.queries.commune_map import Commune, CommuneMap, commune_map, figures_for, place_name
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.records import records
from congvu.indicators.queries.reuse import asked_of, reuse_records
from congvu.indicators.queries.statistics import STATISTICS
from congvu.indicators.rules.conditions import some
from congvu.indicators.rules.form06 import BY_CODE
from congvu.indicators.rules.map_figures import CATALOGUE, Class, Figure, Value, class_of, classes
from congvu.indicators.rules.on_time import SERIES
from congvu.indicators.web.form06 import FORM_STATUS, next_day_of, rule_of
from congvu.indicators.web.map_drawing import Item, drawn
from congvu.indicators.web.period_form import PeriodForm
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.queries import picture
from congvu.organisation.queries.boundaries import boundaries
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture

PAGE = 200  # communes of the table on a page; the drawing has all
_BY = {By.UNIT: "Xã, phường"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A commune in the table, with the ways to what its numbers count."""

    commune: Commune
    value: str
    number: int | None
    part: Number
    part_url: str
    whole: Number | None
    whole_url: str
    unit_url: str


def commune_map_page(request: HttpRequest) -> HttpResponse:
    """`/ban-do/`. At most 6 statements besides the session's: organisation, rule of the period, count (2 for posts),
    outlines, and the records of the number opened. More communes take no more."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    data = request.GET.copy()
    data["theo"] = By.UNIT.value
    form = PeriodForm(data, today, by_words=_BY)
    figures = figures_for(actor, data.get("so-lieu", ""))
    figure = _figure(figures, data.get("so-lieu", ""))
    question = form.question(next_day_of(rule_of(form)))
    context: dict[str, Any] = {
        "of_dossiers": reads_dossiers(actor),
        "form": form,
        "figure": figure,
        "groups": _groups(figures, figure),
    }
    if question is None:
        status = 200 if form.fresh else FORM_STATUS
        return render(request, "indicators/web/commune_map.html", context, status=status)
    known = picture()
    map_on = form.map_on or question.last
    told = commune_map(actor, figure, question, known, map_on, today=today)
    found = classes([value for one in told.communes if (value := one.value.exact) is not None])
    query = urlencode({"so-lieu": figure.code}) + "&" + form.query
    rows = [_row(one, told, found, query) for one in told.communes]
    outlines = boundaries(known, (one.node.unit_id for one in told.communes), map_on)
    items = [_item(row) for row in rows]
    page = page_after(rows, PAGE, lambda row: row.commune.node.unit_id, data.get("sau", ""))
    context |= {
        "question": question,
        "told": told,
        "map_on": map_on,
        "drawing": drawn(items, outlines),
        "legend": [(at, one, _range(figure, one)) for at, one in enumerate(found)],
        "page": page,
        "rows": page.rows,
        "total": _words(figure, told.total),
        "outside": _words(figure, told.outside) if told.outside.part or told.outside.whole else "",
        "missing": len(rows) - len(outlines) if outlines else 0,
        "described": _described(told, rows),
        "drawer": _drawer(request, actor, told, known, query) if data.get("xa") else None,
    }
    return render(request, "indicators/web/commune_map.html", context)


def _figure(figures: Mapping[str, Figure], code: str) -> Figure:
    found = figures.get(code) if code else next(iter(figures.values()))
    if found is None:
        raise Refused(
            f"Không có số liệu «{code[:40]}» để tô bản đồ.",
            where="so-lieu",
            do="Chọn số liệu trong danh sách.",
        )
    return found


def _groups(figures: Mapping[str, Figure], chosen: Figure) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The figures for a select, shares and sums first, then by statistic."""
    named: dict[str, list[tuple[str, str, bool]]] = {}
    for one in figures.values():
        group = one.group or (STATISTICS[one.statistic].title if ":" in one.code else "Thường dùng")
        named.setdefault(group, []).append((one.code, one.words, one == chosen))
    return list(named.items())


def _words(figure: Figure, value: Value) -> str:
    return formats.percent(value.part, value.whole) if figure.share else formats.number(value.part)


def _range(figure: Figure, one: Class) -> str:
    if figure.share:
        low, high = (formats.percent(x.numerator, x.denominator) for x in (one.low, one.high))
    else:
        low, high = formats.number(one.low), formats.number(one.high)
    return low if low == high else f"{low} đến {high}"


def _row(one: Commune, told: CommuneMap, found: tuple[Class, ...], query: str) -> ShownRow:
    place = class_of(one.value.exact, found)
    return ShownRow(
        one,
        _words(told.figure, one.value),
        None if place is None else place + 1,
        one.value.part,
        _url(one, told, query, "tu") if one.value.part else "",
        one.value.whole,
        _url(one, told, query, "mau") if one.value.whole else "",
        f"{reverse('unit', args=[one.node.code])}?ngay={told.map_on:%d/%m/%Y}",
    )


def _url(one: Commune, told: CommuneMap, query: str, side: str) -> str:
    """Dossiers open on this page; posts and people on the pages that keep them."""
    day = f"{told.question.last:%d/%m/%Y}"
    if told.asked.code == CATALOGUE:
        return _figure_url(one, told, side)
    if told.asked.code == "bien-che":
        return f"{reverse('unit-staffing', args=[one.node.code])}?{urlencode({'ngay': day})}"
    if told.asked.code == "doi-ngu":
        codes = ",".join(dict.fromkeys(source.code for row in one.rows for source in row.sources))
        facet = told.figure.part[0]
        asked = {"cac-don-vi": codes, "loai": "full", "ngay": day} | (
            {"muc": facet} if facet != "tong" else {}
        )
        return f"{reverse('people')}?{urlencode(asked)}"
    return f"?{query}&{urlencode({'xa': one.node.code, 'mo': side})}#ban-ghi"


def _figure_url(one: Commune, told: CommuneMap, side: str) -> str:
    """The page of the figure, of the commune on this map, with the records behind the number."""
    first, last = told.question.first, told.question.period.last
    asked = {
        "ky": "tu-chon", "tu": f"{first:%d/%m/%Y}", "den": f"{last:%d/%m/%Y}", "ban-do": f"{told.map_on:%d/%m/%Y}",
        "don-vi": one.node.code, "mo": side,
    }  # fmt: skip
    return f"{reverse('figure', args=[told.figure.code])}?{urlencode(asked)}#ban-ghi"


def _item(row: ShownRow) -> Item:
    name = place_name(row.commune.node.name)
    title = f"{name}: {row.value}"
    if row.whole is not None:
        title += f" ({formats.number(row.part)}/{formats.number(row.whole)})"
    place = None if row.number is None else row.number - 1
    short = name.removeprefix("Xã ").removeprefix("Phường ")
    url = row.part_url or row.whole_url or row.unit_url
    return Item(row.commune.node.unit_id, row.commune.group, short, row.value, place, url, title)


def _described(told: CommuneMap, rows: list[ShownRow]) -> str:
    valued = [row for row in rows if row.commune.value.exact is not None]
    if not valued:
        return f"{told.figure.words}: chưa có số liệu ở xã nào."
    ordered = sorted(valued, key=lambda row: row.commune.value.exact or 0)
    low, high = ordered[0], ordered[-1]
    return (
        f"{told.figure.words}, {formats.number(len(rows))} xã, phường. Thấp nhất {low.commune.node.name} {low.value}, cao nhất"
        f" {high.commune.node.name} {high.value}. Số liệu từng xã ở bảng dưới."
    )


def _drawer(request: HttpRequest, actor: Actor, told: CommuneMap, known: Picture, query: str) -> Drawer:
    """1 statement: the dossiers behind a commune's number, of all the units it is made of."""
    one, today = told.commune(request.GET["xa"]), clock.today()
    whole = request.GET.get("mo") == "mau"
    codes = told.figure.whole if whole and told.figure.share else told.figure.part
    cursor, seen = request.GET.get("sau", ""), visible_to(actor, today, known)
    if told.asked.code == "tai-su-dung":
        asked = asked_of(codes[0])
        page = reuse_records(
            seen, told.question, By.UNIT, one.node.code, asked, cursor=cursor, today=today, units=one.sources
        )
        meaning = asked.meaning
    else:
        columns = dict(told.asked.columns)
        known_columns = {code: BY_CODE[code].condition for code in BY_CODE} | {
            code: condition for code, (_, condition) in SERIES.items()
        }
        if not all(code in known_columns for code in codes):
            raise Refused("Số liệu này mở ở trang của nó.", where="mo", do="Chọn một số trong bảng.")
        page = records(
            seen, told.question, some(*(known_columns[code] for code in codes)), by=By.UNIT, key=one.node.code,
            cursor=cursor, units=one.sources,
        )  # fmt: skip
        meaning = "; ".join(columns[code] for code in codes)
    figure = one.value.whole if whole and one.value.whole is not None else one.value.part
    return Drawer(
        figure, meaning, one.node.name, lines(page, known), f"{request.path}?{query}",
        allocation=_allocation(one),
    )  # fmt: skip


def _allocation(one: Commune) -> str:
    parts = {
        (source.name, source.share): f"{source.share} của {source.name}" if source.divided else source.name
        for row in one.rows
        for source in row.sources
    }
    if len(parts) < 2 and not one.told:
        return ""
    divided = any(source.divided for row in one.rows for source in row.sources)
    more = " Mở toàn bộ hồ sơ của các đơn vị này; số trên chỉ tính phần được chia." if divided else ""
    return f"Gồm {formats.listing(parts.values(), 8)}.{more}"

"""Chất lượng đội ngũ: the ministry's table of a day, every number of which opens its people; and as XLSX."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.map_switch import FIELD, MapSwitch, map_switch
from congvu.foundation.ui.pager import page_after
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture_as_known
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture
from congvu.people.access import READERS
from congvu.people.queries.quality import FACETS, QualityLine, quality
from congvu.people.web.asking import Moment, looking, moment
from congvu.people.web.people_list import UNITS, list_url
from congvu.people.web.quality_book import Head, quality_book

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 100  # units on a page


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the table with its links."""

    name: str
    code: str
    total: tuple[Number, str]
    cells: list[tuple[Number, str]]
    sum: bool
    divided: bool = False


def quality_table(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's, 4 as known earlier."""
    at, under, known, lines, switch = _asked(request)
    span = known.nearest(under, at.on) if under is not None else None
    groups: dict[str, int] = {}
    for group, _, _ in FACETS.values():
        groups[group] = groups.get(group, 0) + 1
    page = page_after(lines[:-1], PAGE, lambda one: one.unit_id or 0, request.GET.get("sau", ""))
    shown = [*page.rows, lines[-1]]  # the sum of all stands under every page
    context = {
        "at": at,
        "page": page,
        "unit": span,
        "groups": groups.items(),
        "heads": [words for _, words, _ in FACETS.values()],
        "lines": [_shown(line, known, at, under, switch) for line in shown],
        "switch": switch,
        "allocation": list(_allocation(shown, known, at, switch)),
        "people": lines[-1].total,
        "sheet": f"{reverse('quality-sheet')}?{request.GET.urlencode()}",
    }
    return render(request, "people/web/quality.html", context)


def quality_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as XLSX, laid out as the ministry's table. 2 statements besides the session's."""
    at, under, known, lines, switch = _asked(request)
    day = switch.on or at.on
    named = [(known.name(line.unit_id, day) if line.unit_id else "Cộng", line) for line in lines]
    whose = under if under is not None else next(iter(actor_of(request).units(*READERS)), None)
    asked = Head(known.name(whose, at.on) if whose is not None else "", at.on, at.known, switch.on)
    allocation = list(_allocation(lines, known, at, switch)) if switch.on else []
    return FileResponse(
        quality_book(asked, named, allocation),
        as_attachment=True,
        filename=f"chat-luong-doi-ngu-{at.on:%Y%m%d}.xlsx",
        content_type=XLSX,
    )


def _allocation(
    lines: list[QualityLine], known: Picture, at: Moment, switch: MapSwitch
) -> Iterator[tuple[str, str, Fraction, str]]:
    """(unit of the map, unit as it was, share, what is not placed) of every line that rests on shares or is not placed."""
    for one in (one for line in lines for one in line.laid if one.divided or one.whys):
        for origin in one.origins:
            yield (
                known.name(one.unit_id, switch.on or at.on),
                known.name(origin.unit_id, at.on),
                origin.share,
                ". ".join(why.words for why in one.whys),
            )


def _asked(request: HttpRequest) -> tuple[Moment, int | None, Picture, list[QualityLine], MapSwitch]:
    known, sight = looking(request)
    at = moment(request)
    under = known.by_code(request.GET.get("don-vi", "").strip().upper())
    switch = map_switch(request.GET, clock.today(), ("ngay", "biet-den", "don-vi"))
    if switch.wrong:
        raise Refused(switch.wrong, where=FIELD, do="Sửa ngày của bản đồ.")
    if at.known_at is not None:
        known = picture_as_known(at.known_at)
    lines = quality(at.on, sight, known, under, at.known_at, map_on=switch.on)
    return at, under, known, lines, switch


def _shown(line: QualityLine, known: Picture, at: Moment, under: int | None, switch: MapSwitch) -> Shown:
    unit = line.unit_id if line.unit_id is not None else under
    span = known.nearest(unit, at.on) if unit is not None else None
    code = span.code if span else ""
    asked = {"don-vi": code, "loai": "full", "ngay": f"{at.on:%d/%m/%Y}"}
    if at.known:
        asked["biet-den"] = f"{at.known:%d/%m/%Y}"
    alone = line.unit_id == under if under is not None else span is not None and span.parent_id is None
    if alone and line.unit_id is not None:
        asked["rieng"] = "1"  # the unit's own people, without those of units below it
    if line.laid:
        behind = dict.fromkeys(origin.unit_id for one in line.laid for origin in one.origins)
        spans = (known.nearest(source, at.on) for source in behind)
        asked[UNITS] = ",".join(span.code for span in spans if span is not None)
        asked.pop("don-vi")
        asked.pop("rieng", None)
    return Shown(
        known.name(line.unit_id, switch.on or at.on) if line.unit_id is not None else "Cộng",
        code if line.unit_id is not None else "",
        (line.total, list_url(**asked)),
        [(count, list_url(**asked, muc=key)) for key, count in line.counts.items()],
        line.unit_id is None,
        any(one.divided or one.whys for one in line.laid),
    )

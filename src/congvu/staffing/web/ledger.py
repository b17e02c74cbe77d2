"""The staffing ledger on a day: units by pools, beside the base year. Each number opens its lines."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.ui.formats import number
from congvu.foundation.ui.map_switch import MapSwitch, map_switch
from congvu.foundation.ui.pager import page_after
from congvu.organisation.rules.mapping import Origin
from congvu.organisation.rules.picture import Picture
from congvu.staffing.access import may_write, visible_units
from congvu.staffing.queries.ledger import organisation_known
from congvu.staffing.queries.pools import Pool, pool_book
from congvu.staffing.queries.table import Table, table
from congvu.staffing.rules.table import NONE, Figures, Row
from congvu.staffing.web.asked import Asked, asked_of
from congvu.staffing.web.sheet import XLSX, ledger_book
from congvu.staffing.web.words import percent, signed

PAGE = 120  # units; a country's communes are more than one reads


@dataclass(frozen=True, slots=True)
class Cell:
    """A pool's figures in a row, in words, with the way to the lines behind them."""

    pool: Pool
    figures: Figures
    url: str

    @property
    def change(self) -> str:
        return signed(self.figures.change.posts)

    @property
    def over(self) -> bool:
        """More people than posts, where the number is given from above; a room without posts lives on its office's."""
        given = self.figures.base or self.figures.balance
        return self.pool.binding and bool(given) and self.figures.free < 0

    @property
    def over_words(self) -> str:
        return f"Vượt {number(-self.figures.free)}"

    @property
    def percent(self) -> str:
        return percent(self.figures.change)


def ledger(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's; 5 as known on an earlier day."""
    asked, known, told = _told(request)
    pools = _shown_pools(asked, told)
    shown = [row for row in told.rows if any(one.base or one.balance for one in row.figures.values())]
    page = page_after(shown, PAGE, lambda row: row.node.unit_id, request.GET.get("sau", ""))
    chosen = [
        pool for pool in pools if pool.code == asked.pool or (not asked.pool and told.totals.get(pool.code))
    ]
    context = {
        "asked": asked,
        "switch": _switch(request),
        "pools": [(pool, asked.query(nhom=pool.code)) for pool in pools],
        "everything": asked.query(nhom=""),
        "totals": [Cell(pool, told.totals.get(pool.code, NONE), "") for pool in pools],
        "chosen": chosen,
        "one": chosen[0] if asked.pool and chosen else None,
        "page": page,
        "rows": [
            (row, _cells(row, chosen, asked, told.origins), _origins(row, known, told, asked))
            for row in page.rows
        ],
        "past": len(told.past) if not page.next else 0,
        "past_cells": [Cell(pool, told.past_totals.get(pool.code, NONE), "") for pool in chosen],
        "left_over": [_left(unit, known, told, chosen, asked) for unit in told.left_over[:PAGE]]
        if page.first
        else [],
        "left_more": len(told.left_over[PAGE:]),
        "query": asked.query(),
        "may_write": may_write(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "staffing/web/ledger.html", context)


def ledger_sheet(request: HttpRequest) -> FileResponse:
    """The same as XLSX: real numbers, every unit. 4 statements besides the session's; 5 as known earlier."""
    asked, known, told = _told(request)
    pools = [pool for pool in _shown_pools(asked, told) if not asked.pool or pool.code == asked.pool]
    book = ledger_book(asked, known, told, pools)
    return FileResponse(
        book, as_attachment=True, filename=f"bien-che-{asked.on:%Y-%m-%d}.xlsx", content_type=XLSX
    )


def _told(request: HttpRequest) -> tuple[Asked, Picture, Table]:
    asked = replace(asked_of(request), map_on=_switch(request).on)
    known = organisation_known(asked.known_at)
    scope = visible_units(request.actor, asked.on, known)  # type: ignore[attr-defined]
    seen = None if scope.all else frozenset(scope.unit_ids)
    told = table(asked.on, asked.base_day, known, seen, asked.known_at, map_on=asked.map_on)
    return asked, known, told


def _switch(request: HttpRequest) -> MapSwitch:
    return map_switch(request.GET, clock.today(), ("ngay", "goc", "nhom", "biet-den"))


def _origins(row: Row, known: Picture, told: Table, asked: Asked) -> list[tuple[str, str, str]]:
    """Of a unit of another day's map: the units its own figures are of, with their share and the way to their lines."""
    found = []
    for origin in told.origins.get(row.node.unit_id, ()):
        span = known.nearest(origin.unit_id, asked.on)
        if span is not None:
            share = str(origin.share) if origin.divided else ""
            url = f"{reverse('unit-staffing', args=[span.code])}?{replace(asked, map_on=None).query()}"
            found.append((span.name, share, url))
    return found


def _shown_pools(asked: Asked, told: Table) -> list[Pool]:
    """The pools of the day that have figures, or are still open."""
    return [
        pool for code, pool in pool_book().on(asked.on).items() if pool.open or told.totals.get(code, NONE)
    ]


def _cells(
    row: Row, pools: list[Pool], asked: Asked, origins: Mapping[int, tuple[Origin, ...]]
) -> list[Cell]:
    """What is another unit's on the day has no lines here: the units it came from are named beside it."""
    address, plain = reverse("unit-staffing", args=[row.node.code]), replace(asked, map_on=None)
    moved = row.node.unit_id in origins
    return [
        Cell(
            pool,
            row.figures.get(pool.code, NONE),
            "" if moved else f"{address}?{plain.query(nhom=pool.code)}",
        )
        for pool in pools
    ]


def _left(unit: int, known: Picture, told: Table, pools: list[Pool], asked: Asked) -> dict[str, Any]:
    span = known.nearest(unit, asked.on)
    assert span is not None  # a line's unit has a version
    held = told.own[unit]
    return {
        "span": span,
        "url": f"{reverse('unit-staffing', args=[span.code])}?{asked.query()}",
        "posts": [
            (pool, held[pool.code].balance) for pool in pools if pool.code in held and held[pool.code].balance
        ],
    }

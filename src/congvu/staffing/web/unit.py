"""The posts of one unit: what it holds by pool, every line and event that made it so, what its sub-units hold."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation.ui.pager import page_after
from congvu.organisation.rules.picture import Picture
from congvu.staffing.access import may_write, visible_units
from congvu.staffing.queries.ledger import organisation_known
from congvu.staffing.queries.pools import Pool, pool_book
from congvu.staffing.queries.table import table
from congvu.staffing.queries.unit import Entry, unit_entries
from congvu.staffing.rules.table import NONE, Row
from congvu.staffing.web.asked import Asked, asked_of
from congvu.staffing.web.ledger import Cell
from congvu.staffing.web.words import signed

PAGE = 120  # units below, on a page


def unit_staffing(request: HttpRequest, code: str) -> HttpResponse:
    """6 statements besides the session's; 7 as known on an earlier day."""
    asked = asked_of(request)
    known = organisation_known(asked.known_at)
    unit_id = known.by_code(code.upper())
    span = known.nearest(unit_id, asked.on) if unit_id is not None else None
    scope = visible_units(request.actor, asked.on, known)  # type: ignore[attr-defined]
    if unit_id is None or span is None or unit_id not in scope:
        raise Http404
    told = table(asked.on, asked.base_day, known, None, asked.known_at, carries=True)
    pools = pool_book().on(asked.on)
    row = next((one for one in told.rows if one.node.unit_id == unit_id), None)
    own = told.own.get(unit_id, {})
    whole = row.figures if row else own
    entries = [
        one
        for one in unit_entries(unit_id, told.folded.carries, asked.on, asked.known_at)
        if not asked.pool or one.pool == asked.pool
    ]
    shown = [pool for key, pool in pools.items() if whole.get(key)]
    below = [one for one in told.rows if one.node.parent_id == unit_id]
    page = page_after(below, PAGE, lambda one: one.node.unit_id, request.GET.get("sau", ""))
    context = {
        "asked": asked,
        "query": asked.query(),
        "span": span,
        "stands": span.covers(asked.on),
        "cells": [
            (
                Cell(pool, whole[pool.code], f"?{asked.query(nhom=pool.code)}"),
                own.get(pool.code, NONE).balance,
            )
            for pool in shown
        ],
        "pool": pools.get(asked.pool),
        "pools": pools,
        "entries": [_told(one, known, asked, pools[one.pool].short) for one in entries],
        "page": page,
        "children": [(one, _cells(one, shown, asked)) for one in page.rows],
        "shown": shown,
        "may_write": may_write(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "staffing/web/unit.html", context)


def _cells(row: Row, pools: list[Pool], asked: Asked) -> list[Cell]:
    return [
        Cell(pool, row.figures.get(pool.code, NONE), _address(row.node.code, asked, pool.code))
        for pool in pools
    ]


def _address(code: str, asked: Asked, pool: str = "") -> str:
    return f"{reverse('unit-staffing', args=[code])}?{asked.query(nhom=pool)}"


def _told(one: Entry, known: Picture, asked: Asked, pool: str) -> dict[str, object]:
    other = known.nearest(one.other_id, one.effective) if one.other_id else None
    return {
        "entry": one,
        "pool": pool,
        "posts": signed(one.posts),
        "other": other,
        "other_url": _address(other.code, asked, one.pool) if other else "",
    }

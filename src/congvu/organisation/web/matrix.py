"""Ma trận lĩnh vực × đơn vị, with what stands out: likenesses, functions nobody holds, functions that wait for a unit."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation.text import fold
from congvu.foundation.ui.pager import page_after
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import may_keep_registers
from congvu.organisation.models import AssignedFunction, UnitFunctionVersion
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import as_asked, as_held, in_force, judgements
from congvu.organisation.rules.functions import Held, alike_in, covers, waiting
from congvu.organisation.rules.kinds import TIERS, TINH, XA
from congvu.organisation.rules.picture import Picture, Span
from congvu.organisation.web.asked import Asked, Cell, Column, Table, asked_of
from congvu.organisation.web.book import book
from congvu.organisation.web.register_page import TABS

PAGE = 60  # units across


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of the matrix: how many functions, where they are listed."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A field: how many functions each unit has in it."""

    field: str
    counts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Fields down, units across."""

    units: list[Span]
    lines: list[Line]


def function_matrix(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    asked, known = asked_of(request, "cap"), picture()
    rows = list(in_force(UnitFunctionVersion, asked.on, asked.known_at))
    assigned = [as_asked(row) for row in in_force(AssignedFunction, asked.on, asked.known_at)]
    said = judgements(asked.known_at)
    waits = waiting([as_held(row) for row in rows], known, asked.on)
    held = standing_functions(rows, known, asked.on)
    settled = {(one.function_id, one.other_id) for one in said if one.other_id}
    judged = {(one.function_id, one.assigned_id): one.verdict for one in said if one.assigned_id}
    pairs = alike_in(held, known, asked.on, TINH)
    told = covers(assigned, held, lambda unit: tier_of(known, unit, asked.on), judged)
    matrix = _matrix(rows, known, asked)
    page = page_after(matrix.units, PAGE, lambda span: span.unit_id, request.GET.get("sau", ""))
    context = {
        "asked": asked,
        "page": page,
        "tab": "function-matrix",
        "tabs": TABS,
        "units": page.rows,
        "lines": [_spots(line, page.rows, asked) for line in matrix.lines],
        "tiers": [(one, TIERS[one]) for one in (TINH, XA)],
        "tier": _tier(asked),
        "query": asked.query(),
        "pairs": len(pairs),
        "open_pairs": sum((pair.one.function, pair.other.function) not in settled for pair in pairs),
        "duplicates": sum(pair.duplicate for pair in pairs),
        "nobody": sum(not one.holders for one in told),
        "assigned": len(told),
        "waiting": len(waits),
        "functions": len(rows),
        "may_keep": may_keep_registers(actor_of(request)),
    }
    return render(request, "organisation/web/matrix.html", context)


def matrix_sheet(request: HttpRequest) -> FileResponse:
    """2 statements besides the session's."""
    asked, known = asked_of(request, "cap"), picture()
    matrix = _matrix(list(in_force(UnitFunctionVersion, asked.on, asked.known_at)), known, asked)
    columns = [
        Column("Lĩnh vực", 30),
        *(Column(span.short_name or span.name, 10, n=True) for span in matrix.units),
    ]
    rows = [
        [
            Cell(line.field),
            *(
                Cell(str(count) if count else "", number=count)
                for count in (line.counts.get(span.unit_id) for span in matrix.units)
            ),
        ]
        for line in matrix.lines
    ]
    table = Table("Ma trận lĩnh vực và đơn vị", [*columns, Column("Số đơn vị", 10, n=True)], [
        [*row, Cell(str(len(line.counts)), number=len(line.counts))] for row, line in zip(rows, matrix.lines, strict=True)
    ])  # fmt: skip
    return book(table, asked, "ma-tran-chuc-nang.xlsx")


def standing_functions(rows: list[UnitFunctionVersion], known: Picture, on: date) -> list[Held]:
    """The functions whose unit stands on the day; the others wait for a unit."""
    return [as_held(row) for row in rows if known.at(row.unit_id, on) is not None]


def tier_of(known: Picture, unit_id: int, on: date) -> str:
    span = known.at(unit_id, on)
    return span.tier if span else ""


def _tier(asked: Asked) -> str:
    return asked.get("cap") if asked.get("cap") in (TINH, XA) else TINH


def _matrix(rows: list[UnitFunctionVersion], known: Picture, asked: Asked) -> Matrix:
    """Rooms count with the agency above them: a column is an agency, or a commune."""
    tier, on = _tier(asked), asked.on
    agencies = {unit: _agency(known, unit, on) for unit in {row.unit_id for row in rows}}
    counts: dict[str, dict[int, int]] = {}
    for row in rows:
        agency = agencies[row.unit_id]
        if agency is not None and agency.tier == tier:
            of = counts.setdefault(row.field, {})
            of[agency.unit_id] = of.get(agency.unit_id, 0) + 1
    wanted = {unit for of in counts.values() for unit in of}
    units = [
        span
        for node in known.tree(on)
        if node.unit_id in wanted and (span := known.at(node.unit_id, on)) is not None
    ]
    return Matrix(units, [Line(field, counts[field]) for field in sorted(counts, key=fold)])


def _spots(line: Line, units: list[Span], asked: Asked) -> tuple[str, list[Spot], int]:
    """A line of the page: the units shown, and in how many units the field is found at all."""
    spots = [
        Spot(count, _list_url(asked, line.field, span.code) if count else "")
        for span, count in ((one, line.counts.get(one.unit_id, 0)) for one in units)
    ]
    return line.field, spots, len(line.counts)


def _agency(known: Picture, unit_id: int, on: date) -> Span | None:
    """The agency a unit belongs to: itself, or the one directly under the province above it. None when it is gone."""
    span = known.at(unit_id, on)
    if span is None:
        return None
    line = [span, *known.ancestors(unit_id, on)]
    return line[-2] if len(line) > 1 else span


def _list_url(asked: Asked, field: str, code: str) -> str:
    query = {"ngay": f"{asked.on:%d/%m/%Y}", "linh-vuc": field, "don-vi": code}
    return f"{reverse('unit-functions')}?{urlencode(query)}"

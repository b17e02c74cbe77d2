"""Chức năng, nhiệm vụ: the list on a day, and putting one on record."""

from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.text import fold
from congvu.foundation.ui.forms import read_number
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.actions.record_functions import NewFunction, record_functions
from congvu.organisation.models import UnitFunctionVersion
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import fields_in_use, function_page
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.asked import Asked, Cell, Column, Filter, Table, asked_of, period, unit_cell
from congvu.organisation.web.book import book
from congvu.organisation.web.fields import unit_choices
from congvu.organisation.web.register_forms import FunctionForm
from congvu.organisation.web.register_page import entry_form, register_page

PAGE, MOST = 50, 20_000
COLUMNS = (
    Column("Lĩnh vực", 24),
    Column("Chức năng, nhiệm vụ", 60),
    Column("Đơn vị", 34),
    Column("Căn cứ", 40),
)


def functions(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's."""
    asked, known = asked_of(request, "linh-vuc", "don-vi"), picture()
    after = decode(request.GET.get("sau", ""), 2)
    found = _rows(asked, known, PAGE, after)
    page = page_of(found, PAGE, lambda row: (row.field_folded, row.pk), first=after is None)
    fields = [(one, one) for one in fields_in_use()]
    unit = known.by_code(asked.get("don-vi"))
    filters = [Filter("linh-vuc", "Lĩnh vực", fields, asked.get("linh-vuc"))]
    if unit is not None:
        filters.append(
            Filter(
                "don-vi", "Đơn vị", [(asked.get("don-vi"), known.name(unit, asked.on))], asked.get("don-vi")
            )
        )
    return register_page(
        request,
        asked,
        tab="unit-functions",
        title="Chức năng, nhiệm vụ",
        table=_table(page.rows, known, asked.on),
        page=page,
        filters=filters,
        ways=[(f"{reverse('waiting-functions')}?ngay={asked.on:%d/%m/%Y}", "Chờ nhận")],
        empty="Chưa có chức năng nào vào ngày này.",
        sheet_url=reverse("unit-functions-sheet"),
        new_url=reverse("new-function"),
        new_words="Ghi chức năng",
    )


def functions_sheet(request: HttpRequest) -> FileResponse:
    """2 statements besides the session's."""
    asked, known = asked_of(request, "linh-vuc", "don-vi"), picture()
    return book(_table(_rows(asked, known, MOST, None), known, asked.on), asked, "chuc-nang-nhiem-vu.xlsx")


def _rows(asked: Asked, known: Picture, limit: int, after: list[Any] | None) -> list[UnitFunctionVersion]:
    unit = known.by_code(asked.get("don-vi"))
    return function_page(
        asked.on,
        asked.known_at,
        field=fold(asked.get("linh-vuc")),
        unit_ids=None if unit is None else _with_rooms(known, unit, asked.on),
        limit=limit,
        after=after,
    )


def _with_rooms(known: Picture, unit: int, on: date) -> frozenset[int]:
    """A unit and its rooms; the province's own committee stands for itself alone."""
    span = known.nearest(unit, on)
    return (
        frozenset((unit,)) if span is None or span.parent_id is None else known.subtree([unit], on) | {unit}
    )


def _table(rows: list[UnitFunctionVersion], known: Picture, on: date) -> Table:
    return Table("Chức năng, nhiệm vụ của các đơn vị", COLUMNS, [_line(row, known, on) for row in rows])


def _line(row: UnitFunctionVersion, known: Picture, on: date) -> list[Cell]:
    url = reverse("register-entry", args=["chuc-nang", row.pk])
    when = f"{row.decision_number}, {period(row.valid_from, row.valid_to)}"
    return [
        Cell(row.field),
        Cell(row.text, url),
        unit_cell(known, row.unit_id, on),
        Cell(row.legal_basis, sub=when),
    ]


def new_function(request: HttpRequest) -> HttpResponse:
    """2 statements to show besides the session's."""
    known = picture()
    code = known.by_code(request.GET.get("don-vi", ""))
    form = FunctionForm(
        request.POST or None,
        units=unit_choices(known, clock.today()),
        initial={"unit": code or read_number(request.GET.get("don-vi", "")) or None},
    )

    def act(data: dict[str, Any]) -> str:
        one = NewFunction(data["unit"], data["field"], data["text"], data["legal_basis"])
        by = actor_of(request)
        record_functions([one], form.period(), decision=form.paper(), by=by, at=clock.now())
        return "Đã ghi chức năng."

    return entry_form(
        request,
        form,
        act,
        title="Ghi chức năng",
        back=reverse("unit-functions"),
        back_words="Chức năng",
        fields=fields_in_use(),
    )

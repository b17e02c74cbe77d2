"""Bộ phận một cửa: which model each works by and how it is equipped, on a day."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.ui.formats import number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.actions.record_facilities import Equipment, record_facilities
from congvu.organisation.models import OneStopFacility
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import in_force
from congvu.organisation.rules.facilities import COUNTED, LEVELS, PRESENT
from congvu.organisation.rules.picture import Picture, Span
from congvu.organisation.web.asked import (
    Asked,
    Cell,
    Column,
    Count,
    Filter,
    Table,
    asked_of,
    period,
    standing,
    unit_cell,
)
from congvu.organisation.web.book import book
from congvu.organisation.web.fields import unit_choices
from congvu.organisation.web.register_forms import FacilityForm
from congvu.organisation.web.register_page import entry_form, register_page

MISSING = "CHUA_GHI"
CHOICES = [*LEVELS.items(), (MISSING, "Chưa ghi")]
COLUMNS = (
    Column("Bộ phận một cửa", 44), Column("Mô hình", 20, whole=True),
    *(Column(words, 11, n=True) for words in COUNTED.values()), *(Column(words, 14) for words in PRESENT.values()),
    Column("Văn bản", 28, whole=True),
)  # fmt: skip


def facilities(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    asked, known, rows, units = _asked(request)
    levels = [rows[span.unit_id].level if span.unit_id in rows else MISSING for span in units]
    counts = [
        Count(words, levels.count(level), f"?{asked.query(muc=level)}", len(units))
        for level, words in CHOICES
    ]
    return register_page(
        request,
        asked,
        tab="one-stop-facilities",
        title="Bộ phận một cửa",
        table=_table(asked, known, rows, units),
        counts=counts,
        filters=[Filter("muc", "Mô hình", CHOICES, asked.get("muc"))],
        empty="Không có bộ phận một cửa nào khớp vào ngày này.",
        sheet_url=reverse("one-stop-facilities-sheet"),
        new_url=reverse("new-facility"),
        new_words="Ghi cơ sở vật chất",
    )


def facilities_sheet(request: HttpRequest) -> FileResponse:
    """2 statements besides the session's."""
    asked, known, rows, units = _asked(request)
    return book(_table(asked, known, rows, units), asked, "bo-phan-mot-cua.xlsx")


def _asked(request: HttpRequest) -> tuple[Asked, Picture, dict[int, OneStopFacility], list[Span]]:
    """One-stop units of the day: the centres, and any other unit that stands and has its equipment on record."""
    asked, known = asked_of(request, "muc"), picture()
    rows = {row.unit_id: row for row in in_force(OneStopFacility, asked.on, asked.known_at)}
    units = standing(known, asked.on, ("TRUNG_TAM_PVHCC",))
    listed = {span.unit_id for span in units}
    others = [span for unit in rows if unit not in listed and (span := known.at(unit, asked.on)) is not None]
    return asked, known, rows, [*units, *sorted(others, key=lambda span: span.sort_key)]


def _table(asked: Asked, known: Picture, rows: dict[int, OneStopFacility], units: list[Span]) -> Table:
    wanted = asked.get("muc")
    lines = [
        facility_line(span, rows.get(span.unit_id), known, asked)
        for span in units
        if not wanted or wanted == (rows[span.unit_id].level if span.unit_id in rows else MISSING)
    ]
    return Table("Cơ sở vật chất của bộ phận một cửa", COLUMNS, lines)


def facility_line(span: Span, row: OneStopFacility | None, known: Picture, asked: Asked) -> list[Cell]:
    """A one-stop unit and its equipment; blanks when nothing was recorded."""
    name = unit_cell(known, span.unit_id, asked.on)
    if row is None:
        return [name, Cell("Chưa ghi", chip="idle"), *[Cell("")] * (len(COUNTED) + len(PRESENT) + 1)]
    entry = reverse("register-entry", args=["mot-cua", row.pk])
    counted = [Cell(number(value), number=value) for value in (getattr(row, name) for name in COUNTED)]
    present = [Cell("Có" if getattr(row, name) else "Không") for name in PRESENT]
    paper = Cell(row.decision_number, entry, sub=period(row.valid_from, row.valid_to))
    return [name, Cell(LEVELS[row.level]), *counted, *present, paper]


def new_facility(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    known = picture()
    form = FacilityForm(
        request.POST or None,
        units=unit_choices(known, clock.today()),
        initial={"unit": known.by_code(request.GET.get("don-vi", ""))},
    )

    def act(data: dict[str, Any]) -> str:
        found = {name: data[name] for name in (*COUNTED, *PRESENT)}
        one = Equipment(data["unit"], data["level"], **found)
        by = actor_of(request)
        record_facilities([one], form.period(), decision=form.paper(), by=by, at=clock.now())
        return "Đã ghi cơ sở vật chất."

    return entry_form(
        request,
        form,
        act,
        title="Ghi cơ sở vật chất",
        back=reverse("one-stop-facilities"),
        back_words="Bộ phận một cửa",
        about="Số liệu trước đó của đơn vị hết hiệu lực từ ngày này; vẫn tra được theo ngày.",
    )

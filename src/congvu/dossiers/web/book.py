"""The yearly register on paper: which unit, which year, its volumes; each volume a PDF of at most fifty sheets."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.queries.book import LINES, VOLUME, BookLine, book_count, book_volume
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.slips import BOOK, form_set
from congvu.dossiers.web.counter_desk import CENTRE
from congvu.dossiers.web.letterhead import letterhead
from congvu.dossiers.web.slips import pdf_response
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.papers.pdf import render as pdf
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import read_number
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

FIRST_YEAR = 2015  # the one-stop's registers on paper are older; ours begin here
_SHORT = {0: "Tại quầy", 1: "Bưu chính", 2: "Điện tử"}


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume as the page lists it."""

    number: int
    first: int
    last: int
    url: str


def book(request: HttpRequest) -> HttpResponse:
    """`/so-theo-doi/`: the registers of one unit and year. 2-3 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.now().date(), picture()
    sight = visible_to(actor, today)
    units = _units(sight, known, today)
    unit = read_number(request.GET.get("don-vi", "")) or (units[0][0] if units else 0)
    year = read_number(request.GET.get("nam", "")) or today.year
    year = year if FIRST_YEAR <= year <= today.year else today.year
    allowed = unit in {pk for pk, _ in units}
    count = book_count(sight, unit, year) if allowed else 0
    context: dict[str, Any] = {
        "units": units,
        "unit": unit,
        "year": year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "count": count,
        "volumes": _volumes(unit, year, count),
        "form": form_set(date(year, 12, 31)).form(BOOK),
    }
    return render(request, "dossiers/web/book.html", context)


def book_pdf(request: HttpRequest, unit: int, year: int, volume: int) -> HttpResponse:
    """`/so-theo-doi/<đơn vị>/<năm>/<quyển>/`: one volume. 3-4 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.now().date(), picture()
    sight = visible_to(actor, today)
    allowed = unit in {pk for pk, _ in _units(sight, known, today)} and FIRST_YEAR <= year <= today.year
    lines = book_volume(sight, unit, year, volume) if allowed and 1 <= volume < 10_000 else []
    if not lines:
        raise NotVisible(
            "Không có quyển sổ này.", where=f"{year}, quyển {volume}", do="Chọn trong danh sách sổ."
        )
    total = book_count(sight, unit, year)
    made = pdf("dossiers/web/papers/book.typ", _fields(lines, unit, year, volume, total, known, today))
    return pdf_response(made, f"so-theo-doi-{year}-{volume}")


def _units(sight: Visible, known: Picture, on: date) -> list[tuple[int, str]]:
    """The one-stop centres whose registers the reader may open."""
    return [
        (node.unit_id, node.name)
        for node in known.tree(on)
        if node.kind == CENTRE and (sight.everything or node.unit_id in sight.units)
    ]


def _volumes(unit: int, year: int, count: int) -> list[Volume]:
    return [
        Volume(n, first + 1, min(first + VOLUME, count), reverse("book-pdf", args=[unit, year, n]))
        for n, first in enumerate(range(0, count, VOLUME), 1)
    ]


def _fields(
    lines: list[BookLine], unit: int, year: int, volume: int, total: int, known: Picture, today: date
) -> dict[str, Any]:
    head = letterhead(known, unit, today)
    circular = form_set(date(year, 12, 31))
    form = circular.form(BOOK)
    sheets, last = -(-total // LINES), -(-total // VOLUME)
    first_sheet = (volume - 1) * (VOLUME // LINES) + 1
    pages = [[_cells(one) for one in lines[n : n + LINES]] for n in range(0, len(lines), LINES)]
    return {
        "tieuDeTrai1": head["parent"], "tieuDeTrai2": head["unit"], "donVi": head["unit"],
        "tenMau": form.name if form else "", "soMau": form.number if form else "", "thongTu": circular.circular,
        "nam": str(year), "quyen": volume, "soQuyen": last, "tuSo": f"{lines[0].number:02d}",
        "denSo": f"{lines[-1].number:02d}", "tuTrang": first_sheet, "denTrang": first_sheet + len(pages) - 1,
        "tongTrang": sheets, "tongSo": formats.number(total), "trang": pages,
        "khoaSo": volume == last and year < today.year,
    }  # fmt: skip


def _cells(one: BookLine) -> list[str]:
    """The twelve columns. What would not fit two lines is cut by the sheet, never by the record."""
    place = " · ".join(part for part in (one.owner_address, one.owner_phone) if part)
    returned = formats.moment(one.returned_at) if one.returned_at else ""
    return [
        f"{one.number:02d}", one.code, one.summary, str(one.copies), one.owner_name, place,
        formats.moment(one.received_at), formats.day(one.due_on) if one.due_on else "Không hẹn", returned,
        ", ".join(part for part in (_SHORT.get(one.return_method, ""), one.officer) if part),
        one.status.label, one.received_by,
    ]  # fmt: skip

"""The list of dossiers: search by code, phone, ID number, name without diacritics; filters; sheet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.lists import COUNT_CAP, DossierRow, capped_count, dossier_page, export_rows
from congvu.dossiers.rules.codes import fault_of_code
from congvu.dossiers.rules.status import Channel, Status
from congvu.dossiers.web.forms import ListForm, is_fragment
from congvu.dossiers.web.sheet import sheet
from congvu.dossiers.web.slips_print import CHOICES
from congvu.dossiers.web.timing import Reckoning, reckoning
from congvu.dossiers.web.words import due_state
from congvu.foundation.ui import formats
from congvu.foundation.ui.pager import Page
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Line:
    """A row ready for the page."""

    row: DossierRow
    url: str
    state: str
    chip: str
    unit: str
    left: int | None

    @property
    def seen(self) -> str:
        return f"{self.row.id}.{self.row.version}"

    @property
    def left_words(self) -> str:
        return (
            formats.NOTHING
            if self.left is None or not self.row.open or self.row.paused
            else formats.number(self.left)
        )


def dossier_list(request: HttpRequest) -> HttpResponse:
    """`/ho-so/`: newest first, 50 a page. 5 statements: scope, calendar, units, page, count."""
    now, known = reckoning(), picture()
    actor = request.actor  # type: ignore[attr-defined]
    sight = visible_to(actor, now.today)
    form = ListForm(request.GET, now.today, _near(now), _choices(known, now.today))
    asked = form.asked()
    cursor = request.GET.get("sau", "")
    page = dossier_page(sight, asked, cursor)
    context: dict[str, Any] = {
        "form": form,
        "page": lines(page, now, known),
        "count": None if cursor else _count_words(capped_count(sight, asked)),
        "nothing": sight.nothing,
        "fault": fault_of_code(form.text),
        "slips": CHOICES,
    }
    template = "_dossier_rows.html" if is_fragment(request) else "dossier_list.html"
    return render(request, f"dossiers/web/{template}", context)


def dossier_sheet(request: HttpRequest) -> StreamingHttpResponse:
    """`/ho-so/tai-ve/`: the same list as a sheet, streamed row by row. 4 statements."""
    now, known = reckoning(), picture()
    sight = visible_to(request.actor, now.today)  # type: ignore[attr-defined]
    form = ListForm(request.GET, now.today, _near(now), _choices(known, now.today))
    rows = (_cells(one, known, now.today) for one in export_rows(sight, form.asked()))
    response = StreamingHttpResponse(sheet("Hồ sơ", HEADINGS, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="ho-so-{now.today:%Y%m%d}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


HEADINGS = (
    "Mã hồ sơ",
    "Thủ tục",
    "Trích yếu",
    "Chủ hồ sơ",
    "Số giấy tờ",
    "Điện thoại",
    "Địa chỉ",
    "Kênh",
    "Nơi tiếp nhận",
    "Cơ quan giải quyết",
    "Trạng thái",
    "Nhận lúc",
    "Hẹn trả lần đầu",
    "Hẹn trả",
    "Xong ngày",
    "Trả lúc",
    "Số lần bổ sung",
    "Số lần hẹn lại",
)


def _cells(one: tuple[Any, ...], known: Picture, on: date) -> list[Any]:
    cells = list(one)
    cells[7] = Channel(cells[7]).label
    cells[8], cells[9] = known.name(cells[8], on), known.name(cells[9], on)
    cells[10] = Status(cells[10]).label
    return cells


def _near(now: Reckoning) -> date:
    return now.calendar.nth_working_day(now.today, 5)


def _choices(known: Picture, on: date) -> list[tuple[int, str]]:
    """Units of the day in tree order, for the filter. No statement."""
    return [(node.unit_id, "\u2003" * node.depth + node.name) for node in known.tree(on)]


def lines(page: Page[DossierRow], now: Reckoning, known: Picture) -> Page[Line]:
    """The rows of a page ready for `_dossier_rows.html`. No statement."""
    return Page([_line(row, now, known) for row in page.rows], page.next, page.first)


def _line(row: DossierRow, now: Reckoning, known: Picture) -> Line:
    left = now.left(row.due_on) if row.open else None
    state, words = due_state(row.status, row.due_on, row.ended_on, left, now.today)
    url = reverse("dossier", args=[row.code]) if row.code else reverse("registered", args=[row.id])
    return Line(row, url, state, words, known.name(row.competent_unit_id, now.today), left)


def _count_words(count: int | None) -> str | None:
    if count is None:
        return None
    return f"hơn {formats.number(COUNT_CAP)}" if count > COUNT_CAP else formats.number(count)

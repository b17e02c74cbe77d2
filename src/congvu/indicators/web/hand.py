"""Số nhập tay: the figures entered by hand with their latest numbers; entering one, correcting one, bringing a sheet."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet, read_csv, read_sheet
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.access import led_or_audited, may_enter
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.models import HandFigure
from congvu.indicators.queries.entered_list import latest_entered
from congvu.indicators.queries.own_figures import EnteredRow, as_row, defined_figures
from congvu.indicators.rules.definitions import Figure
from congvu.indicators.rules.entering import Typed, number_typed
from congvu.indicators.rules.figure_sheet import HEADINGS, Line, carried_of, lines_of
from congvu.indicators.web.entries_book import headings_book
from congvu.indicators.web.hand_forms import Choices, EnterForm, ImportForm
from congvu.organisation.queries import picture, unit_choices
from congvu.organisation.rules.picture import Picture

SHOWN = 300


def hand_list(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/nhap-tay/`: each figure entered by hand with the newest number of the province or a unit. 3 statements."""
    known = picture()
    figures = [one for one in defined_figures().values() if one.by_hand]
    latest = latest_entered()
    rows = [(one, latest.get(one.code, [])[:3]) for one in figures]
    actor = actor_of(request)
    scope = led_or_audited(actor, clock.today(), known)

    def named(row: EnteredRow) -> tuple[EnteredRow, str, bool]:
        if row.unit_id is None:
            return row, "Toàn tỉnh", scope.all
        return row, known.name(row.unit_id, row.last), row.unit_id in scope

    context = {
        "rows": [(one, [named(row) for row in entered]) for one, entered in rows],
        "may": not may_enter(actor), "watches": not may_enter(actor), "defines": scope.all,
    }  # fmt: skip
    return render(request, "indicators/web/hand_list.html", context)


def enter_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/nhap-tay/nhap/`. 3 statements to show; to enter those of the action."""
    form = _form(request, request.POST or None, {"figure": request.GET.get("so-lieu", "")})
    if form.is_bound and form.is_valid() and _entered(request, form, None):
        return redirect("figure", code=form.cleaned_data["figure"])
    context = {"form": form, "title": "Nhập số liệu", "button": "Nhập", "about": ""}
    return render(
        request, "indicators/web/enter_figure.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def correct_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/thong-ke/nhap-tay/<số>/dinh-chinh/`: a new row that names the old. 4 statements to show."""
    row = HandFigure.objects.select_related("figure").filter(pk=pk).first()
    if row is None:
        raise Http404
    old = as_row(row)
    initial = {
        "figure": old.code, "unit": str(row.unit_id or ""), "first": row.first, "last": row.last, "flag": row.flag,
        "numerator": number_typed(row.numerator), "denominator": number_typed(row.denominator), "rate": number_typed(row.rate),
        "words": row.words, "paper": row.paper,
    }  # fmt: skip
    form = _form(request, request.POST or None, initial)
    if form.is_bound and form.is_valid() and _entered(request, form, pk):
        return redirect("figure", code=old.code)
    context = {
        "form": form, "title": "Đính chính số liệu", "button": "Đính chính",
        "about": f"Số cũ: {old.paper}. {old.reason} ({old.by}). Số cũ được giữ lại, số mới thay vào chỗ của nó.",
    }  # fmt: skip
    return render(
        request, "indicators/web/enter_figure.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def import_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/nhap-tay/tep/`: a sheet, every line answered first, entered when the person says so. 4 statements to try."""
    known = picture()
    form = ImportForm(request.POST or None, request.FILES or None)
    lines: list[Line] = []
    carried = request.POST.get("bang", "")
    try:
        sheet = _sheet(request, form, carried)
        if sheet is not None:
            lines = lines_of(sheet, defined_figures(), _units(known))
            good = [one.typed for one in lines if one.typed is not None]
            carried = carried_of(lines)
            if request.POST.get("viec") == "ghi" and good:
                return _imported(request, good)
    except Refused as no:
        form.refuse(no)
    context = {
        "form": form, "lines": lines[:SHOWN], "more": max(0, len(lines) - SHOWN), "carried": carried if lines else "",
        "good": sum(one.typed is not None for one in lines), "bad": sum(one.typed is None for one in lines),
        "headings": HEADINGS,
    }  # fmt: skip
    status = FORM_STATUS if form.errors else 200
    return render(request, "indicators/web/import_figures.html", context, status=status)


def import_template(request: HttpRequest) -> FileResponse:
    """`/thong-ke/nhap-tay/tep/mau/`: the sheet to fill in, with the figures there are. 1 statement."""
    figures = [one for one in defined_figures().values() if one.by_hand]
    response = FileResponse(
        headings_book(HEADINGS, [(one.code, one.name, one.measure.value) for one in figures]),
        as_attachment=True,
        filename="so-nhap-tay.xlsx",
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _sheet(request: HttpRequest, form: ImportForm, carried: str) -> Sheet | None:
    """The sheet brought, or the one the form carries along from the trial."""
    if request.method != "POST":
        return None
    if carried and not request.FILES:
        return read_csv("bảng", carried.encode())
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    return read_sheet(upload.name, upload.read())


def _imported(request: HttpRequest, good: list[Typed]) -> HttpResponse:
    made = enter_figures(good, by=actor_of(request), at=clock.now())
    messages.success(request, f"Đã nhập {len(made)} số.")
    return redirect("hand-figures")


def _entered(request: HttpRequest, form: EnterForm, replaces: int | None) -> bool:
    try:
        enter_figures([form.typed(replaces)], by=actor_of(request), at=clock.now())
    except Refused as no:
        form.refuse(no)
        return False
    messages.success(request, "Đã đính chính." if replaces else "Đã nhập số liệu.")
    return True


def _form(request: HttpRequest, data: Any, initial: dict[str, Any]) -> EnterForm:
    actor, today = actor_of(request), clock.today()
    known = picture()
    reason = may_enter(actor)
    if reason:
        raise Refused(reason, do="Đề nghị lãnh đạo đơn vị nhập.")
    scope = led_or_audited(actor, today, known)
    units: Choices = [one for one in unit_choices(today, known) if one[0] in scope]
    figures: list[Figure] = [one for one in defined_figures().values() if one.by_hand]
    return EnterForm(data, initial=initial, figures=figures, units=units, province=scope.all)


def _units(known: Picture) -> dict[str, int]:
    """The units of a sheet by code; those outside the scope are refused when they are entered."""
    return {span.code: span.unit_id for span in known.spans()}

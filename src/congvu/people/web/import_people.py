"""Nhập từ bảng tính: the file, which column is what, a rehearsal with every row answered, then the decision."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.files.actions import read_stored, store
from congvu.foundation.files.models import StoredFile
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet, read_xlsx
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm
from congvu.foundation.ui.routes import actor_of
from congvu.people.actions.import_people import Report, import_people
from congvu.people.actions.recording import Decision
from congvu.people.rules.sheet import COLUMNS, NEEDED, guessed, heading_row
from congvu.people.web.forms import DecisionForm

SHOWN = 500


class UploadForm(PlainForm):
    file = forms.FileField(
        label="Tệp Excel (.xlsx)", help_text="Trang tính đầu tiên; dòng tiêu đề được nhận ra."
    )


class EnterForm(DecisionForm):
    """The decision on which the people of the sheet are entered."""


def import_start(request: HttpRequest) -> HttpResponse:
    """No statement to show the form; 2 to keep the file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            read_xlsx(upload.name, upload.read())
            kept = store(upload, by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("import-sheet", pk=kept.pk)
    columns = [(words, key in NEEDED) for key, (words, _) in COLUMNS.items()]
    return render(
        request,
        "people/web/import_start.html",
        {"form": form, "columns": columns},
        status=FORM_STATUS if form.is_bound else 200,
    )


def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """6 statements to rehearse; `import_people` says what entering takes. Only who brought the file opens it."""
    actor = actor_of(request)
    stored = StoredFile.objects.filter(pk=pk, stored_by=actor.account_id).first()
    if stored is None:
        raise Http404
    read = read_xlsx("bảng tính", read_stored(stored))
    mapping = _mapping(request, read)
    form = EnterForm(request.POST if request.POST.get("viec") == "ghi" else None)
    report: Report | None = None
    refusal: Refused | None = None
    try:
        if form.is_bound and form.is_valid():
            done = import_people(
                read, mapping=mapping, dry_run=False, decision=form.paper, by=actor, at=clock.now()
            )
            told = f"Đã lập {done.entered} hồ sơ; {done.refused} dòng không nhận."
            messages.success(request, told)
            return redirect("people")
        report = import_people(
            read, mapping=mapping, dry_run=True, decision=Decision(""), by=actor, at=clock.now()
        )
    except Refused as wrong:
        refusal = wrong
    return render(
        request,
        "people/web/import_sheet.html",
        _context(read, mapping, report, refusal, form),
        status=FORM_STATUS if refusal or form.is_bound else 200,
    )


def _mapping(request: HttpRequest, read: Sheet) -> dict[str, int]:
    """The columns as chosen on the page, else as guessed."""
    if request.method != "POST":
        return guessed(read)
    chosen = {key: request.POST.get(f"cot-{key}", "") for key in COLUMNS}
    return {key: int(place) for key, place in chosen.items() if place.isdigit()}


def _context(
    read: Sheet, mapping: dict[str, int], report: Report | None, refusal: Refused | None, form: Any
) -> dict[str, Any]:
    first = heading_row(read)
    heads = [
        (place, str(cell))
        for place, cell in enumerate(read.rows[first] if read.rows else ())
        if cell is not None
    ]
    rows = sorted(report.rows, key=lambda one: (one.ok, one.row)) if report else []
    return {
        "sheet": read.name,
        "heads": heads,
        "columns": [(key, words, key in NEEDED, mapping.get(key)) for key, (words, _) in COLUMNS.items()],
        "report": report,
        "good": len(report.rows) - report.refused if report else 0,
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "refusal": refusal,
        "form": form,
    }

"""Báo cáo: those that are, what units still owe, a new one."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.rules.periods import Kind, around
from congvu.organisation.queries import picture, unit_choices
from congvu.reports.access import WRITERS, may_write, units_of
from congvu.reports.actions.make_report import Wanted, make_report
from congvu.reports.queries.reports import late, open_parts, report_list
from congvu.reports.rules.states import PART_STATES, STATES
from congvu.reports.rules.templates import BY_CODE, TEMPLATES
from congvu.reports.web.words import CHIPS, PART_CHIPS

PAGE, OWED = 50, 20


def reports_page(request: HttpRequest) -> HttpResponse:
    """`/bao-cao/`: 3 statements besides the session's."""
    known, actor, today = picture(), actor_of(request), clock.today()
    seen = units_of(actor, today, known)
    template = request.GET.get("mau", "") if request.GET.get("mau", "") in BY_CODE else ""
    key = decode(request.GET.get("sau", ""), 1)
    before = key[0] if key and isinstance(key[0], int) else None
    found = report_list(seen, template=template, before=before, limit=PAGE)
    page = page_of(found, PAGE, lambda one: (one.report_id,), first=before is None)
    owed = open_parts(None if seen.all else seen.unit_ids, OWED) if actor.has(*WRITERS) else []
    context: dict[str, Any] = {
        "page": page, "template": template, "templates": TEMPLATES, "may_write": actor.has(*WRITERS),
        "rows": [
            (one, known.name(one.report.unit_id, one.report.last), STATES[one.state], CHIPS[one.state]) for one in page.rows
        ],
        "owed": [
            (one, known.name(one.unit_id, today), PART_STATES[one.state], PART_CHIPS[one.state], late(one, today))
            for one in owed
        ],
    }  # fmt: skip
    return render(request, "reports/web/reports.html", context)


class NewForm(PlainForm):
    """What is reported, by whom, over which period."""

    mau = forms.ChoiceField(label="Mẫu", choices=[(one.code, one.name) for one in TEMPLATES])
    don_vi = forms.ChoiceField(label="Cơ quan báo cáo")
    ky = forms.ChoiceField(
        label="Kỳ", choices=[(one.value, one.label) for one in Kind], widget=forms.RadioSelect
    )
    nam = forms.IntegerField(label="Năm", min_value=1990, max_value=2199, required=False)
    so = forms.IntegerField(
        label="Tháng, quý hoặc nửa năm thứ", min_value=1, max_value=12, required=False, help_text="Kỳ năm, 9 tháng: để trống."
    )  # fmt: skip
    tu = DayField(label="Từ ngày", required=False, help_text="Chỉ khi chọn kỳ tự chọn.")
    den = DayField(label="Đến ngày", required=False)
    tieu_de = TextField(
        label="Tên báo cáo", required=False, max_length=300, help_text="Để trống: tên mẫu và kỳ."
    )

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            said["mau"], int(said["don_vi"]), Kind(said["ky"]), said["nam"] or 0, said["so"] or 1, said["tu"], said["den"],
            said["tieu_de"],
        )  # fmt: skip


def new_report(request: HttpRequest) -> HttpResponse:
    """`/bao-cao/lap/`: 2 statements besides the session's to show it."""
    known, actor, today = picture(), actor_of(request), clock.today()
    units = [
        (str(unit), label)
        for unit, label in unit_choices(today, known)
        if may_write(actor, unit, today, known)
    ]
    form = NewForm(request.POST or None, initial=_usual(today))
    form.fields["don_vi"].choices = units  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made = make_report(form.wanted(), by=actor, at=clock.now())
            return redirect("edit-report", report_id=made.report_id)
        except Refused as said:
            said.where = {"tu": "tu", "nam": "nam", "from": "tu", "ky": "so"}.get(said.where, said.where)
            form.refuse(said)
    status = FORM_STATUS if request.method == "POST" else 200
    return render(
        request, "reports/web/new_report.html", {"form": form, "templates": TEMPLATES}, status=status
    )


def _usual(today: date) -> dict[str, Any]:
    return {"ky": Kind.YEAR.value, "nam": around(today, Kind.YEAR).year}

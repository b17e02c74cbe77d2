"""Correcting what was recorded wrongly: a version's name or place, an event's day or decision."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.organisation import queries
from congvu.organisation.actions.correct import correct_event as _correct_event
from congvu.organisation.actions.correct import correct_version as _correct_version
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.kinds import EVENT_KINDS
from congvu.organisation.rules.picture import Span
from congvu.organisation.web.fields import of_kind, of_tier, one_unit, unit_choices


class VersionForm(PlainForm):
    name = TextField(label="Tên", max_length=300)
    short_name = TextField(label="Tên ngắn", max_length=60, required=False)
    kind = of_kind()
    tier = of_tier()
    why = TextField(label="Lý do đính chính", max_length=500)


class EventCorrectionForm(PlainForm):
    effective = DayField(label="Ngày hiệu lực")
    decision = TextField(label="Số, ký hiệu quyết định", max_length=100)
    signed_on = DayField(label="Ngày ký", required=False)
    decided_by = TextField(label="Cơ quan ban hành", max_length=200, required=False)
    note = TextField(label="Ghi chú", max_length=1000, required=False)
    why = TextField(label="Lý do đính chính", max_length=500)


def correct_version(request: HttpRequest, version_id: int) -> HttpResponse:
    """1 statement to show the form."""
    picture = queries.picture()
    span = next((one for one in picture.spans() if one.id == version_id), None)
    if span is None:
        raise Http404
    initial = {name: getattr(span, name) for name in ("name", "short_name", "kind", "tier")}
    form = VersionForm(request.POST or None, initial={**initial, "parent_id": span.parent_id})
    units = unit_choices(picture, clock.today())
    form.fields["parent_id"] = one_unit(
        "Cấp trên trực tiếp", units, required=False, blank="Không có (đứng đầu)"
    )
    form.order_fields(["name", "short_name", "kind", "tier", "parent_id", "why"])
    if form.is_bound and form.is_valid():
        try:
            _correct_version(
                version_id,
                _changes(span, form.cleaned_data),
                why=form.cleaned_data["why"],
                by=request.actor,  # type: ignore[attr-defined]
                at=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã đính chính. Bản cũ vẫn còn trong «Bản ghi đã thay».")
            return redirect("unit", code=span.code)
    title = f"Đính chính {span.name}"
    until = f"đến trước {span.valid_to:%d/%m/%Y}" if span.valid_to else "đến nay"
    about = f"{span.code}, phiên bản từ {span.valid_from:%d/%m/%Y} {until}"
    return _page(request, form, title, about)


def _changes(span: Span, data: dict[str, Any]) -> dict[str, Any]:
    names = ("name", "short_name", "kind", "tier", "parent_id")
    return {name: data[name] for name in names if data[name] != getattr(span, name)}


def correct_event(request: HttpRequest, event_id: int) -> HttpResponse:
    """1 statement to show the form."""
    event = UnitEvent.objects.filter(id=event_id, superseded_at=None).first()
    if event is None:
        raise Http404
    initial = {
        "effective": event.effective,
        "decision": event.decision_number,
        "signed_on": event.decision_date,
        "decided_by": event.decided_by,
        "note": event.note,
    }
    form = EventCorrectionForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            _correct_event(
                event_id,
                effective=data["effective"],
                decision=Decision(data["decision"], data["signed_on"], data["decided_by"]),
                note=data["note"],
                why=data["why"],
                by=request.actor,  # type: ignore[attr-defined]
                at=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã đính chính sự kiện. Bản cũ vẫn còn trong lịch sử của đơn vị.")
            return redirect("unit-events")
    about = f"{event.decision_number}, hiệu lực {event.effective:%d/%m/%Y}. Đổi ngày thì ranh giới đổi theo."
    return _page(request, form, f"Đính chính: {EVENT_KINDS[event.kind]}", about)


def _page(request: HttpRequest, form: forms.Form, title: str, about: str) -> HttpResponse:
    status = FORM_STATUS if form.is_bound else 200
    context = {"form": form, "title": title, "about": about}
    return render(request, "organisation/web/correct.html", context, status=status)

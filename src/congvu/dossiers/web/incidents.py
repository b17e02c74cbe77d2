"""Incidents: the list of those still open or all, and one with its settlement."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.end_opinion import is_of
from congvu.dossiers.actions.record_incident import IncidentIn, record_incident
from congvu.dossiers.actions.settle_incident import Settlement, settle_incident
from congvu.dossiers.queries.incidents import IncidentRow, incident, incidents
from congvu.dossiers.rules.incidents import IncidentKind
from congvu.dossiers.web.doing import Doing, Verb
from congvu.dossiers.web.money_forms import DongField
from congvu.dossiers.web.verb_forms import VerbForm, area
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

PAGE = 50


class IncidentForm(VerbForm):
    """What happened, whose fault it is."""

    kind = forms.TypedChoiceField(
        label="Việc gì", coerce=IncidentKind, choices=[(one.value, one.label) for one in IncidentKind]
    )
    content = area("Đã xảy ra thế nào", "Ghi sai, mất, hỏng cái gì, ở đâu, do ai phát hiện.")
    unit = forms.TypedChoiceField(
        label="Đơn vị để xảy ra", coerce=int, help_text="Đơn vị này khắc phục, chịu chi phí và xin lỗi."
    )
    found_on = DayField(label="Ngày phát hiện")

    def offer_units(self, units: list[tuple[int, str]]) -> None:
        """The units that have a part in the dossier."""
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class SettleForm(PlainForm):
    """How it was made good."""

    remedy = area("Đã khắc phục thế nào", "Cấp lại, đính chính, xin cấp lại giấy tờ thay người nộp …")
    cost = DongField(
        label="Chi phí đơn vị chịu (đồng)", required=False, help_text="Để trống: không phát sinh chi phí."
    )
    apology = TextField(label="Số văn bản xin lỗi", max_length=100, required=False)
    apology_on = DayField(label="Ngày văn bản xin lỗi", required=False)


def _record(do: Doing) -> None:
    data = do.data
    told = IncidentIn(data["kind"], data["content"], data["unit"], data["found_on"])
    record_incident(do.ids, told, **do.how).only()


RECORD = Verb(
    "su-co",
    "record_incident",
    "Ghi sự cố",
    "exclamation-triangle-fill",
    IncidentForm,
    _record,
    "Đã ghi sự cố.",
    "Kết quả sai, mất: cấp lại bằng kinh phí của đơn vị để xảy ra. Mất giấy tờ của người nộp: đơn vị chịu chi phí"
    " làm lại và xin lỗi (NĐ 61/2018, Điều 21).",
)


def incident_list(request: HttpRequest) -> HttpResponse:
    """`/su-co/`: those still open, or all with `tat-ca`. 50 a page. 2-3 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known, today = picture(), clock.today()
    every = "tat-ca" in request.GET
    after = decode(request.GET.get("sau", ""), 1)
    before = after[0] if after and isinstance(after[0], int) else None
    found = incidents(visible_to(actor, today, known), still_open=not every, before=before, limit=PAGE + 1)
    page = page_of(found, PAGE, lambda row: (row.id,), first=after is None)
    lines = [(row, known.name(row.unit_id, today)) for row in page.rows]
    context = {"page": Page(lines, page.next, page.first), "every": every}
    return render(request, "dossiers/web/incidents.html", context)


def incident_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/su-co/<số>/`. GET 2-3 statements; POST those of the action more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, known = clock.now(), picture()
    sight = visible_to(actor, now.date(), known)
    row = incident(sight, pk)
    theirs = is_of(row.unit_id, actor, sight)
    form = SettleForm(request.POST or None) if theirs and row.settled_at is None else None
    status = 200
    if request.method == "POST":
        status = FORM_STATUS
        if form is None:
            raise Refused("Sự cố này đã xong, hoặc không phải việc của bạn.", do="Mở lại danh sách sự cố.")
        try:
            if form.is_valid():
                return _settle(request, row, form)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"i": row, "unit": known.name(row.unit_id, now.date()), "form": form}
    return render(request, "dossiers/web/incident.html", context, status=status)


def _settle(request: HttpRequest, row: IncidentRow, form: SettleForm) -> HttpResponse:
    data: dict[str, Any] = form.cleaned_data
    how = Settlement(data["remedy"], data["cost"] or 0, data["apology"], data["apology_on"])
    settle_incident(row.id, how, by=request.actor, at=clock.now()).only()  # type: ignore[attr-defined]
    messages.success(request, "Đã ghi giải quyết sự cố.")
    return HttpResponseRedirect(reverse("incident", args=[row.id]))


def parties(units: list[int], known: Picture) -> list[tuple[int, str]]:
    """The units of a dossier by name, each once. No statement."""
    today = clock.today()
    return [(unit, known.name(unit, today)) for unit in dict.fromkeys(units)]

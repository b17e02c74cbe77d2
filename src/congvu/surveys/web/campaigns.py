"""The list of surveys, and a new one."""

import re

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.surveys.access import may_keep
from congvu.surveys.actions.campaigns import make_campaign
from congvu.surveys.queries.campaigns import campaigns, questionnaires
from congvu.surveys.rules.formulas import FORMULAS
from congvu.surveys.rules.words import CHANNELS, CHIPS, KINDS, PUBLISHED, STATES

PAGE = 25


class CampaignForm(PlainForm):
    """A new survey."""

    name = TextField(label="Tên đợt", max_length=200)
    code = TextField(
        label="Mã trong địa chỉ", max_length=40, help_text="Chữ thường, số, gạch nối: quay-q4-2026"
    )
    kind = forms.ChoiceField(label="Loại", choices=tuple(KINDS.items()))
    version = forms.ChoiceField(label="Phiếu hỏi")
    first = DayField(label="Từ ngày")
    last = DayField(label="Đến ngày")
    channels = forms.MultipleChoiceField(
        label="Cách lấy ý kiến", choices=tuple(CHANNELS.items()), widget=forms.CheckboxSelectMultiple
    )
    formula = forms.ChoiceField(
        label="Cách tính", required=False, choices=[("", "Theo quy định ngày kết thúc"), *FORMULAS.items()]
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).lower()
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,39}", code):
            raise forms.ValidationError("Mã chỉ gồm chữ thường không dấu, số và gạch nối.")
        return code


def survey_list(request: HttpRequest) -> HttpResponse:
    """`/dot-khao-sat/`: newest first. 1 statement besides the session's."""
    after = decode_dated(request.GET.get("sau", ""))
    page = page_of(
        campaigns(after, PAGE), PAGE, lambda row: (row.last.isoformat(), row.pk), first=after is None
    )
    page.rows[:] = [(row, STATES[row.state], CHIPS[row.state], KINDS[row.kind]) for row in page.rows]  # type: ignore[misc]
    context = {"page": page, "may_keep": may_keep(actor_of(request))}
    return render(request, "surveys/web/campaigns.html", context)


def new_survey(request: HttpRequest) -> HttpResponse:
    """`/dot-khao-sat/moi/`: 1 statement to show besides the session's."""
    form = CampaignForm(request.POST or None)
    choices = [
        (str(one.pk), f"{one.questionnaire.name}, phiên bản {one.number}")
        for one in questionnaires()
        if one.state == PUBLISHED
    ]
    form.fields["version"].choices = choices  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = make_campaign(
                data["code"], data["name"], data["kind"], int(data["version"]), data["first"], data["last"],
                data["channels"], formula=data["formula"], by=actor_of(request), at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã lập đợt {made.name}.")
            return redirect("survey", made.code)
    return render(
        request,
        "surveys/web/new_campaign.html",
        {"form": form, "none": not choices},
        status=FORM_STATUS if form.errors else 200,
    )

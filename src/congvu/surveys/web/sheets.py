"""Paper sheets: one typed in, a table taken in, some asked again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_sheet
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField, read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.surveys.actions.enter_sheets import SheetIn, enter_sheets, recheck_sheet
from congvu.surveys.actions.import_sheets import Report, import_sheets
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import campaign_of, content
from congvu.surveys.queries.sheets import counted, newest, waiting
from congvu.surveys.rules.questionnaires import LEVELS, LONGEST_TEXT, MANY, ONE, SCALE, Content, Given
from congvu.surveys.rules.words import EXCEL, INTERVIEW, OPEN, RECHECKS
from congvu.surveys.web.sheet_file import XLSX, template

MOST_BYTES = 5 * 1024 * 1024


class SheetForm(PlainForm):
    """A sheet as an interviewer filled it in: its number, unit, who asked, then each question."""

    is_filter = True  # nearly every question may be left out: the word at each would only be noise
    number = TextField(label="Số phiếu", max_length=30)
    unit = forms.ChoiceField(label="Đơn vị được hỏi ý kiến")
    interviewer = TextField(label="Điều tra viên", max_length=120)

    def __init__(self, asked: Content, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *units]  # type: ignore[attr-defined]
        if asked.groups:
            self.fields["group"] = forms.ChoiceField(
                label="Nhóm người trả lời", required=False, choices=[("", "Không ghi"), *asked.groups]
            )
        levels = [("", "–"), *((str(level), f"{level} {words}") for level, words in LEVELS)]
        for one in asked.questions:
            label = f"{one.code} {one.words}"
            places = [(str(place), words) for place, words in enumerate(one.options)]
            if one.kind == SCALE:
                field: forms.Field = forms.ChoiceField(label=label, required=False, choices=levels)
            elif one.kind == ONE:
                field = forms.ChoiceField(label=label, required=False, choices=[("", "–"), *places])
            elif one.kind == MANY:
                field = forms.MultipleChoiceField(
                    label=label, required=False, choices=places, widget=forms.CheckboxSelectMultiple
                )
            else:
                field = TextField(label=label, required=False, max_length=LONGEST_TEXT)
            self.fields[f"c-{one.code}"] = field

    def given(self) -> Given:
        data = self.cleaned_data
        choices: dict[str, tuple[int, ...]] = {}
        for one in self.asked.questions:
            put = data.get(f"c-{one.code}")
            if put and one.kind in (ONE, MANY):
                choices[one.code] = tuple(int(place) for place in ([put] if one.kind == ONE else put))
        return Given(
            tuple(int(data[f"c-{one.code}"] or 0) for one in self.asked.scaled),
            data.get("group", ""),
            choices,
            {
                one.code: data[f"c-{one.code}"]
                for one in self.asked.questions
                if one.kind == "text" and data[f"c-{one.code}"]
            },
        )

    @property
    def heads(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("c-")]

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Factors with their questions, as on the paper."""
        return [
            (name, [self[f"c-{one.code}"] for one in self.asked.of_factor(code)])
            for code, name in self.asked.factors
        ]


def sheets(request: HttpRequest, code: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/phieu-giay/`: what came in, what is to be asked again, taking in a table. 4 statements besides
    the session's."""
    campaign = campaign_of(code)
    report: Report | None = None
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            report = _act(request, campaign)
        except Refused as told:
            refusal = told
        else:
            if report is None:
                return redirect("survey-sheets", code)
    known = picture()
    context = {
        "campaign": campaign,
        "counts": counted(campaign),
        "waiting": [(one, known.name(one.unit_id, campaign.last)) for one in waiting(campaign)],
        "newest": [
            (one, known.name(one.unit_id, campaign.last), RECHECKS.get(one.recheck, ""))
            for one in newest(campaign)
        ],
        "outcomes": RECHECKS.items(),
        "interviews": INTERVIEW in campaign.channels and campaign.state == OPEN,
        "excel": EXCEL in campaign.channels and campaign.state == OPEN,
        "report": report,
        "refusal": refusal,
    }
    status = FORM_STATUS if refusal or (report and report.refused) else 200
    return render(request, "surveys/web/sheets.html", context, status=status)


def _act(request: HttpRequest, campaign: Campaign) -> Report | None:
    actor, now = actor_of(request), clock.now()
    if request.POST.get("viec") == "phuc-tra":
        done = recheck_sheet(
            read_number(request.POST.get("phieu", "")), request.POST.get("ket-qua", ""),
            request.POST.get("ghi-chu", ""), by=actor, at=now,
        )  # fmt: skip
        messages.success(request, f"Đã ghi phúc tra phiếu {done.number}.")
        return None
    file = request.FILES.get("tep")
    if file is None or not file.size:
        raise Refused("Chưa chọn tệp.", where="tep", do="Chọn bảng Excel theo mẫu.")
    if file.size > MOST_BYTES:
        raise Refused("Tệp quá lớn.", where="tep", do="Chia thành nhiều tệp nhỏ hơn.")
    dry_run = request.POST.get("viec") != "ghi"
    return import_sheets(campaign, read_sheet(str(file.name), file.read()), dry_run=dry_run, by=actor, at=now)


def enter_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/phieu-giay/nhap/`: one sheet. 1 statement to show besides the session's."""
    campaign = campaign_of(code)
    known, today = picture(), clock.today()
    codes = {span.code: one for one, _ in unit_choices(today, known) if (span := known.at(one, today))}
    units = [
        (span.code, label) for one, label in unit_choices(today, known) if (span := known.at(one, today))
    ]
    form = SheetForm(content(campaign), units, request.POST or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        sheet = SheetIn(data["number"], codes[data["unit"]], data["interviewer"], form.given())
        try:
            enter_sheets(campaign, INTERVIEW, [sheet], by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã nhập phiếu {sheet.number}.")
            return redirect("enter-survey-sheet", code)
    return render(
        request,
        "surveys/web/enter_sheet.html",
        {"campaign": campaign, "form": form},
        status=FORM_STATUS if form.errors else 200,
    )


def sheet_template(request: HttpRequest, code: str) -> FileResponse:
    """`/dot-khao-sat/<mã>/phieu-giay/mau/`: the table to fill in. 1 statement besides the session's."""
    campaign = campaign_of(code)
    return FileResponse(
        template(campaign, content(campaign)),
        as_attachment=True,
        filename=f"phieu-{campaign.code}.xlsx",
        content_type=XLSX,
    )

"""Opening a round: which set, which period, by when each step, who takes part."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import year_range
from congvu.indices.actions.open_round import Opening, open_round
from congvu.indices.models import IndexSet
from congvu.indices.queries.sets import set_list
from congvu.indices.rules.rounds import STEP_WORDS, STEPS
from congvu.indices.rules.sets import APPROVED, SUM
from congvu.organisation.queries import picture
from congvu.organisation.rules.kinds import TINH, XA
from congvu.organisation.rules.picture import Picture

OUTSIDE = "+"
_COMMUNES = tuple((XA, kind) for kind in ("UBND", "XA", "PHUONG", "DAC_KHU"))
SUGGESTED = {  # (tier, kind) of the units a set is for
    "SO": ((TINH, "SO"),),
    "XA": _COMMUNES,
    "MOT_CUA": ((TINH, "TRUNG_TAM_PVHCC"), *_COMMUNES),
    "TINH": ((TINH, "UBND"),),
}
DUE = tuple((step, f"han_{step}") for step in STEPS[:-1])


class RoundForm(PlainForm):
    set = forms.ChoiceField(label="Bộ chỉ số")
    name = TextField(label="Tên kỳ chấm", max_length=200, required=False, help_text="Để trống: tên bộ và năm")
    first = DayField(label="Từ ngày")
    last = DayField(label="Đến ngày")
    pilot = TextField(
        label="Quyết định thí điểm",
        max_length=300,
        required=False,
        help_text="Nếu là thí điểm với các đơn vị được nêu tên",
    )
    units = forms.CharField(
        label="Các đơn vị được chấm",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="Mỗi dòng một mã hoặc tên đơn vị; đơn vị ngoài tỉnh ghi dấu + đằng trước",
    )
    han_self = DayField(label="Hạn tự chấm", required=False)
    han_appraisal = DayField(label="Hạn thẩm định", required=False)
    han_explain = DayField(label="Hạn giải trình", required=False)
    han_second = DayField(label="Hạn thẩm định lần 2", required=False)
    han_council = DayField(label="Hạn hội đồng", required=False)

    def __init__(self, *args: Any, sets: list[IndexSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.code} {one.edition}: {one.name}") for one in sets]
        self.fields["set"].choices = [("", "Chọn bộ đã phê duyệt"), *choices]  # type: ignore[attr-defined]


def new_round(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    known, today = picture(), clock.today()
    sets = [one for one in set_list(drafts=False, limit=200) if one.state == APPROVED and one.measure != SUM]
    first, last = year_range(today.year)
    initial = {
        "set": request.GET.get("bo", ""), "first": first, "last": last, "units": _suggested(known, today, request, sets),
    }  # fmt: skip
    form = RoundForm(request.POST if request.method == "POST" else None, initial=initial, sets=sets)
    if form.is_bound and form.is_valid():
        try:
            units, outside = _participants(form.cleaned_data["units"], known, form.cleaned_data["last"])
            made = open_round(_opening(form, units, outside), by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã mở kỳ chấm; các tiêu chí gắn số liệu đã tự điền.")
            return redirect("index-round", round_id=made.pk)
    steps = [(STEP_WORDS[step], form[name]) for step, name in DUE]
    context = {"form": form, "steps": steps, "units": known.tree(today), "has_sets": bool(sets)}
    return render(request, "indices/web/round_form.html", context, status=FORM_STATUS if form.errors else 200)


def _suggested(known: Picture, today: date, request: HttpRequest, sets: list[IndexSet]) -> str:
    """The units a set is for: agencies of the province, or communes."""
    chosen = next((one for one in sets if str(one.pk) == request.GET.get("bo")), None)
    wanted = SUGGESTED.get(chosen.audience, ()) if chosen else ()
    lines = [f"{node.code} {node.name}" for node in known.tree(today) if (node.tier, node.kind) in wanted]
    return "\n".join(lines)


def _opening(form: RoundForm, units: list[int], outside: list[str]) -> Opening:
    data = form.cleaned_data
    due = {step: data[name] for step, name in DUE if data[name]}
    return Opening(
        int(data["set"]), data["name"], data["first"], data["last"], units, outside, due, data["pilot"]
    )


def _participants(text: str, known: Picture, on: date) -> tuple[list[int], list[str]]:
    """Lines as units (by code, or by a name nobody else has) and as names from outside. Refuses what is neither."""
    names: dict[str, int | None] = {}
    for node in known.tree(on):
        names[fold(node.name)] = None if fold(node.name) in names else node.unit_id
    units: list[int] = []
    outside: list[str] = []
    for line in (one.strip() for one in text.splitlines()):
        if line.startswith(OUTSIDE):
            outside.append(line[1:].strip())
        elif line:
            unit = known.by_code(line.split()[0].upper()) or names.get(fold(line))
            if unit is None:
                raise Refused(
                    f"Không có đơn vị «{line[:60]}».",
                    where="units",
                    do="Ghi mã đơn vị; đơn vị ngoài tỉnh ghi dấu + đằng trước.",
                )
            units.append(unit)
    return units, [name for name in outside if name]

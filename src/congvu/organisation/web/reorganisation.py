"""A resolution's sheet of old and new communes: read it, answer what it does not say, see what it does, record it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import PACKED, read_xlsx
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.organisation import queries
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rehearse import conserving, rehearse
from congvu.organisation.actions.reorganise import communes_before, reorganise
from congvu.organisation.rules.lists import TWO_TIERS_SINCE, Listing, read_listing
from congvu.organisation.rules.reorganisation import DIVIDED, Plan, Question, Share, plan
from congvu.organisation.rules.reorganisation_answers import share_of
from congvu.organisation.web.preview import Preview, preview_of, seen

LARGEST = 1024 * 1024
PREVIEW, RECORD = "xem", "ghi"


class SheetForm(PlainForm):
    """The sheet, as a file or as it was read before, and the resolution."""

    sheet = forms.FileField(label="Bảng xã cũ sang xã mới (CSV hoặc XLSX)", required=False)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"hidden": True}))
    effective = DayField(label="Ngày hiệu lực", initial=TWO_TIERS_SINCE)
    decision = TextField(label="Số, ký hiệu nghị quyết", max_length=100)
    signed_on = DayField(label="Ngày ký", required=False)
    decided_by = TextField(label="Cơ quan ban hành", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        sent = data.get("sheet")
        if sent is not None and sent.size > LARGEST:
            raise ValidationError({"sheet": "Bảng lớn hơn 1 MB. Bỏ các tỉnh khác khỏi bảng rồi nạp lại."})
        content = sent.read() if sent is not None else data.get("text", "").encode()
        if not content.strip():
            raise ValidationError({"sheet": "Chưa chọn bảng."})
        try:
            content = _as_text(content)
            data["listing"] = read_listing(content, sent.name if sent is not None else "bảng")
        except Refused as refusal:
            raise ValidationError({"sheet": refusal.told()}) from None
        if data["listing"].kind != "old_to_new":
            raise ValidationError({"sheet": "Tệp không phải bảng xã cũ sang xã mới."})
        data["text"] = content.decode("utf-8-sig")
        return data


def _as_text(content: bytes) -> bytes:
    """The sheet as the text the form carries to the next step. Refuses merged cells, naming their lines."""
    if not content.startswith(PACKED):
        return content
    sheet = read_xlsx("bảng", content)
    merged = sorted(sheet.merged_rows())
    if merged:
        lines = ", ".join(map(str, merged[:20])) + ("…" if len(merged) > 20 else "")
        raise Refused(f"Có ô gộp ở dòng {lines}.", where="sheet", do="Bỏ gộp và ghi đủ từng dòng.")
    return sheet.as_csv().encode()


@dataclass(frozen=True, slots=True)
class Part:
    """A choice of a divided commune as its row of the form shows it."""

    code: str
    name: str
    field: str
    typed: str
    takes: bool


@dataclass(frozen=True, slots=True)
class Divided:
    """A divided commune with the answer typed so far; `wrong` says what is the matter with it."""

    question: Question
    parts: list[Part]
    field: str
    wrong: str


def reorganisation(request: HttpRequest) -> HttpResponse:
    """`/to-chuc/su-kien/sap-xep/`. No statement to show the form; a preview does what recording does and takes it back."""
    sent = request.POST if request.method == "POST" else None
    form = SheetForm(sent, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        units = communes_before(data["effective"])
        asked = plan(data["listing"].went, units)
        divided, answers = _answers(request, asked)
        found = plan(data["listing"].went, units, answers)
        shown = seen(queries.picture().token, request, data["text"], without=("text",))
        context |= _told(data["listing"], found, divided) | {"text": data["text"], "seen": shown}
        recording = sent.get("buoc") == RECORD and sent.get("da_xem") == shown
        try:
            if recording and not found.questions:
                conserving(lambda: _record(request, form, found), data["effective"])
                messages.success(request, f"Đã ghi sắp xếp theo {data['decision']}.")
                return redirect("unit-events")
            context["preview"] = _rehearsed(request, form, found) if not found.questions else None
        except Refused as refusal:
            form.refuse(refusal)
    wrong = form.is_bound and bool(form.errors or any(one.wrong for one in context.get("divided", ())))
    return render(
        request, "organisation/web/reorganisation.html", context, status=FORM_STATUS if wrong else 200
    )


def _record(request: HttpRequest, form: SheetForm, found: Plan) -> None:
    data = form.cleaned_data
    decision = Decision(data["decision"], data["signed_on"], data["decided_by"])
    by = request.actor  # type: ignore[attr-defined]
    reorganise(found, effective=data["effective"], decision=decision, by=by, at=clock.now())


def _rehearsed(request: HttpRequest, form: SheetForm, found: Plan) -> Preview:
    day = form.cleaned_data["effective"]
    return preview_of(rehearse(lambda: _record(request, form, found), day), day, request.actor)  # type: ignore[attr-defined]


def _answers(request: HttpRequest, asked: Plan) -> tuple[list[Divided], dict[str, tuple[Share, ...]]]:
    """The divided communes with what was typed for each, and the answers that are whole: who takes what hangs on the old
    unit is chosen; a share left empty is not known."""
    rows: list[Divided] = []
    answers: dict[str, tuple[Share, ...]] = {}
    for one in asked.questions:
        if one.kind != DIVIDED:
            continue
        field, wrong = f"nhan-{one.code}", ""
        takes = request.POST.get(field, "")
        typed = {
            code: request.POST.get(f"phan-{one.code}-{code}", "").strip()[:20] for code, _ in one.choices
        }
        shares: dict[str, Fraction | None] = {}
        try:
            shares = {code: share_of(text, one.name) for code, text in typed.items()}
        except Refused as refusal:
            wrong = refusal.what
        if takes in shares:
            order = sorted(shares, key=lambda code: code != takes)
            answers[one.code] = tuple(Share(code, shares[code]) for code in order)
        elif any(typed.values()) and not wrong:
            wrong = "Chưa chọn nơi nhận hồ sơ, người của đơn vị cũ."
        parts = [
            Part(code, name, f"phan-{one.code}-{code}", typed[code], code == takes)
            for code, name in one.choices
        ]
        rows.append(Divided(one, parts, field, wrong))
    return rows, answers


def _told(listing: Listing, found: Plan, divided: list[Divided]) -> dict[str, Any]:
    return {
        "listing": listing,
        "plan": found,
        "divided": divided,
        "others": [one for one in found.questions if one.kind != DIVIDED],
        "unanswered": len(found.questions),
        "old": len({one.old_code for one in listing.went}),
    }

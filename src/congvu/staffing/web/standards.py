"""Standards of titles: what each asks for on a day; a person or a unit against one, item by item; a standard written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.lawtable.models import Evidence
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField, day_asked
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.people.access import KEEPERS, sight_of
from congvu.people.queries.card import card
from congvu.people.rules.codes import POLITICS, QUALIFICATIONS
from congvu.staffing.access import may_write
from congvu.staffing.actions.check_standard import Checked, check_standard
from congvu.staffing.actions.keep_standard import keep_standard
from congvu.staffing.queries.standards import Kept, standards_on
from congvu.staffing.rules.standards import (
    EDUCATION,
    MET,
    MISSING,
    RANK_WORDS,
    STATES,
    THEORY,
    UNKNOWN,
    Standard,
    wanted_of,
)

PAGE = 50
CHIPS = {MET: "ok", MISSING: "late", UNKNOWN: "pause"}
_NONE = ("", "Không yêu cầu")


class StandardForm(PlainForm):
    """What a title asks for from a day on."""

    name = TextField(label="Chức danh", max_length=200)
    titles = TextField(
        label="Tên gọi khác của vị trí",
        max_length=500,
        required=False,
        help_text="Cách nhau bằng dấu chấm phẩy",
    )
    qualification = forms.ChoiceField(
        label="Trình độ chuyên môn từ",
        choices=[_NONE, *((one, QUALIFICATIONS[one]) for one in EDUCATION)],
        required=False,
    )
    politics = forms.ChoiceField(
        label="Lý luận chính trị từ",
        choices=[_NONE, *((one, POLITICS[one]) for one in THEORY)],
        required=False,
    )
    state_management = forms.ChoiceField(
        label="Bồi dưỡng quản lý nhà nước từ chương trình",
        choices=[_NONE, *RANK_WORDS.items()],
        required=False,
    )
    rank = forms.ChoiceField(label="Ngạch từ", choices=[_NONE, *RANK_WORDS.items()], required=False)
    years_in_rank = forms.IntegerField(
        label="Số năm giữ ngạch", min_value=0, max_value=40, required=False, initial=0
    )
    planning = forms.BooleanField(label="Được phê duyệt quy hoạch chức danh này", required=False)
    valid_from = DayField(label="Áp dụng từ ngày")
    citation = TextField(label="Căn cứ", max_length=300, help_text="Điều, khoản, số văn bản")
    evidence = forms.ChoiceField(label="Mức tin cậy", choices=Evidence.choices, initial=Evidence.CHECKED)


def standards(request: HttpRequest) -> HttpResponse:
    """Every standard in force on a day. 1 statement besides the session's."""
    on = day_asked(request, "ngay") or clock.today()
    actor = actor_of(request)
    context = {
        "on": on,
        "rows": [(one, wanted_of(one.standard)) for one in standards_on(on)],
        "person": request.GET.get("nguoi", "").strip()[:20],
        "may_write": may_write(actor),
        "checks": actor.has(*KEEPERS),
    }
    return render(request, "staffing/web/standards.html", context)


def check_page(request: HttpRequest, key: str) -> HttpResponse:
    """A standard, and the people asked for against it: one by number, or those of a unit. 6 statements besides the
    session's; the reading of every file stands in the log."""
    on = day_asked(request, "ngay") or clock.today()
    kept = _kept(key, on)
    known, actor = picture(), actor_of(request)
    sight = sight_of(actor, clock.today(), known)
    number = request.GET.get("nguoi", "").strip()[:20]
    code = request.GET.get("don-vi", "").strip().upper()
    unit = known.by_code(code)
    asked: dict[str, Any] | None = None
    unknown_person = False
    if number:
        found = card(number, sight, on)
        unknown_person = found is None or found.home not in sight.keeps
        asked = {"people": [found.id]} if found and not unknown_person else None
    elif unit is not None:
        asked = {"units": sorted(known.subtree([unit], on) or {unit})}
    cursor = decode(request.GET.get("sau", ""), 2)
    after = (str(cursor[0]), int(cursor[1])) if cursor and isinstance(cursor[1], int) else None
    rows: list[Checked] = []
    if asked is not None:
        rows = check_standard(
            kept.standard, on, sight, **asked, after=after, limit=PAGE, by=actor, at=clock.now()
        )
    page = page_of(
        rows, PAGE, lambda one: (one.standing.sort_key, one.standing.person_id), first=after is None
    )
    choices = [("", "Chọn đơn vị")]
    choices += [
        (span.code, label)
        for one, label in unit_choices(on, known)
        if one in sight.keeps and (span := known.at(one, on)) is not None
    ]
    context = {
        "on": on,
        "kept": kept,
        "wanted": wanted_of(kept.standard),
        "number": number,
        "unknown_person": unknown_person,
        "unit": known.nearest(unit, on) if unit is not None and not number else None,
        "unit_field": forms.Select(attrs={"class": "form-select", "id": "don-vi"}, choices=choices).render(
            "don-vi", code
        ),
        "asked": asked is not None,
        "page": page,
        "rows": [_told(one, known.name(one.standing.unit_id or 0, on)) for one in page.rows],
        "lacking": sum(one.lacks > 0 for one in page.rows),
    }
    return render(request, "staffing/web/check_standard.html", context)


def write_standard(request: HttpRequest) -> HttpResponse:
    """A new standard, or a new row of one (`muc`). 1 statement to show besides the session's."""
    key = request.GET.get("muc", "")
    kept = _kept(key, clock.today()) if key else None
    form = StandardForm(request.POST or None, initial=_initial(kept))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        titles = tuple(one.strip() for one in f"{data['name']};{data['titles']}".split(";") if one.strip())
        standard = Standard(
            kept.standard.key if kept else "", data["name"], tuple(dict.fromkeys(titles)),
            kept.standard.kinds if kept else (), data["qualification"], data["politics"], data["state_management"],
            data["rank"], data["years_in_rank"] or 0, data["planning"],
        )  # fmt: skip
        try:
            keep_standard(
                standard, valid_from=data["valid_from"], citation=data["citation"], evidence=data["evidence"],
                by=actor_of(request), at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi tiêu chuẩn {standard.name}.")
            return redirect("standards")
    return render(
        request,
        "staffing/web/write_standard.html",
        {"form": form, "kept": kept},
        status=FORM_STATUS if form.errors else 200,
    )


def _kept(key: str, on: Any) -> Kept:
    found = next((one for one in standards_on(on) if one.standard.key == key), None)
    if found is None:
        raise Http404
    return found


def _initial(kept: Kept | None) -> dict[str, Any]:
    if kept is None:
        return {}
    names = ("name", "qualification", "politics", "state_management", "rank", "years_in_rank", "planning")
    one = kept.standard
    return {
        **{name: getattr(one, name) for name in names},
        "titles": "; ".join(title for title in one.titles if title != one.name),
        "citation": kept.rule.citation,
        "evidence": kept.rule.evidence,
    }


def _told(one: Checked, unit: str) -> dict[str, Any]:
    return {
        "standing": one.standing,
        "unit": unit,
        "lacks": one.lacks,
        "answers": [(answer, CHIPS[answer.state], STATES[answer.state]) for answer in one.answers],
    }

"""Putting a person into a batch: found in the register by name or number, or typed when never in it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.organisation.rules.picture import Picture
from congvu.people.access import sight_of
from congvu.people.queries.lists import Asked, Row, people_list
from congvu.staffing.actions.record_release import Leaving, of_register, record_release
from congvu.staffing.queries.pools import pool_book
from congvu.staffing.rules.streamlining import CATEGORIES, PACKS, REGIMES, Facts
from congvu.staffing.web.streamlining import batch_asked

FOUND = 12
PREFILLED = ("pack", "regime", "leaves_on", "salary", "insured_months", "months_since")


class CaseForm(PlainForm):
    """The case of one person. Months are typed as months: the rule makes years of them."""

    category = forms.ChoiceField(label="Diện tinh giản", choices=tuple(CATEGORIES.items()))
    article = TextField(label="Điểm, khoản, điều", max_length=200, help_text="Ví dụ điểm a khoản 1 Điều 2")
    pack = forms.ChoiceField(label="Gói chính sách", choices=tuple(PACKS.items()))
    regime = forms.ChoiceField(label="Chế độ", choices=tuple(REGIMES.items()))
    leaves_on = DayField(label="Thời điểm nghỉ", help_text="Ngày đầu tiên không còn làm việc")
    salary = forms.IntegerField(label="Tiền lương hiện hưởng (đồng/tháng)", min_value=1, max_value=10**9)
    insured_months = forms.IntegerField(label="Số tháng đóng bảo hiểm", min_value=0, max_value=720)
    months_early = forms.IntegerField(
        label="Số tháng nghỉ trước tuổi",
        min_value=0,
        max_value=240,
        required=False,
        help_text="Chỉ khi nghỉ hưu trước tuổi",
    )
    months_since = forms.IntegerField(
        label="Số tháng từ khi quyết định sắp xếp có hiệu lực",
        min_value=0,
        max_value=120,
        required=False,
        help_text="Chỉ với gói sắp xếp tổ chức bộ máy",
    )
    extra_pay = forms.IntegerField(
        label="Phụ cấp (đồng/tháng)", min_value=0, max_value=10**9, required=False,
        help_text="Ghi trong danh sách, không cộng vào kinh phí",
    )  # fmt: skip
    ratings = TextField(
        label="Kết quả xếp loại 2–3 năm gần nhất", max_length=200, required=False,
        help_text="Ví dụ 2024: tốt; 2025: hoàn thành",
    )  # fmt: skip


class TypedForm(CaseForm):
    """Someone who is not in the register."""

    name = TextField(label="Họ và tên", max_length=120)
    born = DayField(label="Ngày sinh")
    title = TextField(label="Chức danh", max_length=120, required=False)


def new_release(request: HttpRequest) -> HttpResponse:
    """3 statements to show besides the session's, 2 more with a search."""
    year, half = batch_asked(request)
    known, actor = picture(), actor_of(request)
    number, words = request.GET.get("nguoi", "").strip().upper()[:20], request.GET.get("q", "").strip()[:100]
    chosen = person_kept(number, actor, known) if number else None
    form = _form(request, chosen, known)
    if form.is_bound and form.is_valid():
        try:
            (row,) = record_release(
                year, half, [_leaving(form.cleaned_data, chosen)], by=actor, at=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi {row.name} vào đợt {half} năm {year}.")
            return redirect(f"{reverse('streamlining')}?nam={year}&dot={half}")
    context = {
        "form": form,
        "year": year,
        "half": half,
        "chosen": chosen,
        "chosen_unit": known.name(chosen.unit_id, clock.today()) if chosen else "",
        "number": number,
        "words": words,
        "found": [(one, known.name(one.unit_id, clock.today())) for one in _search(words, actor, known)],
    }
    return render(
        request, "staffing/web/new_release.html", context, status=FORM_STATUS if form.errors else 200
    )


def person_kept(number: str, actor: Actor, known: Picture) -> Row | None:
    """Someone in post today whose record the actor keeps; None for anybody else. 1 statement."""
    return next((one for one in _search(number, actor, known) if one.number == number), None)


def _search(words: str, actor: Actor, known: Picture) -> list[Row]:
    if not words:
        return []
    today = clock.today()
    sight = sight_of(actor, today, known)
    found = people_list(Asked(today, words=words), sight, limit=FOUND)
    return [one for one in found if one.unit_id in sight.keeps][:FOUND]


def _form(request: HttpRequest, chosen: Row | None, known: Picture) -> CaseForm:
    initial = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    if chosen is not None:
        form = CaseForm(request.POST or None, initial=initial)
        form.fields["months_early"].help_text = "Để trống: tính theo ngày sinh và tuổi nghỉ hưu"
        return form
    typed = TypedForm(request.POST or None, initial=initial)
    today = clock.today()
    typed.fields["unit"] = forms.TypedChoiceField(
        label="Đơn vị", choices=[("", "Chọn đơn vị"), *unit_choices(today, known)], coerce=int
    )
    pools = [(pool.code, pool.short) for pool in pool_book().on(today).values()]
    typed.fields["pool"] = forms.ChoiceField(label="Nhóm", choices=pools)
    return typed


def _leaving(data: dict[str, Any], chosen: Row | None) -> Leaving:
    facts = Facts(
        data["regime"], data["salary"], data["insured_months"], data["months_early"] or 0, data["months_since"] or 0
    )  # fmt: skip
    more = {"pack": data["pack"], "extra_pay": data["extra_pay"] or 0, "ratings": data["ratings"]}
    if chosen is not None:
        return of_register(chosen.id, data["category"], data["article"], data["leaves_on"], facts, **more)
    return Leaving(
        data["name"], data["born"], data["title"], data["unit"], data["pool"], data["category"], data["article"],
        data["leaves_on"], facts, **more,
    )  # fmt: skip

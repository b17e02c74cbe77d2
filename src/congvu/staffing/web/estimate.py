"""Leaving early, worked out before anyone decides: months to the age, and the money part by part under every pack."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.formats import number as written
from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.people.queries.law import RETIREMENT, personnel_rules
from congvu.people.queries.lists import Row
from congvu.people.rules.codes import SEXES
from congvu.people.rules.retirement import Retirement, ages_of, retirement_of
from congvu.staffing.actions.record_release import estimate, money_rules
from congvu.staffing.rules.streamlining import (
    EARLY,
    PACK_REGIMES,
    PACKS,
    REGIMES,
    STREAMLINED,
    Facts,
    months_before,
    whole_months,
)
from congvu.staffing.web.new_release import person_kept


class EstimateForm(PlainForm):
    """What the money depends on. A person of the register brings birth and sex along."""

    nguoi = TextField(label="Số hiệu hồ sơ", max_length=20, required=False)
    born = DayField(label="Hoặc ngày sinh", required=False)
    sex = forms.ChoiceField(label="Giới tính", choices=(("", "Chọn"), *SEXES.items()), required=False)
    leaves_on = DayField(label="Thời điểm nghỉ", required=False)
    salary = forms.IntegerField(
        label="Tiền lương hiện hưởng (đồng/tháng)", min_value=1, max_value=10**9, required=False
    )
    insured_months = forms.IntegerField(
        label="Số tháng đóng bảo hiểm", min_value=0, max_value=720, required=False
    )
    decided_on = DayField(label="Quyết định sắp xếp có hiệu lực từ", required=False)
    is_filter = True


def estimate_page(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's, 1 more when there is enough to work with."""
    known, actor = picture(), actor_of(request)
    form = EstimateForm(request.GET if len(request.GET) else None)
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    number = (data.get("nguoi") or "").upper()
    person = person_kept(number, actor, known) if number else None
    if number and person is None:
        form.add_error("nguoi", "Không có số hiệu này trong những hồ sơ bạn giữ.")
    rule = personnel_rules(clock.today())[RETIREMENT]
    birth, sex = (person.birth, person.sex) if person else (data.get("born"), data.get("sex"))
    retirement = retirement_of(birth, sex, ages_of(rule.value)) if birth and sex else None
    leaves_on = data.get("leaves_on")
    early = months_before(leaves_on, retirement.last_day) if leaves_on and retirement else None
    ready = early is not None and data.get("salary") and data.get("insured_months") is not None
    context = {
        "form": form,
        "person": person,
        "unit": known.name(person.unit_id, clock.today()) if person else "",
        "rule": rule,
        "retirement": retirement,
        "early": early,
        "leaves_on": leaves_on,
        "packs": _packs(data, early, retirement, person)
        if ready and early is not None and retirement
        else [],
    }
    return render(request, "staffing/web/estimate.html", context)


def _packs(
    data: dict[str, Any], early: int, retirement: Retirement, person: Row | None
) -> list[dict[str, Any]]:
    """Every pack with its regimes, the money of each or why it does not apply."""
    leaves_on, decided = data["leaves_on"], data.get("decided_on")
    since = whole_months(decided, leaves_on) if decided else 0
    rules = money_rules(leaves_on)
    return [
        {
            "name": PACKS[pack],
            "since": ""
            if pack == STREAMLINED
            else f"{since} tháng từ khi sắp xếp"
            if decided
            else "tính như nghỉ ngay sau sắp xếp",
            "regimes": [_regime(pack, regime, data, early, since, person, rules) for regime in regimes],
        }
        for pack, regimes in PACK_REGIMES.items()
    ]


def _regime(
    pack: str,
    regime: str,
    data: dict[str, Any],
    early: int,
    since: int,
    person: Row | None,
    rules: dict[str, LawRule],
) -> dict[str, Any]:
    leaves_on: date = data["leaves_on"]
    facts = Facts(regime, data["salary"], data["insured_months"], early if regime == EARLY else 0, since)
    asked = {
        "pack": pack, "regime": regime, "leaves_on": f"{leaves_on:%d/%m/%Y}", "salary": facts.salary,
        "insured_months": facts.insured_months, "months_since": since, **({"nguoi": person.number} if person else {}),
    }  # fmt: skip
    told: dict[str, Any] = {"name": REGIMES[regime], "url": f"{reverse('new-release')}?{urlencode(asked)}"}
    try:
        money, rule = estimate(pack, facts, leaves_on, rules)
    except Refused as refusal:
        return {**told, "refusal": refusal}
    parts = [
        (part.what, written(part.months.numerator / part.months.denominator, 2), part.money)
        for part in money.parts
    ]
    return {**told, "parts": parts, "money": money.money, "rule": rule}

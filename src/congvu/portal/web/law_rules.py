"""Quy định: the numbers of the law the programme reads, each with its article and how well it is known."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.lawtable.actions import CHOICES, change_rule, value_from_text
from congvu.foundation.lawtable.models import Evidence, LawRule
from congvu.foundation.lawtable.queries import history, rules_at
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField, read_day


class ChangeRule(PlainForm):
    """A new value from a day on."""

    value = TextField(label="Giá trị mới", max_length=300)
    valid_from = DayField(label="Có hiệu lực từ ngày")
    citation = TextField(label="Căn cứ (điều, khoản, số văn bản)", max_length=300)
    evidence = forms.ChoiceField(label="Mức tin cậy", choices=Evidence.choices)
    note = TextField(label="Ghi chú", max_length=1000, required=False)

    def __init__(self, code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if code in CHOICES:
            self.fields["value"].help_text = "Một trong: " + ", ".join(CHOICES[code])


def law_rules(request: HttpRequest) -> HttpResponse:
    """The rules in force on a day. 1 statement besides the session's."""
    day = read_day(request.GET.get("ngay", "")) or clock.today()
    return render(request, "portal/web/law_rules.html", {"rules": rules_at(day), "day": day})


def law_rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule through time; an administrator adds the row that follows. 2 statements, 6 when it is changed."""
    rows = history(code)
    if not rows:
        raise Refused(f"Không có quy định mã «{code}».", do="Chọn trong trang Quy định.")
    form = ChangeRule(code, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = FORM_STATUS
        if not request.actor.has(ADMIN):  # type: ignore[attr-defined]
            raise Refused("Chỉ quản trị viên sửa quy định.", do="Đề nghị quản trị viên, kèm văn bản.")
        if form.is_valid() and _changed(request, form, rows[0]):
            messages.success(request, "Đã ghi giá trị mới. Hồ sơ đã mở giữ giá trị cũ.")
            return redirect("law-rule", code=code)
    context = {"rule": rows[0], "rows": rows, "form": form, "may_change": request.actor.has(ADMIN)}  # type: ignore[attr-defined]
    return render(request, "portal/web/law_rule.html", context, status=status)


def _changed(request: HttpRequest, form: ChangeRule, now: LawRule) -> bool:
    said = form.cleaned_data
    try:
        change_rule(
            now.code,
            value_from_text(said["value"], now.value),
            valid_from=said["valid_from"],
            citation=said["citation"],
            evidence=said["evidence"],
            note=said["note"],
            by=request.actor,  # type: ignore[attr-defined]
            at=clock.now(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True

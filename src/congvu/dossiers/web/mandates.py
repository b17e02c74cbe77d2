"""Who may sign papers of which agency: the list, and the form that records or ends a right to sign."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.mandates import end_mandate, grant_mandate, may_grant
from congvu.dossiers.models import SigningMandate
from congvu.dossiers.queries.mandates import as_rule, mandates_in
from congvu.dossiers.rules.signing import Mandate, SignForm, lines
from congvu.foundation import clock
from congvu.foundation.accounts.queries import officials
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField, read_day, read_number
from congvu.organisation.queries import picture, unit_choices


class MandateForm(PlainForm):
    """A right to sign, as its decision has it."""

    account = forms.TypedChoiceField(label="Người ký", coerce=int)
    unit = forms.TypedChoiceField(label="Cơ quan ban hành văn bản", coerce=int)
    form = forms.ChoiceField(
        label="Hình thức ký",
        required=False,
        choices=[(one.value, " ".join(p for p in (one.value, one.words) if p)) for one in SignForm],
    )
    title = TextField(
        label="Chức vụ của người ký", max_length=120, required=False, help_text="Ví dụ: Phó Chủ tịch."
    )
    head = TextField(
        label="Chức vụ người đứng đầu", max_length=120, required=False,
        help_text="Khi ký Q., KT., TL., TUQ. Ví dụ: Chủ tịch.",
    )  # fmt: skip
    body = TextField(
        label="Tập thể", max_length=200, required=False, help_text="Khi cơ quan làm việc tập thể. Ví dụ: Ủy ban nhân dân."
    )  # fmt: skip
    via = TextField(
        label="Chức vụ người được giao thừa lệnh", max_length=120, required=False,
        help_text="Chỉ khi cấp phó của người ấy ký thay. Ví dụ: Chánh Văn phòng.",
    )  # fmt: skip
    basis = TextField(
        label="Căn cứ", max_length=300, required=False, help_text="Số, ký hiệu, ngày của quyết định hoặc quy chế."
    )  # fmt: skip
    procedures = TextField(
        label="Chỉ gồm các thủ tục", max_length=2000, required=False,
        help_text="Mã thủ tục, cách nhau dấu phẩy. Để trống: mọi thủ tục.",
    )  # fmt: skip
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến hết ngày", required=False)

    def offer(self, people: list[tuple[int, str]], units: list[tuple[int, str]]) -> None:
        """Whom and where: the officials and the agencies of the day."""
        self.fields["account"].choices = [("", "Chọn người"), *people]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "Chọn cơ quan"), *units]  # type: ignore[attr-defined]

    @property
    def mandate(self) -> Mandate:
        """What was said. Of a valid form."""
        said = self.cleaned_data
        codes = frozenset(code for code in re.split(r"[\s,;]+", said["procedures"]) if code)
        return Mandate(
            SignForm(said["form"]), said["title"], said["head"], said["body"], said["via"], said["basis"],
            said["valid_from"], said["valid_to"], codes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A right to sign on the page: the block as it will stand on paper."""

    row: SigningMandate
    name: str
    unit: str
    block: tuple[str, ...]
    words: str
    article: str
    may_end: bool


def mandates(request: HttpRequest) -> HttpResponse:
    """`/tham-quyen-ky/`. 5 statements to show; POST those of the action more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known, today = picture(), clock.today()
    sight = visible_to(actor, today, known)
    refusal: Refused | None = None
    form = MandateForm(
        request.POST if request.POST.get("viec") == "ghi" else None, initial={"valid_from": today}
    )
    choices = unit_choices(today, known)
    form.offer(officials(today), [one for one in choices if not may_grant(one[0], actor, sight)])
    if request.method == "POST":
        try:
            if request.POST.get("viec") == "thoi":
                end_mandate(
                    read_number(request.POST.get("so", "")),
                    _last_day(request),
                    sight=sight,
                    by=actor,
                    at=clock.now(),
                )
                messages.success(request, "Đã kết thúc thẩm quyền ký.")
                return HttpResponseRedirect(reverse("mandates"))
            if form.is_valid():
                data = form.cleaned_data
                grant_mandate(
                    data["account"], data["unit"], form.mandate, sight=sight, by=actor, at=clock.now()
                )
                messages.success(request, "Đã ghi thẩm quyền ký.")
                return HttpResponseRedirect(reverse("mandates"))
        except Refused as why:
            form.is_valid()
            refusal = why
            if form.is_bound:
                form.refuse(why)
    units = None if actor.has(ADMIN) or sight.everything else sight.units
    rows = [_line(row, known.name(row.unit_id, today), not may_grant(row.unit_id, actor, sight))
            for row in mandates_in(units, today)]  # fmt: skip
    context: dict[str, Any] = {"lines": rows, "form": form, "today": today, "refusal": refusal}
    bad = refusal is not None or (form.is_bound and not form.is_valid())
    return render(request, "dossiers/web/mandates.html", context, status=FORM_STATUS if bad else 200)


def _line(row: SigningMandate, unit: str, may_end: bool) -> Line:
    rule = as_rule(row)
    return Line(row, row.name, unit, lines(rule), rule.form.words, rule.form.article, may_end)  # type: ignore[attr-defined]


def _last_day(request: HttpRequest) -> date:
    found = read_day(request.POST.get("ngay", "").strip()[:20])
    if found is None:
        raise Refused("Không đọc được ngày kết thúc.", where="ngay", do="Viết dạng 20/11/2026.")
    return found

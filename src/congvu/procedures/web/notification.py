"""What a procedure of notification asks of the applicant: the rules by date, and a new one."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.models import Evidence
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.procedures import access
from congvu.procedures.actions.set_notification_rule import SIDES, NotificationIn, set_notification_rule
from congvu.procedures.models import NotificationRule
from congvu.procedures.queries.versions import procedure_by_code
from congvu.procedures.rules.words import Nature, TermUnit


class RuleForm(PlainForm):
    """One rule, with its article."""

    event = TextField(label="Sự việc phải thông báo", max_length=200, help_text="Ví dụ: ngày tổ chức lễ hội.")
    n = forms.IntegerField(label="Chậm nhất", min_value=1, max_value=1000)
    unit = forms.ChoiceField(
        label="Đơn vị", choices=[(one.value, one.label) for one in (TermUnit.NGAY, TermUnit.NGAY_LAM_VIEC)]
    )
    side = forms.ChoiceField(label="Trước hay sau sự việc", choices=tuple(SIDES.items()))
    citation = TextField(label="Căn cứ (văn bản, điều, khoản)", max_length=300)
    evidence = forms.ChoiceField(label="Mức đối chiếu", choices=Evidence.choices, initial=Evidence.MEM.value)
    deemed = forms.BooleanField(
        label="Hết thời hạn mà cơ quan không có ý kiến thì coi là chấp nhận", required=False
    )
    deemed_citation = TextField(label="Căn cứ của việc coi là chấp nhận", max_length=300, required=False)
    valid_from = DayField(label="Áp dụng từ ngày")


def notification(request: HttpRequest, code: str) -> HttpResponse:
    """`/thu-tuc/<mã>/thong-bao/`. 2 statements to show besides the session's."""
    found = procedure_by_code(code)
    if found is None or found.nature != Nature.THONG_BAO.value:
        raise Http404("Không có thủ tục thông báo này.")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    editor = access.may_edit(actor)
    form = RuleForm(request.POST if request.method == "POST" and editor else None)
    if form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        valid_from = data.pop("valid_from")
        try:
            set_notification_rule(found.pk, NotificationIn(**data), valid_from, by=actor, at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi quy định, áp dụng từ {valid_from:%d/%m/%Y}.")
            return HttpResponseRedirect(reverse("procedure-notification", args=[code]))
    rules = NotificationRule.objects.filter(procedure=found).order_by("-valid_from", "-id")
    context = {"procedure": found, "rules": rules, "form": form, "editor": editor}
    return render(
        request, "procedures/web/notification.html", context, status=FORM_STATUS if form.errors else 200
    )

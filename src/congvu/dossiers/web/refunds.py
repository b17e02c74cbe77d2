"""Hoàn trả phí: what was asked for, by whom it was decided, paid out or not; deciding and paying out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.decide_refund import LIMIT, decide_refund, why_not_decide
from congvu.dossiers.actions.pay_refund import pay_refund
from congvu.dossiers.models import RefundState
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.queries.refunds import RefundLine, refund_by_id, refunds
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.web.money_forms import way_field
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField
from congvu.foundation.ui.pager import decode, page_of

PAGE, LAST = 25, 2**62
PAY = "chi"  # what the button says; the other one decides


class DecideForm(PlainForm):
    """Yes by a decision, or no with the reason."""

    approve = forms.TypedChoiceField(
        label="Kết luận", coerce=lambda said: said == "1", choices=[("", "Chọn"), ("1", "Duyệt"), ("0", "Không duyệt")]
    )  # fmt: skip
    decision = TextField(
        label="Văn bản cho hoàn trả", max_length=100, required=False,
        help_text="Khi duyệt. Số, ký hiệu, ngày; ví dụ: 12/QĐ-TTPVHCC ngày 20/11/2026.",
    )  # fmt: skip
    why = TextField(label="Lý do không duyệt", max_length=500, required=False, help_text="Khi không duyệt.")


class PayForm(PlainForm):
    """How the money goes back."""

    way = way_field("Hình thức chi trả")


def refund_list(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/hoan-tra/`: those not done yet, or with `?xong=1` those over. 2 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sight, done = visible_to(actor, clock.today()), request.GET.get("xong") == "1"
    after = decode(request.GET.get("sau", ""), 1)
    before = int(after[0]) if after else LAST
    rows = [] if sight.nothing else refunds(sight, done=done, before=before, limit=PAGE + 1)
    page = page_of(rows, PAGE, lambda row: (row.id,), first=after is None)
    return render(request, "dossiers/web/refunds.html", {"page": page, "done": done})


def refund_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/thu-phi/hoan-tra/<số>/`: its story; the next step for whoever may take it. 4 statements.

    What was pressed is done or refused, never another step: by then somebody else may have taken it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    sight = visible_to(actor, now.date())
    found = refund_by_id(sight, pk)
    if found is None:
        raise NotVisible("Không tìm thấy đề nghị hoàn trả này trong phạm vi của bạn.", where=str(pk))
    paying = request.POST.get("viec", PAY if found.state == RefundState.APPROVED else "") == PAY
    form = (PayForm if paying else DecideForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            (_pay if paying else _decide)(request, found, form.cleaned_data)
            return HttpResponseRedirect(reverse("refund", args=[pk]))
        except Refused as refusal:
            form.refuse(refusal)
    waits = found.state == RefundState.ASKED
    refused = (
        why_not_decide(found.amount, found.asked_by, found.receiving_unit_id, actor, sight, now)
        if waits
        else ""
    )
    context: dict[str, Any] = {
        "r": found,
        "form": form,
        "may_decide": waits and not refused and not paying,
        "why_not": refused,
        "may_pay": paying and found.state == RefundState.APPROVED and actor.has(CLERK, LEADER),
        "limit": rule_at(LIMIT, now.date()),
        "way": PayWay(found.way).label if found.way else "",
    }
    return render(request, "dossiers/web/refund.html", context, status=FORM_STATUS if form.is_bound else 200)


def _pay(request: HttpRequest, found: RefundLine, said: dict[str, Any]) -> None:
    pay_refund(found.id, said["way"], by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, "Đã ghi chi hoàn trả vào sổ.")


def _decide(request: HttpRequest, found: RefundLine, said: dict[str, Any]) -> None:
    by: Actor = request.actor  # type: ignore[attr-defined]
    approve = bool(said["approve"])
    decide_refund(
        found.id, approve=approve, decision=said["decision"], why=said["why"], by=by, at=clock.now()
    )
    messages.success(request, "Đã duyệt; một cửa chi trả." if approve else "Đã ghi không duyệt.")

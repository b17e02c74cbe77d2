"""The outbox of notices: what waits, what went, what needs a person, and the three things a person may do."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.decide_notices import MOST, decide_notices
from congvu.dossiers.queries.outbox import NEEDS_A_PERSON, PAGE, WALK, Asked, outbox_page
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, AUDITOR, CLERK, LEADER, SPECIALIST
from congvu.foundation.notices.configured import gateways
from congvu.foundation.notices.models import Channel, NoticeState
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField
from congvu.foundation.ui.pager import Page

_PERSON = "can-xem"
READERS = (CLERK, SPECIALIST, LEADER, AUDITOR)  # who keeps the gateways does not read dossiers for it
# button -> decision, what it is called, what was done
DECISIONS = {
    "gui-lai": ("send_again", "Gửi lại", "Đã cho gửi lại"),
    "da-den": ("it_went", "Đã đến nơi", "Đã xác nhận đến nơi"),
    "thu-hoi": ("withdraw_notice", "Thu hồi", "Đã thu hồi"),
}


class OutboxForm(PlainForm):
    """The filters, in the address."""

    is_filter = True
    tt = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), (_PERSON, "Cần người xem"), *NoticeState.choices],
    )
    kenh = forms.ChoiceField(label="Kênh", required=False, choices=[("", "Mọi kênh"), *Channel.choices])
    ma = TextField(label="Mã hồ sơ", required=False, max_length=60)


def outbox(request: HttpRequest) -> HttpResponse:
    """`/thong-bao/`: newest first, 50 a page. GET 3 statements; POST those of the decision."""
    if request.method == "POST":
        return _decide(request)
    form = OutboxForm(request.GET)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page: Page[Any] = Page([])
    valid = form.is_valid()
    if valid:
        page = outbox_page(actor, clock.today(), _asked(form), request.GET.get("sau", ""))
    set_up = gateways()
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "looked": WALK if page.next and len(page.rows) < PAGE else 0,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "missing": [channel.label for channel in Channel if channel.value not in set_up],
        "decisions": [(slug, words) for slug, (_, words, _) in DECISIONS.items()],
        "may_open": actor.has(*READERS),
        "keeps_words": actor.has(ADMIN),
    }
    return render(request, "dossiers/web/outbox.html", context, status=200 if valid else FORM_STATUS)


def _asked(form: OutboxForm) -> Asked:
    said = form.cleaned_data
    states: tuple[NoticeState, ...] = ()
    if said["tt"]:
        states = NEEDS_A_PERSON if said["tt"] == _PERSON else (NoticeState(said["tt"]),)
    return Asked(states, said["kenh"], said["ma"].upper())


def _decide(request: HttpRequest) -> HttpResponse:
    decision, _, done_words = DECISIONS.get(request.POST.get("viec", ""), ("", "", ""))
    ids = _chosen(request)
    if not decision:
        raise Refused("Không có việc này.", do="Quay lại danh sách và chọn lại.")
    done = decide_notices(decision, ids, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    if done:
        messages.success(request, f"{done_words} {formats.number(len(done))} thông báo.")
    if len(done) < len(ids):
        messages.warning(
            request,
            f"{formats.number(len(ids) - len(done))} thông báo để nguyên: trạng thái không cho làm việc này.",
        )
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("outbox") + (f"?{query}" if query else ""))


def _chosen(request: HttpRequest) -> set[int]:
    typed = request.POST.getlist("chon")
    if not typed:
        raise Refused("Chưa chọn thông báo nào.", do="Đánh dấu các thông báo rồi chọn việc.")
    if len(typed) > MOST or not all(one.isdecimal() and len(one) < 19 for one in typed):
        raise Refused("Danh sách gửi lên không đọc được.", do="Tải lại danh sách rồi chọn lại.")
    return {int(one) for one in typed}

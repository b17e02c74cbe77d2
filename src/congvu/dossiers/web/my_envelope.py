"""The citizen's own envelope: one place, one code, one day, the procedures beneath; what is asked for, and sending it."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.attach_to_envelope import attach_to_envelope
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.queries.envelope_papers import papers_once
from congvu.dossiers.queries.envelopes import EnvelopeFound, envelope_by_id, last_words
from congvu.dossiers.rules.envelopes import MemberState
from congvu.dossiers.web.envelope import setting, shown, slip_page
from congvu.dossiers.web.envelope_words import said
from congvu.dossiers.web.uploads import Kept, keep
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField

_TAKES = (MemberState.REGISTERED, MemberState.ASKS, MemberState.WAITING)


class SendForm(PlainForm):
    """A paper sent after the rest: for one procedure, or for all that wait for it."""

    name = TextField(label="Tên giấy tờ", max_length=2000)
    member = forms.TypedChoiceField(label="Cho thủ tục", coerce=int, initial=0)

    def offer(self, found: EnvelopeFound) -> None:
        """The procedures that may still take a paper."""
        takers = [(one.position, one.name) for one in takers_of(found)]
        asked = any(one.state is MemberState.ASKS for one in found.members)
        every = "Thủ tục đang yêu cầu bổ sung" if asked else "Cả bộ hồ sơ"
        self.fields["member"].choices = [(0, every), *takers]  # type: ignore[attr-defined]


def takers_of(found: EnvelopeFound) -> list[Any]:
    """The members that may still take a paper, while one of them waits for the applicant or for the counter."""
    waits = any(one.state in (MemberState.REGISTERED, MemberState.ASKS) for one in found.members)
    return [one for one in found.members if one.state in _TAKES] if waits else []


def my_envelope(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-cua-toi/lien-thong/<số>/`. GET 5-8 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = envelope_by_id(visible_to(actor, now.date()), pk)
    if request.GET.get("in") and found.code:
        return slip_page(request, found, actor, now)
    form = SendForm(request.POST if request.method == "POST" else None)
    form.offer(found)
    file: Kept | None = None
    if request.method == "POST":
        try:
            file = keep(request, "tep", by=actor, at=now)
            if form.is_valid():
                _send(found, form.cleaned_data, file, actor, now)
                messages.success(request, "Đã gửi giấy tờ. Nơi tiếp nhận sẽ xem và báo lại.")
                return HttpResponseRedirect(reverse("my-envelope", args=[pk]))
        except Refused as refusal:
            form.is_valid()
            form.refuse(refusal)
    one = shown(found, setting(now))
    context: dict[str, Any] = {
        "one": one,
        **said(one),
        "own": True,
        "papers": papers_once(found, inside=True),
        "asked": last_words(found),
        "may_send": bool(takers_of(found)),
        "form": form,
        "file": file,
    }
    status = FORM_STATUS if form.errors else 200
    return render(request, "dossiers/web/my_envelope.html", context, status=status)


def _send(found: EnvelopeFound, data: dict[str, Any], file: Kept | None, by: Actor, at: datetime) -> None:
    if file is None:
        raise Refused("Chưa chọn tệp.", where="tep", do="Chọn tệp PDF hoặc ảnh của giấy tờ.")
    takers = takers_of(found)
    asked = [one.position for one in takers if one.state is MemberState.ASKS]
    positions = [int(data["member"])] if int(data["member"]) else asked or [one.position for one in takers]
    paper = PaperIn(data["name"], order=99, copies=1, digitised=1, file_id=file.file_id, file_name=file.name)
    attach_to_envelope(found.id, positions, paper, by=by, at=at)

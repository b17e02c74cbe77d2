"""Handing in a whole group online: one form, each shared paper once; the counter then answers for all of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.register_envelope import register_envelope
from congvu.dossiers.rules.status import Channel
from congvu.dossiers.web.envelope_counter import group_on_form
from congvu.dossiers.web.envelope_desk import GroupDesk, group_desk
from congvu.dossiers.web.register import blank
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS


def register_group(request: HttpRequest, code: str) -> HttpResponse:
    """`/nop-ho-so/lien-thong/<mã nhóm>/`. GET 6-8 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    group = group_on_form(request, code)
    data = request.POST if request.method == "POST" else blank(actor)
    desk = group_desk(request, group, data, channel=Channel.ONLINE.value, online=True)
    if request.method == "POST" and data.get("viec") == "nop":
        return _send(request, desk, actor)
    return _show(request, desk)


def _send(request: HttpRequest, desk: GroupDesk, actor: Actor) -> HttpResponse:
    if not desk.ready():
        return _show(request, desk, FORM_STATUS)
    try:
        wanted = desk.intake(channel=Channel.ONLINE.value, account=actor.account_id)
        done = register_envelope(wanted, by=actor, at=desk.now)
    except Refused as refusal:
        desk.refusal = refusal
        return _show(request, desk, FORM_STATUS)
    if done.repeated:
        messages.warning(request, "Hồ sơ này đã được gửi trước đó, không gửi lần nữa.")
    else:
        messages.success(request, "Đã nộp cả bộ hồ sơ. Nơi tiếp nhận trả lời trong 8 giờ làm việc.")
    return HttpResponseRedirect(reverse("my-envelope", args=[done.id]))


def _show(request: HttpRequest, desk: GroupDesk, status: int = 200) -> HttpResponse:
    context = {"desk": desk, "typed": desk.typed, "person": desk.person, "sent": bool(desk.errors)}
    return render(request, "dossiers/web/register_group.html", context, status=status)

"""Handing in online: a signed-in citizen fills the form of a procedure, adds the papers, and follows it from there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.register_online import register_online
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.status import Channel
from congvu.dossiers.web.counter_desk import Desk, centres, desk_of
from congvu.dossiers.web.counter_form import intake_of
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation.queries import picture
from congvu.procedures.queries.versions import version_of_code


def register(request: HttpRequest, code: str) -> HttpResponse:
    """`/nop-ho-so/<mã thủ tục>/`. 6-9 statements the first time a process meets the version, 5 after."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    version = version_of_code(code, clock.now().date())
    if version is None:
        raise NotVisible(
            "Không có thủ tục này, hoặc nay không còn áp dụng.",
            where=code,
            do="Tìm lại trong danh mục thủ tục.",
        )
    data = request.POST.copy() if request.method == "POST" else blank(actor)
    data["phien-ban"], data["kenh"] = str(version.pk), str(Channel.ONLINE.value)
    desk = desk_of(
        request,
        data,
        None if request.method == "POST" else {},
        receivers=centres(set(version.tiers), picture(), clock.now().date()),
        by_file=True,
    )
    if request.method == "POST" and request.POST.get("viec") == "nop":
        return _send(request, desk, actor)
    return _show(request, desk)


def _send(request: HttpRequest, desk: Desk, actor: Actor) -> HttpResponse:
    if not desk.ready(missing_matters=True):
        return _show(request, desk, FORM_STATUS)
    try:
        intake = intake_of(
            desk.typed,
            desk.person,
            desk.must_choose(),
            desk.must_receive(),
            desk.must_decide(),
            account=actor.account_id,
        )
        done = register_online([intake], by=actor, at=desk.now)[0]
    except Refused as refusal:
        desk.refuse(refusal)
        return _show(request, desk, FORM_STATUS)
    messages.success(
        request,
        "Hồ sơ này đã được gửi trước đó."
        if done.repeated
        else "Đã nộp hồ sơ. Nơi tiếp nhận trả lời trong 8 giờ làm việc.",
    )
    return HttpResponseRedirect(reverse("my-dossier", args=[done.id]))


def blank(actor: Actor) -> QueryDict:
    """What is known of the citizen already, so that nothing is retyped."""
    data = QueryDict(mutable=True)
    data.update(
        {
            "name": actor.name,
            "number": actor.citizen_number,
            "return_method": "2",
            "subject_kind": "1",
            "copies": "1",
        }
    )
    return data


def _show(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "desk": desk,
        "typed": desk.typed,
        "person": desk.person,
        "sent": request.method == "POST",
    }
    return render(request, "dossiers/web/register.html", context, status=status)

"""The counter for groups of procedures: one form, one envelope. And the same form for a citizen online."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.queries.desk import account_of
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.status import Channel
from congvu.dossiers.web.envelope_desk import GroupDesk, group_desk
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.procedures.queries.groups import GroupOf, group_by_code, group_sent, groups_in_force


def group_counter_list(request: HttpRequest) -> HttpResponse:
    """`/tiep-nhan/lien-thong/`: the groups in force. 1 statement."""
    return render(request, "dossiers/web/group_counter_list.html", {"groups": groups_in_force(clock.today())})


def group_counter(request: HttpRequest, code: str) -> HttpResponse:
    """`/tiep-nhan/lien-thong/<mã nhóm>/`: one form for all procedures of a group. GET 6-8 statements."""
    group = group_on_form(request, code)
    data = request.POST if request.method == "POST" else QueryDict()
    desk = group_desk(request, group, data, channel=_channel(data))
    if request.method == "POST" and data.get("viec") == "nhan":
        return _receive(request, desk)
    return _show(request, desk)


def group_on_form(request: HttpRequest, code: str) -> GroupOf:
    """The group a form is about: the version it was opened with, so that what was typed and sent stays where it was; a
    version that ended meanwhile is refused on the form itself. 1 statement, 3 the first time."""
    sent = read_number(request.POST.get("nhom", ""))
    return (group_sent(code, sent) if sent else None) or group_in_force(code)


def group_in_force(code: str) -> GroupOf:
    """The group of a code today; 404 without one. 1 statement, 3 the first time."""
    found = group_by_code(code, clock.today())
    if found is None:
        raise NotVisible(
            "Không có nhóm thủ tục này, hoặc nay không còn áp dụng.", where=code, do="Chọn lại nhóm."
        )
    return found


def _channel(data: QueryDict) -> int:
    return Channel.POST.value if data.get("kenh") == "3" else Channel.DIRECT.value


def _receive(request: HttpRequest, desk: GroupDesk) -> HttpResponse:
    if not desk.ready():
        return _show(request, desk, FORM_STATUS)
    actor: Actor = desk.by
    try:
        wanted = desk.intake(
            channel=_channel(request.POST), account=account_of(desk.person.cleaned_data["number"])
        )
        done = receive_envelope(wanted, by=actor, at=desk.now)
    except Refused as refusal:
        desk.refusal = refusal
        return _show(request, desk, FORM_STATUS)
    if done.repeated:
        messages.warning(request, "Phiếu này đã được nhận trước đó, không nhận lần nữa")
    else:
        messages.success(request, "Đã nhận hồ sơ liên thông")
    return HttpResponseRedirect(reverse("envelope-slip", args=[done.code]))


def _show(request: HttpRequest, desk: GroupDesk, status: int = 200) -> HttpResponse:
    context = {"desk": desk, "typed": desk.typed, "person": desk.person, "channel": _channel(request.POST)}
    return render(request, "dossiers/web/group_counter.html", context, status=status)

"""Requests for opinions: the list of those that are the reader's business, and one with its answer or withdrawal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.actions.end_opinion import answer_opinion, is_of, withdraw_opinion
from congvu.dossiers.models import FieldVisit, OpinionRequest
from congvu.dossiers.queries.opinions import Opinion, OpinionWork, opinion, opinion_work
from congvu.dossiers.rules.handling import OpinionState
from congvu.dossiers.web.files import sent_file
from congvu.dossiers.web.handling_forms import AnswerForm, WithdrawOpinionForm
from congvu.dossiers.web.uploads import Kept, keep
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

HANDLERS = (CLERK, SPECIALIST, LEADER)


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """A request ready for a page."""

    row: Opinion
    url: str
    asker: str
    asked: str
    state: str
    chip: str


def line_of(row: Opinion, known: Picture, on: date) -> OpinionLine:
    """The request in words, as of `on`. No statement."""
    url = reverse("opinion", args=[row.id])
    names = known.name(row.asking_unit_id, on), known.name(row.asked_unit_id, on)
    return OpinionLine(row, url, *names, *_chip(row, on))


def _chip(row: Opinion, on: date) -> tuple[str, str]:
    if row.state(on) == OpinionState.WAITING and row.due_on == on:
        return "soon", "Hôm nay"
    return {
        OpinionState.WAITING: ("now", f"Trước hết {formats.day_month(row.due_on)}"),
        OpinionState.OVERDUE: ("late", f"Quá hạn {formats.day_month(row.due_on)}"),
        OpinionState.ANSWERED: ("ok", "Đã trả lời"),
        OpinionState.ANSWERED_LATE: ("late", "Trả lời quá hạn"),
        OpinionState.WITHDRAWN: ("idle", "Đã rút"),
    }[row.state(on)]


def work_of(actor: Actor, sight: Visible, on: date) -> OpinionWork:
    """The open requests that are the actor's business: own units, and one-stops where they are clerk or leader. 1 statement."""
    return opinion_work(actor.units(*HANDLERS), actor.units(CLERK, LEADER), sight, on)


def opinions(request: HttpRequest) -> HttpResponse:
    """`/y-kien/`: to answer, owed to my units, overdue in dossiers of my one-stop. 2-4 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.now().date(), picture()
    work = work_of(actor, visible_to(actor, today, known), today)
    groups = [
        (title, empty, [line_of(row, known, today) for row in rows])
        for title, empty, rows in (
            ("Chờ đơn vị của bạn trả lời", "Không có yêu cầu nào chờ đơn vị của bạn.", work.asked),
            ("Đơn vị bạn hỏi, quá hạn chưa có trả lời", "Không có yêu cầu nào quá hạn.", work.owed),
            (
                "Hồ sơ một cửa của bạn nhận, cơ quan khác nợ ý kiến",
                "Không có yêu cầu nào quá hạn.",
                work.watched,
            ),
        )
    ]
    return render(request, "dossiers/web/opinions.html", {"groups": groups})


def opinion_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/y-kien/<số>/`. GET 3-5 statements; POST those of the action more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, known = clock.now(), picture()
    sight = visible_to(actor, now.date(), known)
    row = opinion(sight, pk)
    answering, asking = (is_of(unit, actor, sight) for unit in (row.asked_unit_id, row.asking_unit_id))
    form: PlainForm | None = None
    if row.open and (answering or asking):
        kind = AnswerForm if answering and request.POST.get("viec") != "rut" else WithdrawOpinionForm
        form = kind(request.POST if request.method == "POST" else None)
    file: Kept | None = None
    status = 200
    if request.method == "POST":
        status = FORM_STATUS
        try:
            if form is None:
                raise Refused("Yêu cầu này đã xong, hoặc không phải việc của bạn.", do="Mở lại hồ sơ để xem.")
            file = keep(request, "tep", by=actor, at=now)
            if form.is_valid():
                return _end(request, row, form, file)
        except Refused as refusal:
            if form is None:
                raise
            form.refuse(refusal)
    context: dict[str, Any] = {
        "o": row, "line": line_of(row, known, now.date()), "form": form, "file": file,
        "answering": isinstance(form, AnswerForm), "known_step": row.step,
        "may_withdraw": row.open and answering and asking,
    }  # fmt: skip
    return render(request, "dossiers/web/opinion.html", context, status=status)


def _end(request: HttpRequest, row: Opinion, form: PlainForm, file: Kept | None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    at, data = clock.now(), form.cleaned_data
    if isinstance(form, AnswerForm):
        answer_opinion(
            [row.id], data["answer"], file_id=file.file_id if file else None, file_name=file.name if file else "",
            by=actor, at=at,
        ).only()  # fmt: skip
        messages.success(request, "Đã trả lời ý kiến.")
    else:
        withdraw_opinion([row.id], data["why"], by=actor, at=at).only()
        messages.success(request, "Đã rút yêu cầu lấy ý kiến.")
    return HttpResponseRedirect(reverse("opinion", args=[row.id]))


def opinion_file(request: HttpRequest, pk: int) -> FileResponse:
    """`/y-kien/<số>/tep/`. 3-4 statements: the request, scope, the audit row."""
    found = OpinionRequest.objects.select_related("file").filter(pk=pk).first()
    return sent_file(request, found, f"ý kiến số {pk}")


def visit_file(request: HttpRequest, pk: int) -> FileResponse:
    """`/tham-tra/<số>/tep/`. 3-4 statements: the visit, scope, the audit row."""
    found = FieldVisit.objects.select_related("file").filter(pk=pk).first()
    return sent_file(request, found, f"thẩm tra số {pk}")

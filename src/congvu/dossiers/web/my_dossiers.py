"""The citizen's own dossiers: the list, the page of one, and sending what was asked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.attach import attach
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.models import Dossier, EnvelopeMember
from congvu.dossiers.queries.beside import beside_dossier
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.detail import Detail, detail_by_id
from congvu.dossiers.queries.envelopes import envelopes_of
from congvu.dossiers.rules.contact import OVER
from congvu.dossiers.rules.money import Balance
from congvu.dossiers.rules.status import OPEN, Status
from congvu.dossiers.web.contact import contact_shown
from congvu.dossiers.web.envelope import setting, shown
from congvu.dossiers.web.look_up import told
from congvu.dossiers.web.notification import told_of
from congvu.dossiers.web.result_checks import checks_of
from congvu.dossiers.web.timing import Reckoning, reckoning
from congvu.dossiers.web.uploads import Kept, keep
from congvu.dossiers.web.verb_forms import AttachForm
from congvu.dossiers.web.words import due_state
from congvu.foundation import clock
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.foundation.workdays.queries import current_version
from congvu.organisation.queries import picture

PAGE = 25
ASKS = ("request_supplement", "request_payment", "refuse", "stop")  # what is said to the applicant in words
ASKED = {Status.REGISTERED, Status.SUPPLEMENT}  # when a citizen may send papers by themselves

_IN_ENVELOPES = EnvelopeMember.objects.filter(dossier__isnull=False).values("dossier_id")


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier of the reader."""

    row: Dossier
    state: str
    chip: str
    url: str

    @property
    def asks(self) -> bool:
        return self.row.status in (Status.SUPPLEMENT, Status.PAYMENT)


def my_dossiers(request: HttpRequest) -> HttpResponse:
    """`/ho-so-cua-toi/`: newest first, 25 a page; what was handed in together stands above as one. 3-6 statements:
    calendar, page, envelopes, and with one the rule of the start, the calendar and the units."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = reckoning()
    after = decode(request.GET.get("sau", ""), 2)
    own = Dossier.objects.filter(owner_account_id=actor.account_id).select_related("procedure_version")
    own = own.defer("procedure_version__original").exclude(pk__in=_IN_ENVELOPES)
    if after:
        own = own.extra(
            where=["(dossiers_dossier.opened_at, dossiers_dossier.id) < (%s, %s)"],
            params=[datetime.fromisoformat(str(after[0])), after[1]],
        )
    rows = list(own.order_by("-opened_at", "-id")[: PAGE + 1])
    page = page_of(rows, PAGE, lambda row: (row.opened_at.isoformat(), row.pk), first=after is None)
    lines = [_line(row, now) for row in page.rows]
    together = envelopes_of(visible_to(actor, now.today), actor.account_id or 0) if after is None else []
    by = setting(now.now) if together else None
    shown_together = [shown(one, by) for one in together if by is not None]
    context = {"page": Page(lines, page.next, page.first), "together": shown_together}
    return render(request, "dossiers/web/my_dossiers.html", context)


def my_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-cua-toi/<số>/`: where it is, what is asked, sending papers. GET 5 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = detail_by_id(visible_to(actor, now.date()), pk)
    if request.method != "POST":
        return _show(request, found, AttachForm(), None)
    form = AttachForm(request.POST)
    file: Kept | None = None
    try:
        file = keep(request, "tep", by=actor, at=now)
        if form.is_valid():
            return _send(request, found, form, file, actor, now)
    except Refused as refusal:
        form.is_valid()
        form.refuse(refusal)
    return _show(request, found, form, file, FORM_STATUS)


def _send(
    request: HttpRequest, found: Detail, form: AttachForm, file: Kept | None, actor: Actor, now: datetime
) -> HttpResponse:
    if found.status not in ASKED:
        raise Refused(
            f"Hồ sơ đang ở trạng thái «{found.status.label}», chưa có yêu cầu bổ sung.",
            do="Liên hệ nơi tiếp nhận nếu cần nộp thêm.",
        )
    if file is None:
        raise Refused("Chưa chọn tệp.", where="tep", do="Chọn tệp PDF hoặc ảnh của giấy tờ.")
    data = form.cleaned_data
    paper = PaperIn(data["name"], order=99, copies=1, digitised=1, file_id=file.file_id, file_name=file.name)
    attach(found.id, paper, by=actor, at=now)
    messages.success(request, "Đã gửi giấy tờ. Nơi tiếp nhận sẽ xem và báo lại.")
    return HttpResponseRedirect(reverse("my-dossier", args=[found.id]))


def _show(
    request: HttpRequest, found: Detail, form: AttachForm, file: Kept | None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known, calendar = picture(), Calendars(current_version()).of(found.competent_unit_id)
    beside = beside_dossier(visible_to(actor, clock.today()), found.id)
    asked = next((event for event in found.events if event.verb in ASKS), None)
    context: dict[str, Any] = {
        **told(found, known, calendar, clock.now().date(), own=True),
        "d": found,
        "checks": checks_of(request, found),
        "told_of": told_of(found.id, found.received_on or legal(found.opened_at).date(), calendar),
        "people": contact_shown(found),
        "may_change": found.status not in OVER,
        "form": form,
        "file": file,
        "notices": beside.notices,
        "may_send": found.status in ASKED,
        "fees": beside.fees,
        "owes": Balance().after(*beside.fees).owed > 0,
        "asked": asked if asked and asked.status_to == found.status else None,
    }
    return render(request, "dossiers/web/my_dossier.html", context, status=status)


def _line(row: Dossier, now: Reckoning) -> Line:
    status = Status(row.status)
    left = now.left(row.due_on) if status in OPEN else None
    state, chip = due_state(status, row.due_on, row.ended_on, left, now.today)
    return Line(row, state, chip, reverse("my-dossier", args=[row.pk]))

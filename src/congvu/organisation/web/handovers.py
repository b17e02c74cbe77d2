"""Biên bản bàn giao: the list, and one record, which a leader of the receiving unit accepts; printed as it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.organisation.access import led_by, scope_of
from congvu.organisation.actions.accept_handover import accept_handover
from congvu.organisation.models import Handover
from congvu.organisation.queries import picture
from congvu.organisation.queries.following import choosing, kinds
from congvu.organisation.queries.handovers import Units
from congvu.organisation.queries.handovers import handover as one_handover
from congvu.organisation.queries.handovers import handovers as some_handovers
from congvu.organisation.rules.following import GOES, STAYS, Kind
from congvu.organisation.rules.kinds import EVENT_KINDS
from congvu.organisation.rules.picture import Picture

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of thing in a record, with what is said against it."""

    kind: Kind
    found: int
    moved: int
    disagreed: str

    @property
    def agrees(self) -> bool:
        return self.kind.way == STAYS or self.found == self.moved

    @property
    def left(self) -> int:
        return 0 if self.kind.way == STAYS else self.found - self.moved


@dataclass(frozen=True, slots=True)
class Record:
    """A record as people read it, with the names the units had on the day."""

    row: Handover
    kind_name: str
    giver: str
    giver_code: str
    taker: str
    taker_code: str
    lines: list[Line]
    state: tuple[str, str]

    @property
    def goods(self) -> list[Line]:
        return [line for line in self.lines if line.kind.way != STAYS]


def handovers(request: HttpRequest) -> HttpResponse:
    """`/to-chuc/ban-giao/`. 4 statements besides the session's."""
    known, today = picture(), clock.today()
    before = decode_dated(request.GET.get("sau", ""))
    waiting = "cho-ky" in request.GET
    seen = _seen(request.actor, today, known)  # type: ignore[attr-defined]
    found = some_handovers(seen, limit=PAGE, before=before, waiting=waiting)
    page = page_of(found, PAGE, lambda one: (one.effective.isoformat(), one.id), first=before is None)
    context = {"page": page, "rows": [_record(one, known) for one in page.rows], "waiting": waiting}
    return render(request, "organisation/web/handovers.html", context)


def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """`/to-chuc/ban-giao/12/`. 5 statements besides the session's, 2 more when only a part went."""
    known, now = picture(), clock.now()
    actor = request.actor  # type: ignore[attr-defined]
    one = one_handover(handover_id, _seen(actor, now.date(), known))
    if one is None:
        raise Http404
    shown, refusal = _record(one, known), None
    typed = {line.kind.code: request.POST.get(f"khong-{line.kind.code}", "") for line in shown.lines}
    if request.method == "POST":
        try:
            accept_handover(handover_id, typed, by=actor, at=now)
            messages.success(request, "Đã ký nhận bàn giao.")
            return redirect("handover", handover_id=handover_id)
        except Refused as problem:
            refusal = problem
    may = (
        one.moved_at is not None
        and one.accepted_at is None
        and any(line.kind.way == GOES for line in shown.lines)
        and one.to_unit_id in led_by(actor, now.date(), known)
    )
    context: dict[str, Any] = {
        "one": shown,
        "chosen": [words for area in choosing() for words in area.words(one.chosen or ())],
        "may_accept": may,
        "refusal": refusal,
        "rows": [(line, typed[line.kind.code]) for line in shown.lines],
    }
    return render(request, "organisation/web/handover.html", context, status=FORM_STATUS if refusal else 200)


def _seen(actor: Actor, on: date, known: Picture) -> Units:
    """The units whose records the actor reads: counts only, so an administrator, who records events, reads all."""
    if actor.has(ADMIN):
        return None
    scope = scope_of(actor, on, known)
    return None if scope.all else scope.unit_ids


def _record(one: Handover, known: Picture) -> Record:
    giver, taker = (
        known.nearest(one.from_unit_id, one.effective),
        known.nearest(one.to_unit_id, one.effective),
    )
    told = kinds()
    lines = [
        Line(told[line.kind], line.found, line.moved, line.disagreed)
        for line in sorted(one.lines.all(), key=lambda line: line.place)
        if line.kind in told
    ]
    return Record(
        one,
        "Hoàn tác" if one.undoes_id else EVENT_KINDS[one.event.kind],
        giver.name if giver else "đơn vị đã hoàn tác",
        giver.code if giver else "",
        taker.name if taker else "đơn vị đã hoàn tác",
        taker.code if taker else "",
        lines,
        _state(one, any(line.kind.way == GOES for line in lines)),
    )


def _state(one: Handover, something_went: bool) -> tuple[str, str]:
    """Chip and word. Where only posts were counted, which the ledger carries by itself, nobody has to accept anything."""
    if one.cancelled_at is not None:
        return "idle", "Đã hủy trước khi chuyển"
    if one.accepted_at is not None:
        against = any(line.disagreed for line in one.lines.all())
        return ("soon", "Đã ký nhận, có ý kiến") if against else ("ok", "Đã ký nhận")
    if one.problem:
        return "late", "Chưa chuyển được"
    if one.moved_at is not None:
        return ("now", "Chờ ký nhận") if something_went else ("ok", "Không phải ký nhận")
    if one.progress:
        return "now", "Đang chuyển"
    return "idle", "Chờ đến ngày" if one.effective > clock.today() else "Sắp chuyển"

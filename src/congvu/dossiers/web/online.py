"""Requests registered online that wait at the door: received, refused or asked for a supplement, in bulk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.dossiers.access import visible_to
from congvu.dossiers.models import Dossier, Tie
from congvu.dossiers.queries.envelopes import EnvelopeFound, envelopes_at_the_door
from congvu.dossiers.rules.envelopes import EnvelopeState
from congvu.dossiers.rules.status import Status
from congvu.dossiers.web.bulk_verbs import DOOR_VERBS
from congvu.dossiers.web.timing import Reckoning, reckoning
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.ui import formats
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.foundation.workdays.rules.due import due
from congvu.foundation.workdays.rules.term import Term, Unit
from congvu.organisation.queries import picture

PAGE = 50
DOOR = Term(8, Unit.WORKING_HOUR)  # an online request is answered within eight working hours


@dataclass(frozen=True, slots=True)
class Line:
    """A request waiting."""

    row: Dossier
    state: str
    chip: str
    unit: str

    @property
    def seen(self) -> str:
        return f"{self.row.pk}.{self.row.version}"


@dataclass(frozen=True, slots=True)
class Whole:
    """An envelope waiting."""

    found: EnvelopeFound
    state: str
    chip: str
    unit: str


def online_waiting(request: HttpRequest) -> HttpResponse:
    """`/tiep-nhan/truc-tuyen/`: oldest first, 50 a page; envelopes above, each one line. 4-6 statements: units, calendar,
    the page, envelopes, and with one the rule of the start and the calendar."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, known = reckoning(), picture()
    after = decode(request.GET.get("sau", ""), 2)
    waiting = (
        Dossier.objects.filter(
            receiving_unit_id__in=actor.units(CLERK),
            received_at__isnull=True,
            status__in=(Status.REGISTERED, Status.SUPPLEMENT),
        )
        .annotate(together=F("ties").bitand(Tie.ENVELOPE.value))
        .filter(together=0)  # a member of an envelope is answered for with all of it, above
        .select_related("procedure_version")
        .defer("procedure_version__original")
    )
    if after:
        waiting = waiting.extra(
            where=["(dossiers_dossier.opened_at, dossiers_dossier.id) > (%s, %s)"],
            params=[datetime.fromisoformat(str(after[0])), after[1]],
        )
    rows = list(waiting.order_by("opened_at", "id")[: PAGE + 1])
    page = page_of(rows, PAGE, lambda row: (row.opened_at.isoformat(), row.pk), first=after is None)
    sight = visible_to(actor, now.today)
    together = envelopes_at_the_door(sight, actor.units(CLERK)) if after is None else []
    context: dict[str, Any] = {
        "together": [_whole(one, now, known.name(one.receiving_unit_id, now.today)) for one in together],
        "page": Page(
            [_line(row, now, known.name(row.competent_unit_id, now.today)) for row in page.rows],
            page.next,
            page.first,
        ),
        "verbs": DOOR_VERBS.values(),
    }
    return render(request, "dossiers/web/online.html", context)


def _whole(found: EnvelopeFound, now: Reckoning, unit: str) -> Whole:
    asked = found.state is EnvelopeState.ASKS
    return Whole(found, *_door(found.opened_at, now, asked=asked), unit)


def _line(row: Dossier, now: Reckoning, unit: str) -> Line:
    return Line(row, *_door(row.opened_at, now, asked=row.status == Status.SUPPLEMENT), unit)


def _door(opened_at: datetime, now: Reckoning, *, asked: bool) -> tuple[str, str]:
    """The chip of a request and its words: until when it must be answered."""
    by = due(opened_at, DOOR, now.calendar).moment or now.now
    if asked:
        return "pause", "Chờ bổ sung"
    if by < now.now:
        return "late", f"Quá hạn từ {formats.day_month(by)} {formats.hour(by)}"
    words = (
        f"Hôm nay {formats.hour(by)}"
        if by.date() == now.today
        else f"{formats.day_month(by)} {formats.hour(by)}"
    )
    return "soon" if by.date() == now.today else "ok", words

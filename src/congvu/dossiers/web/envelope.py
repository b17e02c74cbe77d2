"""The page of an envelope for officials, their list, its receipt; and an envelope made ready for any page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.envelope_rows import living
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.envelope_papers import held_of, papers_once
from congvu.dossiers.queries.envelopes import (
    EnvelopeFound,
    Member,
    envelope_by_code,
    envelope_by_id,
    envelope_page,
    last_words,
)
from congvu.dossiers.rules.clock import START_POLICY
from congvu.dossiers.rules.codes import is_envelope_code
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.rules.envelopes import EnvelopeState, MemberState, promised_day
from congvu.dossiers.rules.notices import TOLD_BY
from congvu.dossiers.rules.slips import SUPPLEMENT
from congvu.dossiers.web.envelope_acts import (
    FORMS,
    NAMES,
    act,
    acts_for,
    blank_forms,
    form_pressed,
    gone_agency,
)
from congvu.dossiers.web.letterhead import letterhead
from congvu.dossiers.web.slips import look_up_qr
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm
from congvu.foundation.ui.pager import Page
from congvu.foundation.workdays.queries import current_version
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

_CHIPS = {
    MemberState.WAITING: "idle", MemberState.CLOSED: "idle", MemberState.REGISTERED: "soon", MemberState.REFUSED: "late",
    MemberState.HANDLING: "now", MemberState.ASKS: "pause", MemberState.STOPPED: "pause", MemberState.READY: "ok",
    MemberState.RETURNED: "ok", MemberState.WITHDRAWN: "idle",
}  # fmt: skip
_STATES = {
    EnvelopeState.REGISTERED: "soon", EnvelopeState.HANDLING: "now", EnvelopeState.ASKS: "pause",
    EnvelopeState.STOPPED: "pause", EnvelopeState.PARTLY: "now", EnvelopeState.READY: "ok", EnvelopeState.RETURNED: "ok",
    EnvelopeState.IN_PART: "idle", EnvelopeState.WITHDRAWN: "idle", EnvelopeState.REFUSED: "late",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member on a page."""

    row: Member
    chip: str
    agency: str
    day: date | None
    note: str

    @property
    def slip(self) -> str:
        """The form that answers a request at the door: to be completed. A refusal is one slip for the whole."""
        if self.row.code is not None or self.row.dossier_id is None:
            return ""
        return SUPPLEMENT if self.row.state is MemberState.ASKS else ""

    @property
    def late(self) -> bool:
        running = (
            self.row.state is MemberState.HANDLING
        )  # while it waits for the applicant the clock stands still
        return running and self.row.due_on is not None and self.row.due_on < clock.today()


@dataclass(frozen=True, slots=True)
class Shown:
    """An envelope on a page: everything but who reads it."""

    found: EnvelopeFound
    chip: str
    due_on: date | None
    members: list[MemberShown]
    receiving: str
    done: str

    @property
    def day_words(self) -> str:
        """What the big day is: promised, or only expected; "" when there is none to speak of."""
        if self.found.received_at is not None:
            return "Hẹn trả cả bộ"
        return "" if self.found.state.ended else "Dự kiến, nếu được tiếp nhận bây giờ"

    @property
    def moved(self) -> bool:
        """Whether the day is no longer the one printed."""
        return self.found.due_first is not None and self.due_on not in (None, self.found.due_first)


def envelope_list(request: HttpRequest) -> HttpResponse:
    """`/ho-so-lien-thong/`: those received at the reader's counters, else all that is visible. 2-3 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, text = clock.now(), composed(request.GET.get("q", ""))[:200]
    if is_envelope_code(text):
        return HttpResponseRedirect(reverse("envelope", args=[text.upper()]))
    known = picture()
    sight = visible_to(actor, now.date(), known)
    found = envelope_page(sight, actor.units(CLERK), text, request.GET.get("sau", ""))
    by = setting(now, known) if found.rows else None
    lines = [shown(one, by) for one in found.rows if by is not None]
    context = {"page": Page(lines, found.next, found.first), "text": text, "clerk": actor.has(CLERK)}
    return render(request, "dossiers/web/envelope_list.html", context)


def envelope(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so-lien-thong/<mã>/`. GET 3-5 statements: scope, envelope, rule, calendar, units."""
    known = picture()
    sight = visible_to(request.actor, clock.today(), known)  # type: ignore[attr-defined]
    return _page(request, envelope_by_code(sight, code.upper()), known)


def envelope_registered(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-lien-thong/dang-ky/<số>/`: an envelope registered online that has no code yet. 3-5 statements."""
    known = picture()
    sight = visible_to(request.actor, clock.today(), known)  # type: ignore[attr-defined]
    return _page(request, envelope_by_id(sight, pk), known)


def _page(request: HttpRequest, found: EnvelopeFound, known: Picture) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    if not actor.is_official:
        return HttpResponseRedirect(reverse("my-envelope", args=[found.id]))
    sheets, may = blank_forms(found), acts_for(found, actor)
    stale: PlainForm | None = (
        None  # pressed on a page that was no longer true: said above, with what was typed
    )
    if request.method == "POST":
        press = request.POST.get("viec", "")
        form = sheets[press] = form_pressed(press, request.POST)
        try:
            if form.is_valid():
                said, then = act(request, found, press, form.cleaned_data, now)
                messages.success(request, said)
                return HttpResponseRedirect(then)
        except Refused as refusal:
            form.refuse(refusal)
            stale = form if press not in may else None
    by = setting(now, known)
    gone = gone_agency(found, by.known) if "co-quan" in may else None
    if gone is not None and "co-quan" not in sheets:
        sheets["co-quan"] = FORMS["co-quan"](initial={"position": gone.position})
    context = {
        "one": shown(found, by),
        "gone_agency": gone,
        **{NAMES[press]: form for press, form in sheets.items()},
        "may": may,
        "asked": last_words(found),
        "stale": stale,
        "typed": (stale.data.get("reason") or stale.data.get("content") or "") if stale else "",
        "facts": facts(found, by),
        "papers": papers_once(found, inside=found.receiving_unit_id in actor.units(CLERK)),
    }
    wrong = any(form.errors for form in sheets.values())
    return render(request, "dossiers/web/envelope.html", context, status=FORM_STATUS if wrong else 200)


def envelope_slip(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so-lien-thong/<mã>/giay-hen/`: one receipt for all procedures. 4-6 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    return slip_page(request, envelope_by_code(visible_to(actor, now.date()), code.upper()), actor, now)


def slip_page(request: HttpRequest, found: EnvelopeFound, actor: Actor, now: datetime) -> HttpResponse:
    """The receipt of an envelope as a page that prints on A5."""
    by = setting(now)
    context: dict[str, Any] = {
        **letterhead(by.known, found.receiving_unit_id, now.date()),
        "form": {"name": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "number": "01", "paper": "a5"},
        "d": found,
        "one": shown(found, by),
        "held": held_of(found),
        "return_words": RETURN_METHODS.get(found.return_method, ""),
        "qr": look_up_qr(request, found.code),
        "look_up": request.build_absolute_uri(reverse("look-up")),
        "by": actor.name,
        "is_clerk": actor.has(CLERK),
        "printed_on": now.date(),
        "back": reverse("envelope", args=[found.code]),
    }
    return render(request, "dossiers/web/envelope_slip.html", context)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the days of envelopes are counted by: read once for a page of them."""

    now: datetime
    known: Picture
    calendars: Calendars
    policy: str


def setting(now: datetime, known: Picture | None = None) -> Setting:
    """Today's units, calendar and rule of the start. 3 statements, 2 with the units at hand."""
    return Setting(now, known or picture(), Calendars(current_version()), _policy(now.date()))


def shown(found: EnvelopeFound, by: Setting) -> Shown:
    """An envelope made ready for a page. No statement once its group and offers are read."""
    days, today = found.days(by.calendars, by.policy, by.now), by.now.date()
    members = [
        MemberShown(
            one,
            _CHIPS[one.state],
            by.known.name(one.competent_unit_id, today),
            days.get(one.position),
            _note(found, one, by),
        )
        for one in found.members
    ]
    ready = sum(1 for one in found.members if one.state in (MemberState.READY, MemberState.RETURNED))
    done = f"Có kết quả {formats.number(ready)}/{formats.number(len(found.members))} thủ tục"
    receiving = by.known.name(found.receiving_unit_id, today)
    return Shown(found, _STATES[found.state], promised_day(days), members, receiving, done)


def facts(found: EnvelopeFound, by: Setting) -> list[tuple[str, str]]:
    """What is known of the one who handed it in. The ways to be told are those of the dossiers opened so far."""
    told = [one.told_by for one in found.members if one.told_by is not None]
    said = [
        ("Chủ hồ sơ", found.owner_name), ("Số giấy tờ", found.owner_number), ("Điện thoại", found.owner_phone),
        ("Nộp", f"{formats.moment(found.received_at or found.opened_at)}, {found.channel.label.lower()}"),
        ("Người nộp thay", found.submitter_name), ("Trả kết quả", RETURN_METHODS.get(found.return_method, "")),
        ("Báo tin qua", formats.listing(dict.fromkeys(TOLD_BY[n] for n in told if n in TOLD_BY))),
        ("Nơi tiếp nhận", by.known.name(found.receiving_unit_id, by.now.date())),
    ]  # fmt: skip
    return [pair for pair in said if pair[1]]


def _gone(one: Member, by: Setting) -> str:
    """What is said of a member whose agency is no longer there."""
    today = by.now.date()
    if by.known.at(one.competent_unit_id, today) is not None:
        return ""
    heir = living(by.known, one.competent_unit_id, today)
    name = by.known.name(one.competent_unit_id, today)
    if heir is None:
        return f" {name} không còn hoạt động: nơi tiếp nhận phải chọn cơ quan khác."
    return f" {name} không còn hoạt động: sẽ chuyển đến {by.known.name(heir, today)}."


def _policy(on: date) -> str:
    try:
        return str(rule_at("dossier.start_policy", on).value)
    except Refused:
        return START_POLICY


def _note(found: EnvelopeFound, one: Member, by: Setting) -> str:
    if one.closed_why:
        return one.closed_why
    if one.state is MemberState.WAITING:
        told = _gone(one, by)
        before = formats.listing(
            found.group.member(position).name for position in found.group.member(one.position).after
        )
        return f"Mở khi có kết quả: {before}.{told}"
    return ""

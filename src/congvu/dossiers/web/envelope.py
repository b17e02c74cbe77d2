"""The page of an envelope for officials: its members, one day, giving back at once or in parts, withdrawing the whole."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw_envelope import withdraw_envelope
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.envelopes import (
    EnvelopeFound,
    Member,
    envelope_by_code,
    envelope_by_id,
    envelope_page,
)
from congvu.dossiers.rules.clock import START_POLICY
from congvu.dossiers.rules.codes import is_envelope_code
from congvu.dossiers.rules.envelopes import EnvelopeState, MemberState, promised_day
from congvu.dossiers.rules.status import Delivery
from congvu.dossiers.web.letterhead import letterhead
from congvu.dossiers.web.slips import look_up_qr
from congvu.dossiers.web.words import RETURN_METHODS
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField
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


class GiveBackForm(PlainForm):
    """Who takes the results."""

    received_by = TextField(label="Người nhận kết quả", max_length=300)
    method = forms.TypedChoiceField(
        label="Cách trả", coerce=int,
        choices=[(d.value, d.label) for d in (Delivery.HANDED_OVER, Delivery.ONLINE)],
    )  # fmt: skip


class WithdrawForm(PlainForm):
    """Why the applicant withdraws."""

    reason = TextField(label="Lý do rút, theo đơn của người nộp", max_length=2000)


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member on a page."""

    row: Member
    chip: str
    agency: str
    day: date | None
    note: str

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
    def moved(self) -> bool:
        """Whether the day is no longer the one printed."""
        return self.found.due_first is not None and self.due_on not in (None, self.found.due_first)


def envelope_list(request: HttpRequest) -> HttpResponse:
    """`/ho-so-lien-thong/`: those received at the reader's counters, else all that is visible. 2-3 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, text = clock.now(), composed(request.GET.get("q", ""))[:200]
    if is_envelope_code(text):
        return HttpResponseRedirect(reverse("envelope", args=[text.upper()]))
    found = envelope_page(visible_to(actor, now.date()), actor.units(CLERK), text, request.GET.get("sau", ""))
    by = setting(now) if found.rows else None
    lines = [shown(one, by) for one in found.rows if by is not None]
    context = {"page": Page(lines, found.next, found.first), "text": text, "clerk": actor.has(CLERK)}
    return render(request, "dossiers/web/envelope_list.html", context)


def envelope(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so-lien-thong/<mã>/`. GET 3-5 statements: scope, envelope, rule, calendar, units."""
    sight = visible_to(request.actor, clock.today())  # type: ignore[attr-defined]
    return _page(request, envelope_by_code(sight, code.upper()))


def envelope_registered(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-lien-thong/dang-ky/<số>/`: an envelope registered online that has no code yet. 3-5 statements."""
    return _page(request, envelope_by_id(visible_to(request.actor, clock.today()), pk))  # type: ignore[attr-defined]


def _page(request: HttpRequest, found: EnvelopeFound) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    if not actor.is_official:
        return HttpResponseRedirect(reverse("my-envelope", args=[found.id]))
    back, gone = (
        GiveBackForm(initial={"received_by": found.submitter_name or found.owner_name}),
        WithdrawForm(),
    )
    if request.method == "POST":
        form: GiveBackForm | WithdrawForm
        form = back = GiveBackForm(request.POST) if request.POST.get("viec") == "tra" else back
        if request.POST.get("viec") == "rut":
            form = gone = WithdrawForm(request.POST)
        try:
            if form.is_valid():
                messages.success(request, _do(request, found, form.cleaned_data, actor, now))
                return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "one": shown(found, setting(now)),
        "back": back,
        "gone": gone,
        "may": found.receiving_unit_id in actor.units(CLERK),
        "may_withdraw": not found.state.ended
        and found.state is not EnvelopeState.READY
        and found.received_at is not None,
        "facts": facts(found, now),
    }
    status = FORM_STATUS if back.errors or gone.errors else 200
    return render(request, "dossiers/web/envelope.html", context, status=status)


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

    today: date
    known: Picture
    calendars: Calendars
    policy: str


def setting(now: datetime) -> Setting:
    """Today's units, calendar and rule of the start. 2-3 statements."""
    return Setting(now.date(), picture(), Calendars(current_version()), _policy(now.date()))


def shown(found: EnvelopeFound, by: Setting) -> Shown:
    """An envelope made ready for a page. No statement once its group and offers are read."""
    days = found.days(by.calendars, by.policy)
    members = [
        MemberShown(
            one,
            _CHIPS[one.state],
            by.known.name(one.competent_unit_id, by.today),
            days.get(one.position),
            _note(found, one),
        )
        for one in found.members
    ]
    ready = sum(1 for one in found.members if one.state in (MemberState.READY, MemberState.RETURNED))
    done = f"Có kết quả {formats.number(ready)}/{formats.number(len(found.members))} thủ tục"
    receiving = by.known.name(found.receiving_unit_id, by.today)
    return Shown(found, _STATES[found.state], promised_day(days), members, receiving, done)


def facts(found: EnvelopeFound, now: datetime) -> list[tuple[str, str]]:
    """What is known of the one who handed it in."""
    said = [
        ("Chủ hồ sơ", found.owner_name), ("Số giấy tờ", found.owner_number), ("Điện thoại", found.owner_phone),
        ("Nộp", f"{formats.moment(found.received_at or found.opened_at)}, {found.channel.label.lower()}"),
        ("Người nộp thay", found.submitter_name), ("Trả kết quả", RETURN_METHODS.get(found.return_method, "")),
        ("Nơi tiếp nhận", picture().name(found.receiving_unit_id, now.date())),
    ]  # fmt: skip
    return [pair for pair in said if pair[1]]


def _policy(on: date) -> str:
    try:
        return str(rule_at("dossier.start_policy", on).value)
    except Refused:
        return START_POLICY


def _note(found: EnvelopeFound, one: Member) -> str:
    if one.closed_why:
        return one.closed_why
    if one.state is MemberState.WAITING:
        before = formats.listing(
            found.group.member(position).name for position in found.group.member(one.position).after
        )
        return f"Mở khi có kết quả: {before}"
    return ""


def _do(request: HttpRequest, found: EnvelopeFound, data: dict[str, Any], actor: Actor, now: datetime) -> str:
    """Run what was pressed; returns what to say."""
    if request.POST.get("viec") == "rut":
        withdraw_envelope(found.id, data["reason"], by=actor, at=now)
        return "Đã rút các thủ tục còn mở."
    seen = dict(_pair(text) for text in request.POST.getlist("chon"))
    mine = {one.dossier_id for one in found.members}
    if not seen or not set(seen) <= mine:
        raise Refused("Chưa chọn kết quả để trả.", where="chon", do="Đánh dấu ít nhất một kết quả.")
    outcome = return_result(
        seen, data["received_by"], method=Delivery(data["method"]), by=actor, at=now, seen=seen
    )
    if outcome.refused:
        raise outcome.refused[0].refusal
    return f"Đã trả {formats.number(len(outcome.done))} kết quả."


def _pair(text: str) -> tuple[int, int]:
    """The dossier and its version of a box on the form; refuses what no page of ours has written."""
    pk, _, version = text.partition(".")
    if not (pk.isdecimal() and version.isdecimal() and len(pk) < 19 and len(version) < 10):
        raise Refused("Ô chọn không đọc được.", where="chon", do="Tải lại trang rồi chọn lại.")
    return int(pk), int(version)

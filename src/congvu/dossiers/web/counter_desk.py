"""What stands on the counter's form: the procedure chosen, the papers, the day it would be due, what is still wrong."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from congvu.dossiers.actions.look_in_store import look_in_store
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.desk import Offered, offered, usual_decider, way_of
from congvu.dossiers.queries.papers import Stored
from congvu.dossiers.rules import clock as dossier_clock
from congvu.dossiers.rules import people
from congvu.dossiers.rules.notification import Timing, timing
from congvu.dossiers.rules.status import Channel
from congvu.dossiers.web.counter_form import OTHER_ROWS, PersonForm, Typed, offer_store, read_rows, read_typed
from congvu.dossiers.web.letterhead import closing_hour
from congvu.dossiers.web.uploads import Kept, keep
from congvu.dossiers.web.words import term
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.foundation.ui import formats
from congvu.foundation.ui.due_calendar import DueCalendar, of_due
from congvu.foundation.ui.forms import read_day
from congvu.foundation.workdays.queries import current_version
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.procedures.models import NotificationRule
from congvu.procedures.queries.find import CounterChoice, counter_choices
from congvu.procedures.queries.notifications import notification_rule
from congvu.procedures.rules.content import CaseContent, ChannelLine

_WORDS = re.compile(r"(\W+)")
CENTRE = "TRUNG_TAM_PVHCC"  # the kind of unit that only receives
SENDING = ("nhan", "tu-choi", "nhap", "phieu", "nop")  # the buttons that need the person to be right, or kept
SHOWN = 8  # procedures a search shows


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line of the box above the form."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure found, its name cut where the words typed are."""

    choice: CounterChoice
    parts: list[tuple[str, bool]]
    terms: str


@dataclass(slots=True)
class Desk:
    """The form as it stands. `errors` are lines of the box; the person's own stand in `person`."""

    by: Actor
    now: datetime
    known: Picture
    typed: Typed
    person: PersonForm
    chosen: Offered | None = None
    case: CaseContent | None = None
    receiving: int | None = None
    competent: int | None = None
    receivers: list[tuple[int, str]] = field(default_factory=list)
    deciders: list[tuple[int, str]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    sheet: DueCalendar | None = None
    term_words: str = ""
    fee_words: str = ""
    until: str = ""
    rule: NotificationRule | None = None  # of a procedure of notification
    told: Timing | None = None  # when the day of the event is typed: whether it is in time
    errors: list[Wrong] = field(default_factory=list)
    refusal: Refused | None = None

    channels = tuple((c.value, c.label) for c in Channel)

    def wrong(self, anchor: str, label: str, text: str) -> None:
        """Add a line to the box."""
        self.errors.append(Wrong(anchor, label, text))

    def refuse(self, refusal: Refused) -> None:
        """Show a rule's refusal."""
        self.refusal = refusal

    def ready(self, *, missing_matters: bool) -> bool:
        """Whether the form may go to the action; fills the box otherwise. No statement."""
        if self.chosen is None:
            self.wrong("tim", "Thủ tục", "Chưa chọn thủ tục. Gõ vài chữ không dấu rồi chọn một dòng.")
        if self.receiving is None:
            self.wrong("noi-nhan", "Nơi tiếp nhận", "Chưa chọn nơi tiếp nhận.")
        if self.competent is None:
            self.wrong("giai-quyet", "Cơ quan giải quyết", "Chưa chọn cơ quan giải quyết.")
        if self.rule is not None and self.told is None:
            words = f"Ghi {self.rule.event}, dạng 20/11/2026."
            self.wrong("su-viec", "Ngày diễn ra sự việc", words)
        for n, row in enumerate(self.typed.rows, 1):
            if row.error:
                self.wrong(f"{row.key}-o", f"Giấy số {n}", row.error)
        if missing_matters and self.typed.missing and not self.typed.allow_missing:
            self.wrong(
                "giay-to",
                "Thành phần hồ sơ",
                f"Thiếu giấy số {self.typed.missing_numbers}. Bổ sung ngay, in phiếu bổ sung,"
                " hoặc đánh dấu giấy ấy không cần.",
            )
        for bound in self.person:
            for error in bound.errors:
                self.wrong(bound.id_for_label, str(bound.label), str(error))
        return not self.errors

    def must_choose(self) -> Offered:
        if self.chosen is None:
            raise Refused("Chưa chọn thủ tục.", where="version")
        return self.chosen

    def must_receive(self) -> int:
        if self.receiving is None:
            raise Refused("Bạn không tiếp nhận cho đơn vị nào.", do="Đề nghị quản trị giao vai trò một cửa.")
        return self.receiving

    def must_decide(self) -> int:
        if self.competent is None:
            raise Refused("Chưa chọn cơ quan giải quyết.", where="competent")
        return self.competent

    @property
    def receiving_name(self) -> str:
        return self.known.name(self.receiving, self.now.date()) if self.receiving else ""

    @property
    def error_anchors(self) -> set[str]:
        """The fields that are wrong."""
        return {one.anchor for one in self.errors}


def desk_of(
    request: HttpRequest,
    data: QueryDict,
    files: dict[str, Kept] | None,
    *,
    fresh: bool = False,
    receivers: list[tuple[int, str]] | None = None,
    by_file: bool = False,
) -> Desk:
    """The form from what was sent. 2-5 statements: units, and with a procedure: calendar, usual decider, its content.

    New files are stored at once; a file refused leaves its sentence on the row. `receivers` are the units that may
    receive (the clerk's own when None); `by_file`: a paper is handed in when its file is.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, known = clock.now(), picture()
    typed = read_typed(data)
    person = PersonForm(data, checked=data.get("viec", "") in SENDING)
    desk = Desk(actor, now, known, typed, person)
    own = [(unit, known.name(unit, now.date())) for unit in actor.units(CLERK)]
    desk.receivers = own if receivers is None else receivers
    desk.receiving = chosen_among(
        typed.receiving, desk.receivers, only_typed=receivers is not None and len(receivers) != 1
    )
    asked, chosen_now = _asked(data)
    try:
        desk.chosen = offered(asked) if asked else None
        desk.case = desk.chosen.case(typed.case_id) if desk.chosen else None
    except Refused as refusal:
        if desk.chosen is None:
            desk.refuse(refusal)
        else:
            desk.case, typed.case_id = desk.chosen.cases[0], None
    if desk.chosen is not None and desk.case is not None:
        _fill(desk, request, data, files, fresh=fresh or chosen_now)
        if by_file:
            for row in typed.rows:
                row.received = row.file is not None or row.reuse is not None
                row.copies = "1" if row.file else ""
    verb = data.get("viec", "")
    if typed.search and (fresh or verb == "tim"):
        desk.found = found_for(typed.search, now.date())
    return desk


def _asked(data: QueryDict) -> tuple[int | None, bool]:
    """The version asked for, and whether it was chosen by this very press."""
    verb, _, pk = data.get("viec", "").partition(":")
    if verb == "chon" and pk.isdecimal():
        return int(pk), pk != data.get("phien-ban", "")
    kept = data.get("phien-ban", "")
    return (int(kept), False) if kept.isdecimal() and len(kept) < 19 else (None, False)


def _fill(
    desk: Desk, request: HttpRequest, data: QueryDict, files: dict[str, Kept] | None, *, fresh: bool
) -> None:
    """The papers, the units that may decide, the day it would be due."""
    assert desk.chosen is not None and desk.case is not None
    desk.typed.case_id = desk.case.id
    sent, wrong = (files, {}) if files is not None else _files(request, desk)
    desk.typed.rows = read_rows(None if fresh else data, desk.case, sent, fresh=fresh)
    what = f"{desk.chosen.code} {desk.chosen.name}"
    offer_store(desk.typed.rows, stored_for(request, data, desk.by, desk.now, what), data, desk.now.date())
    for row in desk.typed.rows:
        row.error = wrong.get(row.key, row.error)
        if data.get("viec") == "du" and row.paper_id:
            row.received = True
    desk.deciders = deciders_for(desk.known, desk.receiving, desk.now.date())
    desk.competent = chosen_among(desk.typed.competent, desk.deciders, only_typed=True) or _guess(desk)
    _event(desk)
    line = way_of(desk.case, desk.typed.channel)
    desk.term_words = term(line.term_n, line.term_unit) if line else term(None, None)
    desk.fee_words = fee_words(line)
    _promise(desk, line)


def _event(desk: Desk) -> None:
    """Of a procedure of notification: the rule, and whether it would be in time today. 1 statement, none for others."""
    assert desk.chosen is not None
    if not desk.chosen.notifies:
        return
    today = desk.now.date()
    desk.rule = rule = notification_rule(desk.chosen.procedure_id, today)
    event_on = read_day(desk.typed.event) if rule is not None and desk.typed.event else None
    if rule is not None and event_on is not None:
        calendar = Calendars(current_version()).of(desk.competent or desk.receiving)
        desk.told = timing(event_on, today, rule.n, rule.unit, rule.side, calendar)


_LOOKED = "result-store"  # in the session: whose results are open on the form, for what, on which day


def stored_for(request: HttpRequest, data: QueryDict, by: Actor, now: datetime, what: str) -> list[Stored]:
    """The stored results of the owner the form names; a look of a counter is audited with `what` it receives, once while
    owner and procedure stay: the form is worked out again at every change of it. 0-2 statements."""
    number = people.plain_number(data.get("owner_number") or data.get("number", ""))
    card = people.read_card(data.get("number", ""))
    number = card.number if card is not None and not data.get("owner_number") else number
    own = bool(by.citizen_number) and number == by.citizen_number
    if people.wrong_id_number(number) or not (own or (by.is_official and request.method == "POST")):
        return []
    look = salted_hmac(_LOOKED, f"{number} {what} {now.date()}").hexdigest()  # a cookie: no number in clear
    going_on = request.session.get(_LOOKED) == look
    found = look_in_store(number, f"Tiếp nhận {what}", going_on=going_on, by=by, at=now)
    if not going_on:
        request.session[_LOOKED] = look
    return found


def _promise(desk: Desk, line: ChannelLine | None) -> None:
    """The due day if it were received now."""
    unit = desk.competent or desk.receiving
    if unit is None:
        return
    calendar = Calendars(current_version()).of(unit)
    desk.until = closing_hour(calendar, desk.now.date())
    if line is None or line.term_n is None:
        return
    answer = dossier_clock.explain(
        dossier_clock.Ledger(desk.now, line.term_n, line.term_unit or ""), calendar
    )
    if answer is not None:
        until = "" if answer.moment else closing_hour(calendar, answer.date)
        desk.sheet = of_due(answer, today=desk.now.date(), until=until)


def _files(request: HttpRequest, desk: Desk) -> tuple[dict[str, Kept], dict[str, str]]:
    """The files of the rows, new and carried, and what was refused. 2 statements per new file."""
    assert desk.case is not None
    kept: dict[str, Kept] = {}
    wrong: dict[str, str] = {}
    for key in (
        *(f"g{paper.id}" for paper in desk.case.papers),
        *(f"k{n}" for n in range(1, OTHER_ROWS + 1)),
    ):
        try:
            one = keep(request, f"{key}-tep", by=desk.by, at=desk.now)
        except Refused as refusal:
            wrong[key] = refusal.told()
            continue
        if one is not None:
            kept[key] = one
    return kept, wrong


def deciders_for(known: Picture, receiving: int | None, on: date) -> list[tuple[int, str]]:
    """Units that may decide what is received here: those of the same tier, in tree order."""
    if receiving is None:
        return []
    span = known.at(receiving, on)
    if span is None:
        return []
    if span.tier != "TINH" and span.parent_id:
        near = {span.parent_id, *known.subtree([span.parent_id], on)}
        nodes = [node for node in known.tree(on) if node.unit_id in near]
    else:
        nodes = [node for node in known.tree(on) if node.tier == span.tier]
    return [(node.unit_id, "\u2003" * node.depth + node.name) for node in nodes]


def _guess(desk: Desk) -> int | None:
    """Who usually decides: as last time, else the unit the catalogue names, else the counter's own house.

    A provincial centre only receives: without a hint nobody is guessed, and the clerk chooses.
    """
    assert desk.chosen is not None
    if desk.receiving is None:
        return None
    last = usual_decider(desk.chosen.procedure_id, desk.chosen.field_id, desk.receiving)
    if last is not None and any(pk == last for pk, _ in desk.deciders):
        return last
    said = fold(desk.chosen.handler)
    named = [pk for pk, name in desk.deciders if fold(name) and fold(name) in said]
    if named:
        return named[0]
    span = desk.known.at(desk.receiving, desk.now.date())
    if span is not None and span.tier != "TINH" and span.parent_id:
        return span.parent_id
    return None if span is not None and span.kind == CENTRE else desk.receiving


def found_for(text: str, on: date) -> list[Found]:
    """Procedures for what was typed, best first. 2 statements, none for an empty text."""
    if not text.strip():
        return []
    return [
        Found(one, _parts(one.name, text), _terms(one)) for one in counter_choices(text, on=on, limit=SHOWN)
    ]


def _parts(name: str, text: str) -> list[tuple[str, bool]]:
    """The name cut into pieces, True where a word typed begins it."""
    words = fold(text).split()
    pieces = [
        (part, any(fold(part).startswith(w) for w in words) if fold(part) else False)
        for part in _WORDS.split(name)
    ]
    joined: list[tuple[str, bool]] = []
    for part, hit in pieces:
        if joined and joined[-1][1] == hit:
            joined[-1] = (joined[-1][0] + part, hit)
        else:
            joined.append((part, hit))
    return joined


def _terms(one: CounterChoice) -> str:
    lines = {(line.term_n, line.term_unit) for case in one.cases for line in case.channels}
    words = term(*next(iter(lines))) if len(lines) == 1 else "thời hạn theo trường hợp"
    first = way_of(one.cases[0], Channel.DIRECT) if one.cases else None
    return " · ".join((one.field_name, words, fee_words(first)))


def fee_words(line: ChannelLine | None) -> str:
    """ "không thu phí", "150.000 đồng/hồ sơ", or what the catalogue says."""
    fees = line.fees if line else ()
    said = [
        f"{formats.number(fee.amount)} đồng{f'/{fee.per_text}' if fee.per_text else ''}"
        if fee.amount
        else fee.text
        for fee in fees
        if fee.amount or (fee.amount is None and fee.text)
    ]
    return "; ".join(said)[:160] or "không thu phí"


def person_title(desk: Desk) -> str:
    """What a draft is called: the owner and the procedure."""
    data: Any = desk.person.data
    who = (data.get("owner_name") or data.get("name") or "Chưa ghi tên").strip()
    return f"{who} · {desk.chosen.name if desk.chosen else 'chưa chọn thủ tục'}"


def chosen_among(
    value: int | None, options: list[tuple[int, str]], *, only_typed: bool = False
) -> int | None:
    """The option typed; without one the first, unless only what was typed counts."""
    ids = [pk for pk, _ in options]
    if value in ids:
        return value
    return None if only_typed or not ids else ids[0]


def centres(tiers: Collection[str], known: Picture, on: date) -> list[tuple[int, str]]:
    """The one-stop centres of a day that receive a procedure of these tiers."""
    found = [node for node in known.tree(on) if node.kind == CENTRE and (not tiers or node.tier in tiers)]
    return [(node.unit_id, node.name) for node in found]

"""What stands on the form of a group: its members and who decides them, the papers each once, the day promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.http import HttpRequest, QueryDict

from congvu.dossiers.actions.envelope_rows import EnvelopeIntake, agency_of, first_days, gone_of
from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.desk import usual_deciders
from congvu.dossiers.rules.envelopes import promised_day
from congvu.dossiers.rules.status import Channel
from congvu.dossiers.web.counter_desk import (
    CENTRE,
    SENDING,
    Wrong,
    centres,
    chosen_among,
    deciders_for,
    stored_for,
)
from congvu.dossiers.web.counter_form import (
    PaperRow,
    PersonForm,
    Typed,
    offer_store,
    read_row,
    read_typed,
    shown,
)
from congvu.dossiers.web.uploads import Kept, keep
from congvu.dossiers.web.words import term
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import read_number
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import successors
from congvu.procedures.queries.groups import GroupOf, MemberAsks, asked_by, still_open
from congvu.procedures.rules.content import PaperLine

_DECIDING = ("UBND", "XA", "PHUONG", "THI_TRAN", "DAC_KHU")  # the bodies that decide for a commune
Place = tuple[int, PaperLine]  # a member's position, and the paper as its procedure asks for it


@dataclass(slots=True)
class GroupRow:
    """A paper of the group on the form: one row, however many members ask for it."""

    row: PaperRow
    places: list[Place]
    result_of: str = ""  # nobody hands it in: it is the result of this procedure

    @property
    def places_words(self) -> str:
        """For which procedures, and that one is enough when there are several."""
        return f"{self.for_words}{', chỉ nộp một lần' if len(self.places) > 1 else ''}"

    @property
    def for_words(self) -> str:
        return ", ".join(formats.number(position) for position, _ in self.places)


@dataclass(slots=True)
class MemberLine:
    """A procedure on the form: who decides it, when it is promised."""

    asks: MemberAsks
    agency: str  # the one the group names; "" when it is chosen here
    deciders: list[tuple[int, str]]
    decider: int | None
    term_words: str
    after: str
    day: date | None = None
    was: str = ""  # the agency the group names, when it is no longer there

    @property
    def field(self) -> str:
        return f"giai-quyet-{self.asks.member.position}"


@dataclass(slots=True)
class GroupDesk:
    """The form as it stands."""

    by: Actor
    now: datetime
    known: Picture
    group: GroupOf
    typed: Typed
    person: PersonForm
    receivers: list[tuple[int, str]]
    receiving: int | None
    members: list[MemberLine] = field(default_factory=list)
    rows: list[GroupRow] = field(default_factory=list)
    due_on: date | None = None
    errors: list[Wrong] = field(default_factory=list)
    refusal: Refused | None = None  # of an action, or why the group cannot be handed in today

    @property
    def asked(self) -> list[GroupRow]:
        return [one for one in self.rows if not one.result_of]

    @property
    def missing(self) -> list[int]:
        return [nth for nth, one in enumerate(self.asked, 1) if one.row.missing]

    @property
    def received_count(self) -> int:
        return sum(1 for one in self.asked if one.row.received)

    def wrong(self, anchor: str, label: str, text: str) -> None:
        self.errors.append(Wrong(anchor, label, text))

    def ready(self) -> bool:
        """Whether the form may go to the action; fills the box otherwise. No statement."""
        if self.refusal is not None:
            return False
        if self.receiving is None:
            self.wrong("noi-nhan", "Nơi tiếp nhận", "Chưa chọn nơi tiếp nhận.")
        for one in self.members:
            if one.decider is None:
                self.wrong(one.field, "Cơ quan giải quyết", f"Chưa chọn cơ quan của «{one.asks.name}».")
        for nth, row in enumerate(self.asked, 1):
            if row.row.error:
                self.wrong(f"{row.row.key}-o", f"Giấy số {nth}", row.row.error)
        if self.missing and not self.typed.allow_missing:
            numbers = ", ".join(map(str, self.missing))
            self.wrong(
                "giay-to",
                "Giấy tờ",
                f"Thiếu giấy số {numbers}. Bổ sung ngay, hoặc đánh dấu giấy ấy không cần.",
            )
        for bound in self.person:
            for error in bound.errors:
                self.wrong(bound.id_for_label, str(bound.label), str(error))
        return not self.errors

    def intake(self, *, channel: int, account: int | None) -> EnvelopeIntake:
        """The request of a valid form."""
        cleaned = self.person.cleaned_data
        who = Person(
            cleaned["name"], cleaned["number"], cleaned["phone"], cleaned["email"], cleaned["address"]
        )
        owner, submitter = who, None
        if cleaned["owner_name"]:
            owner = Person(cleaned["owner_name"], cleaned["owner_number"], who.phone, who.email, who.address)
            submitter = who
        if self.receiving is None:
            raise Refused("Chưa chọn nơi tiếp nhận.", where="noi-nhan")
        return EnvelopeIntake(
            self.typed.key, self.group.id, channel, self.receiving, owner, self.deciders, self._papers(), submitter,
            cleaned["return_method"], cleaned["subject_kind"], account,
        )  # fmt: skip

    @property
    def deciders(self) -> dict[int, int]:
        """Who decides, by member position."""
        return {one.asks.member.position: one.decider for one in self.members if one.decider is not None}

    def _papers(self) -> Mapping[int, tuple[PaperIn, ...]]:
        found: dict[int, list[PaperIn]] = {}
        for row in self.asked:
            for nth, (position, paper) in enumerate(row.places):
                order = [one.stable_key for one in self._asks(position).case.papers].index(
                    paper.stable_key
                ) + 1
                one = row.row.paper(order, paper.id, paper.name)
                found.setdefault(position, []).append(one if nth == 0 else again(one))
        return {position: tuple(papers) for position, papers in found.items()}

    def _asks(self, position: int) -> MemberAsks:
        return next(one.asks for one in self.members if one.asks.member.position == position)


def again(paper: PaperIn) -> PaperIn:
    """A shared paper in the second procedure that needs it: the original is one thing and held once, the scan is used
    again."""
    scanned = paper.digitised == Digitised.SCANNED
    return replace(paper, kept=0, digitised=Digitised.REUSED_PAPER.value if scanned else paper.digitised)


def group_desk(
    request: HttpRequest,
    group: GroupOf,
    data: QueryDict,
    *,
    channel: int = Channel.DIRECT.value,
    online: bool = False,
) -> GroupDesk:
    """The form from what was sent. 4-7 statements: units, versions, calendar, rule, usual
    deciders, the store; of one sent, whether the group still holds.

    `online`: the units that may receive are the centres and not the clerk's own, and a paper is handed in when its file is.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, known = clock.now(), picture()
    typed, person = read_typed(data), PersonForm(data, checked=data.get("viec", "") in SENDING)
    asks = asked_by(group, now.date())
    own = (
        centres(
            (), known, now.date()
        )  # its members are of several tiers; filing follows no boundary in the province
        if online
        else [(unit, known.name(unit, now.date())) for unit in actor.units(CLERK)]
    )
    receiving = chosen_among(typed.receiving, own, only_typed=online and len(own) != 1)
    desk = GroupDesk(actor, now, known, group, typed, person, own, receiving)
    desk.refusal = gone_of(group, asks, ended=request.method == "POST" and not still_open(group, now.date()))
    free = [one.member.procedure_id for one in asks if one.member.unit_id is None]
    usual = usual_deciders(free, receiving) if receiving is not None else {}
    desk.members = [_line(desk, one, data, usual) for one in asks]
    desk.rows = _rows(request, desk, asks, data, by_file=online)
    if desk.receiving is not None and desk.refusal is None:
        probe = EnvelopeIntake(typed.key, group.id, channel, desk.receiving, Person("–"), desk.deciders)
        days = first_days(asks, probe, {}, now, known)
        for line in desk.members:
            line.day = days[line.asks.member.position]
        desk.due_on = promised_day(days)
    return desk


def _line(desk: GroupDesk, one: MemberAsks, data: QueryDict, last: Mapping[int, int]) -> MemberLine:
    today, position = desk.now.date(), one.member.position
    line = next((c for c in one.case.channels if c.channel == Channel.DIRECT.value), None)
    words = term(line.term_n, line.term_unit) if line else term(None, None)
    after = formats.listing(desk.group.member(other).name for other in one.member.after)
    named = one.member.unit_id
    if named is not None and desk.known.at(named, today) is not None:
        return MemberLine(one, desk.known.name(named, today), [], named, words, after)
    options = _deciders(desk, one) if named is None else _heirs(desk, named)
    typed = read_number(data.get(f"giai-quyet-{position}", ""))
    decider = chosen_among(typed or None, options, only_typed=True)
    usual = _usual(desk, one, options, last) if named is None else agency_of(one, {}, desk.known, today)
    was = desk.known.name(named, today) if named is not None else ""
    return MemberLine(one, "", options, decider or usual, words, after, was=was)


def _heirs(desk: GroupDesk, gone: int) -> list[tuple[int, str]]:
    """In place of an agency that is gone: those that took over from it first, then every agency of the day."""
    today = desk.now.date()
    heirs = [
        (one.unit_id, desk.known.name(one.unit_id, today)) for one in successors(desk.known, gone, today)
    ]
    others = [(node.unit_id, node.name) for node in desk.known.tree(today) if node.kind != CENTRE]
    return list(dict.fromkeys([*heirs, *others]))


def _deciders(desk: GroupDesk, one: MemberAsks) -> list[tuple[int, str]]:
    """Who may decide: as for any dossier; a counter of another tier may choose among the units that decide the procedure
    (filing does not follow boundaries within the province)."""
    span = desk.known.at(desk.receiving, desk.now.date()) if desk.receiving else None
    if span is None or not one.tiers or span.tier in one.tiers:
        return deciders_for(desk.known, desk.receiving, desk.now.date())
    nodes = [
        node for node in desk.known.tree(desk.now.date()) if node.tier in one.tiers and node.kind in _DECIDING
    ]
    return [(node.unit_id, node.name) for node in nodes]


def _usual(
    desk: GroupDesk, one: MemberAsks, options: list[tuple[int, str]], before: Mapping[int, int]
) -> int | None:
    """As last time for this procedure, else the counter's own house; a provincial centre guesses nobody."""
    if desk.receiving is None:
        return None
    span = desk.known.at(desk.receiving, desk.now.date())
    if span is not None and span.tier != "TINH" and span.parent_id:
        return span.parent_id
    last = before.get(one.member.procedure_id)
    if last is not None and any(pk == last for pk, _ in options):
        return last
    return None if span is not None and span.kind == CENTRE else desk.receiving


def _rows(
    request: HttpRequest, desk: GroupDesk, asks: tuple[MemberAsks, ...], data: QueryDict, *, by_file: bool
) -> list[GroupRow]:
    """The papers of all members, each once, as typed, with the stored results that may be one. 2 statements per new file
    and 0-2 for the store."""
    rows: dict[str, GroupRow] = {}
    for one in asks:
        for paper in one.case.papers:
            use = one.use_of(paper.stable_key)
            key = f"s-{use.share}" if use and use.share else f"g{one.member.position}-{paper.id}"
            if use is not None and use.result_of is not None:  # one result, whoever needs it
                key = f"r{use.result_of}-{fold(paper.name)}"
            found = rows.get(key)
            if found is None:
                row = PaperRow(key, paper.name, paper.id, paper.required, paper.originals, paper.copies)
                found = rows[key] = GroupRow(row, [])
            found.row.required = found.row.required or paper.required
            if use is not None and use.result_of is not None:
                found.result_of = desk.group.member(use.result_of).name
            found.places.append((one.member.position, paper))
    asked = [one.row for one in rows.values() if not one.result_of]
    for row in asked:
        _read(request, desk, row, data)
    what = f"{desk.group.code} {desk.group.name}"
    offer_store(asked, stored_for(request, data, desk.by, desk.now, what), data, desk.now.date())
    if by_file:
        for row in asked:
            row.received, row.copies = row.file is not None or row.reuse is not None, "1" if row.file else ""
    return list(rows.values())


def _read(request: HttpRequest, desk: GroupDesk, row: PaperRow, data: QueryDict) -> None:
    files: dict[str, Kept] = {}
    try:
        kept = keep(request, f"{row.key}-tep", by=desk.by, at=desk.now) if request.method == "POST" else None
        if kept is not None:
            files[row.key] = kept
    except Refused as refusal:
        row.error = refusal.told()
    wrong = row.error
    if f"{row.key}-co-mat" in data:
        read_row(row, data, files)
    else:
        row.originals, row.copies = shown(row.need_originals), shown(row.need_copies)
    row.error = wrong or row.error
    if data.get("viec") == "du":
        row.received = True

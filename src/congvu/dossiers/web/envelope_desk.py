"""What stands on the form of a group: its members and who decides them, the papers each once, the day promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, QueryDict

from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.actions.receive_envelope import EnvelopeIntake, first_days, members_asked
from congvu.dossiers.queries.desk import usual_decider
from congvu.dossiers.rules.envelopes import promised_day
from congvu.dossiers.rules.status import Channel
from congvu.dossiers.web.counter_desk import CENTRE, SENDING, Wrong, chosen_among, deciders_for
from congvu.dossiers.web.counter_form import PaperRow, PersonForm, Typed, read_row, read_typed, shown
from congvu.dossiers.web.uploads import Kept, keep
from congvu.dossiers.web.words import term
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.procedures.queries.groups import GroupOf, MemberAsks
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
    refusal: Refused | None = None

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
            for position, paper in row.places:
                order = [one.stable_key for one in self._asks(position).case.papers].index(
                    paper.stable_key
                ) + 1
                found.setdefault(position, []).append(row.row.paper(order, paper.id, paper.name))
        return {position: tuple(papers) for position, papers in found.items()}

    def _asks(self, position: int) -> MemberAsks:
        return next(one.asks for one in self.members if one.asks.member.position == position)


def group_desk(
    request: HttpRequest,
    group: GroupOf,
    data: QueryDict,
    *,
    channel: int = Channel.DIRECT.value,
    receivers: list[tuple[int, str]] | None = None,
    by_file: bool = False,
) -> GroupDesk:
    """The form from what was sent. 5-8 statements: units, versions, their contents, calendar, rule, usual deciders.

    `receivers`: the units that may receive (the clerk's own when None). `by_file`: a paper is handed in when its file is.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, known = clock.now(), picture()
    typed, person = read_typed(data), PersonForm(data, checked=data.get("viec", "") in SENDING)
    own = (
        [(unit, known.name(unit, now.date())) for unit in actor.units(CLERK)]
        if receivers is None
        else receivers
    )
    receiving = chosen_among(typed.receiving, own, only_typed=len(own) != 1 and receivers is not None)
    desk = GroupDesk(actor, now, known, group, typed, person, own, receiving)
    asks = members_asked(group, now.date())
    desk.members = [_line(desk, one, data) for one in asks]
    desk.rows = _rows(request, desk, asks, data, by_file=by_file)
    if desk.receiving is not None:
        probe = EnvelopeIntake(typed.key, group.id, channel, desk.receiving, Person("–"), desk.deciders)
        days = first_days(asks, probe, {}, now)
        for line in desk.members:
            line.day = days[line.asks.member.position]
        desk.due_on = promised_day(days)
    return desk


def _line(desk: GroupDesk, one: MemberAsks, data: QueryDict) -> MemberLine:
    today, position = desk.now.date(), one.member.position
    line = next((c for c in one.case.channels if c.channel == Channel.DIRECT.value), None)
    words = term(line.term_n, line.term_unit) if line else term(None, None)
    after = formats.listing(desk.group.member(other).name for other in one.member.after)
    if one.member.unit_id is not None:
        return MemberLine(
            one, desk.known.name(one.member.unit_id, today), [], one.member.unit_id, words, after
        )
    options = _deciders(desk, one)
    typed = data.get(f"giai-quyet-{position}", "")
    decider = chosen_among(
        int(typed) if typed.isdecimal() and len(typed) < 19 else None, options, only_typed=True
    )
    return MemberLine(one, "", options, decider or _usual(desk, one, options), words, after)


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


def _usual(desk: GroupDesk, one: MemberAsks, options: list[tuple[int, str]]) -> int | None:
    """As last time for this procedure, else the counter's own house; a provincial centre guesses nobody."""
    if desk.receiving is None:
        return None
    span = desk.known.at(desk.receiving, desk.now.date())
    if span is not None and span.tier != "TINH" and span.parent_id:
        return span.parent_id
    last = usual_decider(one.member.procedure_id, 0, desk.receiving)
    if last is not None and any(pk == last for pk, _ in options):
        return last
    return None if span is not None and span.kind == CENTRE else desk.receiving


def _rows(
    request: HttpRequest, desk: GroupDesk, asks: tuple[MemberAsks, ...], data: QueryDict, *, by_file: bool
) -> list[GroupRow]:
    """The papers of all members, each once, as typed. 2 statements per new file."""
    rows: dict[str, GroupRow] = {}
    for one in asks:
        for paper in one.case.papers:
            use = one.use_of(paper.stable_key)
            key = f"s-{use.share}" if use and use.share else f"g{one.member.position}-{paper.id}"
            found = rows.get(key)
            if found is None:
                row = PaperRow(key, paper.name, paper.id, paper.required, paper.originals, paper.copies)
                found = rows[key] = GroupRow(row, [])
            if use is not None and use.result_of is not None:
                found.result_of = desk.group.member(use.result_of).name
            found.places.append((one.member.position, paper))
    for group_row in rows.values():
        if not group_row.result_of:
            _read(request, desk, group_row.row, data, by_file=by_file)
    return list(rows.values())


def _read(request: HttpRequest, desk: GroupDesk, row: PaperRow, data: QueryDict, *, by_file: bool) -> None:
    files: dict[str, Kept] = {}
    try:
        kept = keep(request, f"{row.key}-tep", by=desk.by, at=desk.now) if request.method == "POST" else None
        if kept is not None:
            files[row.key] = kept
    except Refused as refusal:
        row.error = " ".join(part for part in (refusal.what, refusal.do) if part)
    wrong = row.error
    if f"{row.key}-co-mat" in data:
        read_row(row, data, files)
    else:
        row.originals, row.copies = shown(row.need_originals), shown(row.need_copies)
    row.error = wrong or row.error
    if data.get("viec") == "du":
        row.received = True
    if by_file:
        row.received, row.copies = row.file is not None, "1" if row.file else ""

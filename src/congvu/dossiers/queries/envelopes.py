"""Envelopes with their members: one by its code or a dossier's, a unit's list, a citizen's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import Visible, visible
from congvu.dossiers.models import Dossier, DossierEvent, DossierResult, SubDossier
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.queries.lists import text_condition
from congvu.dossiers.queries.offers import offer
from congvu.dossiers.rules.envelopes import (
    EnvelopeState,
    MemberClock,
    MemberState,
    envelope_state,
    member_state,
    promised_days,
)
from congvu.dossiers.rules.status import ENDED, Channel, Money, Status, Verdict
from congvu.foundation.clock import legal
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.procedures.queries.groups import GroupOf, group_of

PAGE = 25


@dataclass(frozen=True, slots=True)
class Member:
    """A procedure of an envelope. Without a dossier it waits for its turn, or is closed."""

    position: int
    version_id: int
    name: str
    procedure_code: str
    competent_unit_id: int
    dossier_id: int | None
    code: str | None
    status: Status
    due_on: date | None
    ended_on: date | None
    returned_at: datetime | None
    version: int | None
    money: Money
    closed_at: datetime | None
    closed_why: str
    visible: bool
    told_by: int | None

    @property
    def state(self) -> MemberState:
        return member_state(self.status, self.closed_at is not None)

    @property
    def seen(self) -> str:
        """What a form carries: the dossier and the version the reader saw."""
        return f"{self.dossier_id}.{self.version}"


@dataclass(frozen=True, slots=True)
class EnvelopeFound:
    """An envelope as its pages show it."""

    id: int
    code: str | None
    group_id: int
    receiving_unit_id: int
    channel: Channel
    return_method: int
    subject_kind: int
    owner_name: str
    owner_number: str
    owner_phone: str
    owner_email: str
    owner_address: str
    submitter_name: str
    submitter_number: str
    owner_account_id: int | None
    opened_at: datetime
    received_at: datetime | None
    due_first: date | None
    members: tuple[Member, ...]

    @property
    def label(self) -> str:
        return self.code or f"hồ sơ liên thông đăng ký số {self.id}"

    @property
    def group(self) -> GroupOf:
        """No statement once read: a published group is frozen."""
        return group_of(self.group_id)

    @property
    def state(self) -> EnvelopeState:
        return envelope_state(one.state for one in self.members)

    @property
    def refused(self) -> bool:
        """Whether it was refused at the door: then nothing of it is handled, and one slip says so."""
        return self.received_at is None and self.state is EnvelopeState.REFUSED

    @property
    def ready(self) -> tuple[Member, ...]:
        """Members whose result waits to be given back."""
        return tuple(one for one in self.members if one.state is MemberState.READY)

    def days(self, calendars: Calendars, start_policy: str, now: datetime) -> Mapping[int, date | None]:
        """The day of each member as things stand; of what is only registered, as if it were received now. No statement
        once offers and calendars are read."""
        clocks = [self._clock(one, calendars) for one in self.members]
        return promised_days(clocks, legal(self.received_at or now), start_policy)

    def _clock(self, one: Member, calendars: Calendars) -> MemberClock:
        promise = offer(one.version_id).promise(None, self.channel)
        return MemberClock(
            one.position, self.group.member(one.position).after, promise.term_n, promise.term_unit,
            calendars.of(one.competent_unit_id), one.code is not None, one.due_on, one.ended_on,
            one.closed_at is not None or one.status in (Status.REFUSED, Status.WITHDRAWN),
        )  # fmt: skip


def envelope_by_code(sight: Visible, code: str) -> EnvelopeFound:
    """The envelope with `code`, if a dossier of it is visible; missing and forbidden answer alike. 1 statement."""
    return _one(sight, "e.code = %(code)s", {"code": code}, code)


def envelope_by_id(sight: Visible, pk: int) -> EnvelopeFound:
    """The envelope with a number (registered ones have no code yet). 1 statement."""
    return _one(sight, "e.id = %(pk)s::bigint", {"pk": pk}, f"hồ sơ liên thông số {pk}")


def envelope_of(sight: Visible, dossier_id: int) -> EnvelopeFound | None:
    """The envelope a dossier belongs to; None when it stands alone. 1 statement."""
    which = "e.id = (SELECT m.envelope_id FROM dossiers_envelope_member m WHERE m.dossier_id = %(dossier)s::bigint)"
    found = _rows(sight, which, {"dossier": dossier_id}, 1)
    return found[0] if found else None


def envelopes_of(sight: Visible, account_id: int) -> list[EnvelopeFound]:
    """A citizen's own, newest first, the last 25. 1 statement."""
    return _rows(sight, "e.owner_account_id = %(account)s::bigint", {"account": account_id}, PAGE)


def envelopes_at_the_door(sight: Visible, units: tuple[int, ...]) -> list[EnvelopeFound]:
    """Those registered online at given counters that wait to be received, oldest first, at most 25. 1 statement."""
    which = (
        "e.id IN (SELECT m.envelope_id FROM dossiers_dossier w JOIN dossiers_envelope_member m ON m.dossier_id = w.id"
        " WHERE w.received_at IS NULL AND w.status IN (1, 5) AND w.ties & 1 = 1"
        " AND w.receiving_unit_id = ANY(%(units)s::bigint[]))"
    )
    return _rows(sight, which, {"units": list(units)}, PAGE, order="ASC") if units else []


def envelope_page(
    sight: Visible, units: tuple[int, ...], text: str = "", cursor: str = ""
) -> Page[EnvelopeFound]:
    """Those received at given counters (all that is visible without any), newest first, by name, number or the code of a
    member as on the list of dossiers. 1 statement."""
    after = decode(cursor, 2)
    parts, params = ["TRUE"], dict[str, Any]()
    if units:
        parts.append("e.receiving_unit_id = ANY(%(units)s::bigint[])")
        params["units"] = list(units)
    searched = text_condition(text, params)
    if searched:
        members = "SELECT m.envelope_id FROM dossiers_dossier d JOIN dossiers_envelope_member m ON m.dossier_id = d.id"
        parts.append(f"e.id IN ({members} WHERE {searched})")
    if after:
        parts.append("(e.opened_at, e.id) < (%(after_at)s::timestamptz, %(after_id)s::bigint)")
        params |= {"after_at": after[0], "after_id": after[1]}
    rows = _rows(sight, " AND ".join(parts), params, PAGE + 1)
    return page_of(rows, PAGE, lambda one: (one.opened_at.isoformat(), one.id), first=after is None)


@dataclass(frozen=True, slots=True)
class Said:
    """What the applicant was last told of a member: what to bring, or why not."""

    position: int
    name: str
    dossier_id: int
    reason: str
    at: datetime


_TOLD = {MemberState.ASKS: "request_supplement", MemberState.REFUSED: "refuse", MemberState.STOPPED: "stop"}


def last_words(found: EnvelopeFound) -> list[Said]:
    """What was asked of the applicant or refused, where the member still stands so; the same words of several once. 1
    statement, none when nothing of the kind."""
    stands = {one.dossier_id: one for one in found.members if one.state in _TOLD and one.dossier_id}
    if not stands:
        return []
    events = DossierEvent.objects.filter(dossier__in=list(stands), verb__in=_TOLD.values()).order_by("id")
    told: dict[int, Said] = {}
    for dossier, verb, reason, at in events.values_list("dossier_id", "verb", "reason", "at"):
        one = stands[dossier]
        if _TOLD[one.state] == verb:
            told[dossier] = Said(one.position, one.name, dossier, reason, at)
    return list({one.reason: one for one in sorted(told.values(), key=lambda s: -s.position)}.values())


def ended_with_result(ids: Iterable[int]) -> frozenset[int]:
    """Those of the dossiers that ended with a result what waits for them can go on with. 2 statements."""
    wanted = list(ids)
    finished = DossierEvent.objects.filter(dossier__in=wanted, status_to=Status.FINISHED)
    refused = DossierResult.objects.filter(dossier__in=wanted, verdict=Verdict.REFUSED)
    return frozenset(finished.values_list("dossier_id", flat=True)) - frozenset(
        refused.values_list("dossier_id", flat=True)
    )


@dataclass(frozen=True, slots=True)
class Kin:
    """A dossier tied to another by a step: its parent, or a child of it. `seen`: whether the reader may see it; else
    its code alone is told, and whether the step that waited for it is left without a result."""

    code: str
    name: str
    position: int
    status: Status
    is_parent: bool
    granted: bool = True
    seen: bool = True

    @property
    def lost(self) -> bool:
        """A child that ended without a result its parent can go on with."""
        return not self.is_parent and self.status in ENDED and not self.granted


def kin_of(dossier_id: int, sight: Visible) -> list[Kin]:
    """The parent of a dossier and its children. 5 statements; asked only of a dossier so tied. Of one outside
    `sight` the code alone."""
    ups = SubDossier.objects.filter(dossier=dossier_id).select_related("parent")
    downs = list(SubDossier.objects.filter(parent=dossier_id).select_related("dossier").order_by("id"))
    good = ended_with_result([one.dossier_id for one in downs])
    found = [(one, one.parent, True) for one in ups] + [(one, one.dossier, False) for one in downs]
    rows = visible(Dossier.objects.filter(pk__in=[other.pk for _, other, _ in found]), sight, few=True)
    seen = set(rows.values_list("pk", flat=True))
    return [
        Kin(
            str(other.code), other.summary if other.pk in seen else "", one.position, Status(other.status), up,
            other.pk in good, other.pk in seen,
        )
        for one, other, up in found
    ]  # fmt: skip


def _one(sight: Visible, which: str, params: dict[str, Any], label: str) -> EnvelopeFound:
    found = _rows(sight, which, params, 1)
    if not found:
        raise NotVisible(
            "Không tìm thấy hồ sơ liên thông này trong phạm vi của bạn.", where=label,
            do="Kiểm tra lại mã, hoặc hỏi nơi tiếp nhận.",
        )  # fmt: skip
    return found[0]


def _rows(
    sight: Visible, which: str, params: dict[str, Any], limit: int, order: str = "DESC"
) -> list[EnvelopeFound]:
    text = filled(
        "envelope", which=which, visible=sight.sql("vd", few=True), member_visible=sight.sql("d", few=True),
        order=order,
    )  # fmt: skip
    return [_built(row) for row in text.rows({**params, **sight.params, "limit": limit})]


def _built(row: tuple[Any, ...]) -> EnvelopeFound:
    values: list[Any] = [*row[:-1], tuple(_member(one) for one in row[-1] or ())]
    values[4] = Channel(values[4])
    return EnvelopeFound(*values)


def _member(x: list[Any]) -> Member:
    values = list(x)
    values[7] = Status(x[7]) if x[7] is not None else None
    values[8], values[9], values[10], values[13] = _day(x[8]), _day(x[9]), _moment(x[10]), _moment(x[13])
    values[12] = Money(x[12] or 0)
    return Member(*values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

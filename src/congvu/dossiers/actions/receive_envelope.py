"""Receive what a citizen hands in for a whole group of procedures (tiếp nhận hồ sơ liên thông; NĐ 61/2018, Điều 19.6-19.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from congvu.dossiers.actions.intake import Intake, PaperIn, Person, Received, checked
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.models import Dossier, Envelope, EnvelopeMember, Tie
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.offers import offer
from congvu.dossiers.rules.codes import envelope_code, envelope_series
from congvu.dossiers.rules.envelopes import MemberClock, promised_day, promised_days
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.numbering.actions import take
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.workdays.queries import current_version
from congvu.organisation.queries import picture
from congvu.procedures.queries.groups import GroupOf, MemberAsks, asked_by, group_of


@dataclass(frozen=True, slots=True)
class EnvelopeIntake:
    """One request for a group. `deciders` by member position: who decides where the group names no agency. `papers` by
    member position: a shared paper stands in each member that asks for it."""

    intake_key: UUID
    group_id: int
    channel: int
    receiving_unit_id: int
    owner: Person
    deciders: Mapping[int, int] = field(default_factory=dict)
    papers: Mapping[int, tuple[PaperIn, ...]] = field(default_factory=dict)
    submitter: Person | None = None
    return_method: int = 0
    subject_kind: int = 1
    owner_account_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReceivedEnvelope:
    """An envelope taken in. `due_on` None: a member promises no day."""

    id: int
    code: str | None
    due_on: date | None
    members: tuple[Received, ...]
    repeated: bool = False


def receive_envelope(wanted: EnvelopeIntake, *, by: Actor, at: datetime) -> ReceivedEnvelope:
    """Receive an envelope: its code, the members that wait for nothing as dossiers, the others kept until their turn.

    About 14 statements, in a transaction: a counter receives one at a time. The same form sent twice is one envelope.
    """
    if not (by.system or wanted.receiving_unit_id in by.units(CLERK)):
        raise Refused(
            "Bạn không tiếp nhận cho đơn vị này.", where="receiving_unit", do="Chọn đơn vị của bạn."
        )
    with transaction.atomic():
        known = Envelope.objects.filter(intake_key=wanted.intake_key).first()
        if known is not None:
            return _repeated(known)
        group = group_of(wanted.group_id)
        asks = members_asked(group, at.date())
        row = _envelope(wanted, _code(wanted, at), at=at, received_at=at)
        made = _open_first(row, wanted, asks, by=by, at=at)
        row.due_first = promised_day(first_days(asks, wanted, made, at))
        row.save(update_fields=["due_first"])
        record(
            "receive_envelope", "envelope", row.pk, by=by, at=at,
            after={"code": row.code, "group": group.code, "members": [one.code for one in made.values()]},
        )  # fmt: skip
    return ReceivedEnvelope(row.pk, row.code, row.due_first, tuple(made.values()))


def members_asked(group: GroupOf, on: date) -> tuple[MemberAsks, ...]:
    """The members in force; refuses a group one of whose procedures is no longer in force. 2 statements."""
    asks = asked_by(group, on)
    gone = {one.position for one in group.members} - {one.member.position for one in asks}
    if gone:
        name = group.member(min(gone)).name
        raise Refused(
            f"Thủ tục «{name}» của nhóm không còn hiệu lực.", where=group.code,
            do="Đề nghị quản trị công bố lại nhóm; nhận riêng từng thủ tục trong lúc chờ.",
        )  # fmt: skip
    return asks


def intake_for(row: Envelope, member: EnvelopeMember, papers: Sequence[PaperIn], name: str) -> Intake:
    """The intake of one member, from its envelope. Its key is made of the envelope's, so it opens once."""
    owner = Person(row.owner_name, row.owner_number, row.owner_phone, row.owner_email, row.owner_address)
    submitter = Person(row.submitter_name, row.submitter_number) if row.submitter_name else None
    return Intake(
        intake_key=uuid5(row.intake_key, str(member.position)), version_id=member.procedure_version_id,
        channel=row.channel, receiving_unit_id=row.receiving_unit_id, owner=owner,
        competent_unit_id=member.competent_unit_id, submitter=submitter, summary=name[:1000],
        return_method=row.return_method, subject_kind=row.subject_kind, papers=tuple(papers),
        owner_account_id=row.owner_account_id,
    )  # fmt: skip


def tie(ids: Sequence[int], what: Tie) -> None:
    """Mark dossiers as tied to something else. 1 statement, none for an empty set."""
    if ids:
        Dossier.objects.filter(pk__in=ids).update(ties=F("ties").bitor(what.value))


def _open_first(
    row: Envelope, wanted: EnvelopeIntake, asks: Sequence[MemberAsks], *, by: Actor, at: datetime
) -> dict[int, Received]:
    """The rows of the members; those that wait for nothing as dossiers, by position."""
    members = [
        EnvelopeMember(
            envelope=row, position=one.member.position, procedure_version_id=one.version_id,
            competent_unit_id=_decider(one, wanted),
            papers=[asdict(paper) for paper in wanted.papers.get(one.member.position, ())],
        )
        for one in asks
    ]  # fmt: skip
    now = [(one, ask) for one, ask in zip(members, asks, strict=True) if not ask.member.after]
    intakes = [intake_for(row, m, wanted.papers.get(m.position, ()), ask.name) for m, ask in now]
    taken = receive(intakes, by=by, at=at)
    for (member, _), done in zip(now, taken, strict=True):
        member.dossier_id, member.papers = done.id, []
    EnvelopeMember.objects.bulk_create(members)
    tie([one.id for one in taken], Tie.ENVELOPE)
    return {member.position: done for (member, _), done in zip(now, taken, strict=True)}


def first_days(
    asks: Sequence[MemberAsks], wanted: EnvelopeIntake, made: Mapping[int, Received], at: datetime
) -> Mapping[int, date | None]:
    """The promised day of each member at reception. `made`: those already opened. 2 statements."""
    calendars = Calendars(current_version())
    policy = str(rule_at("dossier.start_policy", at.date()).value)
    clocks = []
    for one in asks:
        position = one.member.position
        promise = offer(one.version_id).promise(one.case.id, wanted.channel)
        opened = made.get(position)
        clocks.append(
            MemberClock(
                position, one.member.after, promise.term_n, promise.term_unit,
                calendars.of(one.member.unit_id or wanted.deciders.get(position)), opened is not None,
                opened.due_on if opened else None,
            )
        )  # fmt: skip
    return promised_days(clocks, at, policy)


def _decider(one: MemberAsks, wanted: EnvelopeIntake) -> int:
    found = one.member.unit_id or wanted.deciders.get(one.member.position)
    if found is None:
        raise Refused(
            f"Chưa chọn cơ quan giải quyết của thủ tục «{one.name}».", where=f"giai-quyet-{one.member.position}",
            do="Chọn cơ quan giải quyết.",
        )  # fmt: skip
    return found


def _code(wanted: EnvelopeIntake, at: datetime) -> str:
    span = picture().at(wanted.receiving_unit_id, at.date())
    if span is None:
        raise Refused("Đơn vị tiếp nhận không còn hoạt động.", where="receiving_unit", do="Chọn đơn vị khác.")
    number = take(envelope_series(span.code, at.date()))
    return envelope_code(span.code, at.date(), number)


def _envelope(
    wanted: EnvelopeIntake, code: str | None, *, at: datetime, received_at: datetime | None
) -> Envelope:
    probe = checked(
        Intake(
            intake_key=wanted.intake_key, version_id=0, channel=wanted.channel,
            receiving_unit_id=wanted.receiving_unit_id, owner=wanted.owner, submitter=wanted.submitter,
        )
    )  # fmt: skip
    owner, submitter = probe.owner, probe.submitter
    return Envelope.objects.create(
        intake_key=wanted.intake_key, code=code, group_id=wanted.group_id,
        receiving_unit_id=wanted.receiving_unit_id, channel=wanted.channel, return_method=wanted.return_method,
        subject_kind=wanted.subject_kind, owner_name=composed(owner.name), owner_number=composed(owner.number),
        owner_phone=composed(owner.phone), owner_email=composed(owner.email), owner_address=composed(owner.address),
        submitter_name=composed(submitter.name) if submitter else "",
        submitter_number=composed(submitter.number) if submitter else "", owner_account_id=wanted.owner_account_id,
        opened_at=at, received_at=received_at,
    )  # fmt: skip


def _repeated(known: Envelope) -> ReceivedEnvelope:
    rows = EnvelopeMember.objects.filter(envelope=known, dossier__isnull=False).select_related("dossier")
    members = tuple(
        Received(one.dossier.pk, one.dossier.code, one.dossier.due_on, one.dossier.intake_key, repeated=True)
        for one in rows.order_by("position")
        if one.dossier is not None
    )
    return ReceivedEnvelope(known.pk, known.code, known.due_first, members, repeated=True)

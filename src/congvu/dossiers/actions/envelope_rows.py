"""What the receptions of an envelope share: the request, the members in force, the rows written, the promised days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from congvu.dossiers.actions.intake import Intake, PaperIn, Person, Received, checked
from congvu.dossiers.actions.keep_papers import hold
from congvu.dossiers.actions.tie import tie
from congvu.dossiers.models import Envelope, EnvelopeMember, Tie
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.offers import offer
from congvu.dossiers.rules.codes import envelope_code, envelope_series
from congvu.dossiers.rules.envelopes import MemberClock, promised_days
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.numbering.actions import take
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.workdays.queries import current_version
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import successors
from congvu.procedures.queries.groups import GroupOf, MemberAsks, asked_by, still_open

Taking = Callable[[Sequence[Intake]], Sequence[Received]]


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


def members_asked(group: GroupOf, on: date) -> tuple[MemberAsks, ...]:
    """The members in force; refuses a group that ended, or one of whose procedures did. 2-3 statements."""
    asks = asked_by(group, on)
    gone = gone_of(group, asks, ended=not still_open(group, on))
    if gone is not None:
        raise gone
    return asks


def gone_of(group: GroupOf, asks: Sequence[MemberAsks], *, ended: bool) -> Refused | None:
    """What is said of a group that ended, or one of whose procedures did; None when all are in force."""
    if ended:
        return Refused(
            "Nhóm thủ tục này đã có bản mới hoặc không còn áp dụng, từ sau khi mở biểu mẫu.",
            where=group.code,
            do="Mở lại biểu mẫu của nhóm để nộp theo bản đang áp dụng; nội dung đã ghi còn ở đây để chép lại.",
        )
    gone = {one.position for one in group.members} - {one.member.position for one in asks}
    if not gone:
        return None
    return Refused(
        f"Thủ tục «{group.member(min(gone)).name}» của nhóm không còn hiệu lực, chưa nhận được cả bộ.",
        where=group.code,
        do="Nộp riêng từng thủ tục còn lại, hoặc chờ quản trị công bố lại nhóm. Nội dung đã ghi còn nguyên ở đây.",
    )


def agency_of(one: MemberAsks, deciders: Mapping[int, int], known: Picture, on: date) -> int | None:
    """Who decides a member: the agency the group names while it exists, else the one chosen, else the only one that
    took over from it. None: somebody must choose."""
    named = one.member.unit_id
    if named is not None and known.at(named, on) is not None:
        return named
    chosen = deciders.get(one.member.position)
    return chosen if chosen is not None or named is None else living(known, named, on)


def living(known: Picture, unit: int, on: date) -> int | None:
    """The unit while it exists, else the only one that stands for it; None when nobody or several do."""
    heirs = successors(known, unit, on)
    return heirs[0].unit_id if len(heirs) == 1 else None


def once(key: UUID, make: Callable[[], ReceivedEnvelope]) -> ReceivedEnvelope:
    """What `make` writes, or the envelope the same form made before, even at the same instant. 1 statement more."""
    known = Envelope.objects.filter(intake_key=key).first()
    if known is not None:
        return repeated(known)
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:  # the other press was a moment faster
        known = Envelope.objects.filter(intake_key=key).first()
        if known is None:
            raise
        return repeated(known)


def write_envelope(
    wanted: EnvelopeIntake, code: str | None, *, at: datetime, received_at: datetime | None
) -> Envelope:
    """The row of an envelope. 1 statement."""
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


def write_members(
    row: Envelope,
    wanted: EnvelopeIntake,
    asks: Sequence[MemberAsks],
    take: Taking,
    *,
    by: Actor,
    at: datetime,
) -> dict[int, Received]:
    """The rows of the members; those that wait for nothing as dossiers made by `take`, by position. 2 statements and
    those of `take`."""
    known = picture()
    members = [
        EnvelopeMember(
            envelope=row, position=one.member.position, procedure_version_id=one.version_id,
            competent_unit_id=_decider(one, wanted, known, at.date()),
            papers=[asdict(replace(paper, kept=0)) for paper in wanted.papers.get(one.member.position, ())],
        )
        for one in asks
    ]  # fmt: skip
    now = [(one, ask) for one, ask in zip(members, asks, strict=True) if not ask.member.after]
    taken = take([intake_for(row, m, wanted.papers.get(m.position, ()), ask.name) for m, ask in now])
    for (member, _), done in zip(now, taken, strict=True):
        member.dossier_id, member.papers = done.id, []
    EnvelopeMember.objects.bulk_create(members)
    tie([one.id for one in taken], Tie.ENVELOPE)
    # an original handed in for a member that waits is held with the first dossier: it must be given back though that
    # member never opens
    waiting = [m for m in members if m.dossier_id is None]
    kept = [paper for m in waiting for paper in wanted.papers.get(m.position, ()) if paper.kept]
    hold([(taken[0].id, paper) for paper in kept], by=by, at=at)
    return {member.position: done for (member, _), done in zip(now, taken, strict=True)}


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


def first_days(
    asks: Sequence[MemberAsks],
    wanted: EnvelopeIntake,
    made: Mapping[int, Received],
    at: datetime,
    known: Picture,
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
                calendars.of(agency_of(one, wanted.deciders, known, at.date())), opened is not None,
                opened.due_on if opened else None,
            )
        )  # fmt: skip
    return promised_days(clocks, at, policy)


def new_code(receiving_unit_id: int, at: datetime) -> str:
    """The next code of an envelope of a counter."""
    span = picture().at(receiving_unit_id, at.date())
    if span is None:
        raise Refused("Đơn vị tiếp nhận không còn hoạt động.", where="receiving_unit", do="Chọn đơn vị khác.")
    return envelope_code(span.code, at.date(), take(envelope_series(span.code, at.date())))


def repeated(known: Envelope) -> ReceivedEnvelope:
    """The answer to a form that made this envelope before. 1 statement."""
    rows = EnvelopeMember.objects.filter(envelope=known, dossier__isnull=False).select_related("dossier")
    members = tuple(
        Received(one.dossier.pk, one.dossier.code, one.dossier.due_on, one.dossier.intake_key, repeated=True)
        for one in rows.order_by("position")
        if one.dossier is not None
    )
    return ReceivedEnvelope(known.pk, known.code, known.due_first, members, repeated=True)


def _decider(one: MemberAsks, wanted: EnvelopeIntake, known: Picture, on: date) -> int:
    found = agency_of(one, wanted.deciders, known, on)
    where = f"giai-quyet-{one.member.position}"
    if found is None:
        raise Refused(
            f"Chưa chọn cơ quan giải quyết của thủ tục «{one.name}».", where=where,
            do="Chọn cơ quan giải quyết.",
        )  # fmt: skip
    if known.at(found, on) is None:
        raise Refused(
            f"«{known.name(found, on)}», nơi giải quyết thủ tục «{one.name}», không còn hoạt động.",
            where=where,
            do="Chọn cơ quan đã nhận phần việc ấy.",
        )
    return found

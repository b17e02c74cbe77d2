"""What the counter does with an envelope registered online: received, refused, or asked for more; always the whole."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from congvu.dossiers.access import Visible
from congvu.dossiers.actions.envelope_rows import ReceivedEnvelope, new_code, repeated
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refuse import refuse
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.models import Envelope, EnvelopeMember
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.envelopes import envelope_by_id
from congvu.dossiers.rules.envelopes import promised_day
from congvu.dossiers.rules.status import Status
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.queries import current_version
from congvu.organisation.queries import picture

Seen = Mapping[int, int] | None
_WAITS = (Status.REGISTERED, Status.SUPPLEMENT)
_EVERY = Visible(True, (), None)  # the day is that of all members, whoever counts it


def receive_registered_envelope(
    envelope_id: int, *, by: Actor, at: datetime, seen: Seen = None
) -> ReceivedEnvelope:
    """Receive what was registered online: its code, its day, the members that wait for nothing as dossiers. About 12
    statements, all or nothing. Pressed twice, it answers with what the first press did."""
    with transaction.atomic():
        row = _at_the_counter(envelope_id, by)
        if row.received_at is not None:
            return repeated(row)
        ids = _at_the_door(row)
        _refuse_gone(row, at)
        receive_registered(ids, by=by, at=at, seen=seen, whole=True).all()
        row.code, row.received_at = new_code(row.receiving_unit_id, at), at
        row.save(update_fields=["code", "received_at"])
        policy = str(rule_at("dossier.start_policy", at.date()).value)
        days = envelope_by_id(_EVERY, row.pk).days(Calendars(current_version()), policy, at)
        row.due_first = promised_day(days)
        row.save(update_fields=["due_first"])
        made = repeated(row)
        facts = {"code": row.code, "members": [one.code for one in made.members]}
        record("receive_envelope", "envelope", row.pk, by=by, at=at, after=facts)
    return ReceivedEnvelope(row.pk, row.code, row.due_first, made.members)


def refuse_envelope(envelope_id: int, reason: str, *, by: Actor, at: datetime, seen: Seen = None) -> Outcome:
    """Refuse what was registered online, with the reason that goes to the applicant. About 8 statements, all or nothing."""
    with transaction.atomic():
        row = _at_the_counter(envelope_id, by)
        ids = _at_the_door(row)
        waiting = EnvelopeMember.objects.filter(envelope=row, dossier=None, closed_at=None)
        waiting.update(closed_at=at, closed_why=f"Hồ sơ không được tiếp nhận: {reason.strip()}")
        outcome = refuse(ids, reason, by=by, at=at, seen=seen, whole=True).all()
        record("refuse_envelope", "envelope", row.pk, by=by, at=at, why=reason)
    return outcome


def ask_envelope(envelope_id: int, content: str, *, by: Actor, at: datetime, seen: Seen = None) -> Outcome:
    """Ask once for everything that is missing in what was registered online. About 6 statements, all or nothing."""
    with transaction.atomic():
        row = _at_the_counter(envelope_id, by)
        ids = _at_the_door(row)
        outcome = request_supplement(ids, content, by=by, at=at, seen=seen, whole=True).all()
        record("ask_envelope", "envelope", row.pk, by=by, at=at, why=content)
    return outcome


def _at_the_counter(envelope_id: int, by: Actor) -> Envelope:
    """The envelope, locked: two clerks decide one after the other."""
    row = Envelope.objects.select_for_update().filter(pk=envelope_id).first()
    if row is None or not (by.system or row.receiving_unit_id in by.units(CLERK)):
        raise Refused("Hồ sơ liên thông này do đơn vị khác tiếp nhận.", do="Liên hệ nơi tiếp nhận.")
    return row


def _refuse_gone(row: Envelope, at: datetime) -> None:
    """Refuse to receive for an agency that is gone: nobody would work there. 1 statement."""
    known, day = picture(), at.date()
    members = EnvelopeMember.objects.filter(envelope=row, closed_at=None).select_related(
        "dossier", "procedure_version"
    )
    for one in members.defer("procedure_version__original").order_by("position"):
        unit = one.dossier.competent_unit_id if one.dossier is not None else one.competent_unit_id
        if known.at(unit, day) is None:
            raise Refused(
                f"«{known.name(unit, day)}», nơi giải quyết «{one.procedure_version.name}», không còn hoạt động.",
                where=str(row), do="Đổi cơ quan giải quyết của thủ tục ấy, rồi tiếp nhận.",
            )  # fmt: skip


def _at_the_door(row: Envelope) -> list[int]:
    """The members that wait to be received; refuses an envelope that no longer does."""
    members = EnvelopeMember.objects.filter(envelope=row, dossier__isnull=False).select_related("dossier")
    ids = [
        one.dossier.pk
        for one in members
        if one.dossier is not None and one.dossier.status in _WAITS and one.dossier.received_at is None
    ]
    if row.received_at is not None or not ids:
        raise Refused(
            "Hồ sơ liên thông này không còn chờ tiếp nhận: người khác vừa xử lý, hoặc người nộp đã rút.",
            where=str(row),
            do="Tải lại trang để xem tình trạng hiện nay.",
        )
    return ids

"""Receive what a citizen hands in for a whole group of procedures (tiếp nhận hồ sơ liên thông; NĐ 61/2018, Điều 19.6-19.7)."""

from datetime import datetime
from functools import partial

from congvu.dossiers.actions.envelope_rows import (
    EnvelopeIntake,
    ReceivedEnvelope,
    first_days,
    members_asked,
    new_code,
    once,
    write_envelope,
    write_members,
)
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.rules.envelopes import promised_day
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.procedures.queries.groups import group_of


def receive_envelope(wanted: EnvelopeIntake, *, by: Actor, at: datetime) -> ReceivedEnvelope:
    """Receive an envelope: its code, the members that wait for nothing as dossiers, the others kept until their turn.

    About 14 statements, in a transaction: a counter receives one at a time. The same form sent twice is one envelope.
    """
    if not (by.system or wanted.receiving_unit_id in by.units(CLERK)):
        raise Refused(
            "Bạn không tiếp nhận cho đơn vị này.", where="receiving_unit", do="Chọn đơn vị của bạn."
        )
    return once(wanted.intake_key, partial(_receive, wanted, by=by, at=at))


def _receive(wanted: EnvelopeIntake, *, by: Actor, at: datetime) -> ReceivedEnvelope:
    group = group_of(wanted.group_id)
    asks = members_asked(group, at.date())
    row = write_envelope(wanted, new_code(wanted.receiving_unit_id, at), at=at, received_at=at)
    made = write_members(row, wanted, asks, partial(receive, by=by, at=at), by=by, at=at)
    row.due_first = promised_day(first_days(asks, wanted, made, at, picture()))
    row.save(update_fields=["due_first"])
    record(
        "receive_envelope", "envelope", row.pk, by=by, at=at,
        after={"code": row.code, "group": group.code, "members": [one.code for one in made.values()]},
    )  # fmt: skip
    return ReceivedEnvelope(row.pk, row.code, row.due_first, tuple(made.values()))

"""Register an envelope online (đăng ký hồ sơ liên thông trực tuyến): sent by the citizen, not yet received by the counter."""

from datetime import datetime
from functools import partial

from congvu.dossiers.actions.envelope_rows import (
    EnvelopeIntake,
    ReceivedEnvelope,
    members_asked,
    once,
    write_envelope,
    write_members,
)
from congvu.dossiers.actions.register_online import register_online
from congvu.dossiers.rules.status import Channel
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.procedures.queries.groups import group_of


def register_envelope(wanted: EnvelopeIntake, *, by: Actor, at: datetime) -> ReceivedEnvelope:
    """Keep what was sent for the counter: the members that wait for nothing as registered dossiers, no code and no clock.

    About 10 statements. The same form sent twice is one envelope.
    """
    if not by.system and (by.account_id is None or wanted.owner_account_id != by.account_id):
        raise Refused("Bạn chỉ nộp hồ sơ của chính mình.", do="Đăng nhập bằng tài khoản của người nộp.")
    if wanted.channel != Channel.ONLINE:
        raise Refused("Hồ sơ đăng ký trực tuyến phải có kênh trực tuyến.", where="channel")
    return once(wanted.intake_key, partial(_register, wanted, by=by, at=at))


def _register(wanted: EnvelopeIntake, *, by: Actor, at: datetime) -> ReceivedEnvelope:
    group = group_of(wanted.group_id)
    row = write_envelope(wanted, None, at=at, received_at=None)
    asks = members_asked(group, at.date())
    made = write_members(row, wanted, asks, partial(register_online, by=by, at=at), by=by, at=at)
    facts = {"group": group.code, "members": [one.id for one in made.values()]}
    record("register_envelope", "envelope", row.pk, by=by, at=at, after=facts)
    return ReceivedEnvelope(row.pk, None, None, tuple(made.values()))

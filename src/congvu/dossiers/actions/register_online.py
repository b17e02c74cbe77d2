"""Register online (mới đăng ký): the citizen has sent it, the counter has not yet received it."""

from collections.abc import Sequence
from datetime import datetime

from congvu.dossiers.actions.intake import Intake, Received
from congvu.dossiers.actions.receive import take_in
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def register_online(intakes: Sequence[Intake], *, by: Actor, at: datetime) -> tuple[Received, ...]:
    """Keep a set of online requests for the counter; no code and no clock yet. 2 statements."""
    for intake in intakes:
        if not by.system and (by.account_id is None or intake.owner_account_id != by.account_id):
            raise Refused("Bạn chỉ nộp hồ sơ của chính mình.", do="Đăng nhập bằng tài khoản của người nộp.")
        if intake.channel != 2:
            raise Refused("Hồ sơ đăng ký trực tuyến phải có kênh trực tuyến.", where="channel")
    return take_in("register_online", intakes, Status.REGISTERED, by=by, at=at)

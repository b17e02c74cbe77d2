"""Refuse to receive, in writing and with the reason (từ chối tiếp nhận, form 03; NĐ 61/2018 art. 17)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.intake import Intake, Received
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.receive import take_in
from congvu.dossiers.actions.steps import cancel_rest
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused


def refuse(
    ids: Iterable[int],
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
    whole: bool = False,
) -> Outcome:
    """Refuse requests registered online. 2 statements. The reason goes to the applicant as it stands. `whole`: as of the
    door."""
    _checked(reason, by)

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.REFUSED, reason=reason)
        cancel_rest(change)
        return change

    then = partial(follow, at=at)
    return perform("refuse", ids, decide, by=by, at=at, seen=seen, then=then, whole=whole)


def refuse_at_counter(
    intakes: Sequence[Intake], reason: str, *, by: Actor, at: datetime
) -> tuple[Received, ...]:
    """Record a refusal given at the counter: it has no code and counts in no statistics of handling. 2 statements."""
    _checked(reason, by)
    return take_in("refuse", intakes, Status.REFUSED, by=by, at=at, reason=reason)


def _checked(reason: str, by: Actor) -> None:
    if not (by.system or by.has(CLERK)):
        raise Refused("Chỉ công chức một cửa từ chối tiếp nhận.")
    if not reason.strip():
        raise Refused(
            "Chưa ghi lý do từ chối.",
            where="reason",
            do="Ghi lý do và căn cứ để in phiếu từ chối.",
            article="NĐ 61/2018, Điều 17",
        )

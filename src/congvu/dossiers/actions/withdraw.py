"""The applicant withdraws (công dân rút hồ sơ): counted as solved on time."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import cancel_rest
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def withdraw(
    ids: Iterable[int], reason: str, *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """End the dossier at the applicant's own request. 2 statements."""
    if not reason.strip():
        raise Refused("Chưa ghi lý do rút.", where="reason", do="Ghi lý do theo đơn của người nộp.")

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.WITHDRAWN, reason=reason)
        change.ended_at, change.ended_on = at, at.date()
        cancel_rest(change)
        return change

    return perform("withdraw", ids, decide, by=by, at=at, seen=seen, resuming=True)

"""Stop handling by decision (dừng giải quyết, form 05 of TT 03/2025)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import DossierPause
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def stop(
    ids: Iterable[int], reason: str, *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Suspend handling; the clock stands still until resumed, or the papers go back. 2 statements.

    A dossier already waiting for a supplement keeps that pause: its clock stands still already.
    """
    if not reason.strip():
        raise Refused("Chưa ghi lý do dừng.", where="reason", do="Ghi lý do và căn cứ để in thông báo dừng.")

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.STOPPED, reason=reason)
        if now.status == Status.HANDLING:
            change.pause = (DossierPause.Kind.STOPPED.value, now.pause_policy, "TT 03/2025/TT-VPCP, mẫu 05")
        return change

    return perform("stop", ids, decide, by=by, at=at, seen=seen)

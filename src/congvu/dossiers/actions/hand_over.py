"""Hand a received dossier over to the agency that handles it (chuyển hồ sơ; NĐ 61/2018 art. 18)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import close, step_of
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor


def hand_over(
    ids: Iterable[int], note: str = "", *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Close the reception step and open the first agency's; the dossier is then being handled. 2 statements."""

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.HANDLING, reason=note)
        close(change, step_of(now, office), office, note)
        return change

    return perform("hand_over", ids, decide, by=by, at=at, seen=seen)

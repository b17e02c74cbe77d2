"""Wait for the applicant's financial obligation (yêu cầu thực hiện nghĩa vụ tài chính)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import DossierPause
from congvu.dossiers.rules.status import Money, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def request_payment(
    ids: Iterable[int], content: str, *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Pause the clock until the applicant has paid what `content` names. 2 statements."""
    if not content.strip():
        raise Refused(
            "Chưa ghi nghĩa vụ tài chính phải nộp.", where="content", do="Ghi khoản, số tiền và căn cứ."
        )

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.PAYMENT, reason=content)
        change.money = Money.OWED
        change.ended_at = change.ended_on = None
        change.pause = (DossierPause.Kind.PAYMENT.value, now.pause_policy, "")
        return change

    return perform("request_payment", ids, decide, by=by, at=at, seen=seen)

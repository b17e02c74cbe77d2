"""Wait for the applicant's financial obligation (yêu cầu thực hiện nghĩa vụ tài chính)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.money import balances, checked_amount, enter
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import DossierPause
from congvu.dossiers.rules.money import FeeIn, FeeKind
from congvu.dossiers.rules.status import Money, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def request_payment(
    ids: Iterable[int],
    content: str,
    *,
    amount: int | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Pause the clock until the applicant has paid what `content` names. 2 statements, 3 with an amount.

    `amount` đồng are charged in the ledger; None when another agency collects it (a land tax) and only says so.
    """
    asked = list(dict.fromkeys(ids))
    checked_amount(amount)
    ledgers = balances(asked)
    if not content.strip():
        raise Refused(
            "Chưa ghi nghĩa vụ tài chính phải nộp.", where="content", do="Ghi khoản, số tiền và căn cứ."
        )

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.PAYMENT, reason=content)
        change.money = Money.OWED
        if amount is not None:
            enter(change, ledgers.of(now), FeeIn(FeeKind.CHARGED, amount, reason=content.strip()))
        change.ended_at = change.ended_on = None
        change.pause = (DossierPause.Kind.PAYMENT.value, now.pause_policy, "")
        return change

    return perform("request_payment", asked, decide, by=by, at=at, seen=seen)

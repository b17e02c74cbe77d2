"""Give back what was paid, by a decision (hoàn trả phí, lệ phí)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import balances, checked_amount, enter, refuse_unless_till
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.rules.money import PayWay
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def refund_fee(
    ids: Iterable[int],
    amount: int,
    reason: str,
    *,
    decision: str,
    way: PayWay = PayWay.COUNTER,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Give back `amount` đồng of what was paid, by `decision` (number and day). 3 statements for any size. What is given
    back is not owed again."""
    if not reason.strip():
        raise Refused("Chưa ghi lý do hoàn trả.", where="reason", do="Ghi vì sao hoàn trả và căn cứ.")
    if not decision.strip() or len(decision.strip()) > 100:
        raise Refused(
            "Chưa ghi văn bản cho hoàn trả.", where="decision", do="Ghi số, ngày của quyết định hoàn trả."
        )
    asked = list(dict.fromkeys(ids))
    checked_amount(amount)
    ledgers = balances(asked)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        balance = ledgers.of(now)
        if amount > balance.held:
            raise Refused(
                f"Đã thu và chưa hoàn trả {balance.held} đồng.",
                where="amount",
                do="Nhập không quá số đã thu.",
            )
        change = Change.of(now, now.status, reason=f"{amount} đồng, {decision.strip()}: {reason.strip()}")
        back, *rest = balance.refund(amount)
        entries = (
            replace(back, reason=reason.strip(), way=way.value, reference=decision.strip()),
            *(replace(one, reason=reason.strip()) for one in rest),
        )
        enter(change, balance, *entries)
        return change

    return perform("refund_fee", asked, decide, by=by, at=at, seen=seen)

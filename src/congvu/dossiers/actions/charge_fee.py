"""Charge a fee (tính phí, lệ phí phải nộp; NĐ 61/2018 art. 22)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import (
    NOT_CHARGED,
    balances,
    checked_amount,
    enter,
    refuse_unless_till,
)
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.rules.money import FeeIn, FeeKind
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def charge_fee(
    ids: Iterable[int],
    amount: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Enter a charge of `amount` đồng, with what it is for. 3 statements for any size. The clock does not stop."""
    if not reason.strip():
        raise Refused(
            "Chưa ghi khoản thu và căn cứ.", where="reason", do="Ghi tên khoản phí và văn bản quy định."
        )
    asked = list(dict.fromkeys(ids))
    checked_amount(amount)
    ledgers = balances(asked)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        if now.status in NOT_CHARGED:
            raise Refused(
                f"Hồ sơ đang ở trạng thái «{now.status.label}», không tính thêm phí được.", where=now.label
            )
        change = Change.of(now, now.status, reason=f"{amount} đồng: {reason.strip()}")
        enter(change, ledgers.of(now), FeeIn(FeeKind.CHARGED, amount, reason=reason.strip()))
        return change

    return perform("charge_fee", asked, decide, by=by, at=at, seen=seen)

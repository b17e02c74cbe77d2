"""Correct what is to be paid (sửa mức phí, lệ phí): the ledger keeps the first charge, and the difference."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import MOST, balances, enter, refuse_unless_till
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def correct_charge(
    ids: Iterable[int],
    amount: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Make `amount` đồng (0: nothing) what is due in all. 3 statements for any size.

    Never below what was waived. Below what was paid is allowed: the rest is then given back by a refund.
    """
    if not reason.strip():
        raise Refused(
            "Chưa ghi vì sao sửa mức thu.", where="reason", do="Ghi khoản đúng và văn bản quy định."
        )
    if not 0 <= amount <= MOST:
        raise Refused("Số tiền phải từ 0 đồng.", where="amount", do="Nhập số tiền bằng đồng.")
    asked = list(dict.fromkeys(ids))
    ledgers = balances(asked)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        balance = ledgers.of(now)
        if now.status in (Status.REGISTERED, Status.REFUSED) or not balance.charged:
            raise Refused("Hồ sơ chưa có khoản thu để sửa.", where=now.label, do="Dùng «Tính phí».")
        if amount < balance.waived:
            raise Refused(
                f"Đã miễn, giảm {balance.waived} đồng.",
                where="amount",
                do="Nhập không ít hơn số đã miễn, giảm.",
            )
        entry = balance.corrected(amount)
        if entry is None:
            raise Refused(f"Mức phải nộp đã là {amount} đồng.", where="amount", do="Nhập mức đúng.")
        change = Change.of(now, now.status, reason=f"{amount} đồng: {reason.strip()}")
        enter(change, balance, replace(entry, reason=f"Sửa mức thu: {reason.strip()}"))
        return change

    return perform("correct_charge", asked, decide, by=by, at=at, seen=seen)

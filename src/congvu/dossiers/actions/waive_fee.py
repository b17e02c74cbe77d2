"""Waive what is owed, or give back what was paid (miễn, giảm; hoàn trả phí, lệ phí)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import balances, checked_amount, due_now, enter, refuse_unless_till
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.rules.money import FeeIn, FeeKind, PayWay
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def waive_fee(
    ids: Iterable[int],
    reason: str,
    *,
    amount: int | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Waive `amount` đồng of what each dossier owes (None: all). 3 statements for any size. A reason is required."""
    if not reason.strip():
        raise Refused(
            "Chưa ghi lý do miễn, giảm.", where="reason", do="Ghi đối tượng và văn bản cho miễn, giảm."
        )
    asked = list(dict.fromkeys(ids))
    checked_amount(amount)
    ledgers = balances(asked)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        if now.status == Status.PAYMENT:
            raise Refused(
                "Hồ sơ đang tạm dừng chờ nộp.", where=now.label, do="Tiếp tục giải quyết rồi mới miễn, giảm."
            )
        balance = ledgers.of(now)
        owed, charge = due_now(now, balance, None)
        if (amount or owed) > owed:
            raise Refused(
                f"Chỉ còn phải nộp {owed} đồng.", where="amount", do="Nhập không quá số còn phải nộp."
            )
        change = Change.of(now, now.status, reason=f"{amount or owed} đồng: {reason.strip()}")
        enter(change, balance, *charge, FeeIn(FeeKind.WAIVED, amount or owed, reason=reason.strip()))
        return change

    return perform("waive_fee", asked, decide, by=by, at=at, seen=seen)


def refund_fee(
    ids: Iterable[int],
    amount: int,
    reason: str,
    *,
    way: PayWay = PayWay.COUNTER,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Give back `amount` đồng of what was paid. 3 statements for any size. What is given back is not owed again."""
    if not reason.strip():
        raise Refused("Chưa ghi lý do hoàn trả.", where="reason", do="Ghi vì sao hoàn trả và căn cứ.")
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
        change = Change.of(now, now.status, reason=f"{amount} đồng: {reason.strip()}")
        entries = (
            replace(one, reason=reason.strip(), way=way.value if one.kind == FeeKind.REFUNDED else "")
            for one in balance.refund(amount)
        )
        enter(change, balance, *entries)
        return change

    return perform("refund_fee", asked, decide, by=by, at=at, seen=seen)

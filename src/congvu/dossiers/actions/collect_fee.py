"""Collect what the applicant owes at the counter (thu phí, lệ phí; NĐ 61/2018 art. 22)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import balances, checked_amount, due_now, enter, refuse_unless_till
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.rules.money import FeeIn, FeeKind, PayWay
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def collect_fee(
    ids: Iterable[int],
    receipt: str = "",
    *,
    amount: int | None = None,
    way: PayWay = PayWay.COUNTER,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Enter a payment for each dossier of a set, with the next receipt number. 3 statements for any size.

    `amount` in đồng, None: all that is owed. `receipt`: the number of a paper receipt or transfer. A part paid leaves
    the rest owed. The handling does not move: a dossier that waits for its payment (status 6) is resumed instead.
    """
    asked = list(dict.fromkeys(ids))
    checked_amount(amount)
    ledgers = balances(asked)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        if now.status == Status.PAYMENT:
            raise Refused(
                "Hồ sơ đang tạm dừng chờ nộp.", where=now.label, do="Dùng «Tiếp tục» khi người nộp đã nộp."
            )
        balance = ledgers.of(now)
        owed, charge = due_now(now, balance, amount)
        paid = amount or owed
        if paid > owed:
            raise Refused(
                f"Chỉ còn phải nộp {owed} đồng.", where="amount", do="Nhập không quá số còn phải nộp."
            )
        change = Change.of(now, now.status, reason=receipt)
        enter(change, balance, *charge, FeeIn(FeeKind.PAID, paid, way.value, reference=receipt[:100]))
        return change

    return perform("collect_fee", asked, decide, by=by, at=at, seen=seen)

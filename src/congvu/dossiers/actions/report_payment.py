"""A payment reported by an online gateway (thanh toán trực tuyến): told any number of times, it is one payment."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import balances, checked_amount, enter
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.models import Dossier, FeeEntry
from congvu.dossiers.rules.money import FeeIn, FeeKind, PayWay
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """What a gateway says: which transaction, for which dossier, how much (đồng)."""

    gateway: str
    transaction: str
    code: str
    amount: int

    @property
    def key(self) -> str:
        return f"{self.gateway}:{self.transaction}"


def report_payment(report: PaymentReport, *, by: Actor, at: datetime) -> bool:
    """Enter a reported payment; False when it was entered before. 5 statements.

    What came is entered even when it is more than owed (it can be given back). The amount must be positive and the
    dossier known to `by`; both are refused otherwise. A dossier that waits for its payment stays so until it is resumed.
    """
    checked_amount(report.amount)
    if not report.transaction.strip() or len(report.key) > 200:
        raise Refused(
            "Báo có không có mã giao dịch dùng được.", where=report.code, do="Hỏi lại cổng thanh toán."
        )
    if FeeEntry.objects.filter(key=report.key).exists():
        return False
    dossier = Dossier.objects.filter(code=report.code).values_list("pk", flat=True).first()
    if dossier is None:
        raise Refused(
            "Báo có không khớp hồ sơ nào.", where=report.code, do="Đối chiếu lại mã hồ sơ với người nộp."
        )
    ledgers = balances([dossier])

    def decide(now: DossierNow, office: Office) -> Change:
        if now.status in (Status.REGISTERED, Status.REFUSED):
            raise Refused("Hồ sơ chưa được tiếp nhận, không có khoản thu.", where=now.label)
        balance = ledgers.of(now)
        charge = (
            ()
            if balance.charged
            else (FeeIn(FeeKind.CHARGED, balance.price or report.amount, reason="Mức công bố"),)
        )
        change = Change.of(now, now.status, reason=f"{report.amount} đồng, giao dịch {report.key}")
        paid = FeeIn(
            FeeKind.PAID,
            report.amount,
            PayWay.ONLINE.value,
            reference=report.transaction[:100],
            key=report.key,
        )
        enter(change, balance, *charge, paid)
        return change

    try:
        with transaction.atomic():
            perform("report_payment", [dossier], decide, by=by, at=at).only()
    except IntegrityError as problem:  # the same report at the same instant: the other one was first
        if "dossiers_fee" not in str(problem) or "key" not in str(problem):
            raise
        return False
    return True

"""Void a receipt written by mistake (hủy biên lai): it keeps its number, the money is owed again."""

from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import balances, enter, refuse_unless_till
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Done
from congvu.dossiers.models import FeeEntry
from congvu.dossiers.rules.money import FeeIn, FeeKind
from congvu.dossiers.rules.receipts import numbered_in
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def void_receipt(entry_id: int, reason: str, *, by: Actor, at: datetime) -> Done:
    """Void the receipt of the payment `entry_id`. 5 statements.

    A payment that a bank told cannot be undone by voiding its paper, nor one already given back: both are refunds.
    """
    if not reason.strip():
        raise Refused("Chưa ghi lý do hủy biên lai.", where="reason", do="Ghi sai ở đâu, biên lai nào thay.")
    receipt = FeeEntry.objects.filter(pk=entry_id, kind=FeeKind.PAID.value).first()
    if receipt is None:
        raise Refused("Không có biên lai này.", where=str(entry_id), do="Mở biên lai từ trang hồ sơ.")
    ledgers = balances([receipt.dossier_id])
    number = numbered_in(receipt.receipt_no or 0, receipt.receipt_year or 0)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        balance = ledgers.of(now)
        if FeeEntry.objects.filter(voids=receipt).exists():
            raise Refused("Biên lai này đã hủy.", where=number)
        if receipt.key is not None:
            raise Refused(
                "Tiền đã vào tài khoản, không hủy biên lai được.", where=number, do="Dùng «Hoàn trả phí»."
            )
        if balance.held < receipt.amount:
            raise Refused("Khoản này đã hoàn trả, không hủy biên lai được.", where=number)
        change = Change.of(now, now.status, reason=f"{number}: {reason.strip()}")
        entry = FeeIn(FeeKind.VOIDED, receipt.amount, receipt.way, reason.strip(), voids=receipt.pk)
        enter(change, balance, entry)
        return change

    return perform("void_receipt", [receipt.dossier_id], decide, by=by, at=at).only()

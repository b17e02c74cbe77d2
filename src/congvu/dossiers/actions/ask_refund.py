"""Ask that paid fees be given back (đề nghị hoàn trả phí): another person decides."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import balances, checked_amount, refuse_unless_till
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import RefundRequest, RefundState
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

OPEN = (RefundState.ASKED, RefundState.APPROVED)


def ask_refund(
    ids: Iterable[int],
    amount: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Ask for `amount` đồng of each dossier. 5 statements for any size. Nothing of the ledger moves. Refuses more than was
    paid, and a dossier whose refund is already being decided or waits to be paid out."""
    why = reason.strip()
    if not why:
        raise Refused("Chưa ghi lý do hoàn trả.", where="reason", do="Ghi vì sao hoàn trả và căn cứ.")
    asked = list(dict.fromkeys(ids))
    checked_amount(amount)
    ledgers, waiting = balances(asked), Beside(asked, _waiting, 0)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        if waiting.of(now):
            raise Refused(
                "Hồ sơ đã có một đề nghị hoàn trả chưa xong.", where=now.label, do="Mở «Hoàn trả phí» để xem."
            )
        held = ledgers.of(now).held
        if amount > held:
            raise Refused(
                f"Đã thu và chưa hoàn trả {held} đồng.", where="amount", do="Nhập không quá số đã thu."
            )
        return Change.of(now, now.status, reason=f"{amount} đồng: {why}")

    with transaction.atomic():
        outcome = perform("ask_refund", asked, decide, by=by, at=at, seen=seen)
        RefundRequest.objects.bulk_create(
            RefundRequest(
                dossier_id=one.dossier_id, amount=amount, reason=why, asked_at=at, asked_by=by.account_id
            )
            for one in outcome.done
        )
    return outcome


def _waiting(ids: list[int]) -> dict[int, int]:
    open_ones = RefundRequest.objects.filter(dossier_id__in=ids, state__in=OPEN)
    return dict(open_ones.values_list("dossier_id", "pk"))

"""Pay an approved refund out (chi hoàn trả phí): the ledger's entry names the decision."""

from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.decide_refund import open_request
from congvu.dossiers.actions.refund_fee import refund_fee
from congvu.dossiers.models import RefundRequest, RefundState
from congvu.dossiers.rules.money import PayWay
from congvu.foundation.identity.actor import Actor


def pay_refund(request_id: int, way: PayWay, *, by: Actor, at: datetime) -> RefundRequest:
    """Give back what was approved, in `way`. 6 statements, in a transaction. Refuses what is not approved or was paid out
    already, and, as `refund_fee`, more than is still held."""
    with transaction.atomic():
        approved = open_request(request_id, RefundState.APPROVED)
        refund_fee(
            [approved.dossier_id], approved.amount, approved.reason, decision=approved.decision, way=way, by=by, at=at
        ).only()  # fmt: skip
        approved.state, approved.way, approved.paid_at = RefundState.PAID, way.value, at
        approved.paid_by = by.account_id
        approved.save(update_fields=("state", "way", "paid_at", "paid_by"))
    return approved

"""A bank's report of a payment a citizen began: told any number of times, it is one payment."""

from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.gateways import gateway_or_refuse
from congvu.dossiers.actions.report_payment import PaymentReport, report_payment
from congvu.dossiers.models import OnlinePayment
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused


class NotOurs(Refused):
    """A reference nobody here was given."""

    status = 404


def take_callback(name: str, body: bytes, moment: str, signature: str, *, at: datetime) -> bool:
    """Enter what a gateway reports; False when it was entered before. 8 statements."""
    chosen = gateway_or_refuse()
    if chosen.name != name:
        raise NotOurs("Không có cổng thanh toán này.", where=name)
    told = chosen.read(body, moment, signature, now=int(at.timestamp()))
    payment = (
        OnlinePayment.objects.select_related("dossier").filter(reference=told.reference, gateway=name).first()
    )
    if payment is None:
        raise NotOurs("Mã tham chiếu không có ở đây.", where=told.reference)
    report = PaymentReport(name, told.transaction, str(payment.dossier.code), told.amount)
    with transaction.atomic():
        new = report_payment(report, by=SYSTEM, at=at)
        OnlinePayment.objects.filter(pk=payment.pk, paid_at__isnull=True).update(paid_at=at)
    return new

"""Begin an online payment of what a dossier owes (thanh toán trực tuyến; NĐ 61/2018 art. 22)."""

import secrets
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.door import read
from congvu.dossiers.actions.gateways import gateway_or_refuse
from congvu.dossiers.actions.money import balances
from congvu.dossiers.models import OnlinePayment
from congvu.dossiers.rules.money import ARTICLE
from congvu.dossiers.rules.status import Money
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: a reference may be typed from paper


def start_payment(dossier_id: int, *, by: Actor, at: datetime) -> OnlinePayment:
    """Begin a payment of all that is owed. 5 statements. One begun before for the same sum goes on: pressing twice, or in
    two windows at once, makes no second one."""
    chosen = gateway_or_refuse()
    found, _, _ = read([dossier_id], by=by, at=at)
    now = found.get(dossier_id)
    if now is None:
        raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(dossier_id))
    owed = balances([dossier_id]).of(now).owed
    if now.money != Money.OWED or owed <= 0 or now.code is None:
        raise Refused(
            "Hồ sơ không có khoản phải nộp.",
            where=now.label,
            do="Hỏi quầy nếu bạn được báo phải nộp.",
            article=ARTICLE,
        )
    with transaction.atomic():
        payment, begun = OnlinePayment.objects.get_or_create(
            dossier_id=dossier_id, gateway=chosen.name, amount=owed, paid_at=None,
            defaults={"reference": _reference(), "started_at": at, "started_by": by.account_id},
        )  # fmt: skip
        if begun:
            after = {"reference": payment.reference, "amount": owed}
            record("start_payment", "dossier", dossier_id, by=by, at=at, after=after)
    return payment


def _reference() -> str:
    return "CV" + "".join(secrets.choice(_LETTERS) for _ in range(10))

"""What comes back to the counter when all seemed over: refunds asked for, parcels the post could not deliver."""

from datetime import datetime

from congvu.demo.people import Roster
from congvu.dossiers.actions.ask_refund import ask_refund
from congvu.dossiers.actions.decide_refund import decide_refund
from congvu.dossiers.actions.parcel_back import parcel_back
from congvu.dossiers.actions.post_result import Parcel, post_result
from congvu.dossiers.models import Dossier, FeeEntry, Posting, RefundRequest
from congvu.dossiers.rules.money import FeeKind
from congvu.dossiers.rules.post import check_digit
from congvu.dossiers.rules.status import Delivery, Money
from congvu.foundation import clock

EACH = 2
_WHY_REFUND = (
    "Người nộp thuộc diện được miễn, giấy xác nhận nộp sau.",
    "Nộp hai lần: tại quầy và qua ngân hàng.",
)
_WHY_BACK = (
    "Người nhận đi vắng, bưu tá phát hai lần không gặp",
    "Địa chỉ thiếu số nhà, gọi điện thoại không liên lạc được",
)


def tell(roster: Roster, counter: int, *, until: datetime) -> None:
    """At the counter of whoever signs in: a refund to decide on and one to pay out, parcels that wait. About 40 statements."""
    with clock.frozen(until):
        _refunds(roster, counter, until)
        _parcels(roster, counter, until)


def _refunds(roster: Roster, counter: int, until: datetime) -> None:
    clerk, leader = roster.by_username["mot-cua"], roster.by_username["lanh-dao"]
    paid = FeeEntry.objects.filter(
        dossier__receiving_unit=counter, dossier__money=Money.PAID, kind=FeeKind.PAID
    )
    rows = dict(paid.order_by("id").values_list("dossier", "amount"))
    for (dossier, amount), why in zip(list(rows.items())[-EACH:], _WHY_REFUND, strict=False):
        ask_refund([dossier], amount, why, by=clerk, at=until).only()
    first = RefundRequest.objects.order_by("id").first()
    if first is not None:
        decision = f"31/QĐ-TTPVHCC ngày {until:%d/%m/%Y}"
        decide_refund(first.pk, approve=True, decision=decision, by=leader, at=until)


def _parcels(roster: Roster, counter: int, until: datetime) -> None:
    clerk = roster.by_username["mot-cua"]
    away = Posting.objects.filter(dossier__receiving_unit=counter, dossier__delivery=Delivery.POSTED)
    ids = list(away.order_by("-posted_at", "-id").values_list("dossier", flat=True)[:EACH])
    if not ids:
        ids = _posted_today(counter, roster, until)
    for dossier, why in zip(ids, _WHY_BACK, strict=False):
        parcel_back([dossier], why, by=clerk, at=until).only()


def _posted_today(counter: int, roster: Roster, until: datetime) -> list[int]:
    """On a day without any on the way, one result that was ready goes out first."""
    ready = Dossier.objects.filter(receiving_unit=counter, delivery=Delivery.READY).exclude(money=Money.OWED)
    one = ready.order_by("-return_method", "id").first()
    if one is None:
        return []
    serial = f"{90_000_000 + one.pk % 10**6:08d}"
    number = f"ZZ{serial}{check_digit(serial)}VN"
    (posted,) = post_result([Parcel(one.code or "", number)], by=roster.by_username["mot-cua"], at=until)
    return [] if posted.refusal is not None else [one.pk]

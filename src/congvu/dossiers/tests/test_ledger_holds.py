"""The ledger of fees holds: whatever is done in whatever order, its sums agree; the database itself refuses the rest."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.correct_charge import correct_charge
from congvu.dossiers.actions.door import read
from congvu.dossiers.actions.money import balances
from congvu.dossiers.actions.refund_fee import refund_fee
from congvu.dossiers.actions.void_receipt import void_receipt
from congvu.dossiers.actions.waive_fee import waive_fee
from congvu.dossiers.models import Dossier, FeeEntry
from congvu.dossiers.rules.money import Balance, PayWay
from congvu.dossiers.rules.status import Money
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, a_version, at
from congvu.foundation.numbering.models import Series
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 09:00")


@pytest.fixture
def place() -> Iterator[Place]:
    forget()
    yield a_place()
    forget()


def owing(place: Place, amount: int = 150_000) -> int:
    one = place.received("2026-11-02 09:00").id
    charge_fee([one], amount, "Lệ phí", by=place.clerk, at=NOW)
    return one


def balance(place: Place, one: int) -> Balance:
    return balances([one]).of(read([one], by=place.clerk, at=NOW)[0][one])


def money(one: int) -> Money:
    return Money(Dossier.objects.get(pk=one).money)


def receipt(one: int) -> FeeEntry:
    found = FeeEntry.objects.filter(dossier_id=one, kind="paid").order_by("id").last()
    assert found is not None
    return found


def test_a_voided_receipt_keeps_its_number_and_the_money_is_owed_again(place: Place) -> None:
    one = owing(place)
    collect_fee([one], way=PayWay.TRANSFER, by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="Chưa ghi lý do hủy"):
        void_receipt(receipt(one).pk, " ", by=place.clerk, at=NOW)
    first = receipt(one).pk
    with CaptureQueriesContext(connection) as found:
        void_receipt(first, "Ghi nhầm hồ sơ", by=place.clerk, at=NOW)
    assert len(found) == 5
    assert (money(one), balance(place, one).owed) == (Money.OWED, 150_000)
    with pytest.raises(Refused, match="đã hủy"):
        void_receipt(receipt(one).pk, "Lần nữa", by=place.clerk, at=NOW)
    with pytest.raises(Refused, match="Không có biên lai"):
        void_receipt(FeeEntry.objects.get(kind="voided").pk, "Hủy", by=place.clerk, at=NOW)
    collect_fee([one], by=place.clerk, at=NOW).only()
    assert receipt(one).receipt_no == 2
    refund_fee([one], 1, "Thừa", decision="1/QĐ", by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="đã hoàn trả"):
        void_receipt(receipt(one).pk, "Hủy", by=place.clerk, at=NOW)


def test_a_wrong_charge_is_corrected_by_its_difference(place: Place) -> None:
    version = a_version("1.000777", fee=80_000)
    one = place.received("2026-11-02 09:00", version_id=version.pk).id
    correct_charge([one], 50_000, "Cấp lại, Thông tư 1", by=place.clerk, at=NOW).only()
    assert balance(place, one).owed == 50_000
    with pytest.raises(Refused, match="đã là 50000"):
        correct_charge([one], 50_000, "Cấp lại", by=place.clerk, at=NOW).only()
    collect_fee([one], by=place.clerk, at=NOW).only()
    correct_charge([one], 0, "Không phải nộp", by=place.clerk, at=NOW).only()
    assert (balance(place, one).owed, money(one)) == (-50_000, Money.PAID)
    refund_fee([one], 50_000, "Thu nhầm", decision="1/QĐ", by=place.clerk, at=NOW).only()
    assert (balance(place, one).owed, money(one)) == (0, Money.NONE)
    other = owing(place)
    waive_fee([other], "Giấy chứng nhận", percent=50, ground="ho-ngheo", by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="Đã miễn, giảm 75000"):
        correct_charge([other], 70_000, "Sửa", by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="chưa có khoản thu"):
        correct_charge([place.received().id], 5, "Sửa", by=place.clerk, at=NOW).only()


def test_a_waiver_names_its_ground_and_its_share(place: Place) -> None:
    one = owing(place, 15_001)
    waive_fee([one], "Thẻ số 1", percent=50, ground="tre-em", by=place.clerk, at=NOW).only()
    kept = FeeEntry.objects.get(kind="waived")
    assert (kept.amount, kept.percent, kept.ground) == (7_501, 50, "tre-em")
    with pytest.raises(Refused, match="không ghi cả hai"):
        waive_fee([one], "Thẻ", percent=50, amount=1, by=place.clerk, at=NOW)
    with pytest.raises(Refused, match="Không có diện"):
        waive_fee([one], "Thẻ", ground="quen-biet", by=place.clerk, at=NOW)


def test_a_refund_names_its_decision(place: Place) -> None:
    one = owing(place)
    collect_fee([one], by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="Chưa ghi văn bản"):
        refund_fee([one], 5, "Thừa", decision=" ", by=place.clerk, at=NOW)
    refund_fee(
        [one], 5, "Thừa", decision="12/QĐ ngày 3/11", way=PayWay.TRANSFER, by=place.clerk, at=NOW
    ).only()
    kept = FeeEntry.objects.get(kind="refunded")
    assert (kept.reference, kept.way, kept.reason) == ("12/QĐ ngày 3/11", "chuyen-khoan", "Thừa")


def forbidden(statement: str, *params: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def test_the_database_keeps_entries_and_refuses_sums_that_do_not_agree(place: Place) -> None:
    one = owing(place)
    collect_fee([one], amount=100_000, by=place.clerk, at=NOW).only()
    forbidden("UPDATE dossiers_fee SET amount = amount + 1 WHERE dossier_id = %s", one)
    forbidden("DELETE FROM dossiers_fee WHERE dossier_id = %s", one)
    paid = receipt(one)

    def entry(kind: str, amount: int, **more: Any) -> None:
        values = {
            "dossier_id": one, "kind": kind, "amount": amount, "way": "quay", "unit_id": paid.unit_id,
            "for_unit_id": paid.for_unit_id, "reason": "x", "reference": "1", "at": NOW, "day": NOW.date(), **more,
        }  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            FeeEntry.objects.create(**values)

    entry("refunded", 100_001)
    entry("waived", 150_001)
    entry("dropped", 150_001)
    entry("voided", 99_999, voids=paid)
    entry("voided", 100_000)
    entry("refunded", 5, reference="")
    entry("refunded", 5, reason="")
    entry("waived", 5, percent=101)


AMOUNTS = st.integers(1, 300)
ACTS = st.one_of(
    st.tuples(st.sampled_from(["charge", "collect", "waive", "refund", "correct"]), AMOUNTS),
    st.tuples(st.just("void"), st.integers(0, 5)),
)


def _doing(place: Place, one: int, act: str, n: int) -> Callable[[], object]:
    how: dict[str, Any] = {"by": place.clerk, "at": NOW}
    receipts = list(FeeEntry.objects.filter(dossier_id=one, kind="paid").order_by("id"))
    return {
        "charge": lambda: charge_fee([one], n, "Phí", **how).only(),
        "collect": lambda: collect_fee([one], amount=n, **how).only(),
        "waive": lambda: waive_fee([one], "Thẻ", amount=n, **how).only(),
        "refund": lambda: refund_fee([one], n, "Thừa", decision="1/QĐ", **how).only(),
        "correct": lambda: correct_charge([one], n, "Sửa", **how).only(),
        "void": lambda: void_receipt(receipts[n % len(receipts)].pk, "Nhầm", **how) if receipts else None,
    }[act]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=10))
def test_whatever_is_done_the_ledger_agrees_with_itself_and_with_the_dossier(
    place: Place, acts: list[tuple[str, int]]
) -> None:
    one = place.received("2026-11-02 09:00").id
    for act, n in acts:
        with suppress(Refused):
            _doing(place, one, act, n)()
        sums = balance(place, one)
        assert sums.charged - sums.dropped == sums.waived + sums.held + sums.owed  # what was due is somewhere
        assert sums.paid - sums.voided - sums.refunded == sums.held >= 0
        assert money(one) == sums.state
    numbers = FeeEntry.objects.filter(kind="paid").order_by("receipt_no").values_list("receipt_no", flat=True)
    last = Series.objects.filter(key__startswith="receipt:").values_list("last", flat=True).first() or 0
    assert list(numbers) == list(range(1, last + 1))

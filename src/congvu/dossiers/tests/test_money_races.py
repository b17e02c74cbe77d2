"""Two hands on one ledger at once, each with its own connection: one receipt, one entry, numbers without a gap."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from congvu.config.testing.together import at_once
from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.import_bank import import_bank
from congvu.dossiers.actions.print_receipt import print_receipt
from congvu.dossiers.actions.refund_fee import refund_fee
from congvu.dossiers.actions.report_payment import PaymentReport, report_payment
from congvu.dossiers.actions.start_payment import start_payment
from congvu.dossiers.actions.void_receipt import void_receipt
from congvu.dossiers.models import BankLine, Dossier, FeeEntry, OnlinePayment, ReceiptPrint
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, an_actor, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.numbering.models import Series
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2026-11-03 09:00")


@pytest.fixture
def place() -> Iterator[Place]:
    forget()
    yield a_place()
    forget()


def owing(place: Place, count: int = 1) -> list[int]:
    ids = [place.received("2026-11-02 09:00").id for _ in range(count)]
    charge_fee(ids, 150_000, "Lệ phí", by=place.clerk, at=NOW)
    return ids


def refusals(answers: list[Any]) -> list[str]:
    unexpected = [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert unexpected == []
    return [one.what for one in answers if isinstance(one, Refused)]


def test_two_cashiers_collect_the_same_fee_and_one_receipt_is_written(place: Place) -> None:
    other = an_actor(11, "Người thu thứ hai", "clerk", place.centre)
    for _ in range(5):
        one = owing(place)[0]
        answers = at_once(
            lambda one=one: collect_fee([one], by=place.clerk, at=NOW).only(),  # type: ignore[misc]
            lambda one=one: collect_fee([one], by=other, at=NOW).only(),  # type: ignore[misc]
        )
        told = refusals(answers)
        assert len(told) == 1
        assert told[0] in ("Hồ sơ ở tình trạng «Đã nộp», không có khoản phải thu.", "Khoản này vừa được nộp.")
        assert FeeEntry.objects.filter(dossier_id=one, kind="paid").count() == 1
    assert Series.objects.get(key__startswith="receipt:").last == 5  # the loser burnt no number


def test_a_payment_told_twice_at_the_same_instant_is_one_row(place: Place) -> None:
    for n in range(5):
        code = str(Dossier.objects.get(pk=owing(place)[0]).code)
        report = PaymentReport("ngan-hang", f"GD{n}", code, 150_000)
        answers = at_once(*[lambda r=report: report_payment(r, by=SYSTEM, at=NOW)] * 4)  # type: ignore[misc]
        assert refusals(answers) == []
        assert Counter(answers) == {True: 1, False: 3}
        assert FeeEntry.objects.filter(key=report.key).count() == 1
    assert Series.objects.get(key__startswith="receipt:").last == 5


def test_receipt_numbers_have_no_gap_under_sixteen_threads(place: Place) -> None:
    ids = owing(place, 64)
    shares = [ids[n::16] for n in range(16)]
    answers = at_once(
        *(
            lambda share=share: [collect_fee([one], by=place.clerk, at=NOW).only() for one in share]
            for share in shares
        )  # type: ignore[misc]
    )
    assert refusals(answers) == []
    numbers = FeeEntry.objects.filter(kind="paid").values_list("receipt_no", flat=True)
    assert sorted(n for n in numbers if n) == list(range(1, 65))


def test_a_receipt_is_voided_once_and_never_beside_its_refund(place: Place) -> None:
    for _ in range(3):
        one = owing(place)[0]
        collect_fee([one], by=place.clerk, at=NOW).only()
        receipt = FeeEntry.objects.get(dossier_id=one, kind="paid").pk
        answers = at_once(
            lambda pk=receipt: void_receipt(pk, "Nhầm", by=place.clerk, at=NOW),  # type: ignore[misc]
            lambda pk=receipt: void_receipt(pk, "Nhầm", by=place.clerk, at=NOW),  # type: ignore[misc]
            lambda one=one: refund_fee(
                [one], 150_000, "Thừa", decision="1/QĐ", by=place.clerk, at=NOW
            ).only(),  # type: ignore[misc]
        )
        assert len(refusals(answers)) == 2
        assert FeeEntry.objects.filter(dossier_id=one, kind__in=("voided", "refunded")).count() == 1


def test_two_presses_at_once_begin_one_payment(place: Place) -> None:
    for _ in range(5):
        one = owing(place)[0]
        answers = at_once(*[lambda one=one: start_payment(one, by=place.clerk, at=NOW)] * 4)  # type: ignore[misc]
        assert refusals(answers) == []
        assert len({each.reference for each in answers}) == 1
        assert OnlinePayment.objects.filter(dossier_id=one).count() == 1
        assert AuditEntry.objects.filter(verb="start_payment", object_id=one).count() == 1


def test_a_day_file_read_by_three_at_once_keeps_each_line_and_credit_once(place: Place) -> None:
    codes = Dossier.objects.filter(pk__in=owing(place, 3)).values_list("code", flat=True)
    lines = [f"FT{n};150000;Phi {code}" for n, code in enumerate(codes)] + ["FT9;5;x", "FT10;-5;y"]
    file = "\n".join(("transaction;credit;content", *lines)).encode()
    answers = at_once(*[lambda: import_bank(file, place.centre.pk, by=place.clerk, at=NOW)] * 3)
    assert refusals(answers) == []
    verdicts = BankLine.objects.order_by("row").values_list("verdict", flat=True)
    assert list(verdicts) == ["entered"] * 3 + ["unknown", "out"]
    assert FeeEntry.objects.filter(kind="paid").count() == 3


def test_only_one_paper_is_the_first(place: Place) -> None:
    one = owing(place)[0]
    collect_fee([one], by=place.clerk, at=NOW).only()
    receipt = FeeEntry.objects.get(kind="paid").pk
    answers = at_once(*[lambda: print_receipt(receipt, by=place.clerk, at=NOW)] * 6)
    assert sorted(answers) == [1, 2, 3, 4, 5, 6] and ReceiptPrint.objects.count() == 6

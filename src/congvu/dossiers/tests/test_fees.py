"""The ledger of fees: charged, paid, waived, refunded; receipts without gaps; a payment told twice is one payment."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.door import read
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.money import balances
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refund_fee import refund_fee
from congvu.dossiers.actions.register_online import register_online
from congvu.dossiers.actions.report_payment import PaymentReport, report_payment
from congvu.dossiers.actions.request_payment import request_payment
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.waive_fee import waive_fee
from congvu.dossiers.models import Dossier, DossierEvent, FeeEntry
from congvu.dossiers.rules.money import Balance, FeeIn, FeeKind, PayWay
from congvu.dossiers.rules.status import Money
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, a_version, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.numbering.models import Series
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 09:00")


@pytest.fixture
def place() -> Iterator[Place]:
    forget()
    yield a_place()
    forget()


def handed(place: Place, count: int = 1) -> list[int]:
    ids = [place.received("2026-11-02 09:00").id for _ in range(count)]
    hand_over(ids, by=place.clerk, at=at("2026-11-02 10:00"))
    return ids


def charged(place: Place, amount: int = 150_000, count: int = 1) -> list[int]:
    ids = handed(place, count)
    charge_fee(ids, amount, "Lệ phí cấp giấy", by=place.clerk, at=NOW)
    return ids


def money(dossier: int) -> Money:
    return Money(Dossier.objects.get(pk=dossier).money)


def entries(dossier: int) -> list[tuple[Any, ...]]:
    rows = FeeEntry.objects.filter(dossier_id=dossier).order_by("id")
    return list(rows.values_list("kind", "amount", "way", "receipt_no"))


def test_the_state_of_money_is_what_the_entries_add_up_to() -> None:
    owing = Balance().after(FeeIn(FeeKind.CHARGED, 100))
    assert (Balance().state, owing.state, owing.owed) == (Money.NONE, Money.OWED, 100)
    part = owing.after(FeeIn(FeeKind.PAID, 40))
    assert (part.state, part.owed) == (Money.OWED, 60)
    assert part.after(FeeIn(FeeKind.WAIVED, 60)).state == Money.PAID
    assert owing.after(FeeIn(FeeKind.WAIVED, 100)).state == Money.WAIVED
    over = owing.after(FeeIn(FeeKind.PAID, 130))
    assert [(one.kind, one.amount) for one in over.refund(30)] == [("refunded", 30)]
    assert [(one.kind, one.amount) for one in over.refund(130)] == [("refunded", 130), ("dropped", 100)]
    empty = over.after(*over.refund(130))
    assert (empty.owed, empty.held, empty.state) == (0, 0, Money.NONE)
    assert empty.after(FeeIn(FeeKind.CHARGED, 50)).owed == 50


def test_charged_then_paid_in_parts_each_with_a_receipt(place: Place) -> None:
    one = charged(place)[0]
    assert money(one) == Money.OWED
    collect_fee([one], "BL 7", amount=50_000, by=place.clerk, at=NOW).only()
    assert money(one) == Money.OWED
    collect_fee([one], way=PayWay.TRANSFER, by=place.clerk, at=NOW).only()
    assert money(one) == Money.PAID
    assert entries(one) == [
        ("charged", 150_000, "", None), ("paid", 50_000, "quay", 1), ("paid", 100_000, "chuyen-khoan", 2),
    ]  # fmt: skip
    with pytest.raises(Refused, match="không có khoản phải thu"):
        collect_fee([one], by=place.clerk, at=NOW).only()
    kept = FeeEntry.objects.filter(kind="paid").first()
    assert kept is not None and (kept.unit_id, kept.for_unit_id, kept.reference, kept.receipt_year) == (
        place.centre.pk, place.home_affairs.pk, "BL 7", 2026,
    )  # fmt: skip
    assert AuditEntry.objects.filter(object_id=one, verb="collect_fee").count() == 2


def test_what_the_published_version_asks_is_charged_and_cited_when_it_is_received(place: Place) -> None:
    version = a_version("1.000777", fee=80_000)
    one = place.received("2026-11-02 09:00", version_id=version.pk).id
    assert money(one) == Money.OWED
    charge = FeeEntry.objects.get(dossier_id=one)
    assert (charge.kind, charge.amount, charge.day.isoformat(), charge.actor_id) == (
        "charged", 80_000, "2026-11-02", place.clerk.account_id,
    )  # fmt: skip
    assert (charge.unit_id, charge.for_unit_id) == (place.centre.pk, place.home_affairs.pk)
    assert charge.reason == "Phí, lệ phí; mức công bố của thủ tục 1.000777"
    collect_fee([one], by=place.clerk, at=NOW).only()
    assert entries(one) == [("charged", 80_000, "", None), ("paid", 80_000, "quay", 1)]


def test_alternative_amounts_are_left_for_the_counter_to_say(place: Place) -> None:
    version = a_version("1.000778", fee=[("LE_PHI", 100_000), ("LE_PHI", 50_000)])
    one = place.received("2026-11-02 09:00", version_id=version.pk).id
    assert (money(one), entries(one)) == (Money.OWED, [])
    with pytest.raises(Refused, match="Chưa tính mức phí"):
        collect_fee([one], by=place.clerk, at=NOW).only()
    collect_fee([one], amount=50_000, by=place.clerk, at=NOW).only()
    assert entries(one) == [("charged", 50_000, "", None), ("paid", 50_000, "quay", 1)]


def test_a_phi_and_a_le_phi_are_both_charged_and_a_free_line_is_not(place: Place) -> None:
    version = a_version("1.000781", fee=[("LE_PHI", 100_000), ("PHI", 70_000), ("PHI", 0)])
    one = place.received("2026-11-02 09:00", version_id=version.pk).id
    assert sorted(entries(one)) == [("charged", 70_000, "", None), ("charged", 100_000, "", None)]
    assert balances([one]).of(read([one], by=place.clerk, at=NOW)[0][one]).price == 170_000


def test_what_comes_through_the_portal_is_charged_when_the_counter_receives_it(place: Place) -> None:
    version = a_version("1.000779", fee=30_000)
    intakes = [place.intake(version_id=version.pk, channel=2) for _ in range(2)]
    ids = [one.id for one in register_online(intakes, by=SYSTEM, at=NOW)]
    assert (money(ids[0]), entries(ids[0])) == (Money.OWED, [])
    receive_registered(ids, by=place.clerk, at=NOW)
    assert [entries(one) for one in ids] == [[("charged", 30_000, "", None)]] * 2
    receive_registered(ids, by=place.clerk, at=NOW)  # refused: received already
    assert FeeEntry.objects.count() == 2


def test_paying_what_was_waited_for_does_not_pay_what_was_owed_before(place: Place) -> None:
    version = a_version("1.000780", fee=30_000)
    one = place.received("2026-11-02 09:00", version_id=version.pk).id
    hand_over([one], by=place.clerk, at=at("2026-11-02 10:00"))
    request_payment([one], "Thuế đất, nộp kho bạc", by=place.specialist, at=NOW).only()
    resume([one], by=place.specialist, at=at("2026-11-05 09:00")).only()
    assert (money(one), entries(one)) == (Money.OWED, [("charged", 30_000, "", None)])
    request_payment([one], "Trích đo", amount=5_000, by=place.specialist, at=at("2026-11-06 09:00")).only()
    resume([one], by=place.specialist, at=at("2026-11-09 09:00")).only()
    assert entries(one)[1:] == [("charged", 5_000, "", None), ("paid", 5_000, "quay", 1)]
    assert money(one) == Money.OWED


def test_receipt_numbers_run_without_gap_per_one_stop_and_year(place: Place) -> None:
    collect_fee(charged(place, count=3), by=place.clerk, at=NOW)
    ids = charged(place, count=2)
    outcome = collect_fee([*ids, *handed(place)], by=place.clerk, at=NOW)  # the last owes nothing
    assert (len(outcome.done), len(outcome.refused)) == (2, 1)
    collect_fee(charged(place), by=place.clerk, at=at("2027-01-04 09:00"))
    found = FeeEntry.objects.filter(kind="paid").order_by("id").values_list("receipt_year", "receipt_no")
    assert list(found) == [(2026, 1), (2026, 2), (2026, 3), (2026, 4), (2026, 5), (2027, 1)]


def test_waiving_and_refunding_want_a_reason_and_never_more_than_there_is(place: Place) -> None:
    one = charged(place)[0]
    with pytest.raises(Refused, match="Chưa ghi lý do miễn"):
        waive_fee([one], " ", by=place.clerk, at=NOW)
    with pytest.raises(Refused, match="Chỉ còn phải nộp 150000"):
        waive_fee([one], "Hộ nghèo", amount=200_000, by=place.clerk, at=NOW).only()
    waive_fee([one], "Hộ nghèo", by=place.clerk, at=NOW).only()
    assert money(one) == Money.WAIVED
    two = charged(place)[0]
    collect_fee([two], by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="chưa hoàn trả 150000"):
        refund_fee([two], 150_001, "Thu nhầm", decision="1/QĐ", by=place.clerk, at=NOW).only()
    refund_fee([two], 50_000, "Thu nhầm", decision="1/QĐ", by=place.clerk, at=NOW).only()
    assert money(two) == Money.PAID
    refund_fee([two], 100_000, "Rút hồ sơ", decision="2/QĐ", by=place.clerk, at=NOW).only()
    assert money(two) == Money.NONE
    with pytest.raises(Refused, match="lớn hơn 0"):
        charge_fee([two], 0, "Phí", by=place.clerk, at=NOW)
    with pytest.raises(Refused, match="tại bộ phận một cửa"):
        charge_fee([two], 5, "Phí", by=place.specialist, at=NOW).only()


def test_a_payment_waited_for_is_entered_when_the_clock_runs_again(place: Place) -> None:
    one = handed(place)
    request_payment(one, "Lệ phí trước bạ", amount=70_000, by=place.specialist, at=NOW).only()
    resume(one, by=place.specialist, at=at("2026-11-05 09:00")).only()
    assert entries(one[0]) == [("charged", 70_000, "", None), ("paid", 70_000, "quay", 1)]
    assert money(one[0]) == Money.PAID
    two = handed(place)
    request_payment(two, "Thuế đất, nộp kho bạc", by=place.specialist, at=NOW).only()
    resume(two, by=place.specialist, at=at("2026-11-05 09:00")).only()
    assert (entries(two[0]), money(two[0])) == ([], Money.PAID)


def test_a_payment_told_twice_is_one_payment(place: Place) -> None:
    one = charged(place)[0]
    report = PaymentReport("tep", "GD1", str(Dossier.objects.get(pk=one).code), 150_000)
    assert [report_payment(report, by=SYSTEM, at=NOW) for _ in range(2)] == [True, False]
    assert entries(one)[1:] == [("paid", 150_000, "truc-tuyen", 1)]
    assert money(one) == Money.PAID
    assert DossierEvent.objects.filter(dossier_id=one, verb="report_payment").count() == 1
    with pytest.raises(Refused, match="không khớp hồ sơ nào"):
        report_payment(PaymentReport("tep", "GD3", "H99.01-261102-9999", 5), by=SYSTEM, at=NOW)


def test_the_same_report_at_the_same_instant_burns_no_receipt(place: Place, monkeypatch: Any) -> None:
    one = charged(place)[0]
    report = PaymentReport("tep", "GD1", str(Dossier.objects.get(pk=one).code), 150_000)
    report_payment(report, by=SYSTEM, at=NOW)
    monkeypatch.setattr(
        type(FeeEntry.objects.all()), "exists", lambda self: False
    )  # looked before the other wrote
    assert report_payment(report, by=SYSTEM, at=NOW) is False
    assert FeeEntry.objects.filter(kind="paid").count() == 1
    assert Series.objects.get(key__startswith="receipt:").last == 1


def test_sets_take_three_statements(place: Place) -> None:
    for count in (1, 40):
        ids = charged(place, count=count)
        with CaptureQueriesContext(connection) as found:
            collect_fee(ids, by=place.clerk, at=NOW)
        assert len(found) == 3

"""Paying online: begun by the citizen, told by the bank, once; the bank's day file drops nothing."""

import json
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.import_bank import import_bank
from congvu.dossiers.actions.request_payment import request_payment
from congvu.dossiers.models import BankLine, Dossier, FeeEntry, OnlinePayment
from congvu.dossiers.rules.bank_file import Verdict
from congvu.dossiers.rules.payment_report import signed
from congvu.dossiers.rules.status import Money
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office
from congvu.dossiers.tests.make import at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.models import Account

pytestmark = pytest.mark.django_db
MORNING = at("2026-11-20 09:00")
CALLBACK = "/thanh-toan/bao-co/ngan-hang-mau/"


def owing(office: Office, amount: int = 150_000) -> Dossier:
    made = office.place.received("2026-11-20 08:00", owner_account_id=CITIZEN_ID)
    charge_fee([made.id], amount, "Lệ phí", by=office.place.clerk, at=MORNING)
    return Dossier.objects.get(pk=made.id)


def begun(office: Office, one: Dossier) -> OnlinePayment:
    answer = office.enter(office.citizen).post(f"/ho-so-cua-toi/{one.pk}/nop-phi/")
    payment = OnlinePayment.objects.get(dossier=one)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/ngan-hang-mau/{payment.reference}/")
    return payment


def tell(
    payment: OnlinePayment, moment: float, *, secret: str = "", path: str = CALLBACK, **more: Any
) -> Any:
    said = {"reference": payment.reference, "transaction": "FT1", "amount": payment.amount, **more}
    body, when = json.dumps(said).encode(), str(int(moment))
    headers = {
        "X-Congvu-Time": when,
        "X-Congvu-Signature": signed(secret or settings.CONGVU_GATEWAY_SECRET, when, body),
    }
    client = Client(enforce_csrf_checks=True)
    return client.post(path, body, content_type="application/json", headers=headers)


def test_the_citizen_begins_the_bank_tells_and_the_fee_is_paid_once(
    office: Office, frozen_clock: Any
) -> None:
    one = owing(office)
    citizen = office.enter(office.citizen)
    assert "Xem và nộp" in citizen.get(f"/ho-so-cua-toi/{one.pk}/").content.decode()
    payment = begun(office, one)
    begun(office, one)  # pressed twice: the same payment goes on
    now = frozen_clock.now.timestamp()
    first = tell(payment, now)
    assert (first.status_code, first.json()) == (200, {"ok": True, "new": True})
    assert tell(payment, now).json() == {"ok": True, "new": False}
    assert list(FeeEntry.objects.filter(kind="paid").values_list("amount", "way", "receipt_no")) == [
        (150_000, "truc-tuyen", 1)
    ]
    one.refresh_from_db()
    assert one.money == Money.PAID
    page = citizen.get(f"/ho-so-cua-toi/{one.pk}/").content.decode()
    receipt = FeeEntry.objects.get(kind="paid")
    assert f"/thu-phi/bien-lai/{receipt.pk}/" in page and "Xem và nộp" not in page
    assert citizen.post(f"/thu-phi/bien-lai/{receipt.pk}/in/")["Content-Type"] == "application/pdf"
    assert citizen.post(f"/ho-so-cua-toi/{one.pk}/nop-phi/").status_code == 422
    clerk = office.enter(office.place.clerk)
    assert (
        clerk.post(f"/thu-phi/bien-lai/{receipt.pk}/", {"ly_do": "Hủy"}).status_code == 422
    )  # a bank's money is refunded


def test_a_report_is_believed_only_when_it_is_proved(office: Office, frozen_clock: Any, caplog: Any) -> None:
    payment = begun(office, owing(office))
    now = frozen_clock.now.timestamp()
    assert tell(payment, now, secret="another key of thirty-two letters").status_code == 403
    assert tell(payment, now - 3600).status_code == 403  # told an hour ago, and sent again
    assert tell(payment, now, amount=-5).status_code == 422
    assert tell(payment, now, reference="CV0000000000").status_code == 404
    assert tell(payment, now, path="/thanh-toan/bao-co/vietqr/").status_code == 404
    assert tell(payment, now, transaction="x" * 5000).status_code == 422
    assert Client().get(CALLBACK).status_code == 405
    assert Client().post(CALLBACK, "khong ky", content_type="text/plain").status_code == 403
    assert FeeEntry.objects.filter(kind="paid").count() == 0
    assert "refused" in caplog.text and settings.CONGVU_GATEWAY_SECRET not in caplog.text


def test_a_flood_of_reports_is_slowed(office: Office, frozen_clock: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("congvu.dossiers.web.pay.LIMIT", 2)
    payment = begun(office, owing(office))
    answers = [tell(payment, frozen_clock.now.timestamp(), secret="z" * 32).status_code for _ in range(3)]
    assert answers == [403, 403, 429]


def test_without_a_gateway_the_page_says_where_to_pay(office: Office, settings: Any) -> None:
    settings.CONGVU_GATEWAY = ""
    one = owing(office)
    citizen = office.enter(office.citizen)
    page = citizen.get(f"/ho-so-cua-toi/{one.pk}/nop-phi/").content.decode()
    assert "Nộp tại quầy" in page and "Nộp trực tuyến" not in page
    assert citizen.post(f"/ho-so-cua-toi/{one.pk}/nop-phi/").status_code == 422
    assert Client().get("/ngan-hang-mau/CV0000000000/").status_code == 404


def test_a_transfer_shows_a_code_of_the_very_amount(office: Office, settings: Any) -> None:
    settings.CONGVU_GATEWAY, settings.CONGVU_GATEWAY_SECRET = "vietqr", "k" * 32
    settings.CONGVU_BANK_BIN, settings.CONGVU_BANK_ACCOUNT, settings.CONGVU_BANK_HOLDER = (
        "970415",
        "0011001932418",
        "Trung tâm",
    )
    one = owing(office)
    page = office.enter(office.citizen).post(f"/ho-so-cua-toi/{one.pk}/nop-phi/").content.decode()
    reference = OnlinePayment.objects.get().reference
    assert reference in page and "0011001932418" in page and "<svg" in page


def test_what_another_agency_collects_is_said_in_words_and_not_as_a_sum_to_pay_here(office: Office) -> None:
    one = owing(office)
    place = office.place
    collect_fee([one.pk], by=place.clerk, at=at("2026-11-20 09:30")).only()
    hand_over([one.pk], by=place.clerk, at=at("2026-11-20 10:00")).only()
    asked = "Nộp thuế đất tại cơ quan thuế."
    request_payment([one.pk], asked, by=place.specialist, at=at("2026-11-20 11:00")).only()
    client = office.enter(office.citizen)
    page = client.get(f"/ho-so-cua-toi/{one.pk}/").content.decode()
    assert "Cần thực hiện nghĩa vụ tài chính" in page and asked in page
    assert "còn phải nộp phí" not in page
    assert "do cơ quan khác thu" in client.get(f"/ho-so-cua-toi/{one.pk}/nop-phi/").content.decode()


def test_another_citizen_cannot_begin_a_payment(office: Office) -> None:
    made = office.place.received("2026-11-20 08:00")
    charge_fee([made.id], 5_000, "Lệ phí", by=office.place.clerk, at=MORNING)
    assert office.enter(office.citizen).post(f"/ho-so-cua-toi/{made.id}/nop-phi/").status_code == 404


def test_a_day_file_is_matched_and_what_is_unknown_is_listed(
    office: Office, frozen_clock: Any, counting: Any
) -> None:
    told, filed, by_code = (owing(office, amount) for amount in (150_000, 70_000, 30_000))
    payments = [begun(office, one) for one in (told, filed)]
    tell(payments[0], frozen_clock.now.timestamp())
    file = (
        "Mã giao dịch,Ghi có,Nội dung\n"
        f"FT1,150000,{payments[0].reference}\nFT2,70000,MB {payments[1].reference} nop phi\n"
        f"FT3,30000,Nop phi {by_code.code}\nFT4,20000,Tien an trua\nFT5,-9000,Phi SMS\n"
    )
    clerk = office.enter(office.place.clerk)

    def read() -> str:
        upload = SimpleUploadedFile("sao-ke.csv", file.encode(), "text/csv")
        return clerk.post("/thu-phi/sao-ke/", {"tep": upload}, follow=True).content.decode()

    page = read()
    assert "2 đã ghi thu, 1 đã có trong sổ, 1 chưa khớp hồ sơ, 1 không phải tiền vào" in page
    assert "Tien an trua" in page and "Phi SMS" not in page, "money that goes out waits for nobody"
    assert set(Dossier.objects.values_list("money", flat=True)) == {Money.PAID.value}
    assert "không có dòng mới" in read() and BankLine.objects.count() == 5
    late = owing(office, 20_000)
    line = BankLine.objects.get(transaction="FT4")
    wrong = clerk.post("/thu-phi/sao-ke/", {"dong": line.pk, "ma": "H99.01-261120-9999"})
    assert wrong.status_code == 422 and 'value="H99.01-261120-9999"' in wrong.content.decode()
    assert clerk.post("/thu-phi/sao-ke/", {"dong": line.pk, "ma": late.code}).status_code == 302
    late.refresh_from_db()
    line.refresh_from_db()
    assert (late.money, line.verdict) == (Money.PAID.value, "settled")
    with counting(8):
        assert "Tien an trua" not in clerk.get("/thu-phi/sao-ke/").content.decode()
    assert (
        clerk.post("/thu-phi/sao-ke/", {"tep": SimpleUploadedFile("x.csv", b"\xff\xfe")}).status_code == 422
    )
    stranger = office.enter(office.place.stranger_clerk)
    for tab in ("", "?xem=xong"):
        assert "Phi SMS" not in stranger.get(f"/thu-phi/sao-ke/{tab}").content.decode()
    assert "Phi SMS" not in stranger.get("/thu-phi/sao-ke/").content.decode()
    assert stranger.post("/thu-phi/sao-ke/", {"dong": line.pk, "ma": late.code}).status_code == 422


def a_file(*lines: str) -> SimpleUploadedFile:
    text = "\n".join(("Mã giao dịch;Ghi có;Nội dung", *lines))
    return SimpleUploadedFile("sao-ke.csv", text.encode(), "text/csv")


def test_what_is_no_fee_leaves_the_list_with_a_reason_and_can_come_back(
    office: Office, counting: Any
) -> None:
    clerk = office.enter(office.place.clerk)
    lines = ("FT1;20000;Tien an trua", 'FT2;nhieu;"Gi do', "FT3;-9000;Phi SMS")
    said = clerk.post("/thu-phi/sao-ke/", {"tep": a_file(*lines)}, follow=True).content.decode()
    assert "1 chưa khớp hồ sơ, 1 không đọc được, 1 không phải tiền vào" in said
    assert AuditEntry.objects.get(verb="import_bank").after["lines"] == 3
    waiting = BankLine.objects.filter(verdict__in=("unknown", "unread")).order_by("row")
    assert [one.row for one in waiting] == [2, 3]
    for one in waiting:
        refused = clerk.post("/thu-phi/sao-ke/", {"dong": one.pk, "ly-do": " "})
        assert refused.status_code == 422 and "Chưa ghi vì sao" in refused.content.decode()
        assert clerk.post("/thu-phi/sao-ke/", {"dong": one.pk, "ly-do": "Tiền cơm"}).status_code == 302
    assert "Không còn dòng nào" in clerk.get("/thu-phi/sao-ke/").content.decode()
    audited = AuditEntry.objects.filter(verb="put_bank_line_aside")
    assert {(one.why, one.after["verdict"]) for one in audited} == {("Tiền cơm", "no_fee")}
    with counting(8):
        answered = clerk.get("/thu-phi/sao-ke/?xem=xong").content.decode()
    assert "Tien an trua" in answered and "Phi SMS" in answered and "Tiền cơm" in answered
    one, line = owing(office, 20_000), BankLine.objects.get(transaction="FT1")
    again = clerk.post("/thu-phi/sao-ke/?xem=xong", {"dong": line.pk, "ma": one.code})
    assert again.status_code == 302, "put aside by mistake"
    line.refresh_from_db()
    assert (line.verdict, line.dossier_id) == ("settled", one.pk)
    assert f">{one.code}</a>" in clerk.get("/thu-phi/sao-ke/?xem=xong").content.decode()
    told = AuditEntry.objects.get(verb="settle_bank_line")
    assert (told.before, told.after["dossier"]) == ({"verdict": "no_fee"}, one.pk)


def test_every_line_with_money_knows_its_dossier(office: Office) -> None:
    by_code, by_hand = (owing(office, amount) for amount in (30_000, 40_000))
    clerk = office.enter(office.place.clerk)
    first = a_file(f"FT1;30000;Phi {by_code.code}", f"FT1;30000;Phi {by_hand.code}", "FT2;40000;Phi")
    clerk.post("/thu-phi/sao-ke/", {"tep": first})
    clerk.post("/thu-phi/sao-ke/", {"dong": BankLine.objects.get(transaction="FT2").pk, "ma": by_hand.code})
    clerk.post("/thu-phi/sao-ke/", {"tep": a_file("FT1;30000;x", "FT2;40000;y", "FT3;1;z")})
    found = BankLine.objects.values_list("transaction", "verdict", "dossier_id")
    assert Counter(found) == Counter([
        ("FT1", "entered", by_code.pk), ("FT1", "known", by_code.pk), ("FT2", "settled", by_hand.pk),
        ("FT1", "known", by_code.pk), ("FT2", "known", by_hand.pk), ("FT3", "unknown", None),
    ])  # fmt: skip
    unknown = BankLine.objects.get(transaction="FT3")
    BankLine.objects.filter(pk=unknown.pk).update(transaction="FT2")
    said = clerk.post("/thu-phi/sao-ke/", {"dong": unknown.pk, "ma": by_code.code}, follow=True)
    assert "đã có trong sổ" in said.content.decode()
    unknown.refresh_from_db()
    assert (unknown.verdict, unknown.dossier_id) == ("known", by_hand.pk), (
        "whose ledger has it, not whom one named"
    )
    assert AuditEntry.objects.get(verb="settle_bank_line", object_id=unknown.pk).after["verdict"] == "known"


def test_a_long_file_costs_statements_for_its_credits_only(office: Office) -> None:
    one = owing(office, 30_000)

    def cost(size: int) -> int:
        lines = [f"{size}X{n};5000;Phi H99.01-261120-8{n:03}" for n in range(size)]
        file = a_file(f"{size}FT;30000;Phi {one.code}", *lines)
        with CaptureQueriesContext(connection) as found:
            counted = import_bank(file.read(), office.place.centre.pk, by=office.place.clerk, at=MORNING)
        assert (counted[Verdict.ENTERED], counted[Verdict.UNKNOWN]) == (1, size)
        return len(found)

    assert cost(5) == cost(400) < 30


def test_a_file_read_halfway_is_read_on(office: Office) -> None:
    one = owing(office, 30_000)
    file = a_file(f"FT1;30000;Phi {one.code}", "FT2;5;x").read()
    by, unit = office.place.clerk, office.place.centre.pk
    import_bank(file, unit, by=by, at=MORNING)
    BankLine.objects.filter(transaction="FT2").delete()  # as when the first reading broke off
    counted = import_bank(file, unit, by=by, at=MORNING)
    assert counted == {Verdict.UNKNOWN: 1} and BankLine.objects.count() == 2


@pytest.mark.browser
def test_the_citizen_pays_at_the_model_bank_in_a_browser(
    page: Any, office: Office, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    one = owing(office)
    enter(page, SimpleNamespace(account=Account.objects.get(pk=CITIZEN_ID)))
    page.goto(f"/ho-so-cua-toi/{one.pk}/nop-phi/")
    assert_accessible(page)
    keep_picture(page, "nop-phi")
    with page.expect_navigation():
        page.get_by_role("button", name="Nộp trực tuyến").click()
    assert_accessible(page)
    keep_picture(page, "ngan-hang-mau")
    with page.expect_navigation():
        page.get_by_role("button", name="Chuyển tiền").click()
    assert page.url.endswith(f"/ho-so-cua-toi/{one.pk}/")
    assert "Đã nộp" in page.locator("main").inner_text()
    keep_picture(page, "da-nop")
    one.refresh_from_db()
    assert one.money == Money.PAID

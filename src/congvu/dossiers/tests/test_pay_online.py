"""Paying online: begun by the citizen, told by the bank, once; the bank's day file drops nothing."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.models import BankLine, Dossier, FeeEntry, OnlinePayment
from congvu.dossiers.rules.payment_report import signed
from congvu.dossiers.rules.status import Money
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office
from congvu.dossiers.tests.make import at
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
    assert "2 đã ghi thu, 1 đã có trong sổ, 1 chưa khớp hồ sơ, 1 không phải khoản thu" in page
    assert "Tien an trua" in page and "Phi SMS" in page
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
    assert "Phi SMS" not in stranger.get("/thu-phi/sao-ke/").content.decode()
    assert stranger.post("/thu-phi/sao-ke/", {"dong": line.pk, "ma": late.code}).status_code == 422


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

"""The till: receipts on paper, what is to be collected, the day sheet and its closing, waivers by ground."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.close_day import close_day
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.refund_fee import refund_fee
from congvu.dossiers.actions.waive_fee import waive_fee
from congvu.dossiers.models import DayClosing, Dossier, FeeEntry, ReceiptPrint
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office
from congvu.dossiers.tests.make import at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
MORNING = at("2026-11-20 09:00")


def text_of(content: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages).split())


def owing(office: Office, amount: int = 150_000, **more: Any) -> Dossier:
    one = Dossier.objects.get(pk=office.place.received("2026-11-20 08:00", **more).id)
    charge_fee([one.pk], amount, "Lệ phí cấp giấy #1", by=office.place.clerk, at=MORNING)
    return one


def paid(office: Office, amount: int = 150_000, way: PayWay = PayWay.COUNTER, **more: Any) -> FeeEntry:
    one = owing(office, amount, **more)
    collect_fee([one.pk], way=way, by=office.place.clerk, at=MORNING).only()
    return FeeEntry.objects.get(dossier=one, kind="paid")


def printed(client: Client, entry: FeeEntry) -> str:
    answer = client.post(f"/thu-phi/bien-lai/{entry.pk}/in/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return text_of(answer.content)


def test_the_receipt_says_the_amount_in_words_and_a_second_print_says_so(office: Office) -> None:
    entry = paid(office)
    clerk = office.enter(office.place.clerk)
    first = printed(clerk, entry)
    for said in (
        "BIÊN LAI THU PHÍ, LỆ PHÍ", "Ký hiệu: H99.01-26", "Số: 0000001", "150.000 đồng", "Một trăm năm mươi nghìn đồng",
        "Nguyễn Thị Mẫu", entry.dossier.code, "Lệ phí cấp giấy #1", "Tiền mặt tại quầy", office.place.clerk.name,
        "Liên 1: Lưu tại cơ quan thu", "Liên 2: Giao cho người nộp tiền", "01BLP2-001", "ngày 20 tháng 11 năm 2026",
    ):  # fmt: skip
        assert str(said) in first, said
    assert "IN LẠI" not in first and "ĐÃ HỦY" not in first
    assert "BẢN IN LẠI LẦN 1" in printed(clerk, entry)
    assert (ReceiptPrint.objects.count(), AuditEntry.objects.filter(verb="print_receipt").count()) == (2, 2)
    assert clerk.get(f"/thu-phi/bien-lai/{entry.pk}/in/").status_code == 302  # a link alone prints nothing
    assert "đã in" in clerk.get(f"/thu-phi/bien-lai/{entry.pk}/").content.decode()


def test_a_voided_receipt_is_marked_and_keeps_its_number(office: Office) -> None:
    entry = paid(office)
    clerk, page = office.enter(office.place.clerk), f"/thu-phi/bien-lai/{entry.pk}/"
    assert clerk.post(page, {"ly_do": " "}).status_code == 422
    assert clerk.post(page, {"ly_do": "Ghi nhầm hồ sơ <b>"}).status_code == 302
    told = clerk.get(page).content.decode()
    assert (
        "Biên lai đã hủy" in told
        and "Ghi nhầm hồ sơ &lt;b&gt;" in told
        and "Hủy biên lai ghi sai" not in told
    )
    paper = printed(clerk, entry)
    assert "ĐÃ HỦY" in paper and "Số: 0000001" in paper
    assert "150.000" in clerk.get("/thu-phi/").content.decode()
    assert clerk.post(page, {"ly_do": "Lần nữa"}).status_code == 422


def test_a_receipt_is_shown_to_its_own_citizen_and_to_no_other(office: Office) -> None:
    mine, other = paid(office, owner_account_id=CITIZEN_ID), paid(office)
    citizen = office.enter(office.citizen)
    page = citizen.get(f"/thu-phi/bien-lai/{mine.pk}/")
    assert page.status_code == 200 and office.place.clerk.name not in page.content.decode()
    assert "150.000 đồng" in printed(citizen, mine)
    assert citizen.get(f"/thu-phi/bien-lai/{other.pk}/").status_code == 404
    assert citizen.post(f"/thu-phi/bien-lai/{other.pk}/in/").status_code == 404
    assert citizen.post(f"/thu-phi/bien-lai/{mine.pk}/", {"ly_do": "Không thích"}).status_code == 422
    assert office.enter(office.place.stranger_clerk).get(f"/thu-phi/bien-lai/{mine.pk}/").status_code == 404
    charge = FeeEntry.objects.filter(kind="charged").first()
    assert charge is not None and citizen.get(f"/thu-phi/bien-lai/{charge.pk}/").status_code == 404


def test_what_is_to_be_collected_is_listed_from_the_first_minute(office: Office, counting: Any) -> None:
    one, two = owing(office, 70_000), owing(office, 80_000)
    collect_fee([two.pk], amount=30_000, by=office.place.clerk, at=MORNING).only()
    done = paid(office)
    clerk = office.enter(office.place.clerk)
    with counting(8):
        page = clerk.get("/thu-phi/").content.decode()
    assert page.index(str(one.code)) < page.index(str(two.code))
    assert "70.000" in page and "50.000" in page and str(done.dossier.code) not in page
    Dossier.objects.filter(pk=done.dossier_id).update(money=1)  # as the text alone says what is asked
    assert str(one.code) not in office.enter(office.place.stranger_clerk).get("/thu-phi/").content.decode()
    assert office.enter(office.place.specialist).get("/thu-phi/").status_code == 403


def test_the_list_goes_on_by_its_cursor(office: Office) -> None:
    owed = [owing(office) for _ in range(27)]
    page = office.enter(office.place.clerk).get("/thu-phi/")
    following = page.context["page"].next
    rest = office.enter(office.place.clerk).get("/thu-phi/", {"sau": following}).content.decode()
    assert str(owed[0].code) not in rest and str(owed[25].code) in rest and str(owed[26].code) in rest


def test_the_day_is_counted_per_collector_and_way_and_differences_are_named(
    office: Office, counting: Any
) -> None:
    paid(office, 150_000)
    paid(office, 90_000, PayWay.TRANSFER)
    back = paid(office, 40_000)
    refund_fee([back.dossier_id], 10_000, "Thừa", decision="1/QĐ", by=office.place.clerk, at=MORNING).only()
    clerk = office.enter(office.place.clerk)
    with counting(8):
        page = clerk.get("/thu-phi/bang-ke/").content.decode()
    for said in ("190.000", "90.000", "180.000", office.place.clerk.name, "Chưa ai khóa sổ"):
        assert said in page, said
    address = "/thu-phi/bang-ke/?ngay=20/11/2026"
    assert clerk.post(address, {"counted": "175.000"}).status_code == 422
    wrong = clerk.post(address, {"counted": "175.000"}).content.decode()
    assert "lệch -5000 đồng" in wrong and 'value="175.000"' in wrong  # nothing typed is lost
    assert clerk.post(address, {"counted": "175.000", "note": "Trả thừa tiền lẻ"}).status_code == 302
    kept = DayClosing.objects.get()
    assert (kept.cash, kept.counted, kept.nth, kept.sums["quay"]) == (180_000, 175_000, 1, [2, 0, 180_000])
    assert clerk.post(address, {"counted": "175.000", "note": "Lại"}).status_code == 422
    paid(office, 5_000)
    assert "Sau đó sổ có khoản mới" in clerk.get(address).content.decode()
    assert clerk.post(address, {"counted": "185000"}).status_code == 302
    assert DayClosing.objects.count() == 2
    paper = text_of(clerk.get("/thu-phi/bang-ke/in/?ngay=20/11/2026").content)
    for said in (
        "BẢNG KÊ THU PHÍ, LỆ PHÍ", "0000004/2026", "275.000 đồng", "Hai trăm bảy mươi lăm nghìn đồng",
        "lệch −5.000 đồng (Trả thừa tiền lẻ)", "khóa lần 2",
    ):  # fmt: skip
        assert said in paper, said
    assert clerk.get("/thu-phi/bang-ke/in/?ngay=01/11/2026").status_code == 404


def test_only_a_collector_closes_the_own_day(office: Office) -> None:
    paid(office)
    place, day = office.place, MORNING.date()
    assert "Khóa sổ</button>" not in office.enter(place.chairman).get("/thu-phi/bang-ke/").content.decode()
    for who, why in ((place.chairman, "Chỉ người thu"), (place.stranger_clerk, "Chỉ người thu")):
        with pytest.raises(Refused, match=why):
            close_day(place.centre.pk, day, 150_000, "", by=who, at=MORNING)
    with pytest.raises(Refused, match="chưa tới"):
        close_day(place.centre.pk, day.replace(day=21), 0, "", by=place.clerk, at=MORNING)
    with pytest.raises(Refused, match="không thu khoản nào"):
        close_day(place.centre.pk, day.replace(day=19), 0, "", by=place.clerk, at=MORNING)


def test_waivers_are_listed_by_ground_and_share(office: Office) -> None:
    clerk = office.place.clerk
    for percent, ground in ((50, "ho-ngheo"), (50, "ho-ngheo"), (None, "tre-em")):
        waive_fee(
            [owing(office, 100_000).pk], "Thẻ", percent=percent, ground=ground, by=clerk, at=MORNING
        ).only()
    page = office.enter(clerk).get("/thu-phi/mien-giam/").content.decode()
    for said in ("Hộ nghèo", "50%", "Trẻ em", "200.000", "97/2015/QH13"):
        assert said in page, said
    assert page.count("100.000") == 2
    empty = office.enter(office.place.stranger_clerk).get("/thu-phi/mien-giam/").content.decode()
    assert "chưa miễn, giảm khoản nào" in empty

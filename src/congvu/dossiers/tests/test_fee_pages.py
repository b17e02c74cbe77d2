"""Screens of the ledger of fees: charging, collecting, waiving, giving back, and the quarterly reconciliation."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.refund_fee import refund_fee
from congvu.dossiers.models import Dossier, FeeEntry, RefundRequest
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import a_version, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def handled(office: Office) -> Dossier:
    made = office.place.received("2026-11-16 08:00")
    hand_over([made.id], by=office.place.clerk, at=at("2026-11-16 09:00"))
    return Dossier.objects.get(pk=made.id)


def test_the_counter_charges_collects_and_gives_back(office: Office, handled: Dossier) -> None:
    clerk = office.enter(office.place.clerk)

    def do(verb: str, **data: str) -> int:
        return clerk.post(f"/ho-so/{handled.code}/viec/{verb}/", data).status_code

    assert do("tinh-phi", amount="một trăm", reason="Lệ phí") == 422
    assert do("tinh-phi", amount="150.000 đ", reason="Lệ phí cấp giấy <b>") == 302
    assert do("thu-phi", amount="999.000") == 422
    assert do("thu-phi", amount="100000", receipt="BL 9") == 302
    assert do("mien-phi", reason="Hộ nghèo", ground="ho-ngheo") == 302
    assert do("hoan-phi", amount="20.000", reason="Thu nhầm") == 302
    asked = f"/thu-phi/hoan-tra/{RefundRequest.objects.get().pk}/"
    office.enter(office.place.chairman).post(asked, {"approve": "1", "decision": "12/QĐ"})
    assert clerk.post(asked, {"way": "chuyen-khoan"}).status_code == 302
    page = clerk.get(f"/ho-so/{handled.code}/").content.decode()
    for words in (
        "0000001/2026",
        "BL 9",
        "Lệ phí cấp giấy &lt;b&gt;",
        "Hộ nghèo",
        "Hoàn trả, chuyển khoản",
        "100.000",
    ):
        assert words in page, words
    assert list(FeeEntry.objects.order_by("id").values_list("kind", "amount")) == [
        ("charged", 150_000), ("paid", 100_000), ("waived", 50_000), ("refunded", 20_000), ("dropped", 20_000),
    ]  # fmt: skip


def test_the_counter_chooses_among_published_amounts(office: Office) -> None:
    version = a_version("1.000790", fee=[("LE_PHI", 100_000), ("LE_PHI", 50_000)])
    made = office.place.received("2026-11-16 08:00", version_id=version.pk)
    clerk, page = office.enter(office.place.clerk), f"/ho-so/{made.code}/viec/tinh-phi/"
    assert "100.000 đồng" in clerk.get(page).content.decode()
    assert clerk.post(page, {}).status_code == 422
    assert clerk.post(page, {"line": "7"}).status_code == 422
    assert clerk.post(page, {"line": "1", "amount": "70.000"}).status_code == 422
    assert clerk.post(page, {"line": "1"}).status_code == 302
    entry = FeeEntry.objects.get()
    assert (entry.amount, entry.reason) == (50_000, "Lệ phí; mức công bố của thủ tục 1.000790")


def test_the_quarter_is_reconciled_with_each_agency_and_opens_its_entries(
    office: Office, handled: Dossier
) -> None:
    place = office.place
    charge_fee([handled.pk], 150_000, "Lệ phí", by=place.clerk, at=at("2026-11-17 08:00"))
    collect_fee([handled.pk], amount=100_000, by=place.clerk, at=at("2026-11-17 09:00"))
    collect_fee([handled.pk], way=PayWay.TRANSFER, by=place.clerk, at=at("2026-11-18 09:00"))
    refund_fee([handled.pk], 30_000, "Thu nhầm", decision="1/QĐ", by=place.clerk, at=at("2026-11-19 09:00"))
    client = office.enter(place.clerk)
    page = client.get("/thu-phi/doi-soat/").content.decode()
    for sum_ in ("120.000", "100.000", "50.000", "30.000", "Sở Nội vụ"):
        assert sum_ in page, sum_
    where = {"nam": "2026", "quy": "4", "noi": str(place.centre.pk), "co_quan": str(place.home_affairs.pk)}
    opened = client.get("/thu-phi/doi-soat/", where).content.decode()
    assert opened.count(f">{handled.code}<") == 5 and "0000002/2026" in opened
    book = openpyxl.load_workbook(BytesIO(client.get("/thu-phi/doi-soat/tai-ve/", where).getvalue()))
    cells = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    paid = [row[6] for row in cells[1:] if row[5] == "Đã thu"]
    assert (cells[0][6], paid) == ("Số tiền (đồng)", [100_000, 50_000])
    assert (
        "chưa có khoản thu nào"
        in client.get("/thu-phi/doi-soat/", {"nam": "2026", "quy": "3"}).content.decode()
    )
    assert client.get("/thu-phi/doi-soat/", {"nam": "xx", "quy": "9"}).status_code == 422


def test_another_one_stop_sees_nothing_and_a_specialist_is_turned_away(
    office: Office, handled: Dossier
) -> None:
    place = office.place
    charge_fee([handled.pk], 150_000, "Lệ phí", by=place.clerk, at=at("2026-11-17 08:00"))
    where = {"nam": "2026", "quy": "4", "noi": str(place.centre.pk), "co_quan": str(place.home_affairs.pk)}
    stranger = office.enter(place.stranger_clerk).get("/thu-phi/doi-soat/", where).content.decode()
    assert str(handled.code) not in stranger and "chưa có khoản thu nào" in stranger
    assert office.enter(place.specialist).get("/thu-phi/doi-soat/").status_code == 403
    assert "150.000" in office.enter(place.leader).get("/thu-phi/doi-soat/").content.decode()


def test_reconciliation_asks_at_most_eight_times(office: Office, handled: Dossier, counting: Any) -> None:
    charge_fee([handled.pk], 150_000, "Lệ phí", by=office.place.clerk, at=at("2026-11-17 08:00"))
    client = office.enter(office.place.chairman)
    client.get("/thu-phi/doi-soat/")
    with counting(8):
        client.get("/thu-phi/doi-soat/", {"nam": "2026", "quy": "4", "noi": "1", "co_quan": "1"})

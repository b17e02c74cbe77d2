"""The yearly register: numbered through the year, sheets through the volumes, closed at its end, for who may see it."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from congvu.dossiers.queries import book as queries
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.web import book as screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Volumes of four lines, two a sheet: a year of nine dossiers has three volumes."""
    for name, value in (("LINES", 2), ("VOLUME", 4)):
        monkeypatch.setattr(screen, name, value)
        monkeypatch.setattr(queries, name, value, raising=False)


def pages_of(client: Any, unit: int, year: int, volume: int) -> list[str]:
    answer = client.get(f"/so-theo-doi/{unit}/{year}/{volume}/")
    assert answer.status_code == 200, answer.content.decode()
    return [" ".join(one.extract_text().split()) for one in PdfReader(BytesIO(answer.content)).pages]


def test_a_closed_year_in_three_volumes(office: Office, small: None) -> None:
    made = [
        office.place.received(f"2025-0{n}-03 09:00", owner=f"Nguyễn Thị Số {n} #x$") for n in range(1, 10)
    ]
    client, unit = office.enter(office.place.clerk), office.place.centre.pk
    page = client.get(f"/so-theo-doi/?don-vi={unit}&nam=2025").content.decode()
    assert page.count("/so-theo-doi/") >= 4 and "Quyển 3" in page and "Mẫu 07" in page
    first, second, third = (pages_of(client, unit, 2025, n) for n in (1, 2, 3))
    assert "SỔ THEO DÕI HỒ SƠ" in first[0] and "từ số 01 đến số 04" in first[0]
    assert [text.rsplit("Trang", 1)[1].strip() for text in first[1:]] == ["1 / 5", "2 / 5"]
    assert "Trang 3 / 5" in second[1] and "từ số 05 đến số 08" in second[0]
    assert made[8].code in third[1] and "Nguyễn Thị Số 9 #x$" in third[1]
    assert "KHÓA SỔ" in third[-1] and "3 quyển, 5 trang, 9 hồ sơ" in third[-1] and "KHÓA SỔ" not in first[-1]


def test_the_year_that_runs_is_not_closed(office: Office) -> None:
    office.place.received("2026-11-16 09:00")
    text = pages_of(office.enter(office.place.clerk), office.place.centre.pk, 2026, 1)
    assert "KHÓA SỔ" not in " ".join(text) and "09:00" in text[1]


def test_only_who_sees_the_counter_opens_its_book(office: Office) -> None:
    office.place.received("2026-11-16 09:00")
    address = f"/so-theo-doi/{office.place.centre.pk}/2026/1/"
    assert office.enter(office.place.auditor).get(address).status_code == 200
    assert office.enter(office.place.stranger_clerk).get(address).status_code == 404
    assert office.enter(office.place.admin).get(address).status_code == 404
    for wrong in ("2026/2/", "2031/1/", "2026/0/", "2026/99999999/"):
        base = f"/so-theo-doi/{office.place.centre.pk}/{wrong}"
        assert office.enter(office.place.clerk).get(base).status_code == 404


def test_each_office_year_is_asked_in_few_statements(office: Office, counting: Any) -> None:
    for _ in range(15):
        office.place.received("2026-11-16 09:00")
    client = office.enter(office.place.clerk)
    with counting(8):
        client.get("/so-theo-doi/")
    with counting(8):
        pages_of(client, office.place.centre.pk, 2026, 1)

"""The simulation in a real browser: ordered, followed, read by everyone, without scripts too."""

from typing import Any

import pytest

from congvu.dossiers.actions.simulate import simulate_next
from congvu.dossiers.models import Simulation
from congvu.dossiers.tests.make import Place, a_place, at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/thu-tuc/1.012939/mo-phong/"


@pytest.fixture
def place(live: Any) -> Place:
    made = a_place()
    made.received("2026-11-19 08:00")
    return made


def test_ordered_followed_and_read(
    page: Any,
    phone: Any,
    place: Place,
    make_person: Any,
    enter: Any,
    assert_accessible: Any,
    keep_picture: Any,
) -> None:
    admin = make_person("admin", place.province, name="Ngô Quản Trị")
    enter(page, admin)
    page.goto("/thu-tuc/1.012939/quy-trinh/")
    with page.expect_navigation():
        page.get_by_role("link", name="Mô phỏng").click()
    page.get_by_label("Số hồ sơ mỗi ngày").fill("1,5")
    page.get_by_label("Giờ làm, Thẩm định").fill("5")
    page.get_by_label("Giờ làm, Ký quyết định").fill("1")
    keep_picture(page, "mo-phong-dat")
    assert_accessible(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Chạy mô phỏng").click()
    assert "Đang chờ" in page.locator("#theo-doi").inner_text()
    assert simulate_next(lambda: at("2026-11-20 14:33"))
    page.get_by_role("heading", name="Kết quả").wait_for()
    page.get_by_text("Số hồ sơ chờ trung bình, mỗi cột nửa tháng").click()
    keep_picture(page, "mo-phong-ket-qua")
    assert_accessible(page)
    enter(phone, admin)
    phone.goto(page.url)
    keep_picture(phone, "mo-phong-ket-qua-390")
    wide = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, "the page itself does not scroll sideways"
    phone.goto(PAGE)
    keep_picture(phone, "mo-phong-dat-390")


def test_without_scripts_the_page_follows_by_itself(
    plain: Any, place: Place, make_person: Any, enter: Any
) -> None:
    enter(plain, make_person("admin", place.province))
    plain.goto(PAGE)
    plain.get_by_label("Số hồ sơ mỗi ngày").fill("0,5")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Chạy mô phỏng").click()
    assert simulate_next(lambda: at("2026-11-20 14:33"))
    plain.get_by_role("heading", name="Kết quả").wait_for()
    assert Simulation.objects.get().state == Simulation.State.DONE

"""The screens in a real browser: readable by everyone, usable without JavaScript, looked at as pictures."""

from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, enter, picture
from congvu.demo.units import load_units
from congvu.organisation.tests.test_localities import MAP_ROWS, NEW, OLD, load

pytestmark = pytest.mark.browser


@pytest.fixture
def province(actors: Any, make_person: Any, live: Any) -> Any:
    """The demo's province; its admin."""
    codes = load_units()
    make_person("clerk", codes["H99.01"])
    return make_person("admin", codes["H99"], name="Ngô Quản Trị", username="quan.tri.h99")


def test_the_tree_and_a_unit_can_be_read_by_everyone(page: Any, province: Any, tmp_path: Path) -> None:
    enter(page, province)
    for name, url in (
        ("to-chuc", "/to-chuc/?so-voi=01/01/2026"),
        ("to-chuc-2025", "/to-chuc/?ngay=30/06/2025&so-voi=01/01/2025"),
        ("don-vi", "/to-chuc/H99.08/"),
        ("don-vi-cu", "/to-chuc/H99.D6/?ngay=20/11/2026"),
        ("su-kien", "/to-chuc/su-kien/"),
    ):
        page.goto(url)
        assert_accessible(page)
        assert picture(page, name, tmp_path).stat().st_size > 20_000


def test_an_event_is_previewed_and_recorded_in_the_browser(page: Any, province: Any, tmp_path: Path) -> None:
    enter(page, province)
    page.goto("/to-chuc/su-kien/ghi/")
    assert_accessible(page)
    page.get_by_role("link", name="Sáp nhập vào đơn vị đang có").click()
    page.get_by_label("Các đơn vị sáp nhập").select_option(label="\u2003Sở Ngoại vụ (H99.19)")
    page.get_by_role("combobox", name="Đơn vị nhận").select_option(
        label="\u2003Văn phòng Ủy ban nhân dân tỉnh (H99.02)"
    )
    page.get_by_label("Số, ký hiệu quyết định").fill("12/NQ-HĐND")
    page.get_by_label("Ngày hiệu lực").fill("1/1/2027")
    page.get_by_role("button", name="Xem trước và sau").click()
    assert page.get_by_role("heading", name="Trước và sau, ngày 01/01/2027").is_visible()
    assert_accessible(page)
    picture(page, "truoc-sau", tmp_path)
    page.get_by_role("button", name="Ghi sự kiện").click()
    assert "Đã ghi: Sáp nhập" in page.locator("#thong-bao").inner_text()
    page.goto("/to-chuc/H99.19/?ngay=02/01/2027")
    assert "Nay là Văn phòng Ủy ban nhân dân tỉnh" in page.locator("main").inner_text()


def test_the_tree_opens_without_javascript_and_on_a_phone(
    plain: Any, phone: Any, province: Any, tmp_path: Path
) -> None:
    enter(plain, province)
    plain.goto("/to-chuc/")
    room = plain.locator(".tree").get_by_role("link", name="Phòng Cải cách hành chính")
    assert not room.is_visible()
    plain.locator("summary", has_text="Các đơn vị thuộc Sở Nội vụ").last.click()
    assert room.is_visible()
    enter(phone, province)
    phone.goto("/to-chuc/")
    assert phone.locator(".tree").is_visible()
    picture(phone, "to-chuc-390", tmp_path)


def test_the_old_map_asks_a_stranger(page: Any, actors: Any, tmp_path: Path) -> None:
    load(OLD)
    load(NEW)
    load(MAP_ROWS)
    page.goto("/dia-ban/tra-cuu/?q=hong phong")
    assert_accessible(page)
    page.get_by_role("link", name="Xã Hồng Phong, Huyện Cao Lộc").click()
    assert page.get_by_text("Xã này đã bị chia").is_visible()
    assert_accessible(page)
    picture(page, "dia-ban", tmp_path)
    page.get_by_role("link", name="Phường Kỳ Lừa").click()
    assert page.get_by_text("Nay thuộc Phường Kỳ Lừa, Tỉnh Lạng Sơn").is_visible()

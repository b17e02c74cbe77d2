"""The portal as people meet it: signing in by keyboard, the first page of each role, accounts, the log."""

from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, enter, picture

pytestmark = pytest.mark.browser
ROLES = ("clerk", "specialist", "leader", "personnel", "auditor", "admin", "citizen", "stranger")


def test_signing_in_with_the_keyboard_alone(page: Any, actors: Any) -> None:
    page.goto("/tai-khoan/")
    assert "/dang-nhap/?next=" in page.url
    page.keyboard.type("quan.tri")
    page.keyboard.press("Tab")
    page.keyboard.type("sai")
    page.keyboard.press("Enter")
    box = page.get_by_role("alert")
    box.wait_for()
    assert "không đúng" in box.inner_text()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert_accessible(page)
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tai-khoan/")


@pytest.mark.parametrize("role", ROLES)
def test_the_first_page_of_each_role(page: Any, actors: Any, role: str, tmp_path: Path) -> None:
    enter(page, actors.of(role))
    page.goto("/")
    assert_accessible(page)
    picture(page, f"trang-dau-{role}", tmp_path)


def test_the_menus_open_with_the_keyboard_and_close_with_escape(page: Any, actors: Any) -> None:
    enter(page, actors.admin)
    page.goto("/")
    account = page.get_by_label("Tài khoản: Ngô Quản Trị", exact=False)
    account.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Đăng xuất").is_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Đăng xuất").is_hidden()
    account.click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_text("Đã đăng xuất.").wait_for()
    assert page.goto("/tai-khoan/").url.endswith("/dang-nhap/?next=/tai-khoan/")


def test_the_phone_menu_works_without_javascript(plain: Any, actors: Any) -> None:
    enter(plain, actors.admin)
    plain.set_viewport_size({"width": 390, "height": 844})
    plain.goto("/")
    plain.get_by_label("Mở trình đơn").click()
    plain.get_by_role("link", name="Nhật ký").click()
    assert plain.locator("h1").inner_text() == "Nhật ký"


def test_accounts_and_their_log_can_be_read_by_everyone(page: Any, actors: Any, tmp_path: Path) -> None:
    enter(page, actors.admin)
    page.goto("/tai-khoan/")
    assert_accessible(page)
    picture(page, "tai-khoan", tmp_path)
    page.goto(f"/tai-khoan/{actors.clerk.account.pk}/")
    page.locator("[name=giao-role]").select_option("clerk")
    page.get_by_role("button", name="Giao vai trò").click()
    page.get_by_text("Vai trò này phải gắn với một đơn vị.").first.wait_for()
    assert_accessible(page)
    picture(page, "tai-khoan-mot-cua", tmp_path)
    page.goto("/tai-khoan/moi/")
    page.get_by_label("Họ và tên").fill("Phạm Thị Mới")
    page.get_by_label("Tên đăng nhập").fill("moi.pham")
    page.get_by_role("button", name="Tạo và xem mật khẩu đầu").click()
    page.get_by_text("chỉ hiện một lần").wait_for()
    assert_accessible(page)
    page.goto("/nhat-ky/")
    assert page.get_by_text("Tạo tài khoản").first.is_visible()
    assert_accessible(page)
    picture(page, "nhat-ky", tmp_path)


def test_a_refusal_and_a_missing_page_can_be_read_by_everyone(page: Any, actors: Any, tmp_path: Path) -> None:
    enter(page, actors.clerk)
    page.goto("/tai-khoan/")
    assert "Trang dành cho: Quản trị" in page.inner_text("main")
    assert_accessible(page)
    page.goto("/khong-co-trang-nay/")
    assert_accessible(page)
    picture(page, "khong-tim-thay", tmp_path)


def test_searching_from_the_top_bar(page: Any, actors: Any) -> None:
    enter(page, actors.specialist)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("nguyen thi hanh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=nguyen+thi+hanh")
    assert_accessible(page)

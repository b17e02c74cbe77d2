"""Every component, in both themes, at a desk and on a phone."""

from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, picture

pytestmark = pytest.mark.browser
PARTS = ("co-ban", "duong-di", "hen-tra", "hinh")


@pytest.mark.parametrize("part", PARTS)
def test_every_component_can_be_read_by_everyone(page: Any, part: str, tmp_path: Path) -> None:
    page.goto(f"/bo-phan/?phan={part}")
    assert_accessible(page)
    assert picture(page, f"bo-phan-{part}", tmp_path).stat().st_size > 20_000


def test_everything_is_there_without_javascript(plain: Any) -> None:
    plain.goto("/bo-phan/")
    assert plain.locator("svg.trk[role=img]").count() == 4
    assert plain.locator("[data-bulk-bar]").is_visible()
    plain.get_by_role("button", name="Đổi nền sáng, tối").click()
    assert plain.locator("html").get_attribute("data-bs-theme") == "dark"
    assert plain.url.endswith("/bo-phan/")


def test_rows_are_walked_and_chosen_with_the_keyboard(page: Any) -> None:
    page.goto("/bo-phan/?phan=co-ban")
    bar = page.locator("[data-bulk-bar]")
    assert bar.is_hidden()
    page.locator("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert bar.locator("[data-bulk-count]").inner_text() == "2"
    assert page.locator("tr.sel").count() == 2
    assert page.locator("[data-check-all]").evaluate("box => box.indeterminate")
    page.keyboard.press("Escape")
    assert bar.is_hidden()


def test_letters_are_not_shortcuts_inside_a_field_nor_when_switched_off(page: Any) -> None:
    page.goto("/bo-phan/?phan=co-ban")
    page.get_by_label("Họ và tên").first.fill("j")
    page.keyboard.press("j")
    assert page.locator("[data-row].cur").count() == 0
    page.locator("main").focus()
    page.keyboard.press("?")
    dialog = page.locator("dialog[open]")
    assert "Xuống một dòng" in dialog.inner_text()
    assert_accessible(page, sizes=((1366, 900),))
    dialog.get_by_label("Dùng phím một chữ cái").uncheck()
    dialog.get_by_role("button", name="Đóng").click()
    page.locator("main").focus()
    page.keyboard.press("j")
    assert page.locator("[data-row].cur").count() == 0


def test_the_theme_is_kept_and_the_server_knows_it(page: Any) -> None:
    page.goto("/bo-phan/?phan=co-ban")
    page.get_by_role("button", name="Đổi nền sáng, tối").click()
    chosen = page.locator("html").get_attribute("data-bs-theme")
    answer = page.request.get("/bo-phan/?phan=co-ban")
    assert f'data-bs-theme="{chosen}"' in answer.text()

"""The registers in a real browser: readable by everyone, usable without JavaScript, looked at as pictures."""

from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, enter, picture
from congvu.demo import registers
from congvu.demo.units import load_units

pytestmark = pytest.mark.browser


@pytest.fixture
def keeper(actors: Any, live: Any) -> Any:
    """Who keeps the registers of the demo's province."""
    load_units()
    registers.load()
    return actors.personnel


def test_the_registers_can_be_read_by_everyone(page: Any, keeper: Any, tmp_path: Path) -> None:
    enter(page, keeper)
    for name, url in (
        ("chuc-nang", "/to-chuc/chuc-nang/?linh-vuc=Lao động"),
        ("ma-tran", "/to-chuc/chuc-nang/ma-tran/"),
        ("giong-nhau", "/to-chuc/chuc-nang/giong-nhau/"),
        ("cho-nhan", "/to-chuc/chuc-nang/cho-nhan/"),
        ("luat-giao", "/to-chuc/chuc-nang/luat-giao/?chi=chua-ai-giu"),
        ("phan-cap", "/to-chuc/phan-cap/"),
        ("mot-cua", "/to-chuc/mot-cua/?muc=HIEN_DAI"),
        ("iso", "/to-chuc/iso/?nhom=so"),
        ("tu-chu", "/to-chuc/tu-chu/"),
        ("so-cua-don-vi", "/to-chuc/H99.08/so/"),
        ("ghi", "/to-chuc/mot-cua/ghi/"),
    ):
        page.goto(url)
        assert_accessible(page)
        assert picture(page, name, tmp_path).stat().st_size > 10_000


def test_a_power_is_recorded_and_a_pair_judged_without_javascript(plain: Any, keeper: Any) -> None:
    enter(plain, keeper)
    plain.goto("/to-chuc/phan-cap/")
    with plain.expect_navigation():
        plain.get_by_role("link", name="Ghi phân cấp, ủy quyền").click()
    plain.get_by_label("Hình thức").select_option("UY_QUYEN")
    plain.get_by_label("Lĩnh vực").fill("Hội, quỹ")
    plain.get_by_label("Bên giao").select_option(label="Ủy ban nhân dân tỉnh Bình Giang (H99)")
    plain.get_by_label("Nội dung giao").fill("Công nhận điều lệ hội")
    plain.get_by_label("Số, ký hiệu văn bản").fill("77/QĐ-UBND")
    plain.get_by_label("Có hiệu lực từ ngày").fill("1/11/2026")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Ghi").click()
    row = plain.get_by_role("row", name="Công nhận điều lệ hội")
    assert "Thiếu thời hạn" in row.inner_text()
    plain.goto("/to-chuc/chuc-nang/giong-nhau/")
    before = plain.get_by_role("button", name="Là trùng").count()
    plain.get_by_label("Lý do", exact=True).first.fill("Cùng nội dung, giao một đầu mối")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Là trùng").first.click()
    assert "Cùng nội dung, giao một đầu mối" in plain.locator("main").inner_text()
    assert plain.get_by_role("button", name="Là trùng").count() == before - 1, "decided anew only once opened"

"""The catalogue in a real browser: readable by everyone, usable without JavaScript, looked at as pictures."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, enter, picture
from congvu.demo import procedures as catalogue
from congvu.demo.units import load_units
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.procedures.actions.draft import start_draft
from congvu.procedures.actions.import_procedures import import_procedures
from congvu.procedures.actions.import_workflows import import_workflows
from congvu.procedures.models import Procedure
from congvu.procedures.tests.make import AT, a_file, a_row, channels_text
from congvu.procedures.tests.test_processes import a_folder

pytestmark = pytest.mark.browser


@pytest.fixture
def stocked(live: Any, actors: Any, tmp_path: Path) -> None:
    """The demo's catalogue, some doubtful rows and a process that does not sum."""
    load_units()
    catalogue.load(by=SYSTEM, at=datetime(2025, 7, 1, 7, tzinfo=LEGAL_ZONE))
    rows = [
        a_row(
            ma_thu_tuc=f"1.00{n}",
            cach_thuc_thuc_hien=channels_text("Trực tiếp7Miễn phíTrực tuyến24 Giờ50 VNĐ"),
        )
        for n in range(12)
    ]
    import_procedures([a_file(tmp_path, *rows)], by=SYSTEM, at=AT)
    import_workflows(a_folder(tmp_path, middle="10"), by=SYSTEM, at=AT)


def test_the_public_pages_can_be_read_by_everyone(page: Any, stocked: None, tmp_path: Path) -> None:
    for name, url in (
        ("thu-tuc", "/thu-tuc/?q=thanh+lap"),
        ("thu-tuc-mot", "/thu-tuc/9.010102/"),
        ("thu-tuc-truong-hop", "/thu-tuc/9.020101/"),
        ("thu-tuc-nghi", "/thu-tuc/1.001/"),
        ("phien-ban", "/thu-tuc/9.010102/phien-ban/"),
    ):
        page.goto(url)
        assert_accessible(page)
        assert picture(page, name, tmp_path).stat().st_size > 20_000


def test_the_pages_of_officials_can_be_read_by_everyone(
    page: Any, stocked: None, actors: Any, tmp_path: Path
) -> None:
    enter(page, actors.admin)
    start_draft(Procedure.objects.get(code="9.020101").pk, by=SYSTEM, at=AT)
    for name, url in (
        ("nghi-van", "/thu-tuc/nghi-van/"),
        ("nghi-van-loai", "/thu-tuc/nghi-van/?loai=term_without_unit"),
        ("quy-trinh-nhap", "/thu-tuc/quy-trinh-nhap/?lech=1"),
        ("quy-trinh", "/thu-tuc/9.010102/quy-trinh/"),
        ("ban-thao", "/thu-tuc/9.020101/ban-thao/"),
        ("cong-bo", "/thu-tuc/9.020101/cong-bo/"),
        ("thu-tuc-moi", "/thu-tuc/them/"),
    ):
        page.goto(url)
        assert_accessible(page)
        picture(page, name, tmp_path)


def test_doubts_are_ticked_and_given_their_unit_in_one_go(
    page: Any, stocked: None, actors: Any, tmp_path: Path
) -> None:
    enter(page, actors.admin)
    page.goto("/thu-tuc/nghi-van/")
    page.get_by_role("link", name="Thời hạn thiếu đơn vị").click()
    page.get_by_label("Chọn cả trang").check()
    assert page.locator("[data-bulk-count]").inner_text() == "12"
    picture(page, "nghi-van-chon", tmp_path)
    page.get_by_label("Đơn vị", exact=True).select_option("NGAY_LAM_VIEC")
    page.get_by_role("button", name="Sửa").click()
    assert "Đã xử lý 12 nghi vấn, lập 12 bản đính chính." in page.locator("#thong-bao").inner_text()
    page.goto("/thu-tuc/1.001/")
    assert "7 ngày làm việc" in page.locator("main").inner_text()


def test_a_phone_without_javascript_finds_and_reads_a_procedure(
    plain: Any, phone: Any, stocked: None, tmp_path: Path
) -> None:
    plain.goto("/thu-tuc/")
    plain.get_by_label("Tên việc cần làm").fill("khai sinh")
    plain.get_by_role("button", name="Tìm").click()
    with plain.expect_navigation():
        plain.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()
    assert "Giấy chứng sinh" in plain.locator("main").inner_text()
    with plain.expect_navigation():
        plain.get_by_role("link", name="Cần xác minh").click()
    assert "3 ngày làm việc" in plain.locator("main").inner_text()
    phone.goto("/thu-tuc/?q=khai+sinh")
    picture(phone, "thu-tuc-390", tmp_path)
    phone.goto("/thu-tuc/9.020101/")
    picture(phone, "thu-tuc-mot-390", tmp_path)


def test_fee_lines_are_added_and_removed_on_the_spot_and_without_scripts(
    page: Any, plain: Any, stocked: None, actors: Any, tmp_path: Path
) -> None:
    procedure = Procedure.objects.get(code="9.020101")
    start_draft(procedure.pk, by=SYSTEM, at=AT)
    address = f"/thu-tuc/{procedure.code}/ban-thao/"

    def amounts(tab: Any) -> list[str]:
        boxes = tab.locator("[data-fees]").first.locator("input[name$='-phi']")
        return [box.input_value() for box in boxes.all()]

    def save(tab: Any) -> None:
        with tab.expect_navigation():
            tab.get_by_role("button", name="Lưu bản thảo").click()
        tab.get_by_text("Đã lưu bản thảo.").wait_for()

    enter(page, actors.admin)
    page.goto(address)
    fees = page.locator("[data-fees]").first
    held = amounts(page)
    fees.get_by_role("button", name="Thêm dòng phí").click()
    fees.locator("input[name$='-phi']").last.fill("75.000")
    fees.get_by_role("button", name="Thêm dòng phí").click()
    fees.locator("input[name$='-phi']").last.fill("90.000")
    assert_accessible(page)
    picture(page, "ban-thao-phi", tmp_path)
    save(page)
    assert amounts(page) == [*(one for one in held if one), "75000", "90000", ""]
    page.locator("[data-fees]").first.get_by_role("button", name="Bỏ dòng phí").nth(-3).click()
    save(page)
    assert amounts(page) == [*(one for one in held if one), "90000", ""]

    enter(plain, actors.admin)
    plain.goto(address)
    boxes = plain.locator("[data-fees]").first.locator("input[name$='-phi']")
    boxes.nth(-2).fill("")
    boxes.nth(-1).fill("60.000")
    save(plain)
    assert amounts(plain) == [*(one for one in held if one), "60000", ""]

"""One dossier in a real browser: received at the counter by keyboard, through three agencies, supplemented, finished,
given back, looked up by the citizen, and counted in form 06."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.people import Somebody
from congvu.config.testing.tab import DESK, assert_accessible, enter, picture
from congvu.dossiers.models import Dossier
from congvu.foundation.identity.models import Account

pytestmark = pytest.mark.browser
CODE = "H99.01-261120-0001"
PAPER = b"%PDF-1.4 journey\n"


def come_in(tab: Any, actor: Any) -> None:
    """The tab becomes that person's."""
    enter(tab, Somebody(Account.objects.get(pk=actor.account_id), actor))


def do(tab: Any, slug: str) -> None:
    """Open a verb's page from the dossier's."""
    tab.goto(f"/ho-so/{CODE}/viec/{slug}/")


def test_a_dossier_from_the_counter_to_form_06(
    page: Any, office: Any, frozen_clock: Any, tmp_path: Path
) -> None:
    place = office.place
    _received_by_keyboard(page, place, tmp_path)
    _handed_over_in_bulk(page, place)
    _asked_and_supplemented(page, office, frozen_clock)
    _through_the_agencies(page, place, tmp_path)
    _given_back(page, place)
    _looked_up(page)
    _counted(page, place)


def _received_by_keyboard(page: Any, place: Any, tmp_path: Path) -> None:
    come_in(page, place.clerk)
    page.goto("/tiep-nhan/")
    assert page.evaluate("document.activeElement.id") == "tim", "the search is focused first"
    page.keyboard.type("chi nhanh hoi", delay=15)
    page.wait_for_selector("[data-found] button")
    page.wait_for_load_state(
        "networkidle"
    )  # a search cut short by the next page would be reported as an error
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đang chọn")
    with page.expect_response("**/tiep-nhan/"):
        page.get_by_label("Cơ quan giải quyết").select_option(label="\u2003Sở Nội vụ")
    assert (
        page.get_by_label("Cơ quan giải quyết").locator("option:checked").inner_text().strip() == "Sở Nội vụ"
    )
    assert "30/11/2026" in page.locator("aside .due-big").inner_text()
    page.keyboard.press("F4")
    page.keyboard.type("099190000123|123456789|Nguyễn Thị Mẫu|01011990|Nữ|12 Đông Kinh|01012021")
    page.keyboard.press("Enter")
    assert page.locator("[name=name]").input_value() == "Nguyễn Thị Mẫu"
    page.keyboard.type("0900000123")
    page.keyboard.press("F6")
    assert page.locator("[data-got-count]").inner_text() == "3"
    assert page.locator(".missing-note").is_hidden()
    assert_accessible(page)
    picture(page, "tiep-nhan", tmp_path)
    page.keyboard.press("F9")
    page.wait_for_url(f"**/ho-so/{CODE}/giay-tiep-nhan/")
    assert page.locator(".slip .qr").count() == 1 and "30/11/2026" in page.locator(".slip").inner_text()
    assert_accessible(page)
    page.keyboard.press("F8")
    page.wait_for_url("**/tiep-nhan/")
    assert "1" in page.locator(".cv-head .act").inner_text(), "received today"


def _handed_over_in_bulk(page: Any, place: Any) -> None:
    page.goto("/viec-cua-toi/")
    page.locator("main").focus()
    for key in ("j", "x", "c"):
        page.keyboard.press(key)
    page.wait_for_url("**/hang-loat/")
    assert CODE in page.locator("main").inner_text()
    assert_accessible(page, sizes=(DESK,))
    page.keyboard.press("F9")
    page.wait_for_selector("text=Đã xong")
    come_in(page, place.specialist)
    page.goto("/viec-cua-toi/")
    assert CODE in page.locator("table.work").inner_text()
    assert_accessible(page)


def _asked_and_supplemented(page: Any, office: Any, clock: Any) -> None:
    do(page, "yeu-cau-bo-sung")
    page.get_by_label("Giấy tờ cần bổ sung, hoàn thiện").fill("Bổ sung điều lệ có xác nhận.")
    page.keyboard.press("F9")
    page.wait_for_url("**/phieu-bo-sung/")
    clock.move_to(datetime(2026, 11, 23, 9, 0))
    come_in(page, office.citizen)
    page.goto("/ho-so-cua-toi/")
    page.get_by_role("link", name="Đăng ký hoạt động").click()
    assert "Bổ sung điều lệ có xác nhận." in page.locator("main").inner_text()
    assert_accessible(page)
    page.get_by_label("Tên giấy tờ").fill("Điều lệ có xác nhận")
    page.get_by_label("Tệp", exact=True).set_input_files(
        {"name": "dieu-le.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    page.get_by_role("button", name="Gửi").click()
    page.wait_for_selector("text=Đã gửi giấy tờ")
    come_in(page, office.place.specialist)
    do(page, "tiep-tuc")
    page.keyboard.press("F9")
    page.wait_for_url(f"**/ho-so/{CODE}/")
    assert "01/12/2026" in page.locator(".sumdue").inner_text(), "counted anew from the day it was complete"


def _through_the_agencies(page: Any, place: Any, tmp_path: Path) -> None:
    page.keyboard.press("t")
    page.wait_for_url("**/viec/chuyen-buoc/")
    page.get_by_label("Ghi chú").fill("Đủ điều kiện.")
    page.keyboard.press("F9")
    page.wait_for_url(f"**/ho-so/{CODE}/")
    come_in(page, place.police_officer)
    do(page, "chuyen-buoc")
    page.keyboard.press("F9")
    page.wait_for_url(f"**/ho-so/{CODE}/")
    come_in(page, place.chairman)
    do(page, "hoan-thanh")
    page.get_by_label("Tên kết quả").fill("Quyết định đăng ký hoạt động chi nhánh")
    page.get_by_label("Số, ký hiệu").fill("214/QĐ-UBND")
    page.get_by_label("Ngày ký").fill("23/11/2026")
    page.get_by_label("Tệp quét").set_input_files(
        {"name": "qd.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    assert_accessible(page, sizes=(DESK,))
    page.keyboard.press("F9")
    page.wait_for_url(f"**/ho-so/{CODE}/")
    assert (
        "Đã xử lý xong" in page.locator("main").inner_text()
        or "Trước hạn" in page.locator("main").inner_text()
    )
    assert_accessible(page)
    picture(page, "ho-so", tmp_path)


def _given_back(page: Any, place: Any) -> None:
    come_in(page, place.clerk)
    page.goto("/tra-ket-qua/")
    page.locator("input[name=q]:focus").wait_for()  # the scanner types into the box that has the focus
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec/tra-ket-qua/")
    assert page.get_by_label("Người nhận kết quả").input_value() == "Nguyễn Thị Mẫu"
    page.keyboard.press("F9")
    page.wait_for_url(f"**/ho-so/{CODE}/")
    assert Dossier.objects.get(code=CODE).status == 10


def _looked_up(page: Any) -> None:
    page.context.clear_cookies()
    page.goto("/tra-cuu/")
    page.get_by_label("Mã hồ sơ trên giấy hẹn").fill(CODE)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã trả kết quả ngày 23/11/2026")
    text = page.locator("main").inner_text()
    assert "Nguyễn Thị M••••" in text and "Lê Chuyên Viên" not in text
    assert_accessible(page)


def _counted(page: Any, place: Any) -> None:
    come_in(page, place.chairman)
    page.goto("/thong-ke/bieu-06/?ky=tu-chon&tu=01/11/2026&den=30/11/2026")
    numbers = [cell.inner_text() for cell in page.locator("table a.d").all()]
    assert numbers and set(numbers) == {"1"}, "every figure that is not zero is this one dossier"


def test_the_counter_works_without_javascript(plain: Any, office: Any) -> None:
    come_in(plain, office.place.clerk)
    plain.goto("/tiep-nhan/")
    plain.get_by_label("Tìm theo tên, từ khóa không dấu hoặc mã").fill("chi nhanh")
    plain.get_by_role("button", name="Tìm", exact=True).click()
    plain.locator("[data-found] button").first.click()
    plain.get_by_label("Cơ quan giải quyết").select_option(label="\u2003Sở Nội vụ")
    plain.get_by_label("Họ và tên").fill("Trần Văn Không Kịch Bản")
    plain.get_by_role("button", name="Đủ cả").click()
    assert plain.get_by_label("Họ và tên").input_value() == "Trần Văn Không Kịch Bản"
    assert plain.locator(".due-big").inner_text() == "30/11/2026"
    plain.get_by_role("button", name="Nhận và in giấy hẹn").click()
    assert (
        plain.url.endswith("/giay-tiep-nhan/")
        and "Trần Văn Không Kịch Bản" in plain.locator(".slip").inner_text()
    )


def test_the_other_screens_can_be_read_by_everyone(page: Any, office: Any) -> None:
    place = office.place
    place.received("2026-11-18 08:00")
    come_in(page, place.clerk)
    for address in (
        "/ho-so/",
        "/tiep-nhan/truc-tuyen/",
        "/tra-ket-qua/",
        "/ho-so/H99.01-261118-0001/phieu-kiem-soat/",
    ):
        page.goto(address)
        assert_accessible(page)
    come_in(page, office.citizen)
    for address in (f"/nop-ho-so/{place.version.procedure.code}/", "/ho-so-cua-toi/"):
        page.goto(address)
        assert_accessible(page)

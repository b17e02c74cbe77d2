"""A process in a real browser, from the empty table to a dossier in two agencies' hands at once."""

from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, picture
from congvu.dossiers.models import Dossier
from congvu.procedures.models import ProcessVersion
from tests.journeys.test_one_stop import CODE, _received_by_keyboard, come_in

pytestmark = pytest.mark.browser
# Công việc, Đơn vị, Đơn vị cố định, Vai trò, Thời hạn, Chờ bước
ROWS = (
    ("Tiếp nhận, chuyển hồ sơ", "RECEIVER", "", "RECEIVE", "0,5", ""),
    ("Thẩm định hồ sơ", "COMPETENT", "", "LEAD", "2", "1"),
    ("Có ý kiến về an ninh", "FIXED", "Công an tỉnh", "COOPERATE", "1", "1"),
    ("Giám đốc duyệt, ký", "COMPETENT", "", "SIGN", "1", "2, 3"),
    ("Trả kết quả", "RECEIVER", "", "RETURN", "0,5", ""),
)
UNBOUNDED = "nếu ket_luan = trả lại → làm lại 2; còn lại → 5"
BOUNDED = "nếu ket_luan = trả lại → làm lại 2 (tối đa 2 lần); còn lại → 5"


def test_a_process_from_the_table_to_its_first_dossier(
    page: Any, plain: Any, office: Any, frozen_clock: Any, tmp_path: Path
) -> None:
    place = office.place
    editor = f"/thu-tuc/{place.version.procedure.code}/quy-trinh/"
    come_in(plain, place.admin)
    plain.goto(editor)
    _typed(plain)
    come_in(page, place.admin)
    page.goto(editor)
    _followed_complained_of_and_mended(page, tmp_path)
    _published(page, place)
    _received_by_keyboard(page, place, tmp_path)
    dossier = Dossier.objects.get(code=CODE)
    assert dossier.process_id == ProcessVersion.objects.get(state="PUBLISHED", valid_to=None).pk
    page.goto(f"/ho-so/{CODE}/viec/chuyen-ho-so/")
    with page.expect_navigation():
        page.keyboard.press("F9")
    for officer in (place.specialist, place.police_officer):
        come_in(page, officer)
        page.goto("/viec-cua-toi/")
        assert CODE in page.locator("table.work").inner_text(), "both agencies have it at once"
    come_in(page, place.leader)
    page.goto(f"/ho-so/{CODE}/")
    assert "Góp ý về an ninh" in page.locator("main").inner_text()
    assert_accessible(page)


def _typed(page: Any) -> None:
    """The table, in a tab without scripts, where only buttons ask the server; saved as a draft."""
    for n, (name, kind, unit, role, days, waits) in enumerate(ROWS, start=1):
        page.get_by_label(f"Công việc, bước {n}").fill(name)
        page.get_by_label(f"Đơn vị, bước {n}", exact=True).select_option(kind)
        page.get_by_label(f"Đơn vị cố định, bước {n}").fill(unit)
        page.get_by_label(f"Vai trò, bước {n}").select_option(role)
        page.get_by_label(f"Thời hạn, bước {n}").fill(days)
        page.get_by_label(f"Chờ bước, bước {n}").fill(waits)
        page.get_by_label(f"Rẽ nhánh, bước {n}").fill("")
        if n in (3, 5):  # more empty rows come when the table is looked at
            with page.expect_navigation():
                page.get_by_role("button", name="Xem sơ đồ, thêm dòng").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu bản thảo").click()


def _followed_complained_of_and_mended(page: Any, tmp_path: Path) -> None:
    page.get_by_label("Công việc, bước 3").fill("Góp ý về an ninh")
    page.locator("#xem svg text", has_text="3. Góp ý").first.wait_for()
    branches = page.get_by_label("Rẽ nhánh, bước 4")
    branches.fill(UNBOUNDED)
    page.locator("#xem", has_text="chưa có số lần tối đa").wait_for()
    branches.fill(BOUNDED)
    page.locator("#xem", has_text="Không có lỗi").wait_for()
    picture(page, "quy-trinh-song-song", tmp_path)
    assert_accessible(page)


def _published(page: Any, place: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu bản thảo").click()
    page.get_by_label("Áp dụng từ ngày").fill("20/11/2026")
    with page.expect_navigation():
        page.get_by_role("button", name="Công bố bản thảo đã lưu").click()
    assert "áp dụng từ 20/11/2026" in page.locator("#thong-bao").inner_text()

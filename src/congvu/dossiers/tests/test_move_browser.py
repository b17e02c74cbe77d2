"""Publishing a new process and moving running dossiers to it, in a real browser: publish, preview, move, undo."""

from typing import Any

import pytest

from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import Place, a_place, at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROCESS = "/thu-tuc/1.012939/quy-trinh/"


@pytest.fixture
def place(live: Any) -> Place:
    """Three dossiers: one at the counter, two in appraisal."""
    made = a_place()
    made.received("2026-11-19 08:00")
    ids = [made.received("2026-11-18 09:00", owner="Đặng Văn Đức").id for _ in range(2)]
    hand_over(ids, by=made.clerk, at=at("2026-11-18 10:00"))
    return made


def test_publish_preview_move_and_take_back(
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
    page.goto(PROCESS)
    page.get_by_label("Công việc, bước 3").fill("Góp ý về an ninh")
    page.locator("#xem svg text", has_text="Góp ý về an ninh").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu bản thảo").click()
    page.get_by_label("Áp dụng từ ngày").fill("20/11/2026")
    with page.expect_navigation():
        page.get_by_role("button", name="Công bố bản thảo đã lưu").click()
    assert "áp dụng từ 20/11/2026" in page.locator("#thong-bao").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="Hồ sơ đang chạy theo bản cũ").click()
    keep_picture(page, "ho-so-dang-chay")
    assert_accessible(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Xem trước khi chuyển").click()
    keep_picture(page, "chuyen-ban-xem-truoc")
    assert_accessible(page)
    enter(phone, admin)
    phone.goto(page.url)
    keep_picture(phone, "chuyen-ban-xem-truoc-390")
    with page.expect_navigation():
        page.get_by_role("button", name="Chuyển hồ sơ").click()
    assert page.get_by_text("Chưa nhập số quyết định").count() > 0
    page.get_by_label("Số quyết định").fill("88/QĐ-UBND")
    page.get_by_label("Ngày ký").fill("18/11/2026")
    page.get_by_label("Trích yếu").fill("Chuyển hồ sơ đang giải quyết sang quy trình mới")
    with page.expect_navigation():
        page.get_by_role("button", name="Chuyển hồ sơ").click()
    assert "Đã chuyển 3 hồ sơ." in page.locator("#thong-bao").inner_text()
    keep_picture(page, "chuyen-ban-nhat-ky")
    assert_accessible(page)
    processes = set(Dossier.objects.values_list("process__number", flat=True))
    assert processes == {2}
    page.get_by_label("Lý do hoàn tác").fill("Quyết định bị thu hồi")
    with page.expect_navigation():
        page.get_by_role("button", name="Hoàn tác").click()
    assert "Đã đưa 3 hồ sơ về như trước" in page.locator("#thong-bao").inner_text()
    assert set(Dossier.objects.values_list("process__number", flat=True)) == {1}
    phone.goto(page.url)
    keep_picture(phone, "chuyen-ban-nhat-ky-390")
    assert_accessible(page)

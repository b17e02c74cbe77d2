"""The screens of people in a browser: read by everyone, without a mouse or scripts where it matters."""

from datetime import date
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, enter
from congvu.people.actions.enter import Step
from congvu.people.tests.make import a_person

pytestmark = pytest.mark.browser


def test_the_screens_of_people_can_be_read_by_everyone(page: Any, actors: Any) -> None:
    made = a_person(
        actors.home, "Lê Thị Một", birth=date(1969, 11, 3), salary=Step("01.003", 3, date(2023, 10, 1))
    )
    enter(page, actors.personnel)
    where = f"/nhan-su/{made.number}/"
    for address in (
        "/nhan-su/", where, f"{where}bo-tri/", f"{where}ho-so/", f"{where}ho-so/dinh-chinh/", "/nhan-su/sap-nghi-huu/",
        "/nhan-su/nang-luong/", "/nhan-su/chat-luong/", "/nhan-su/nhap/", "/nhan-su/lap-ho-so/", "/nhan-su/yeu-cau/",
    ):  # fmt: skip
        page.goto(address)
        assert_accessible(page)


def test_a_move_is_written_without_scripts(plain: Any, actors: Any) -> None:
    made = a_person(actors.home)
    enter(plain, actors.personnel)
    plain.goto(f"/nhan-su/{made.number}/")
    plain.get_by_role("link", name="Bố trí, điều động").click()
    plain.get_by_label("Đến đơn vị").select_option(str(actors.centre.pk))
    plain.get_by_label("Từ ngày").fill("1/12/2026")
    plain.get_by_label("Số, ký hiệu quyết định").fill("16/QĐ-SNV")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Ghi").click()
    assert plain.get_by_text("Điều động, bổ nhiệm chỗ khác").is_visible()

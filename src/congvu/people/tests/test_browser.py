"""The screens of people in a browser: read by everyone, without a mouse or scripts where it matters."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from congvu.config.testing.tab import assert_accessible, enter
from congvu.people.actions.enter import Step
from congvu.people.models import Person
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
        f"{where}ho-so/tai-lieu/", f"{where}ho-so/giao-nhan/", f"{where}thong-bao-huu/", "/nhan-su/luu-giu/",
        "/nhan-su/luu-giu/het-han/", f"{where}ho-so/sua/bac-luong/{made.salary.get().pk}/",
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


def test_a_dirty_sheet_is_mapped_rehearsed_answered_by_row_and_its_good_rows_entered(
    plain: Any, actors: Any, settings: Any, tmp_path: Any
) -> None:
    """The journey «import people from a dirty sheet», without scripts: a column nobody could guess, a birth in 2190,
    a merged cell, one person in two full posts, an unknown unit; and one row that is right."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    enter(plain, actors.personnel)
    plain.goto("/nhan-su/")
    plain.get_by_role("link", name="Nhập từ bảng tính").click()
    sheet = {"name": "ds.xlsx", "mimeType": "application/octet-stream", "buffer": _dirty()}
    plain.get_by_label("Tệp Excel (.xlsx)").set_input_files(sheet)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Đọc thử").click()
    assert plain.get_by_text("Không thấy cột: Ngày sinh").first.is_visible()
    plain.get_by_label("Ngày sinh (bắt buộc)").select_option(label="Năm tháng đẻ")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Đọc lại với các cột này").click()
    told = plain.locator("main").inner_text()
    for words in (
        "ở tương lai", "Ô gộp G6:G7", "đã có một vị trí chuyên trách ở dòng 3", "Không có đơn vị «Sở Không Có»",
        "đọc 6, nhận 1, không nhận 5",
    ):  # fmt: skip
        assert words in told, words
    assert not Person.objects.exists()
    plain.get_by_label("Số, ký hiệu quyết định").fill("40/QĐ-SNV")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Lập hồ sơ").click()
    assert plain.get_by_text("Đã lập 1 hồ sơ; 5 dòng không nhận.").is_visible()
    assert plain.get_by_role("link", name="Nguyễn Thị Hạnh").is_visible()


def _dirty() -> bytes:
    book = Workbook()
    page = book.active
    page.append(["DANH SÁCH CÁN BỘ"])
    page.append(["STT", "Họ và tên", "Năm tháng đẻ", "Giới tính", "Dân tộc", "Số CCCD", "Đơn vị", "Chức vụ"])
    for nth, row in enumerate(
        (
            ("Nguyễn Thị Hạnh", "12/03/1985", "Nữ", "Tày", "099185000001", "H98.08", "Chuyên viên"),
            ("Trần Văn Nam", "12/03/2190", "Nam", "", "", "H98.08", "Chuyên viên"),
            ("Nguyễn Thị Hạnh", "12/03/1985", "Nữ", "Tày", "099185000001", "H98.08", "Phó Trưởng phòng"),
            ("Lê Văn Ba", "1/2/1990", "Nam", "", "", "H98.08", "Chuyên viên"),
            ("Lê Thị Tư", "1/2/1991", "Nữ", "", "", None, "Chuyên viên"),
            ("Phạm Văn Năm", "1/2/1992", "Nam", "", "", "Sở Không Có", "Chuyên viên"),
        ),
        start=1,
    ):
        page.append([nth, *row])
    page.merge_cells("G6:G7")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

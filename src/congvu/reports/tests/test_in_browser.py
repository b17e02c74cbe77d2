"""A report in a real browser: composed, a number clicked down to a dossier, collected, approved; read by everyone."""

from typing import Any

import pytest

from congvu.reports.actions.collect_parts import ask_parts, write_part
from congvu.reports.actions.move_report import reopen_report
from congvu.reports.models import ReportVersion
from congvu.reports.tests.make import NOW, a_report, an_office, approved, october
from congvu.reports.tests.test_parts import DUE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(live: Any, make_person: Any, frozen_clock: Any) -> Any:
    made = an_office(make_person)
    made.ground.write(october() + october(1))
    return made


def test_a_report_is_composed_and_a_number_is_clicked_down_to_a_dossier(
    page: Any, office: Any, enter: Any, keep_picture: Any
) -> None:
    enter(page, office.head)
    page.goto("/bao-cao/lap/")
    page.get_by_label("Mẫu", exact=True).select_option("noi-vu")
    page.get_by_label("Tự chọn").check()
    page.get_by_label("Từ ngày").fill("01/10/2026")
    page.get_by_label("Đến ngày").fill("31/10/2026")
    with page.expect_navigation():
        page.keyboard.press("F9")
    text = page.locator("#loi-van")
    text.fill("# Kết quả\nĐạt , tăng.")
    text.evaluate("area => area.setSelectionRange(14, 14)")
    page.get_by_label("Tìm theo tên, không cần dấu").fill("giai quyet dung han")
    page.get_by_role("button", name="Chèn Tỷ lệ giải quyết đúng hạn", exact=True).click()
    assert text.input_value() == "# Kết quả\nĐạt {{so-lieu:ho-so.dung-han}}, tăng."
    page.locator("#xem .q", has_text="66,7%").wait_for()  # its value in place, before anything is saved
    keep_picture(page, "bao-cao-soan")
    with page.expect_navigation():
        page.keyboard.press("F9")
    with page.expect_navigation():
        page.get_by_role("link", name="66,7%").click()
    assert page.locator("#so-lieu .fig").inner_text() == "66,7%"
    with page.expect_navigation():
        page.locator("#so-lieu").get_by_role("link", name="6", exact=True).click()
    assert page.locator("#so-lieu .bc-found li").count() == 6
    keep_picture(page, "bao-cao-mo-so")
    code = page.locator("#so-lieu .bc-found a").first.inner_text()
    with page.expect_navigation():
        page.locator("#so-lieu .bc-found a").first.click()
    assert code in page.locator("main").inner_text()


def test_without_scripts_a_figure_is_put_at_the_end_of_the_text(plain: Any, office: Any, enter: Any) -> None:
    made = a_report(office, "Một")
    enter(plain, office.writer)
    plain.goto(f"/bao-cao/{made.report_id}/soan/")
    plain.get_by_label("Tìm theo tên, không cần dấu").fill("dung han")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Tìm", exact=True).click()
    with plain.expect_navigation():
        plain.get_by_role("button", name="Chèn Tỷ lệ giải quyết đúng hạn", exact=True).click()
    with plain.expect_navigation():
        plain.get_by_role("button", name="Lưu, tính lại số").click()
    assert "{{so-lieu:ho-so.dung-han}}" in ReportVersion.objects.get().body
    assert "66,7%" in plain.locator("article").inner_text()


def test_every_page_of_reports_can_be_read_by_everyone(
    page: Any, office: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    made = approved(office)
    second = reopen_report(made.pk, "Bổ sung hồ sơ nhập muộn", by=office.writer.actor, at=NOW)
    parts = ask_parts(
        second.pk, [one.pk for one in office.ground.units[:2]], DUE, by=office.writer.actor, at=NOW
    )
    write_part(parts[0].pk, parts[0].body, read_as=None, send=True, by=office.writer.actor, at=NOW)
    number = made.report_id
    pages = {
        "bao-cao": "/bao-cao/",
        "bao-cao-mot": f"/bao-cao/{number}/?ban=1",
        "bao-cao-so": f"/bao-cao/{number}/?ban=1&so=1&phan=tu",
        "bao-cao-du-thao": f"/bao-cao/{number}/",
        "bao-cao-soan-lai": f"/bao-cao/{number}/soan/?tim=dung+han",
        "bao-cao-thu": f"/bao-cao/{number}/thu/",
        "bao-cao-phan": f"/bao-cao/phan/{parts[1].pk}/",
        "bao-cao-phan-gui": f"/bao-cao/phan/{parts[0].pk}/",
        "bao-cao-ban": f"/bao-cao/{number}/khac/?tu=1&ban=2",
        "bao-cao-nam": f"/bao-cao/{number}/nam-truoc/",
        "bao-cao-mau": "/bao-cao/mau/",
        "bao-cao-mau-sua": "/bao-cao/mau/noi-vu/",
        "bao-cao-lap": "/bao-cao/lap/",
    }
    enter(page, office.head)
    for name, url in pages.items():
        page.goto(url)
        keep_picture(page, name)
        assert_accessible(page)

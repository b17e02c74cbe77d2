"""The statistics screens in a real browser: read by everyone, on a desk and on a phone, with and without scripts."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.models import CaseImport, Dossier
from congvu.dossiers.tests.make import a_place
from congvu.indicators.actions.publish import Wanted, publish
from congvu.indicators.tests.make import moment
from congvu.indicators.tests.test_form06_ten_dossiers import Ten
from congvu.indicators.tests.test_maps import FIRST, LAST, reorganise
from congvu.indicators.tests.test_maps import ground as ground  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "thong-ke": "/thong-ke/",
    "bieu-06": "/thong-ke/bieu-06/?ky=thang&nam=2026&so=10",
    "bieu-06-mo": "/thong-ke/bieu-06/?ky=thang&nam=2026&so=10&dong=TINH:NOI_VU&mo=c12",
    "bieu-06-sai": "/thong-ke/bieu-06/?ky=tu-chon&tu=32/1/2026&den=",
    "dung-han": "/thong-ke/dung-han/",
    "nhap-ho-so-cu": "/thong-ke/nhap-ho-so-cu/",
    "tai-su-dung": "/thong-ke/tai-su-dung/?ky=thang&nam=2026&so=10&theo=unit",
    "so-lieu": "/thong-ke/so-lieu/?ky=thang&nam=2026&so=10",
    "so-lieu-mo": "/thong-ke/so-lieu/ho-so.dung-han/?ky=thang&nam=2026&so=10&mo=mau",
}

MAPS = {
    "bieu-06-ban-do": "/thong-ke/bieu-06/?ky=thang&nam=2026&so=9&theo=unit&ban-do=20/11/2026&dong=H99.32&mo=c3",
    "dung-han-ban-do": "/thong-ke/dung-han/?nam=2026&ban-do=20/11/2026",
    "ban-do": "/ban-do/?ky=thang&nam=2026&so=9&ban-do=20/11/2026",
    "ban-do-mo": "/ban-do/?ky=thang&nam=2026&so=9&ban-do=20/11/2026&so-lieu=bieu-06:c3&xa=H99.32",
    "cong-bo-moi": "/thong-ke/cong-bo/moi/?ky=thang&nam=2026&so=9&ban-do=20/11/2026",
    "cong-bo": "/thong-ke/cong-bo/",
}


@pytest.fixture
def chairman(live: Any, make_person: Any) -> Any:
    place = a_place()
    ten = Ten(place)
    ten.go_on()
    kept = CaseImport.objects.create(
        sha256="0" * 64, file_name="nhat-ky.csv", at=moment(ten.day("01/11")), summary={"events": 44}
    )
    for name in "ABCDI":
        Dossier.objects.filter(pk=ten.ids[name]).update(imported=kept, external_ref=name)
    return make_person("leader", place.province, name="Vũ Chủ Tịch")


def test_the_screens_can_be_read_by_everyone(
    page: Any, chairman: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    enter(page, chairman)
    for name, url in PAGES.items():
        page.goto(url)
        keep_picture(page, name)
        assert_accessible(page)


def test_a_number_opens_its_dossiers_on_a_phone(
    phone: Any, chairman: Any, enter: Any, keep_picture: Any
) -> None:
    enter(phone, chairman)
    phone.goto(PAGES["bieu-06"])
    keep_picture(phone, "bieu-06-390")
    phone.locator("tr.sum a.d").nth(7).click()
    phone.locator("#ban-ghi").wait_for()
    keep_picture(phone, "bieu-06-mo-390", whole=False)
    assert phone.locator("#ban-ghi .fig").inner_text() == "1"
    assert "Quá 2 ngày" in phone.locator("#ban-ghi").inner_text()


def test_without_scripts_the_period_is_chosen_and_a_number_opened(
    plain: Any, chairman: Any, enter: Any
) -> None:
    enter(plain, chairman)
    plain.goto("/thong-ke/bieu-06/")
    plain.select_option("#so", "11")
    plain.click("text=Xem")
    assert plain.locator("tr.sum a.d").first.inner_text() == "4"
    plain.locator("tr.sum a.d").first.click()
    assert plain.locator("#ban-ghi a.code").count() == 4
    plain.click("#ban-ghi .x")
    assert plain.locator("#ban-ghi").count() == 0


def test_on_paper_the_form_keeps_its_thirteen_columns(page: Any, chairman: Any, enter: Any) -> None:
    enter(page, chairman)
    page.goto(PAGES["bieu-06-mo"])
    page.emulate_media(media="print")
    assert page.locator(".b06 thead .ix th:visible").count() == 13
    assert not page.locator(".cv-top").is_visible()
    assert not page.locator("#ban-ghi").is_visible()
    assert page.locator(".po").is_visible()


def test_maps_and_published_tables_can_be_read_by_everyone_and_walked_by_keyboard(
    page: Any, live: Any, ground: Any, make_person: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    reorganise(ground)
    leader = make_person("leader", ground.province)
    publish([Wanted("bieu-06", FIRST, LAST, None, 1)], by=leader.actor, at=moment(date(2026, 11, 20)))
    enter(page, leader)
    for name, url in MAPS.items():
        page.goto(url)
        keep_picture(page, name)
        assert_accessible(page)
    page.get_by_role("link", name="Biểu 06 theo đơn vị").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Tính lại").click()
    assert page.get_by_role("status").inner_text().startswith("Tính lại ra đúng bảng đã công bố")
    keep_picture(page, "tinh-lai")
    assert_accessible(page)
    page.goto(MAPS["ban-do"])
    area = page.locator("svg.communes a").first
    area.focus()
    assert "Xã Mới" in area.get_attribute("aria-label")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#ban-ghi").is_visible()

"""The journey «score a PAR index through its rounds», with hands on a keyboard; every page readable by everyone."""

import pytest

from congvu.indices.models import Round, Sheet
from congvu.indices.tests.make import a_round, a_set
from congvu.indices.tests.test_round import through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_par_index_is_scored_through_its_rounds(page, actors, enter) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home])
    sheet = Sheet.objects.get(round=one)
    url = f"/chi-so/phieu/{sheet.pk}/"

    enter(page, actors.specialist)
    page.goto(url)
    page.get_by_label("Điểm 1.1").fill("có")
    page.get_by_label("Điểm 1.2").fill("46/50")
    page.get_by_label("Điểm 2.1").fill("2,5")
    with page.expect_navigation():
        page.get_by_role("button", name="Nộp bản tự chấm").click()
    assert page.get_by_text("Điểm 2,5 cao hơn điểm tối đa 2").first.is_visible()
    assert page.get_by_label("Điểm 1.2").input_value() == "46/50"
    page.get_by_label("Điểm 2.1").fill("1,75")
    with page.expect_navigation():
        page.get_by_role("button", name="Nộp bản tự chấm").click()

    enter(page, actors.personnel)
    page.goto(url)
    for code, text in (("1.1", "="), ("1.2", "="), ("2.1", "1"), ("2.2", "0 0 0 50 50")):
        page.get_by_label(f"Điểm {code}").fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi kết quả thẩm định").click()

    enter(page, actors.specialist)
    page.goto(url)
    page.get_by_label("Giải trình 2.1").fill("Có hai sáng kiến được công nhận")
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi giải trình").click()

    enter(page, actors.personnel)
    page.goto(url)
    assert page.get_by_text("Có hai sáng kiến được công nhận").first.is_visible()
    page.get_by_label("Điểm 2.1").fill("1,5")
    with page.expect_navigation():
        page.get_by_role("button", name="Trình hội đồng").click()

    enter(page, actors.auditor)
    page.goto(f"/chi-so/ky/{one.pk}/")
    page.get_by_label("Số, ký hiệu quyết định công bố").fill("99/QĐ-UBND")
    with page.expect_navigation():
        page.get_by_role("button", name="Công bố kết quả").click()
    assert page.get_by_text("87,60%").first.is_visible()
    assert page.get_by_text("Tính lại khớp số đã công bố").is_visible()
    assert Round.objects.get(pk=one.pk).sha256


def test_every_page_can_be_read_by_everyone(page, actors, enter, assert_accessible) -> None:  # type: ignore[no-untyped-def]
    done, one = a_round(a_set("2025"), [actors.home], 2025), a_round(a_set(), [actors.home, actors.centre])
    through(Sheet.objects.get(round=done), actors)
    sheet = Sheet.objects.get(round=one, unit=actors.home)
    enter(page, actors.personnel)
    for path in (
        "/chi-so/", "/chi-so/bo/moi/?mau=cchc", f"/chi-so/bo/{one.set_id}/", "/chi-so/ky/moi/", f"/chi-so/ky/{one.pk}/",
        f"/chi-so/ky/{done.pk}/ket-qua/", f"/chi-so/phieu/{sheet.pk}/", f"/chi-so/phieu/{sheet.pk}/mo-phong/",
        f"/chi-so/phieu/{sheet.pk}/cac-nam/",
    ):  # fmt: skip
        page.goto(path)
        assert_accessible(page)
    enter(page, actors.specialist)
    page.goto(f"/chi-so/phieu/{sheet.pk}/")
    assert_accessible(page)

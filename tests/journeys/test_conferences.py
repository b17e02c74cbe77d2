"""The five conferences in a real browser: each page is opened and read, its numbers lead to their records and on to a unit."""

from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, enter, picture
from congvu.demo.conferences import names, text_of
from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.queries import unit_by_code
from congvu.reports.actions.load_conference import load_conference

pytestmark = pytest.mark.browser
FIVE = [name for name in names() if name != "binh-giang-2026"]


@pytest.mark.django_db(transaction=True)
def test_each_of_the_five_conferences_is_opened_and_its_numbers_clicked_down_to_records(
    page: Any, phone: Any, live: Any, make_person: Any, tmp_path: Path
) -> None:
    assert len(FIVE) == 5
    for name in FIVE:
        load_conference(text_of(name), by=SYSTEM, at=clock.now())
    leader = make_person("leader", unit_by_code("H37").id)
    enter(page, leader)
    enter(phone, leader)
    for name in FIVE:
        _opened(page, phone, name, tmp_path)
    _clicked_down(page)


def _opened(page: Any, phone: Any, name: str, folder: Path) -> None:
    page.goto("/hoi-nghi/")
    with page.expect_navigation():
        page.locator(f'a[href="/hoi-nghi/{name}/"]').click()
    assert page.locator("ol.sents > li").count() >= 19
    picture(page, f"hoi-nghi-{name}", folder)
    assert_accessible(page)
    phone.goto(f"/hoi-nghi/{name}/")
    picture(phone, f"hoi-nghi-{name}-390", folder)
    assert_accessible(phone)


def _clicked_down(page: Any) -> None:
    """22 of 23 departments: who is missing stands there, the 22 plans open, and from one of them the plan itself."""
    page.goto("/hoi-nghi/lang-son-2012/")
    figure = page.locator("li", has_text="Sở, ngành đã ban hành kế hoạch cải cách hành chính năm 2012").last
    assert "Còn thiếu 1: Sở, ngành thứ 23" in figure.inner_text()
    with page.expect_navigation():
        figure.locator(".val a").first.click()
    assert page.locator("tr[data-row]").count() == 22
    assert_accessible(page)
    with page.expect_navigation():
        page.locator("tr[data-row] a").first.click()
    assert "/ke-hoach/" in page.url

"""The page of conformance in a real browser: read by everyone, on a desk and on a phone; a number opens its dossiers."""

from typing import Any

import pytest

from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.tests.make import a_place, at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
URL = "/tuan-thu-quy-trinh/?tu=01/11/2026&den=20/11/2026"


@pytest.fixture
def chairman(live: Any, make_person: Any) -> Any:
    """Two dossiers: one late at the counter, one handed over in time."""
    place = a_place()
    place.received("2026-11-10 08:00")
    one = place.received("2026-11-20 08:00", owner="Đặng Văn Đức").id
    hand_over([one], by=place.clerk, at=at("2026-11-20 09:00"))
    return make_person("leader", place.province, name="Vũ Chủ Tịch")


def test_the_page_can_be_read_by_everyone(
    page: Any, phone: Any, chairman: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    enter(page, chairman)
    for name, url in {
        "tuan-thu": URL,
        "tuan-thu-buoc": f"{URL}&theo=step",
        "tuan-thu-mo": f"{URL}&mo=late&dong=",
    }.items():
        page.goto(url)
        keep_picture(page, name)
        assert_accessible(page)
    enter(phone, chairman)
    phone.goto(URL)
    keep_picture(phone, "tuan-thu-390")
    phone.locator("tfoot a.q").last.click()
    phone.locator("#ban-ghi").wait_for()
    keep_picture(phone, "tuan-thu-mo-390", whole=False)
    assert phone.locator("tr[data-row]").count() == 1

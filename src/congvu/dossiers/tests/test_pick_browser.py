"""A long list of units is narrowed by words typed without diacritics; without JavaScript it is simply long."""

from types import SimpleNamespace
from typing import Any

import pytest

from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import at
from congvu.foundation.identity.models import Account
from congvu.organisation.tests.make import a_unit

pytestmark = pytest.mark.browser


@pytest.fixture
def handed(office: Office) -> Dossier:
    for n, name in enumerate(("Bắc Ẵng", "Đông Ải", "Tây Ỷ", "Nam Đàn", "Quỳnh Lưu")):
        for kind in ("phường", "xã", "đặc khu"):
            a_unit(f"H99.4{n}.{len(kind)}", f"UBND {kind} {name}", office.place.province)
    made = office.place.received("2026-11-20 08:00")
    hand_over([made.id], by=office.place.clerk, at=at("2026-11-20 09:00")).only()
    return Dossier.objects.get(pk=made.id)


def test_a_unit_is_found_without_diacritics(
    page: Any, office: Office, handed: Dossier, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    enter(page, SimpleNamespace(account=Account.objects.get(pk=office.place.clerk.account_id)))
    page.goto(f"/ho-so/{handed.code}/viec/doi-co-quan/")
    words, units = (
        page.get_by_label("Lọc danh sách: Cơ quan giải quyết đúng"),
        page.locator("select[name=unit]"),
    )
    before = units.locator("option").count()
    words.fill("xa dong ai")
    assert "UBND xã Đông Ải" in units.locator("option:checked").inner_text()
    assert page.get_by_text("1 dòng khớp").is_visible()
    assert_accessible(page)
    keep_picture(page, "loc-don-vi")
    words.press("Enter")  # a filter is not a form
    assert page.url.endswith("/doi-co-quan/")
    words.fill("khong co dau")
    assert page.get_by_text("không có dòng nào khớp").is_visible()
    assert "UBND xã Đông Ải" in units.locator("option:checked").inner_text()  # what is chosen stays
    words.fill("")
    assert units.locator("option").count() == before


def test_agencies_to_be_asked_are_narrowed_and_the_chosen_stay(
    page: Any, office: Office, handed: Dossier, enter: Any, assert_accessible: Any
) -> None:
    enter(page, SimpleNamespace(account=Account.objects.get(pk=office.place.specialist.account_id)))
    page.goto(f"/ho-so/{handed.code}/viec/xin-y-kien/")
    page.get_by_label("UBND xã Nam Đàn").check()
    page.get_by_label("Lọc danh sách: Cơ quan được hỏi").fill("phuong tay y")
    shown = page.locator("fieldset .form-check:visible")
    assert set(shown.all_inner_texts()) == {
        "UBND phường Tây Ỷ",
        "UBND xã Nam Đàn",
    }
    assert_accessible(page)


def test_without_javascript_the_list_is_whole(
    plain: Any, office: Office, handed: Dossier, enter: Any
) -> None:
    enter(plain, SimpleNamespace(account=Account.objects.get(pk=office.place.clerk.account_id)))
    plain.goto(f"/ho-so/{handed.code}/viec/doi-co-quan/")
    assert plain.locator("select[name=unit] option").count() > 15
    assert plain.get_by_label("Lọc danh sách").count() == 0

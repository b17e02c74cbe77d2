"""The pages of signing, assignment and large sets in a real browser, read by everyone."""

from typing import Any

import pytest

from congvu.config.testing.people import Somebody
from congvu.dossiers.actions.assign import assign_step, take_step
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import DossierResult
from congvu.dossiers.tests.keyed import at_the_signature, said
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.signing import sign_dossiers
from congvu.foundation.identity.models import Account

pytestmark = pytest.mark.browser
NOW = at("2026-11-20 14:32")


def test_the_pages_of_signing_can_be_read_by_everyone(
    page: Any, keyed: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    place = keyed.place
    ids = [place.received("2026-11-20 08:00").id for _ in range(3)]
    hand_over(ids, by=place.clerk, at=at("2026-11-20 09:00"))
    take_step(ids, by=place.specialist, at=at("2026-11-20 10:00"))
    assign_step(ids[:1], 4, away=True, by=place.leader, at=at("2026-11-20 11:00")).only()
    one = at_the_signature(keyed)
    assert sign_dossiers([one.pk], said(), by=place.chairman, at=NOW).done
    code = DossierResult.objects.get(dossier=one).check_code
    enter(page, Somebody(Account.objects.get(pk=place.leader.account_id), place.leader))
    for name, address in (
        ("tham-quyen-ky", "/tham-quyen-ky/"),
        ("phan-cong", "/phan-cong/?nguoi=2"),
        ("luot", "/viec-cua-toi/luot/"),
        ("kiem-tra", f"/kiem-tra-chu-ky/?ma={code}"),
    ):
        page.goto(address)
        assert_accessible(page)
        keep_picture(page, name)
    page.goto("/phan-cong/?nguoi=2")
    page.locator("[data-row-check]").first.check()
    page.get_by_label("Chuyển cho").select_option(value="4")
    with page.expect_navigation():
        page.get_by_role("button", name="Chuyển việc đã chọn").click()
    assert "Đã chuyển 1 việc" in page.locator("body").inner_text()

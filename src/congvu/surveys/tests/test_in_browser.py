"""The keepers' pages, full and empty, can be read by everyone at both widths and in both themes."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import a_place, at
from congvu.foundation.identity.actor import SYSTEM
from congvu.surveys.actions.campaigns import close_campaign, open_campaign
from congvu.surveys.actions.draw_sample import draw_sample
from congvu.surveys.actions.enter_sheets import SheetIn, enter_sheets
from congvu.surveys.models import InterviewSheet
from congvu.surveys.rules.questionnaires import Given
from congvu.surveys.rules.words import INTERVIEW, SAMPLED
from congvu.surveys.tests.make import NOW, a_campaign

pytestmark = pytest.mark.browser


@pytest.fixture
def surveys(live: Any, actors: Any) -> int:
    """One that runs, one closed, one drawn; the number of the questionnaire's version."""
    place = a_place()
    for _ in range(4):
        place.received("2026-10-05 08:00")
    Dossier.objects.update(status=9, ended_on=date(2026, 10, 9), ended_at=at("2026-10-09 10:00"))
    running, closed = a_campaign(), a_campaign("xong")
    rows = [
        SheetIn(f"P{n}", unit, "Điều Tra", Given((5, 4, 5), texts={"B3": "Chờ lâu quá " * 20}))
        for n, unit in enumerate([place.centre.pk] * 40 + [place.police.pk] * 5)
    ]
    for campaign in (running, closed):
        enter_sheets(campaign, INTERVIEW, rows, by=SYSTEM, at=NOW)
    InterviewSheet.objects.filter(number="P1").update(to_recheck=True)
    close_campaign(closed.pk, by=SYSTEM, at=NOW)
    drawn = a_campaign("mau", kind=SAMPLED, opened=False)
    draw_sample(drawn.pk, 3, date(2026, 10, 1), date(2026, 10, 31), 1, by=SYSTEM, at=NOW)
    open_campaign(drawn.pk, by=SYSTEM, at=NOW)
    a_campaign("trong", opened=False)
    return running.version_id


PAGES = {
    "personnel": (
        "/dot-khao-sat/", "/dot-khao-sat/moi/", "/dot-khao-sat/mau/", "/dot-khao-sat/mau/mau/", "/dot-khao-sat/trong/",
        "/dot-khao-sat/quay-q4/phieu-giay/", "/dot-khao-sat/quay-q4/phieu-giay/nhap/", "/phieu-hoi/", "/phieu-hoi/soan/",
    ),
    "auditor": (
        "/dot-khao-sat/xong/ket-qua/", "/dot-khao-sat/xong/ket-qua/H99.01/", "/dot-khao-sat/xong/ket-qua/?theo=nhom",
        "/dot-khao-sat/xong/y-kien/", "/dot-khao-sat/xong/y-kien/?tt=HIDDEN",
    ),
    "clerk": ("/dot-khao-sat/quay-q4/", "/dot-khao-sat/quay-q4/ma-qr/H98.01/"),
    "stranger": ("/khao-sat/",),
}  # fmt: skip


def test_the_pages_of_surveys_can_be_read_by_everyone(
    page: Any, surveys: int, actors: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    for role, addresses in PAGES.items():
        enter(page, actors.of(role))
        for address in (*addresses, *([f"/phieu-hoi/{surveys}/"] if role == "personnel" else [])):
            assert page.goto(address).status == 200, address
            assert_accessible(page)
            keep_picture(page, f"{role}{address}".replace("/", "_"))

"""The interlinking board: each figure equals the list it opens, and a leader sees the units below only."""

import re
from html import unescape
from typing import Any

import pytest

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Person
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import at
from congvu.foundation import clock

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'href="(/ho-so/\?giu=[^"]+)"[^>]*>([\d.]+)</a>')


@pytest.fixture
def busy(office: Office) -> Office:
    """Late, paused, due today and due tomorrow, at three agencies."""
    place = office.place
    for when in (
        "2026-11-02 08:00",
        "2026-11-02 09:00",
        "2026-11-13 08:00",
        "2026-11-16 08:00",
        "2026-11-20 08:00",
    ):
        one = take(office, when, Person("Nguyễn Thị Bưởi"))
        hand_over([one.id], by=place.clerk, at=at(when)).only()
        if when < "2026-11-03":
            complete_step([one.id], by=place.specialist, at=at("2026-11-04 08:00")).only()
    paused = take(office, "2026-11-03 08:00", Person("Trần Văn Tạm"))
    hand_over([paused.id], by=place.clerk, at=at("2026-11-03 09:00")).only()
    request_supplement([paused.id], "Thiếu giấy.", by=place.specialist, at=at("2026-11-04 08:00")).only()
    return office


def test_every_figure_opens_the_dossiers_it_counts(busy: Office, counting: Any) -> None:
    client = busy.enter(busy.place.chairman)
    with counting(8):
        page = client.get("/bang-lien-thong/").content.decode()
    links = [(unescape(url), int(count)) for url, count in _LINK.findall(page)]
    assert len(links) >= 6
    for url, count in links:
        rows = client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert len(set(re.findall(r"/ho-so/(H99[^/]+)/", rows))) == count, url


def test_a_leader_sees_what_concerns_the_units_below_and_a_stranger_nothing(busy: Office) -> None:
    place = busy.place
    mine = busy.enter(place.leader).get("/bang-lien-thong/").content.decode()
    assert "Sở Nội vụ" in mine
    far = busy.enter(place.stranger_clerk).get("/bang-lien-thong/").content.decode()
    assert "Sở Nội vụ" not in far.split("<table")[-1] and "Không cơ quan nào" in far


def test_the_same_statements_for_one_dossier_and_for_forty(
    busy: Office, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = busy.enter(busy.place.chairman)
    client.get("/bang-lien-thong/")
    with CaptureQueriesContext(connection) as few:
        client.get("/bang-lien-thong/")
    for _ in range(40):
        one = take(busy, "2026-11-20 08:00", Person("Thêm Một Người"))
        hand_over([one.id], by=busy.place.clerk, at=clock.now()).only()
    with CaptureQueriesContext(connection) as many:
        client.get("/bang-lien-thong/")
    assert len(many) == len(few) <= 8

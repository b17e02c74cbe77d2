"""Pages of people cost the same number of statements with ten or with a thousand, and lists keep their order over pages."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.workdays.days import add_months
from congvu.organisation.access import EVERYTHING, NOTHING
from congvu.organisation.tests.make import a_unit
from congvu.people.access import Sight
from congvu.people.actions.enter import NewPerson, Step, enter
from congvu.people.queries.due import steps_due
from congvu.people.queries.standing import standings
from congvu.people.tests.make import AT, PAPER, a_person, facts, post

pytestmark = pytest.mark.django_db
PAGES = (
    "/nhan-su/", "/nhan-su/?q=nguyen", "/nhan-su/?don-vi=H98", "/nhan-su/chat-luong/", "/nhan-su/sap-nghi-huu/",
    "/nhan-su/nang-luong/", "/nhan-su/cho-sap-xep/", "/nhan-su/yeu-cau/",
)  # fmt: skip


def _statements(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def _crowd(units: list[Any], each: int) -> None:
    enter(
        [
            NewPerson(
                facts(
                    f"Nguyễn Thị {chr(65 + n % 20)}ạnh",
                    birth=add_months(date(1969, 10, 2), 5 * n % 500),
                    sex="nu",
                ),
                (post(unit),),
                "",
                Step("01.003", 3, date(2023, 10, 1)),
            )
            for unit in units
            for n in range(each)
        ],
        decision=PAPER,
        by=SYSTEM,
        at=AT,
    )


def test_a_crowd_costs_no_more_statements(actors: Any, visit: Any) -> None:
    a_person(
        actors.home, "Nguyễn Thị Hạnh", birth=date(1970, 1, 3), salary=Step("01.003", 3, date(2023, 10, 1))
    )
    readers = [visit(actors.personnel), visit(actors.leader)]
    seen_by_both = [url for url in PAGES if "nang-luong" not in url]
    small = [{url: _statements(client, url) for url in seen_by_both} for client in readers]
    due = _statements(readers[0], "/nhan-su/nang-luong/")
    _crowd([a_unit(f"H98.{n}", f"Đơn vị {n}", actors.province) for n in range(100, 140)], 25)
    assert [{url: _statements(client, url) for url in seen_by_both} for client in readers] == small
    assert _statements(readers[0], "/nhan-su/nang-luong/") == due <= 8
    assert max(max(of.values()) for of in small) <= 8


def test_the_first_to_retire_come_first_over_all_pages(actors: Any, visit: Any) -> None:
    _crowd([a_unit(f"H98.{n}", f"Đơn vị {n}", actors.province) for n in range(100, 140)], 25)
    client, url, days = visit(actors.personnel), "/nhan-su/sap-nghi-huu/?thang=24", []
    for _ in range(5):
        page = client.get(url).content.decode()
        days += re.findall(r'data-l="Ngày làm việc cuối">(\d\d)/(\d\d)/(\d{4})', page)
        following = re.search(r'href="(\?[^"]*sau=[^"]*)"', page)
        if following is None:
            break
        url = f"/nhan-su/sap-nghi-huu/{following[1].replace('&amp;', '&')}"
    ordered = [(int(year), int(month)) for _, month, year in days]
    assert len(ordered) > 100 and ordered == sorted(ordered)
    assert client.get("/nhan-su/sap-nghi-huu/?sau=W10").status_code in (400, 422)


def test_whoever_sees_all_people_but_keeps_none_is_told_no_salary_and_no_standing(actors: Any) -> None:
    a_person(actors.home, "Lê Thị Một", salary=Step("01.003", 3, date(2023, 10, 1)))
    sees, keeps = (Sight(EVERYTHING, kept, AT.date()) for kept in (NOTHING, EVERYTHING))
    assert steps_due(AT.date(), sees) == [] and len(steps_due(AT.date(), keeps)) == 1
    assert standings(AT.date(), sees) == [] and len(standings(AT.date(), keeps)) == 1

"""The screens of conferences: every number opens its records, in few statements; what a stranger wrote is shown as text."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.queries import unit_by_code
from congvu.reports.actions.load_conference import load_conference
from congvu.reports.queries.conference import newest, read
from congvu.reports.tests.test_conference import STRANGER, load
from congvu.reports.tests.test_conference_file import NAMES

FIVE = Path(__file__).resolve().parents[2] / "demo" / "conferences"
MOST = 8
pytestmark = pytest.mark.django_db


@pytest.fixture
def leader_of(make_person: Any, visit: Any) -> Any:
    """A client of the leader of the unit whose conference it is."""

    def client(code: str) -> Any:
        row = newest(code)
        assert row is not None
        return visit(make_person("leader", unit_by_code(read(row).home).id))

    return client


def page(client: Any, url: str) -> str:
    """What is shown, asked twice: the second time in at most eight statements."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(asked) <= MOST, (url, len(asked), [one["sql"][:120] for one in asked])
    return str(answer.content.decode())


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_conference_opens(frozen_clock: Any, leader_of: Any, name: str) -> None:
    load(name)
    client = leader_of(name)
    listed = page(client, "/hoi-nghi/")
    assert f"/hoi-nghi/{name}/" in listed
    shown = page(client, f"/hoi-nghi/{name}/")
    row = newest(name)
    assert row is not None
    assert all(f'id="cau-{one.code}"' in shown for one in read(row).sentences)
    links = set(re.findall(rf'href="(/hoi-nghi/{name}/so-lieu/[^"]+)"', shown))
    assert {one.code for one in read(row).figures if one.code in shown}
    for link in links:
        page(client, link.replace("&amp;", "&"))


def test_a_number_opens_exactly_as_many_lines(frozen_clock: Any, leader_of: Any) -> None:
    load("son-la-2016")
    client = leader_of("son-la-2016")
    shown = page(client, "/hoi-nghi/son-la-2016/so-lieu/sl16.hien-dai/?mo=tu")
    assert shown.count("<tr data-row>") == 11


def test_posts_open_the_lines_whose_sum_they_are(frozen_clock: Any, leader_of: Any) -> None:
    load("noi-vu-2020")
    client = leader_of("noi-vu-2020")
    above = page(client, "/hoi-nghi/noi-vu-2020/so-lieu/nv20.cong-chuc/?mo=tu")
    less = page(client, "/hoi-nghi/noi-vu-2020/so-lieu/nv20.cong-chuc/?mo=tru")
    assert "274.848" in above
    assert "27.504" in less
    assert "cộng lại đúng số này" in above


def test_what_a_stranger_wrote_is_text(frozen_clock: Any, leader_of: Any) -> None:
    load_conference(STRANGER, by=SYSTEM, at=clock.now())
    client = leader_of("xa-la-2024")
    for url in ("/hoi-nghi/", "/hoi-nghi/xa-la-2024/", "/hoi-nghi/xa-la-2024/so-lieu/la.iso/?mo=mau"):
        shown = page(client, url)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert "{{ x }}" in page(client, "/hoi-nghi/xa-la-2024/so-lieu/la.iso/?mo=mau")


def test_a_leader_of_one_department_is_told_how_many_records_he_does_not_see(
    frozen_clock: Any, make_person: Any, visit: Any
) -> None:
    load("hung-yen-2018")
    client = visit(make_person("leader", unit_by_code("H31.08").id))
    shown = page(client, "/hoi-nghi/hung-yen-2018/so-lieu/hy18.cat-giam/?mo=tu")
    assert "bạn không được xem" in shown
    assert ">220<" in shown


def test_what_is_not_there_is_not_found(frozen_clock: Any, actors: Any, visit: Any) -> None:
    client = visit(actors.leader)
    assert client.get("/hoi-nghi/khong-co/").status_code == 404
    assert "Chưa có hội nghị nào" in client.get("/hoi-nghi/").content.decode()
    load("lang-son-2010")
    assert client.get("/hoi-nghi/lang-son-2010/so-lieu/khong-co/").status_code == 404
    assert visit(actors.clerk).get("/hoi-nghi/").status_code == 403

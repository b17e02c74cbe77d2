"""The walk of the province from 2015 to 2026, on the demo's own events: nobody is lost, nobody sits on a post that was not
given, and the ledger, head-counts and Form 06 of 2016, 2021 and today add up on the map of each of these days. Only civil
servants, communes and contracts are filled here (some 8,000 people); the demo fills all pools."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from congvu.demo import careers_ink, past, quotas
from congvu.demo.tests.make import NOW
from congvu.demo.units import load_units
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.queries.form06 import By, form06
from congvu.organisation.queries import picture
from congvu.organisation.rules.mapping import Road
from congvu.organisation.rules.picture import Picture
from congvu.people.access import sight_of
from congvu.people.models import Appointment
from congvu.people.queries.present import present
from congvu.people.queries.stranded import stranded
from congvu.people.rules.codes import CIVIL, COMMUNE, CONTRACT, FOLLOWED
from congvu.staffing.queries.ledger import balances
from congvu.staffing.queries.room import beyond_posts
from congvu.staffing.rules.kinds import POOLS

pytestmark = pytest.mark.django_db
DAYS = (date(2016, 12, 31), date(2021, 12, 31), NOW.date())
FILLED = (CIVIL, COMMUNE, CONTRACT)


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Picture]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_units()
        quotas.load()
        careers_ink.load(at=NOW, seed=1, pools=FILLED)
        past.load(count=1_200, at=NOW, seed=1)
        yield picture()
        transaction.set_rollback(True)


def test_every_head_of_a_day_sits_on_a_post_in_a_unit_that_stood(known: Picture) -> None:
    left = {one.person_id for one in stranded(sight_of(SYSTEM, NOW.date(), known), known)}
    assert 0 < len(left) <= 6, "contracts of the district that the decision of July 2025 forgot"
    for on, ledger in zip(DAYS, balances(DAYS, known), strict=True):
        heads = present(None, on)
        assert 3_000 < sum(sum(of.values()) for of in heads.values()) <= sum(map(ledger.total, FILLED))
        assert beyond_posts(on, known) == []
        gone = [unit for unit in heads if known.at(unit, on) is None]
        assert {one.person_id for one in Appointment.objects.filter(unit__in=gone, valid_to=None)} <= left


def test_whoever_ends_a_post_goes_on_the_same_day_or_leaves_for_good(known: Picture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FILTER (WHERE ending IN ('dieu_dong', 'theo_to_chuc') AND next IS DISTINCT FROM valid_to),
                   count(*) FILTER (WHERE ending NOT IN ('dieu_dong', 'theo_to_chuc') AND next IS NOT NULL),
                   count(*) FILTER (WHERE ending = 'nghi_huu')
              FROM (SELECT *, lead(valid_from) OVER (PARTITION BY person_id ORDER BY valid_from) AS next
                      FROM people_appointment) a WHERE valid_to IS NOT NULL""")
        torn, back, retired = cursor.fetchone()
    assert (torn, back) == (0, 0)
    assert retired > 500


def test_people_of_a_merged_unit_went_along_with_their_merger(known: Picture) -> None:
    came = Appointment.objects.exclude(followed=None).select_related("followed")
    assert {one.followed.effective for one in came if one.followed} == {
        date(2018, 3, 1), date(2020, 1, 1), date(2021, 1, 1), date(2025, 3, 1), date(2025, 7, 1),
    }  # fmt: skip
    flows = {(flow.event_id, flow.to_id) for flow in known.flows}
    ended = {(one.person_id, one.valid_to): one.ending for one in Appointment.objects.exclude(valid_to=None)}
    for one in came:
        assert one.followed and one.followed.effective == one.valid_from
        assert (one.followed_id, one.unit_id) in flows
        assert ended[one.person_id, one.valid_from] == FOLLOWED


def test_the_ledger_of_a_year_adds_up_on_the_map_of_any_later_year(known: Picture) -> None:
    for place, on in enumerate(DAYS):
        (then,) = balances([on], known)
        for map_on in DAYS[place:]:
            (laid,) = balances([on], known, map_on=map_on)
            assert [laid.total(pool) for pool in POOLS] == [then.total(pool) for pool in POOLS]
            assert all(posts >= 0 for posts in laid.posts.values())


@pytest.mark.parametrize("on", DAYS)
def test_head_counts_of_a_year_add_up_on_every_map(known: Picture, on: date) -> None:
    heads = present(None, on)
    pools = sorted({pool for of in heads.values() for pool in of})
    rows = {unit: [of.get(pool, 0) for pool in pools] for unit, of in heads.items()}
    then = [sum(column) for column in zip(*rows.values(), strict=True)]
    for map_on in DAYS:
        laid = Road(known, on, map_on).lay(rows)
        assert [sum(column) for column in zip(*(one.numbers for one in laid), strict=True)] == then
        off_the_map = [one for one in laid if known.at(one.unit_id, map_on) is None]
        assert all(one.whys for one in off_the_map), "whoever stands with no unit of the map is told why"
        if on == map_on:
            assert {one.unit_id: list(one.numbers) for one in laid} == rows


@pytest.mark.parametrize("on", DAYS[:2])
def test_form_06_of_a_year_adds_up_on_every_map(known: Picture, on: date) -> None:
    first, today = date(on.year, 1, 1), NOW.date()
    plain = form06(SYSTEM, first, on, today=today, by=By.UNIT)
    assert plain.total.c3 > 80
    assert [*map(type, plain.total.numbers)] == [int] * len(plain.total.numbers)
    for map_on in DAYS:
        laid = form06(SYSTEM, first, on, today=today, by=By.UNIT, map_on=map_on)
        assert laid.total == plain.total
        columns = zip(*(row.counts.numbers for row in laid.rows), strict=True)
        assert [sum(column) for column in columns] == list(plain.total.numbers)
        assert all(holds for _, holds in laid.identities)
    units = {row.key for row in form06(SYSTEM, first, on, today=today, by=By.UNIT, map_on=DAYS[2]).rows}
    assert units < {row.key for row in plain.rows} | {node.code for node in known.tree(DAYS[2])}
    assert len(units) < len(plain.rows), "the communes of then went into fewer"

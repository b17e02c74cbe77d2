"""What is counted live over the facts, with the rows of what happened since, is what the rows alone say."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from congvu.dossiers.access import Visible
from congvu.dossiers.models import Dossier
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.actions.keep_facts import forget_facts, keep_facts
from congvu.indicators.models import DossierFact, FactsMark
from congvu.indicators.queries.counts import (
    BY_CHANNEL,
    BY_FIELD,
    BY_PROCEDURE,
    BY_TIER,
    BY_TIER_AND_FIELD,
    BY_UNIT,
    WHOLE,
    count_by_period,
    count_dossiers,
    count_rows,
)
from congvu.indicators.queries.fact_counts import count_in_province
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.figures import FIGURES, Dossiers
from congvu.indicators.rules.form06 import CONDITIONS as COLUMNS
from congvu.indicators.rules.form06 import COUNTED, PENDING, SOLVED
from congvu.indicators.tests.make import Ground, Happened, History, moment
from congvu.indicators.tests.test_engines import CONDITIONS, DAYS
from congvu.indicators.tests.test_facts import AT, given_away
from congvu.indicators.tests.test_form06_any_history import DAY_ONE, TODAY, a_life, lives
from congvu.indicators.tests.test_pages_from_facts import finish, reopen

ALL = Visible(True, (), None)
CUTS = (WHOLE, BY_UNIT, BY_TIER, BY_FIELD, BY_TIER_AND_FIELD, BY_CHANNEL, BY_PROCEDURE)
OF_FIGURES = [
    count.condition for one in FIGURES for count in one.counts if isinstance(count, Dossiers)
]  # every condition the catalogue asks of dossiers


def months(n: int = 6) -> list[Question]:
    return [
        ask(DAY_ONE + timedelta(days=20 * k), DAY_ONE + timedelta(days=20 * k + 25), today=TODAY)
        for k in range(n)
    ]


def something_happens(ids: list[int], rng: random.Random) -> None:
    received = set(Dossier.objects.filter(pk__in=ids, received_on__isnull=False).values_list("pk", flat=True))
    for pk in sorted(received):
        if rng.random() < 0.3:
            rng.choice((finish, reopen))(pk, DAY_ONE + timedelta(days=rng.randrange(60, 110)))


class AnyHistory(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(lives(), min_size=1, max_size=15),
        st.lists(lives(), max_size=8),
        st.lists(CONDITIONS, min_size=1, max_size=4),
        st.lists(st.tuples(DAYS, st.integers(0, 60)), min_size=1, max_size=3),
        st.sampled_from((0, 2, 20_000)),
        st.integers(0, 2**32),
    )
    def test_facts_and_what_happened_since_count_what_the_rows_count(
        self,
        before: list[History],
        since: list[History],
        conditions: list[Condition],
        spans: list[tuple[date, int]],
        near: int,
        seed: int,
    ) -> None:
        """`near` 0 and 2: more happened than a page reads beside the facts, so the rows answer in the same statement."""
        ground, rng = Ground(), random.Random(seed)
        ids = ground.write(before)
        given_away(ground, ids, rng)
        forget_facts(by=SYSTEM, at=AT)
        keep_facts(by=SYSTEM, at=AT)
        something_happens(ids, rng)
        if since:
            ground.write(since)
        asked = [ask(first, first + timedelta(days=days), today=TODAY) for first, days in spans]
        for keys in CUTS:
            rows = [count_rows(one, ALL, conditions, keys) for one in asked]
            assert count_in_province(asked, conditions, keys, near=near) == rows


def a_province(n: int = 200) -> tuple[Ground, list[int]]:
    rng = random.Random(20261122)
    ground = Ground()
    ids = ground.write([a_life(rng.choice) for _ in range(n)])
    given_away(ground, ids, rng)
    return ground, ids


@pytest.mark.django_db
def test_every_figure_by_every_cut_in_any_state_of_the_facts(django_assert_num_queries: Any) -> None:
    _, ids = a_province()
    for state in ("never kept", "kept", "behind", "being filled"):
        if state == "kept":
            keep_facts(by=SYSTEM, at=AT)
        elif state == "behind":
            something_happens(ids, random.Random(3))
        elif state == "being filled":
            FactsMark.objects.update(fill_at=1)
        for keys in CUTS:
            rows = [count_rows(one, ALL, OF_FIGURES, keys) for one in months()]
            with django_assert_num_queries(1):
                assert count_in_province(months(), OF_FIGURES, keys) == rows, (state, keys)


@pytest.mark.django_db
def test_months_are_one_reading_and_each_is_what_it_is_alone(django_assert_num_queries: Any) -> None:
    a_province()
    keep_facts(by=SYSTEM, at=AT)
    with django_assert_num_queries(1):
        told = count_by_period(months(), ALL, COLUMNS)
    assert told == [count_rows(one, ALL, COLUMNS, WHOLE)[0, 0] for one in months()]
    assert sum(row[0] for row in told) > 100


@pytest.mark.django_db
def test_the_facts_are_read_and_not_the_rows_when_they_know_all() -> None:
    a_province(30)
    keep_facts(by=SYSTEM, at=AT)
    DossierFact.objects.all().delete()
    assert count_dossiers(months()[1], ALL, [COUNTED], WHOLE) == {}
    FactsMark.objects.update(fill_at=0)
    assert count_dossiers(months()[1], ALL, [COUNTED], WHOLE) == count_rows(
        months()[1], ALL, [COUNTED], WHOLE
    )


@pytest.mark.django_db
def test_who_sees_a_part_is_counted_from_the_rows_and_gets_that_part() -> None:
    rng = random.Random(5)
    ground = Ground()
    ground.write([a_life(rng.choice) for _ in range(100)])
    keep_facts(by=SYSTEM, at=AT)
    part = ground.units[0].pk
    seen = 0
    for question in months():
        whole = count_dossiers(question, ALL, OF_FIGURES, BY_UNIT)
        with CaptureQueriesContext(connection) as captured:
            told = count_dossiers(question, Visible(False, (part,), None), OF_FIGURES, BY_UNIT)
        assert told == {key: numbers for key, numbers in whole.items() if key[0] == part}
        assert "indicators_dossierfact" not in captured.captured_queries[0]["sql"]
        seen += len(told)
    assert seen


@pytest.mark.django_db
def test_a_past_case_that_says_it_ended_before_it_was_received_has_ended_in_every_life() -> None:
    """Past logs do say so, by minutes; counted from the log alone it would be open for ever."""
    told = (Happened(moment(DAY_ONE, 8), 4, DAY_ONE), Happened(moment(DAY_ONE, 7), 10, DAY_ONE, DAY_ONE))
    Ground().write([History(1, DAY_ONE, told)])
    keep_facts(by=SYSTEM, at=AT)
    for first, numbers in ((DAY_ONE, (1, 1, 0)), (DAY_ONE + timedelta(days=1), (0, 0, 0))):
        one = ask(first, first + timedelta(days=9), today=TODAY)
        known = Question(one.period, one.as_of, known_on=TODAY)
        for asked in (one, known):
            told_rows = count_rows(asked, ALL, [COUNTED, SOLVED, PENDING], WHOLE)
            assert told_rows.get((0, 0), (0, 0, 0)) == numbers
        assert (
            count_in_province([one], [COUNTED, SOLVED, PENDING], WHOLE)[0].get((0, 0), (0, 0, 0)) == numbers
        )


@pytest.mark.django_db
def test_what_was_known_earlier_is_counted_from_the_log() -> None:
    a_province(50)
    keep_facts(by=SYSTEM, at=AT)
    DossierFact.objects.all().delete()
    one = months()[1]
    asked = Question(one.period, one.as_of, known_on=TODAY)
    told = count_dossiers(asked, ALL, [COUNTED], WHOLE)
    assert told == count_rows(asked, ALL, [COUNTED], WHOLE) != {}

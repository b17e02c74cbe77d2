"""One definition, several lives: live through the predicate, in bulk on DuckDB, and by hand in Python give the same."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor, Held
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.export_facts import export_facts
from congvu.indicators.actions.keep_facts import forget_facts, keep_facts
from congvu.indicators.queries import counts
from congvu.indicators.queries.answer import answers, by_engine
from congvu.indicators.queries.counts import BY_FIELD, BY_TIER, BY_TIER_AND_FIELD, BY_UNIT, WHOLE
from congvu.indicators.queries.engines.counting import count_many
from congvu.indicators.queries.engines.files import manifest, sound
from congvu.indicators.queries.figures import by_unit, figure_of
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.statistics import reader_of, the_province
from congvu.indicators.rules.conditions import (
    Absent,
    All,
    Bound,
    Compare,
    Condition,
    Fact,
    OneOf,
    Some,
    State,
    holds,
)
from congvu.indicators.rules.figures import FIGURES, Dossiers
from congvu.indicators.rules.form06 import COUNTED, IDENTITIES, Counts
from congvu.indicators.tests.bring_spark import why_not
from congvu.indicators.tests.make import Ground, History
from congvu.indicators.tests.oracle import state_at
from congvu.indicators.tests.test_facts import given_away
from congvu.indicators.tests.test_form06_any_history import DAY_ONE, TODAY, a_life, lives
from congvu.organisation.queries import picture

AT = datetime(2026, 12, 31, 12, tzinfo=LEGAL_ZONE)
OVER_DOSSIERS = [one for one in FIGURES if isinstance(one.counted, Dossiers)]
CUTS = (WHOLE, BY_UNIT, BY_TIER, BY_FIELD, BY_TIER_AND_FIELD)


@pytest.fixture(autouse=True)
def _home(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONGVU_FACTS = tmp_path / "facts"


def kept_and_exported() -> None:
    keep_facts(by=SYSTEM, at=AT)
    export_facts(by=SYSTEM, at=AT)


DAYS = st.integers(0, 100).map(lambda n: DAY_ONE + timedelta(days=n))
_SIGN = st.sampled_from(("=", "<>", "<", "<=", ">", ">="))
_DAY_FACT = st.sampled_from((Fact.RECEIVED, Fact.DUE, Fact.ENDED))
SIMPLE = st.one_of(
    st.builds(Compare, _DAY_FACT, _SIGN, st.sampled_from((*Bound, Fact.RECEIVED, Fact.DUE, Fact.ENDED))),
    st.builds(Compare, st.just(Fact.CHANNEL), _SIGN, st.integers(1, 3)),
    st.builds(OneOf, st.just(Fact.CHANNEL), st.lists(st.integers(1, 3), min_size=1, max_size=2).map(tuple)),
    st.builds(Absent, st.sampled_from((Fact.DUE, Fact.ENDED))),
)
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Some, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)


class AnyDefinition(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(lives(), min_size=1, max_size=20),
        st.lists(CONDITIONS, min_size=1, max_size=4),
        DAYS,
        st.integers(0, 60),
    )
    def test_any_condition_counts_the_same_live_in_bulk_and_by_hand(
        self, histories: list[History], conditions: list[Condition], first: date, days: int
    ) -> None:
        Ground().write(histories)
        forget_facts(by=SYSTEM, at=AT)
        kept_and_exported()
        question = ask(first, first + timedelta(days=days), today=TODAY)
        province = the_province(question, picture())
        for keys in CUTS:
            live = counts.count_rows(question, province.dossiers, conditions, keys)
            assert counts.count_dossiers(question, province.dossiers, conditions, keys) == live
            (bulk,) = count_many([question], conditions, keys, "duckdb")
            assert bulk == live
        states = [
            State(one.received_on, one.channel, now.status, now.due_on, now.ended_on)
            for one in histories
            if one.received_on and one.received_on <= question.last and (now := state_at(one, question.last))
        ]
        within = [one for one in states if holds(COUNTED, one, question.first, question.last)]
        whole = count_many([question], conditions, WHOLE, "duckdb")[0].get((0, 0), (0,) * len(conditions))
        assert whole == tuple(
            sum(holds(one, state, question.first, question.last) for state in within) for one in conditions
        )


def a_province(n: int = 300) -> Ground:
    rng = random.Random(20261121)
    ground = Ground()
    ids = ground.write([a_life(rng.choice) for _ in range(n)])
    given_away(ground, ids, rng)
    return ground


def year() -> list[Question]:
    return [
        ask(DAY_ONE + timedelta(days=n), DAY_ONE + timedelta(days=n + 20), today=TODAY)
        for n in range(0, 120, 10)
    ]


@pytest.mark.django_db
def test_every_figure_over_dossiers_is_the_same_live_and_in_bulk_by_every_cut() -> None:
    a_province()
    kept_and_exported()
    conditions = [
        count.condition for one in OVER_DOSSIERS for count in one.counts if isinstance(count, Dossiers)
    ]
    for keys in CUTS:
        bulk = count_many(year(), conditions, keys, "duckdb")
        for question, found in zip(year(), bulk, strict=True):
            seen = the_province(question, picture()).dossiers
            assert found == counts.count_rows(question, seen, conditions, keys)
            assert found == counts.count_dossiers(question, seen, conditions, keys)


@pytest.mark.django_db
def test_the_equations_of_form_06_hold_on_every_slice_counted_in_bulk() -> None:
    from congvu.indicators.rules.form06 import CONDITIONS as COLUMNS

    a_province()
    kept_and_exported()
    rows = 0
    for keys in CUTS:
        for found in count_many(year(), COLUMNS, keys, "duckdb"):
            for numbers in found.values():
                rows += 1
                assert all(one.holds(Counts(*numbers)) for one in IDENTITIES)
    assert rows > 100


@pytest.mark.django_db
def test_spark_runs_the_same_expression_to_the_same_numbers() -> None:
    why = why_not()
    if why:
        pytest.skip(f"Spark: {why}")
    a_province(100)
    kept_and_exported()
    conditions = [
        count.condition for one in OVER_DOSSIERS for count in one.counts if isinstance(count, Dossiers)
    ]
    assert count_many(year()[:3], conditions, BY_UNIT, "spark") == count_many(
        year()[:3], conditions, BY_UNIT, "duckdb"
    )


@pytest.mark.django_db
def test_an_answer_in_bulk_says_when_something_happened_since() -> None:
    ground = a_province(40)
    kept_and_exported()
    question = year()[2]
    known = picture()
    codes = [one.code for one in OVER_DOSSIERS]
    live = answers(codes, question, the_province(question, known), known)
    bulk = answers(codes, question, the_province(question, known), known, engine="duckdb")
    assert {c: a.value for c, a in bulk.items()} == {c: a.value for c, a in live.items()}
    assert not any(one.warnings for one in bulk.values())
    ground.write([a_life(random.Random(3).choice)])
    later = answers(codes[:1], question, the_province(question, known), known, engine="duckdb")
    assert "Số liệu tính đến 12:00 31/12/2026" in later[codes[0]].warnings[0]


@pytest.mark.django_db
def test_bulk_is_of_the_province_of_dossiers_and_of_what_is_known_now() -> None:
    a_province(10)
    kept_and_exported()
    question, known = year()[0], picture()
    province = the_province(question, known)
    clerk = reader_of(Actor(2, held=(Held("specialist", 1),)), TODAY, known)
    bulk = by_engine(province, "duckdb")
    for asked in (
        lambda: by_engine(clerk, "duckdb"),
        lambda: by_engine(province, "excel"),
        lambda: by_unit(figure_of("doi-ngu.co-mat"), question, bulk, known),
        lambda: by_unit(
            figure_of("ho-so.dung-han"), Question(question.period, TODAY, known_on=TODAY), bulk, known
        ),
    ):
        with pytest.raises(Refused) as refusal:
            asked()
        assert refusal.value.do


@pytest.mark.django_db
def test_facts_thrown_away_take_their_file_with_them(django_capture_on_commit_callbacks: Any) -> None:
    a_province(10)
    kept_and_exported()
    with django_capture_on_commit_callbacks(execute=True):
        forget_facts(by=SYSTEM, at=AT)
    assert manifest() is None
    kept_and_exported()
    assert manifest() is not None


@pytest.mark.django_db
def test_a_file_is_written_once_a_change_and_a_broken_one_is_refused() -> None:
    ground = a_province(10)
    kept_and_exported()
    one = manifest()
    assert one is not None
    kept_and_exported()
    assert manifest() == one
    assert sound(one)
    ground.write([a_life(random.Random(3).choice)])
    kept_and_exported()
    two = manifest()
    assert two is not None and two.rows > one.rows
    assert not one.path.exists()
    two.path.write_bytes(two.path.read_bytes()[:-9])
    assert not sound(two)
    with pytest.raises(Refused):
        count_many(year()[:1], [COUNTED], WHOLE, "duckdb")

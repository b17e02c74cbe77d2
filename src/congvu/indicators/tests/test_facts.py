"""Facts behind the event log: what the records say, made anew whenever something happens, checked by another way."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from congvu.dossiers.models import Dossier, DossierEvent, FormerUnit
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.actions.keep_facts import forget_facts, keep_facts
from congvu.indicators.models import DossierFact, FactsMark
from congvu.indicators.queries.facts import facts_state, told_anew, verify_facts
from congvu.indicators.rules.facts import STILL
from congvu.indicators.tests.make import Ground, Happened, History, moment
from congvu.indicators.tests.oracle import state_at
from congvu.indicators.tests.test_form06_any_history import DAY_ONE, a_life, lives

AT = datetime(2026, 12, 31, 12, tzinfo=LEGAL_ZONE)


def keep(share: int = 20_000):
    return keep_facts(by=SYSTEM, at=AT, share=share)


def given_away(ground: Ground, ids: list[int], rng: random.Random) -> None:
    """Some dossiers had other agencies before, as a merger leaves them."""
    for pk in ids:
        if rng.random() < 0.3:
            days = sorted(rng.sample(range(100), rng.randint(1, 3)))
            FormerUnit.objects.bulk_create(
                FormerUnit(
                    dossier_id=pk, unit=rng.choice(ground.units), tier=rng.choice(("TINH", "XA")),
                    until=moment(DAY_ONE + timedelta(days=n), rng.randrange(24)),
                )
                for n in days
            )  # fmt: skip


class AnyHistory(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(lives(), min_size=1, max_size=20), st.integers(0, 2**32), st.integers(1, 30))
    def test_the_statement_and_the_rule_say_the_same_and_tell_the_state_of_every_day(
        self, histories: list[History], seed: int, share: int
    ) -> None:
        ground = Ground()
        ids = ground.write(histories)
        given_away(ground, ids, random.Random(seed))
        forget_facts(by=SYSTEM, at=AT)
        assert keep(share).whole
        assert verify_facts(count=1000).drift == ()
        told = told_anew(ids)
        for pk, history in zip(ids, histories, strict=True):
            for n in range(0, 110, 7):
                day = DAY_ONE + timedelta(days=n)
                found = [s for s in told.get(pk, []) if s.since <= day < s.till]
                want = state_at(history, day) if history.received_on and history.received_on <= day else None
                assert len(found) == (want is not None)
                if want and not (
                    want.ended_on and found[0].ended_on
                ):  # once ended, returned tells no other number
                    assert (found[0].status, found[0].due_on) == (want.status, want.due_on)


@pytest.mark.django_db
def test_what_happens_later_makes_only_its_dossiers_anew() -> None:
    ground = Ground()
    first, second = ground.write([_open(), _open()])
    assert keep().dossiers == 2
    assert keep().dossiers == 0
    day = DAY_ONE + timedelta(days=4)
    DossierEvent.objects.create(dossier_id=second, at=moment(day), verb="t", status_to=9, ended_on=day)
    Dossier.objects.filter(pk=second).update(
        status=9, ended_on=day, ended_at=moment(day), last_event_at=moment(day)
    )
    assert facts_state().waiting == 1
    assert keep().dossiers == 1
    assert [(f.dossier_id, f.since, f.till, f.status) for f in DossierFact.objects.order_by("dossier_id", "since")] == [
        (first, DAY_ONE, STILL, 2),
        (second, DAY_ONE, day, 2),
        (second, day, STILL, 9),
    ]  # fmt: skip
    assert facts_state().whole


@pytest.mark.django_db
def test_a_filling_cut_short_goes_on_from_its_mark_and_the_same_share_twice_is_one() -> None:
    Ground().write([a_life(random.Random(n).choice) for n in range(60)])
    keep(7)
    once = list(DossierFact.objects.order_by("dossier_id", "since").values_list())
    FactsMark.objects.update(fill_at=Dossier.objects.order_by("id")[30].pk)  # as after a kill in the middle
    assert not facts_state().filled
    keep(7)
    assert list(DossierFact.objects.order_by("dossier_id", "since").values_list()) == once


@pytest.mark.django_db
def test_drift_is_found_and_named() -> None:
    ids = Ground().write([_open(), _open(), _open()])
    keep()
    DossierFact.objects.filter(dossier_id=ids[1]).update(status=4)
    found = verify_facts().drift
    assert [(one.dossier_id, one.kept[0].status, one.told[0].status) for one in found] == [(ids[1], 4, 2)]


@pytest.mark.django_db
def test_a_dossier_somebody_wrote_to_since_is_no_drift() -> None:
    ids = Ground().write([_open(), _open()])
    keep()
    DossierEvent.objects.create(dossier_id=ids[0], at=moment(DAY_ONE, 10), verb="t", status_to=4)
    Dossier.objects.filter(pk=ids[0]).update(status=4)
    checked = verify_facts()
    assert (checked.dossiers, checked.waiting, checked.drift) == (1, 1, ())


@pytest.mark.django_db(transaction=True)
def test_an_event_written_before_and_committed_after_is_not_missed() -> None:
    """The number of an event is taken before it is seen: the mark waits for whoever is still writing."""
    first, second = Ground().write([_open(), _open()])
    keep()

    writer = connection.copy()
    try:
        with writer.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "INSERT INTO dossiers_event (dossier_id, at, verb, status_to) VALUES (%s, %s, 't', 4)",
                [first, moment(DAY_ONE, 11)],
            )
            cursor.execute("UPDATE dossiers_dossier SET status = 4 WHERE id = %s", [first])
        DossierEvent.objects.create(dossier_id=second, at=moment(DAY_ONE, 11), verb="t", status_to=4)
        Dossier.objects.filter(pk=second).update(status=4)
        assert not keep().whole
        with writer.cursor() as cursor:
            cursor.execute("COMMIT")
        assert keep().whole
    finally:
        writer.close()
    assert set(DossierFact.objects.values_list("dossier_id", "status")) == {(first, 4), (second, 4)}


@pytest.mark.django_db(transaction=True)
def test_a_goal_once_set_is_reached_while_others_go_on_writing() -> None:
    """Somebody is always writing: a goal moved every minute would never be reached."""
    (first,) = Ground().write([_open()])
    keep()

    def began(status: int) -> Any:
        writer = connection.copy()
        with writer.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "INSERT INTO dossiers_event (dossier_id, at, verb, status_to) VALUES (%s, %s, 't', %s)",
                [first, moment(DAY_ONE, 11), status],
            )
        return writer

    def over(writer: Any) -> None:
        with writer.cursor() as cursor:
            cursor.execute("COMMIT")
        writer.close()

    one = began(4)
    assert not keep().whole
    other = began(5)
    over(one)
    before = facts_state().done
    assert not keep().whole, "the other is still writing"
    assert facts_state().done > before, "but what was known before is in"
    over(other)
    assert keep().whole and facts_state().whole


@pytest.mark.django_db
def test_facts_of_a_dossier_that_is_gone_are_drift() -> None:
    ids = Ground().write([_open(), _open()])
    keep()
    DossierFact.objects.filter(dossier_id=ids[1]).update(dossier_id=ids[1] + 1000)
    found = {one.dossier_id: (len(one.kept), len(one.told)) for one in verify_facts().drift}
    assert found == {ids[1]: (0, 1), ids[1] + 1000: (1, 0)}


def _open() -> History:
    return History(1, DAY_ONE, (Happened(moment(DAY_ONE), 2, date(2026, 9, 20)),))

"""Pages that read the facts of what is settled and the rows of the rest show what the rows alone would."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.access import Visible
from congvu.dossiers.models import Dossier, DossierEvent
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.actions.keep_facts import keep_facts
from congvu.indicators.models import FactsMark
from congvu.indicators.queries.series import counted_on_time
from congvu.indicators.tests.make import Ground, moment
from congvu.indicators.tests.test_facts import AT, given_away
from congvu.indicators.tests.test_form06_any_history import DAY_ONE, a_life
from congvu.organisation.queries import picture

ALL = Visible(True, (), None)


def told(first: date, last: date) -> tuple[object, bool]:
    """The two series, and whether they came from the facts."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        found = counted_on_time(ALL, picture(), first, last)
    return found, any("indicators_dossierfact" in one["sql"] for one in seen.captured_queries)


def live(first: date, last: date) -> object:
    FactsMark.objects.update(fill_at=0)
    found, of_facts = told(first, last)
    FactsMark.objects.update(fill_at=None)
    assert not of_facts
    return found


def finish(pk: int, day: date) -> None:
    DossierEvent.objects.create(dossier_id=pk, at=moment(day, 20), verb="t", status_to=9, ended_on=day)
    Dossier.objects.filter(pk=pk).update(
        status=9, ended_on=day, ended_at=moment(day, 20), last_event_at=moment(day, 20)
    )


def reopen(pk: int, day: date) -> None:
    DossierEvent.objects.create(dossier_id=pk, at=moment(day, 20), verb="t", status_to=6)
    Dossier.objects.filter(pk=pk).update(
        status=6, ended_on=None, ended_at=None, last_event_at=moment(day, 20)
    )


@pytest.mark.django_db
def test_on_time_of_the_province_from_the_facts_is_what_the_rows_say_also_of_what_happened_since() -> None:
    rng = random.Random(20261121)
    ground = Ground()
    ids = ground.write([a_life(rng.choice) for _ in range(200)])
    given_away(ground, ids, rng)
    keep_facts(by=SYSTEM, at=AT)
    late = DAY_ONE + timedelta(days=95)
    later: tuple[Callable[[int, date], None], ...] = (finish, reopen)
    received = list(Dossier.objects.filter(received_on__isnull=False).values_list("pk", flat=True))
    for n, pk in enumerate([*rng.sample(received, 20)]):
        later[n % 2](pk, late)
    ground.write([a_life(rng.choice) for _ in range(20)])
    for first, last in (
        (DAY_ONE, late),
        (DAY_ONE + timedelta(days=20), DAY_ONE + timedelta(days=50)),
        (late, late),
    ):
        found, of_facts = told(first, last)
        assert of_facts
        assert found == live(first, last)
        assert sum(month.solved for month in found[0]) > 0  # type: ignore[index]


@pytest.mark.django_db
def test_who_sees_a_part_is_told_from_the_rows() -> None:
    ground = Ground()
    ground.write([a_life(random.Random(n).choice) for n in range(20)])
    keep_facts(by=SYSTEM, at=AT)
    with CaptureQueriesContext(connection) as seen:
        counted_on_time(Visible(False, (ground.units[0].pk,), None), picture(), DAY_ONE, DAY_ONE)
    assert not any("indicators_dossierfact" in one["sql"] for one in seen.captured_queries)

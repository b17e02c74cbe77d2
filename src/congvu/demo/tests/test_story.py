"""The desk: every status whatever the day, nothing in the future, the same again for the same seed."""

from collections import Counter
from datetime import datetime

import pytest

from congvu.demo import story
from congvu.demo.tests.make import NOW, PLACES, a_province
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep, FeeEntry
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.rules.status import Money, Status
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.workdays.queries import calendar_now

pytestmark = pytest.mark.django_db
DAYS = (
    "2026-11-20 16:20",
    "2026-11-21 09:00",
    "2026-11-23 07:01",
    "2026-11-24 12:00",
    "2026-02-18 10:00",
    "2026-12-31 23:59",
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LEGAL_ZONE)


def test_the_desk_shows_every_status_late_and_early_online_and_at_the_counter():
    what, roster = a_province()
    told = story.tell(what, roster, calendar_now(), until=NOW, seed=7, places=PLACES)
    rows = list(Dossier.objects.all())
    assert told == len(rows)
    assert 130 <= told <= 170
    assert {row.status for row in rows} == {status.value for status in Status}
    assert {row.channel for row in rows} == {1, 2, 3}
    assert {row.tier for row in rows} == {"TINH", "XA"}
    assert any(row.due_on and row.ended_on and row.ended_on > row.due_on for row in rows)
    assert sum(bool(row.due_on and not row.ended_on and row.due_on < NOW.date()) for row in rows) >= 5
    assert any(row.extensions for row in rows)
    assert not DossierEvent.objects.filter(at__gt=NOW).exists()
    mine = {
        step.dossier_id
        for step in DossierStep.objects.filter(unit=what.of_home_affairs[0].competent, state=1)
    }
    assert len(mine) >= 5  # the specialist who signs in has work
    account = roster.by_username["cong-dan"].account_id
    own = Dossier.objects.filter(owner_account=account)
    assert 3 <= own.count() <= 10
    assert own.filter(money=Money.OWED, status=Status.HANDLING).exists(), (
        "the page of fees has something to pay"
    )
    ways = FeeEntry.objects.filter(dossier__in=own, kind="paid").values_list("way", flat=True)
    assert PayWay.ONLINE in ways, "and something paid online"


def test_any_day_and_hour_has_plans_for_all_that_must_be_shown():
    what, roster = a_province()
    for day in DAYS:
        until = _at(day)
        made = story.plans(what, roster, calendar_now(), until=until, seed=7, places=PLACES)
        last = Counter(plan.acts[-1].verb for plan in made)
        assert all(last[verb] >= 1 for verb, *_ in story._MUST), (day, last)
        assert all(act.at <= until for plan in made for act in plan.acts)
        assert all([act.at for act in plan.acts] == sorted(act.at for act in plan.acts) for plan in made)


def test_the_same_seed_and_day_tell_the_same_story_and_another_seed_another():
    what, roster = a_province()

    def told(seed: int) -> list[str]:
        plans = story.plans(what, roster, calendar_now(), until=NOW, seed=seed, places=PLACES)
        return [f"{plan.key} {plan.citizen.name} {len(plan.acts)} {plan.acts[-1]}" for plan in plans]

    assert told(1) == told(1)
    assert told(1) != told(2)

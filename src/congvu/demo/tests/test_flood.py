"""The flood as a whole: how many, when, numbered without gaps, with all statuses, the same again."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.demo import flood
from congvu.demo.flood import _arrivals
from congvu.demo.office_time import A_DAY, OfficeTime
from congvu.demo.tests.make import NOW, PLACES, a_province
from congvu.dossiers.models import Dossier, DossierEvent
from congvu.dossiers.rules.codes import parse_code
from congvu.dossiers.rules.status import ENDED, Status
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.numbering.models import Series
from congvu.foundation.workdays.queries import calendar_now
from congvu.foundation.workdays.rules.calendar import calendar_for


def _pour(count: int, seed: int = 3) -> int:
    what, roster = a_province()
    return flood.pour(what, roster, calendar_now(), count=count, until=NOW, seed=seed, places=PLACES)


@pytest.mark.django_db
def test_a_flood_is_whole_numbered_without_gaps_and_of_all_kinds():
    assert _pour(3000, seed=4) == Dossier.objects.count() == 3000
    numbers: dict[tuple[str, date], list[tuple[object, int]]] = {}
    for code, at in Dossier.objects.exclude(code=None).values_list("code", "received_at"):
        parsed = parse_code(code)
        numbers.setdefault((parsed.unit, parsed.day), []).append((at, parsed.number))
    for found in numbers.values():
        assert [number for _, number in sorted(found)] == list(range(1, len(found) + 1))
    kept = dict(Series.objects.filter(key__startswith="dossier:").values_list("key", "last"))
    assert {f"dossier:{unit}:{day:%y%m%d}": len(found) for (unit, day), found in numbers.items()} == kept
    statuses = Counter(Dossier.objects.values_list("status", flat=True))
    assert set(statuses) >= {1, 3, 4, 5, 7, 9, 10}
    assert statuses[Status.RETURNED] > 2500
    assert AuditEntry.objects.filter(object_kind="dossier").count() == DossierEvent.objects.count()


@pytest.mark.django_db
def test_nothing_of_a_flood_contradicts_itself():
    _pour(1500)
    ended = {status.value for status in ENDED}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM dossiers_dossier d JOIN LATERAL (SELECT * FROM dossiers_event e"
            " WHERE e.dossier_id = d.id ORDER BY e.at DESC, e.id DESC LIMIT 1) l ON true"
            " WHERE (l.status_to, l.at) <> (d.status, d.last_event_at)"
            " OR l.due_on IS DISTINCT FROM d.due_on OR l.ended_on IS DISTINCT FROM d.ended_on"
        )
        assert cursor.fetchone() == (0,)
    for row in Dossier.objects.all():
        assert (row.ended_on is not None) == (row.status in ended)
        assert row.received_at is None or row.opened_at <= row.received_at <= NOW
        assert row.due_on is None or row.due_on >= row.received_on
    late = Dossier.objects.filter(ended_on__gt=F("due_on")).count()
    assert 0.03 < late / 1500 < 0.15


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_flood():
    what, roster = a_province()

    def told(seed: int) -> list[tuple[object, ...]]:
        lives = flood.lives(what, roster, calendar_now(), count=200, until=NOW, seed=seed, places=PLACES)
        return [(one.plan.key, one.status, one.due_on, one.plan.citizen.name) for one in lives]

    assert told(1) == told(1)
    assert told(1) != told(2)


@settings(deadline=None)
@given(st.integers(1, 5000))
def test_arrivals_sum_to_the_count_and_follow_the_seasons(count: int):
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    found = _arrivals(days, count)
    assert sum(found) == count
    assert min(found) >= 0
    if count > 3000:
        by_month = Counter(
            {
                month: sum(n for day, n in zip(days, found, strict=True) if day.month == month)
                for month in range(1, 13)
            }
        )
        assert by_month.most_common()[-1][0] == 2


def test_ticks_never_fall_outside_office_hours():
    calendar = calendar_for()
    times = OfficeTime(calendar, date(2026, 1, 1), date(2026, 12, 31))
    for tick in range(0, 300 * A_DAY, 37):
        moment = times.moment(tick)
        assert calendar.works(moment.date())
        assert 420 <= moment.hour * 60 + moment.minute < 690 or 810 <= moment.hour * 60 + moment.minute < 1020
    assert times.moment(A_DAY) > times.moment(A_DAY - 1)

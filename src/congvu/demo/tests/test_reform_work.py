"""The demo's reform work: programmes of three decades, coverage with believable holes, work done, late and still open."""

from datetime import date, datetime

import pytest

from congvu.demo import reform_work
from congvu.demo.units import load_units
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.queries import picture
from congvu.tasks.models import Finding, Plan, PlanItem, PlanReminder, Programme
from congvu.tasks.queries.boards import seats
from congvu.tasks.queries.coverage import covered, duties
from congvu.tasks.queries.plans import progress_of
from congvu.tasks.rules.kinds import AGENCIES, COMMUNES, YEAR
from congvu.tasks.rules.progress import LATE, ON_TIME, OVERDUE, RUNNING

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 16, tzinfo=LEGAL_ZONE)
DAY = NOW.date()


def test_the_demo_shows_who_is_missing_what_is_late_and_who_wears_two_hats() -> None:
    load_units()
    reform_work.load(at=NOW, seed=2026)
    known = picture()
    assert Programme.objects.count() == 3
    year, period = covered(duties(2026), DAY, known)
    parts = {part.code: part for part in year.coverage.parts}
    assert year.duty.term == YEAR
    assert len(parts[AGENCIES].missing) == 1
    assert (parts[COMMUNES].owing, len(parts[COMMUNES].missing), parts[COMMUNES].drafted) == (60, 5, 2)
    assert period.coverage.whole.issued > 70
    (then, _) = covered(duties(2021), date(2021, 12, 31), known)
    assert (then.coverage.whole.issued, then.coverage.whole.owing) == (27, 28)
    own = Plan.objects.get(unit=known.by_code("H99"), term=YEAR, first_year=2026)
    told = progress_of([own.pk], DAY, calendar_now())[own.pk]
    assert all(told.counts[one] for one in (ON_TIME, LATE, OVERDUE, RUNNING))
    assert PlanItem.objects.filter(plan=own, carried_from__isnull=False).exists()
    assert PlanReminder.objects.values("on").distinct().count() == 2
    assert Finding.objects.filter(done_on=None).count() > 5
    names = [one.name for one in seats(DAY)]
    assert names.count("Phạm Đình Vinh") == names.count("Đỗ Xuân Trung") == 2

"""Several officials change the calendar at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays import DayKind
from congvu.foundation.workdays.actions.edit_calendar import NewEdit, add_edits
from congvu.foundation.workdays.days import add_days, add_minutes
from congvu.foundation.workdays.models import CalendarEdit, CalendarVersion
from congvu.foundation.workdays.queries import calendar_now, forget_calendars

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 11, 20, 8, tzinfo=LEGAL_ZONE)
MONDAY = date(2026, 11, 30)


def record(day, minute):
    try:
        add_edits([NewEdit(day, DayKind.LE, "Nghỉ", "1/QĐ")], by=SYSTEM, at=add_minutes(MORNING, minute))
        return "recorded"
    except Refused as no:
        return no.what
    finally:
        connection.close()


def test_each_gets_its_own_number_in_the_order_of_time_and_one_day_is_decided_once():
    forget_calendars()
    days = [add_days(MONDAY, n // 2) for n in range(8)]  # each day twice
    with ThreadPoolExecutor(8) as officials:
        said = list(officials.map(record, days, range(8)))
    assert said.count("recorded") == 4
    assert sum("đã có quyết định 1/QĐ" in words for words in said) == 4
    versions = list(CalendarVersion.objects.order_by("number").values_list("number", "at"))
    assert len(versions) == 4 and [at for _, at in versions] == sorted(at for _, at in versions)
    assert sorted(CalendarEdit.objects.values_list("date", flat=True)) == sorted(set(days))
    assert [calendar_now().works(day) for day in sorted(set(days))] == [False] * 4

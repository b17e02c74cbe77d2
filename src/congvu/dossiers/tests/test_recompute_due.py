"""A changed calendar moves due days: shown before, applied at once, nothing forgotten."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.actions.extend import extend
from congvu.dossiers.actions.recompute_due import recompute_due
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.moves import moves_under
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.dossiers.tests.test_lifecycle import handed
from congvu.foundation.happenings.actions import work_off
from congvu.foundation.workdays.actions.edit_calendar import NewEdit, add_edits, as_day
from congvu.foundation.workdays.actions.recording import CALENDAR_CHANGED
from congvu.foundation.workdays.queries import current_version
from congvu.foundation.workdays.rules.calendar import calendar_for
from congvu.foundation.workdays.rules.kinds import DayKind

pytestmark = pytest.mark.django_db
REACTIONS = {CALENDAR_CHANGED: (lambda payload, at: recompute_due(at=at),)}
STORM = NewEdit(date(2026, 11, 5), DayKind.LE, "Nghỉ tránh bão", "Công điện 12/CĐ-UBND", date(2026, 11, 4))


@pytest.fixture
def place() -> Place:
    return a_place()


def due(one: int) -> date | None:
    return Dossier.objects.get(pk=one).due_on


def test_a_preview_says_which_days_move_and_changes_nothing(place: Place) -> None:
    moved = handed(place)  # received 02/11/2026, 5 working days: due 09/11
    handed_later = place.received("2026-11-05 09:00").id  # due 12/11: the storm is its first, uncounted day
    calendars = Calendars(current_version())
    moves = moves_under(lambda unit: calendars.of(unit).with_days([as_day(STORM)]), calendars.own)
    assert moves.by_days() == [(date(2026, 11, 9), date(2026, 11, 10), 1)]
    assert (moves.asked, due(moved), due(handed_later)) == (2, date(2026, 11, 9), date(2026, 11, 12))


def test_an_edit_moves_what_it_touches_once_with_a_record(place: Place) -> None:
    one = handed(place)
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    assert work_off(REACTIONS, at=at("2026-11-04 17:01")) == 1
    kept = Dossier.objects.get(pk=one)
    assert (kept.due_on, kept.due_first, kept.calendar_version) == (
        date(2026, 11, 10),
        date(2026, 11, 9),
        current_version(),
    )
    event = DossierEvent.objects.filter(dossier=one).order_by("-id")[0]
    assert (event.verb, event.due_on, event.status_to) == ("recompute_due", date(2026, 11, 10), 4)
    assert recompute_due(at=at("2026-11-04 17:02")).total == 0


def test_clocks_with_a_ledger_are_replayed(place: Place) -> None:
    paused, extended, gone = handed(place), handed(place), handed(place)
    request_supplement([paused], "Giấy", by=place.specialist, at=at("2026-11-03 09:00"))
    resume([paused], by=place.clerk, at=at("2026-11-04 09:00"))  # restarts: due 11/11
    extend([extended], date(2026, 11, 16), "Chờ ý kiến", by=place.leader, at=at("2026-11-03 09:00")).only()
    withdraw([gone], "Đơn xin rút", by=place.clerk, at=at("2026-11-03 09:00")).only()
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    recompute_due(at=at("2026-11-04 17:01"))
    assert (due(paused), due(extended), due(gone)) == (
        date(2026, 11, 12),
        date(2026, 11, 16),
        date(2026, 11, 9),
    )


def test_the_whole_province_takes_the_same_statements_as_one(place: Place) -> None:
    for _ in range(40):
        handed(place)
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    Calendars(current_version()).of(None)
    with CaptureQueriesContext(connection) as queries:
        assert recompute_due(at=at("2026-11-04 17:01")).total == 40
    assert len(queries) <= 6


def test_due_days_agree_with_a_dossier_received_after_the_edit(place: Place) -> None:
    before = place.received("2026-11-02 16:30").id
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    recompute_due(at=at("2026-11-04 17:01"))
    assert calendar_for(edits=[as_day(STORM)]).works(date(2026, 11, 5)) is False
    assert due(before) == due(place.received("2026-11-02 16:30").id)

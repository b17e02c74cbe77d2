"""A changed calendar moves due days: shown before, applied at once, nothing forgotten."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.config.wiring import REACTIONS as WIRED
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.extend import extend
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.recompute_due import recompute_due, recompute_steps
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.actions.write_notices import write_notices
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.moves import moves_under
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.dossiers.tests.test_lifecycle import handed
from congvu.foundation.audit.chain import seal
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.happenings.actions import work_off
from congvu.foundation.notices.models import Notice, ReadMark
from congvu.foundation.workdays.actions.edit_calendar import NewEdit, add_edits, as_day, revoke_edits
from congvu.foundation.workdays.actions.recording import CALENDAR_CHANGED
from congvu.foundation.workdays.models import CalendarEdit
from congvu.foundation.workdays.queries import current_version, version_before
from congvu.foundation.workdays.rules.calendar import calendar_for
from congvu.foundation.workdays.rules.kinds import DayKind

pytestmark = pytest.mark.django_db
REACTIONS = {CALENDAR_CHANGED: (lambda payload, at: recompute_due(at=at),)}
STORM = NewEdit(date(2026, 11, 5), DayKind.LE, "Nghỉ tránh bão", "Công điện 12/CĐ-UBND", date(2026, 11, 4))


@pytest.fixture
def place() -> Place:
    forget()  # the tests before rolled their calendars back
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


def handed_on(place: Place, when: str) -> int:
    one = place.received(when).id
    hand_over([one], by=place.clerk, at=at(when)).only()
    return one


def step_due(one: int) -> date | None:
    return DossierStep.objects.get(dossier=one, state=1).due_on


def test_open_steps_move_too_once_with_a_record(place: Place) -> None:
    one = handed_on(place, "2026-11-03 09:00")  # at home affairs, 2 working days: 05/11
    later = handed_on(place, "2026-11-05 09:00")  # the storm is its first, uncounted day
    done = handed_on(place, "2026-11-03 09:00")
    complete_step([done], by=place.specialist, at=at("2026-11-03 10:00")).only()  # the police: 1 day, 04/11
    assert (step_due(one), step_due(later), step_due(done)) == (
        date(2026, 11, 5), date(2026, 11, 9), date(2026, 11, 4),
    )  # fmt: skip
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    assert work_off(WIRED, at=at("2026-11-04 17:01")) == 1
    assert (step_due(one), step_due(later), step_due(done)) == (
        date(2026, 11, 6), date(2026, 11, 9), date(2026, 11, 4),
    )  # fmt: skip
    event = DossierEvent.objects.get(dossier=one, verb="recompute_step")
    assert event.reason == "Hạn bước từ 05/11/2026 thành 06/11/2026. Nghỉ tránh bão, Công điện 12/CĐ-UBND"
    assert (event.step, event.due_on) == (2, due(one))
    before = version_before(current_version())
    assert recompute_steps(STORM.date, STORM.date, before, at=at("2026-11-04 17:02")) == 0


def test_a_step_restarted_after_a_pause_counts_from_there_and_one_given_otherwise_stays(place: Place) -> None:
    paused, given = handed(place), handed_on(place, "2026-11-03 09:00")
    request_supplement([paused], "Giấy", by=place.specialist, at=at("2026-11-03 09:00"))
    resume([paused], by=place.clerk, at=at("2026-11-04 09:00"))  # 2 working days anew: 06/11
    DossierStep.objects.filter(dossier=given, state=1).update(due_on=date(2026, 11, 20))
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    work_off(WIRED, at=at("2026-11-04 17:01"))
    assert (step_due(paused), step_due(given)) == (date(2026, 11, 9), date(2026, 11, 20))


def test_a_step_in_hours_moves_and_an_edit_taken_back_moves_it_back(place: Place) -> None:
    one = place.received("2026-11-04 16:30").id  # half a working day to hand over
    before = DossierStep.objects.get(dossier=one, state=1).due_at
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    work_off(WIRED, at=at("2026-11-04 17:01"))
    assert before is not None and before.date() == STORM.date
    assert step_due(one) == date(2026, 11, 6)
    edit = CalendarEdit.objects.get()
    revoke_edits([edit.pk], why="Bão tan", by=place.admin, at=at("2026-11-04 18:00"))
    work_off(WIRED, at=at("2026-11-04 18:01"))
    assert DossierStep.objects.get(dossier=one, state=1).due_at == before


def told_days(when: str) -> list[str]:
    seal(at=at(when))
    write_notices(("sms",), "", at=at(when))
    return [one.text for one in Notice.objects.filter(kind="doi-ngay-hen").order_by("id")]


def test_the_applicant_is_told_of_the_moved_promise_once_for_each_change(place: Place) -> None:
    handed(place)
    paused = handed(place)
    request_supplement([paused], "Giấy", by=place.specialist, at=at("2026-11-03 09:00"))
    told_days("2026-11-04 16:00")
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"))
    work_off(WIRED, at=at("2026-11-04 17:01"))
    (said,) = told_days("2026-11-04 17:02")
    assert "10/11/2026" in said and "lich lam viec thay doi" in said
    recompute_due(at=at("2026-11-04 17:03"))
    ReadMark.objects.all().delete()
    assert len(told_days("2026-11-04 17:04")) == 1, "who waits for papers is told when the clock goes on"


def test_an_official_may_keep_silent_with_a_reason_unless_another_change_came_with_it(place: Place) -> None:
    handed(place)
    told_days("2026-11-04 16:00")
    add_edits([STORM], by=place.admin, at=at("2026-11-04 17:00"), untold="Đã báo trên loa của xã")
    work_off(WIRED, at=at("2026-11-04 17:01"))
    assert told_days("2026-11-04 17:02") == []
    after = AuditEntry.objects.get(verb="recompute_due").after
    assert after is not None and after["untold"] == "Đã báo trên loa của xã"
    assert "Đã báo trên loa" in AuditEntry.objects.get(verb="edit_calendar").why
    more = replace(STORM, date=date(2026, 11, 6))
    again = replace(STORM, date=date(2026, 11, 9))
    add_edits([more], by=place.admin, at=at("2026-11-05 08:00"), untold="Không cần")
    add_edits([again], by=place.admin, at=at("2026-11-05 08:01"))
    work_off(WIRED, at=at("2026-11-05 08:02"))
    assert len(told_days("2026-11-05 08:03")) == 1

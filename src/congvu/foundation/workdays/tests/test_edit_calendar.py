"""An official edits the calendar: days move, nothing is forgotten, and the past can be asked."""

from datetime import date, datetime, timedelta

import pytest

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.happenings.models import Happening
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays import DayKind, OfficeHours, due, parse_term
from congvu.foundation.workdays.actions.close_office import close_office, revoke_closures
from congvu.foundation.workdays.actions.edit_calendar import (
    NewEdit,
    add_edits,
    as_day,
    revoke_edits,
    swap_edits,
)
from congvu.foundation.workdays.actions.set_office_hours import revoke_office_hours, set_office_hours
from congvu.foundation.workdays.days import month_range, week_rows
from congvu.foundation.workdays.models import CalendarEdit, CalendarVersion
from congvu.foundation.workdays.queries import (
    calendar_as_known,
    calendar_now,
    calendar_numbered,
    current_version,
    edits_between,
    forget_calendars,
    month_sheet,
    open_proposals,
)
from congvu.foundation.workdays.rules.hours import Closure

pytestmark = pytest.mark.django_db

ADMIN = Actor(account_id=1, name="Quản trị", held=(Held("admin", 1),))
CLERK = Actor(account_id=2, name="Công chức", held=(Held("clerk", 1),))
MORNING = datetime(2026, 11, 20, 8, tzinfo=LEGAL_ZONE)
FIVE_DAYS = parse_term("5 ngày làm việc")
STORM = NewEdit(date(2026, 11, 26), DayKind.LE, "Quốc tang", "1234/CĐ-TTg", date(2026, 11, 21))
SWAP = swap_edits(
    date(2026, 8, 31), date(2026, 8, 22), decision_number="01/QĐ-TTg", decision_date=date(2026, 3, 1)
)


@pytest.fixture(autouse=True)
def _no_calendar_remembered():
    forget_calendars()
    yield
    forget_calendars()


def due_day(start, **known):
    return due(start, FIVE_DAYS, calendar_as_known(**known)).date


def test_an_edit_moves_due_days_and_says_by_which_decision():
    assert due_day(date(2026, 11, 20)) == date(2026, 11, 30)
    change = add_edits([STORM], by=ADMIN, at=MORNING, note="Quốc tang")
    assert due_day(date(2026, 11, 20)) == date(2026, 12, 1)
    line = next(x for x in due(date(2026, 11, 20), FIVE_DAYS, calendar_now()).trace if x.date == STORM.date)
    assert (line.counts, line.why, line.citation) == (False, "Quốc tang", "1234/CĐ-TTg ngày 21/11/2026")
    assert change.version == current_version() and (change.first, change.last) == (STORM.date, STORM.date)


def test_a_preview_is_a_second_calendar_and_writes_nothing():
    before = calendar_now()
    after = before.with_days([as_day(STORM)])
    assert due(date(2026, 11, 20), FIVE_DAYS, after).date == date(2026, 12, 1)
    assert due(date(2026, 11, 20), FIVE_DAYS, before).date == date(2026, 11, 30)
    assert CalendarEdit.objects.count() == CalendarVersion.objects.count() == 0


def test_what_was_owed_as_known_on_a_past_day_can_be_asked():
    first = add_edits([STORM], by=ADMIN, at=MORNING)
    revoke_edits(first.ids, why="Ghi nhầm ngày", by=ADMIN, at=MORNING + timedelta(hours=2))
    assert due_day(date(2026, 11, 20)) == date(2026, 11, 30)
    assert due_day(date(2026, 11, 20), on=MORNING + timedelta(hours=1)) == date(2026, 12, 1)
    assert due_day(date(2026, 11, 20), on=MORNING) == date(2026, 12, 1)
    assert due_day(date(2026, 11, 20), on=MORNING - timedelta(minutes=1)) == date(2026, 11, 30)
    assert due(date(2026, 11, 20), FIVE_DAYS, calendar_numbered(first.version)).date == date(2026, 12, 1)


def test_a_swap_is_two_days_and_revoking_one_revokes_both():
    assert due_day(date(2026, 8, 20)) == date(2026, 8, 27)
    change = add_edits(SWAP, by=ADMIN, at=MORNING)
    assert due_day(date(2026, 8, 20)) == date(2026, 8, 26)
    revoke_edits(change.ids[:1], why="Chính phủ không hoán đổi", by=ADMIN, at=MORNING + timedelta(days=1))
    assert due_day(date(2026, 8, 20)) == date(2026, 8, 27)
    assert not CalendarEdit.objects.filter(revoked_in=None).exists()


def test_a_swap_known_from_memory_is_proposed_until_an_edit_decides_it():
    assert [swap.off for swap in open_proposals(2026)] == [date(2026, 1, 2), date(2026, 8, 31)]
    add_edits(SWAP, by=ADMIN, at=MORNING)
    assert [swap.off for swap in open_proposals(2026)] == [date(2026, 1, 2)]


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ((), "Chưa chọn ngày nào"),
        ((STORM, STORM), "ghi hai lần"),
        ((NewEdit(date(2026, 11, 26), DayKind.LE, "  ", "1/QĐ"),), "Chưa ghi lý do"),
        ((NewEdit(date(2026, 11, 26), DayKind.LE, "Nghỉ", ""),), "Chưa ghi số quyết định"),
        ((NewEdit(date(2026, 11, 26), DayKind.DONG_CUA, "Bão", "1/QĐ"),), "từng đơn vị"),
        ((NewEdit(date(1999, 11, 26), DayKind.LE, "Nghỉ", "1/QĐ"),), "không có năm 1999"),
        (SWAP[:1], "thiếu ngày kia"),
        (
            swap_edits(date(2026, 8, 30), date(2026, 8, 22), decision_number="1/QĐ"),
            "không phải ngày làm việc",
        ),
        (
            swap_edits(date(2026, 8, 31), date(2026, 8, 21), decision_number="1/QĐ"),
            "không phải ngày nghỉ hằng tuần",
        ),
    ],
)
def test_an_edit_that_cannot_be_is_refused_in_words_and_leaves_nothing(edits, said):
    with pytest.raises(Refused, match=said):
        add_edits(edits, by=ADMIN, at=MORNING)
    assert CalendarVersion.objects.count() == AuditEntry.objects.count() == Happening.objects.count() == 0


def test_a_day_already_decided_must_be_revoked_first():
    add_edits([STORM], by=ADMIN, at=MORNING)
    with pytest.raises(Refused, match="đã có quyết định 1234/CĐ-TTg"):
        add_edits([STORM], by=ADMIN, at=MORNING + timedelta(hours=1))
    assert CalendarVersion.objects.count() == 1


def test_only_an_administrator_changes_the_calendar():
    for change in (
        lambda: add_edits([STORM], by=CLERK, at=MORNING),
        lambda: revoke_edits([1], why="x", by=CLERK, at=MORNING),
        lambda: set_office_hours(
            None, OfficeHours(citation="x"), valid_from=MORNING.date(), by=CLERK, at=MORNING
        ),
        lambda: close_office(None, Closure(MORNING.date(), MORNING.date(), "Bão", "x"), by=CLERK, at=MORNING),
    ):
        with pytest.raises(Refused, match="Chỉ quản trị viên"):
            change()
    assert CalendarVersion.objects.count() == 0


def test_revoking_twice_or_nothing_is_refused():
    change = add_edits([STORM], by=ADMIN, at=MORNING)
    revoke_edits(change.ids, why="Nhầm", by=ADMIN, at=MORNING)
    with pytest.raises(Refused, match="đã bị bãi bỏ"):
        revoke_edits(change.ids, why="Nhầm", by=ADMIN, at=MORNING)
    with pytest.raises(Refused, match="lý do bãi bỏ"):
        revoke_edits(change.ids, why=" ", by=ADMIN, at=MORNING)
    with pytest.raises(Refused, match="Chưa chọn dòng nào"):
        revoke_edits([], why="Nhầm", by=ADMIN, at=MORNING)


def test_every_change_is_audited_and_announced_in_the_same_transaction():
    change = add_edits([STORM], by=ADMIN, at=MORNING, note="Công điện mới")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_kind, entry.object_id) == (
        "edit_calendar",
        "calendar_edit",
        change.ids[0],
    )
    assert (entry.actor_id, entry.why) == (1, "Công điện mới")
    assert entry.after["decision_number"] == "1234/CĐ-TTg"
    told = Happening.objects.get()
    assert told.kind == "workdays.calendar_changed"
    assert told.payload == {
        "version": change.version,
        "first": "2026-11-26",
        "last": "2026-11-26",
        "unit_id": None,
        "why": f"{STORM.reason}, {STORM.decision_number}",
        "untold": "",
    }
    revoke_edits(change.ids, why="Nhầm", by=ADMIN, at=MORNING)
    assert AuditEntry.objects.latest("id").before["date"] == "2026-11-26"
    assert Happening.objects.count() == 2


def test_times_of_versions_never_run_backwards():
    add_edits([STORM], by=ADMIN, at=MORNING)
    add_edits(SWAP, by=ADMIN, at=MORNING - timedelta(days=3))  # a server whose clock is behind
    assert list(CalendarVersion.objects.order_by("number").values_list("at", flat=True)) == [MORNING, MORNING]


def test_a_unit_has_its_own_hours_and_closures_and_the_others_keep_theirs():
    hours = OfficeHours(((450, 690), (780, 1020)), citation="QĐ 5/QĐ-UBND")
    set_office_hours(7, hours, valid_from=date(2026, 11, 1), by=ADMIN, at=MORNING)
    closed = close_office(
        7, Closure(date(2026, 11, 23), date(2026, 11, 23), "Bão số 12", "CĐ 9"), by=ADMIN, at=MORNING
    )
    start = datetime(2026, 11, 20, 16)
    theirs = due(start, parse_term("2 giờ làm việc"), calendar_now(7))
    assert theirs.moment == datetime(2026, 11, 25, 8, 30)  # 23 closed, 24 a holiday, opens at 07:30
    assert due(start, parse_term("2 giờ làm việc"), calendar_now(8)).moment == datetime(2026, 11, 23, 8)
    assert due(start, parse_term("2 giờ làm việc"), calendar_now()).moment == datetime(2026, 11, 23, 8)
    assert calendar_now(7).day(date(2026, 11, 23)).kind is DayKind.DONG_CUA
    revoke_closures(closed.ids, why="Bão tan", by=ADMIN, at=MORNING)
    assert due(start, parse_term("2 giờ làm việc"), calendar_now(7)).moment == datetime(2026, 11, 23, 8, 30)


def test_of_two_decisions_on_hours_the_newer_and_the_units_own_hold():
    first = set_office_hours(
        None, OfficeHours(((480, 720),), citation="A"), valid_from=date(2026, 1, 1), by=ADMIN, at=MORNING
    )
    set_office_hours(
        None, OfficeHours(((420, 660),), citation="B"), valid_from=date(2026, 6, 1), by=ADMIN, at=MORNING
    )
    own = set_office_hours(
        3, OfficeHours(((540, 780),), citation="C"), valid_from=date(2026, 9, 1), by=ADMIN, at=MORNING
    )

    def sessions(unit_id, day):
        return calendar_now(unit_id).sessions(day)

    assert sessions(None, date(2026, 3, 2)) == ((480, 720),)
    assert sessions(None, date(2026, 11, 20)) == ((420, 660),)
    assert sessions(3, date(2026, 11, 20)) == ((540, 780),)
    assert sessions(3, date(2026, 7, 1)) == ((420, 660),)
    revoke_office_hours(own.ids, why="Hết thí điểm", by=ADMIN, at=MORNING)
    revoke_office_hours(first.ids, why="Thay", by=ADMIN, at=MORNING)
    assert sessions(3, date(2026, 11, 20)) == ((420, 660),)
    assert sessions(None, date(2026, 3, 2)) == ((420, 690), (810, 1020))


def test_statement_counts_hold(django_assert_num_queries):
    calendar_now()
    with django_assert_num_queries(9):  # 7 and the savepoint's two
        add_edits([STORM, *SWAP], by=ADMIN, at=MORNING)
    with django_assert_num_queries(4):
        calendar_now(5)
    with django_assert_num_queries(1):
        calendar_now(5)
    number = current_version()
    with django_assert_num_queries(0):
        calendar_numbered(number, 5)
    ids = [edit.pk for edit in edits_between(date(2026, 11, 1), date(2026, 11, 30))]
    with django_assert_num_queries(8):
        revoke_edits(ids, why="Nhầm", by=ADMIN, at=MORNING)


def test_a_month_sheet_shows_each_day_with_the_edit_behind_it():
    add_edits([STORM], by=ADMIN, at=MORNING)
    first, last = month_range(2026, 11)
    sheet = month_sheet(calendar_now(), edits_between(first, last), week_rows(first, last))
    assert len(sheet) == 6 and all(len(week) == 7 for week in sheet)
    days = {one.day.date: one for week in sheet for one in week}
    assert days[date(2026, 11, 26)].edit.decision_number == "1234/CĐ-TTg"
    assert days[date(2026, 11, 24)].day.kind is DayKind.LE and days[date(2026, 11, 24)].edit is None

"""Slips of the keys and second presses: refused in words, written once, and no page is locked by what was let in before."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE, day_end
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.queries import picture
from congvu.tasks.actions.draft_plan import NewPlan, draft_plan
from congvu.tasks.actions.import_plans import import_plans
from congvu.tasks.actions.issue_plan import Issue, correct_plan, issue_plan
from congvu.tasks.actions.keep_committee import NewSeat, keep_committee, leave_seats, seat_members
from congvu.tasks.actions.remind_missing import name_focal
from congvu.tasks.actions.report_items import Report, report_items
from congvu.tasks.actions.rewriting import add_once
from congvu.tasks.actions.set_duty import NewDuty, let_off, set_duty
from congvu.tasks.actions.write_items import NewItem, change_item, write_items
from congvu.tasks.models import DutyExempt, Plan, PlanItem
from congvu.tasks.queries.coverage import covered, duties
from congvu.tasks.queries.owed import owed
from congvu.tasks.queries.plans import items_of
from congvu.tasks.rules.kinds import AGENCIES, REFORM, YEAR
from congvu.tasks.rules.progress import LATE, OVERDUE, RUNNING, where
from congvu.tasks.tests.make import AT, SAID, a_plan, a_province
from congvu.tasks.web.common import chip_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Any:
    return a_province(agencies=2, districts=0)[0][0]


@pytest.mark.parametrize("year", [1026, 2996])
def test_a_day_beyond_the_calendar_is_refused_wherever_it_is_typed(unit: Any, year: int) -> None:
    day, plan = date(year, 6, 1), a_plan(unit)
    with pytest.raises(Refused, match=f"năm {year}"):
        write_items(plan.pk, [NewItem("Rà soát", unit.pk, due=day)], **SAID)
    (item,) = write_items(plan.pk, [NewItem("Rà soát", unit.pk)], **SAID)
    with pytest.raises(Refused, match=f"năm {year}"):
        change_item(item.pk, day, "", "", "Gia hạn", **SAID)
    with pytest.raises(Refused, match=f"năm {year}"):
        report_items([Report(item.pk, day, "1/BC")], **SAID)
    with pytest.raises(Refused, match=f"năm {year}"):
        set_duty([NewDuty(REFORM, YEAR, 2026, 2026, (AGENCIES,), day)], **SAID)


def test_a_wrong_year_that_was_let_in_before_locks_no_list(unit: Any) -> None:
    plan = a_plan(unit)
    items = write_items(plan.pk, [NewItem(f"Việc {n}", unit.pk) for n in range(4)], **SAID)
    for row, due, done in zip(
        items,
        (date(2996, 6, 1), date(1026, 6, 1), date(2199, 12, 31), date(2026, 6, 1)),
        (None, None, None, date(1026, 5, 1)),
        strict=True,
    ):
        PlanItem.objects.filter(pk=row.pk).update(due=due, done_on=done, evidence="1/BC" if done else "")
    lines = items_of(plan.pk, date(2026, 11, 20), calendar_now())
    assert [(one.where.standing, one.where.days) for one in lines[:3]] == [
        (RUNNING, None), (OVERDUE, None), (RUNNING, None),
    ]  # fmt: skip
    assert [chip_of(one.where).words for one in lines][:2] == ["Chưa đến hạn", "Quá hạn, chưa xong"]


def test_late_by_a_day_off_only_is_late_and_not_late_by_zero_days() -> None:
    found = where(date(2026, 11, 20), date(2026, 11, 21), None, date(2026, 11, 22), calendar_now())
    assert (found.standing, found.days, chip_of(found).words) == (LATE, 0, "Xong trễ hạn")


def test_a_draft_under_way_is_not_swallowed_and_two_presses_are_one(unit: Any) -> None:
    held = a_plan(unit)
    new = NewPlan(unit.pk, REFORM, YEAR, 2026, 2026, name="Tên mới")
    with pytest.raises(Refused, match="Đã có dự thảo cùng kỳ"):
        draft_plan([new], **SAID)
    assert draft_plan([new], reuse=True, **SAID) == [held]
    twin = Plan(
        unit=unit, keeper=unit, subject=REFORM, term=YEAR, first_year=2026, last_year=2026, name="x",
        drafted_on=date(2026, 1, 1), drafted_at=AT, drafted_by="A",
    )  # fmt: skip
    with pytest.raises(Refused, match="vừa có") as told:
        add_once(Plan, [twin], Refused("vừa có", do="Tải lại."))
    assert isinstance(told.value.__cause__, IntegrityError)
    assert Plan.objects.count() == 1  # the transaction goes on


def test_a_seat_is_left_once(unit: Any) -> None:
    board = keep_committee("Ban Chỉ đạo", "1/QĐ", date(2021, 5, 1), **SAID)
    (seat,) = seat_members(board.pk, [NewSeat("An", "Chủ tịch", "TRUONG_BAN", date(2021, 5, 1))], **SAID)
    leave_seats([seat.pk], date(2024, 1, 1), "", **SAID)
    with pytest.raises(Refused, match="đã thôi tham gia"):
        leave_seats([seat.pk], date(2025, 1, 1), "", **SAID)


def test_the_log_says_what_was_replaced_corrected_and_renamed(unit: Any) -> None:
    old = a_plan(unit, issued_on=date(2026, 1, 10), number="1/KH")
    new = a_plan(unit)
    issue_plan([Issue(new.pk, "9/KH", date(2026, 6, 1), "Trần A")], **SAID)
    log = AuditEntry.objects.filter(verb="tasks.issue_plan", object_id=old.pk).latest("pk")
    assert (log.before["state"], log.after["state"], log.after["replaced_on"]) == (
        "ISSUED", "REPLACED", "2026-06-01",
    )  # fmt: skip
    correct_plan(new.pk, "9/KH", date(2026, 5, 1), "Trần B", "Ghi nhầm", **SAID)
    signer, other = (
        AuditEntry.objects.get(verb="tasks.correct_plan", object_id=one.pk) for one in (new, old)
    )
    assert (signer.before["signer"], signer.after["signer"]) == ("Trần A", "Trần B")
    assert (other.before["replaced_on"], other.after["replaced_on"]) == ("2026-06-01", "2026-05-01")
    name_focal(unit.pk, "Lê A", "a@b.vn", date(2026, 1, 1), **SAID)
    name_focal(unit.pk, "Lê B", "b@b.vn", date(2026, 1, 1), **SAID)
    focal = AuditEntry.objects.filter(verb="tasks.name_focal").latest("pk")
    assert (focal.before["email"], focal.after["email"]) == ("a@b.vn", "b@b.vn")


def test_who_was_let_off_later_still_owed_as_known_before(unit: Any) -> None:
    (duty,) = set_duty([NewDuty(REFORM, YEAR, 2026, 2026, (AGENCIES,))], **SAID)
    let_off(duty.pk, [unit.pk], "Mới lập", by=SAID["by"], at=datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE))
    assert DutyExempt.objects.count() == 1
    for day, owing in ((date(2026, 11, 19), 2), (date(2026, 11, 20), 1)):
        known_at = day_end(day)
        (told,) = covered(duties(ids=[duty.pk], known_at=known_at), day, picture(), known_at)
        (figure,) = owed(day, picture(), known_at)
        assert told.coverage.whole.owing == figure.coverage.whole.owing == owing


def test_a_row_that_cannot_be_written_is_told_in_the_rehearsal_and_sinks_no_sheet(unit: Any) -> None:
    heads = ("Đơn vị", "Kế hoạch", "Số", "Ngày ban hành")
    sheet = Sheet(
        "bảng",
        (
            heads,
            ("H97.01", "năm 1026", "1/KH", "1/2/2026"),
            ("H97.01", "năm 2025", "1" * 101, "1/2/2025"),
            ("H97.01", "năm 2024", "1/KH", "²/2/2024"),
            ("H97.01", "năm 2023", "1/KH", "1/2/1999"),
            ("H97.02", "năm 2026", "1/KH", "5/3/26"),
        ),
    )
    dry = import_plans(sheet, dry_run=True, **SAID)
    assert [one.outcome for one in dry.answers] == ["refused"] * 4 + ["new"]
    assert dry.answers[4].row.issued_on == date(2026, 3, 5)
    assert import_plans(sheet, dry_run=False, **SAID).written == 1


def test_the_same_sheet_does_not_undo_a_correction(unit: Any) -> None:
    sheet = Sheet(
        "bảng", (("Đơn vị", "Kế hoạch", "Số", "Ngày ban hành"), ("H97.01", "2026", "1/KH", "1/2/2026"))
    )
    import_plans(sheet, dry_run=False, **SAID)
    plan = Plan.objects.get()
    correct_plan(plan.pk, "11/KH", date(2026, 2, 1), "", "Ghi nhầm số", **SAID)
    assert import_plans(sheet, dry_run=False, **SAID).written == 0
    assert Plan.objects.get().number == "11/KH"


@pytest.mark.parametrize(
    "path",
    [
        "kiem-tra/?nam=0", "kiem-tra/?nam=10000", "kiem-tra/?nam=9999", "so/?nam=99999999999", "so/?sau=WyJhIiwiYiJd",
        "viec/?sau=WyJhIiwiYiJd", "?nam=0000", "?ngay=1/1/99999999999999", "?ngay=%C2%B2/1/2026",
    ],
)  # fmt: skip
def test_an_address_changed_by_hand_is_answered_and_never_an_error(
    visit: Any, actors: Any, path: str
) -> None:
    assert visit(actors.personnel).get(f"/ke-hoach/{path}").status_code < 500


def test_what_was_done_already_is_not_said_to_be_written(visit: Any, actors: Any) -> None:
    keeper = visit(actors.personnel)
    (duty,) = set_duty([NewDuty(REFORM, YEAR, 2026, 2026, (AGENCIES,))], **SAID)
    typed = {"unit": actors.home.pk, "why": "Mới lập"}
    assert keeper.post(f"/ke-hoach/giao/{duty.pk}/mien/", typed).status_code == 302
    assert keeper.post(f"/ke-hoach/giao/{duty.pk}/mien/", typed).status_code == 422
    plan = {"unit": actors.home.pk, "subject": REFORM, "term": YEAR, "first_year": "2026"}
    assert keeper.post("/ke-hoach/lap/", plan).status_code == 302
    again = keeper.post("/ke-hoach/lap/", {**plan, "motto": "Kỷ cương"})
    assert again.status_code == 422
    assert "Đã có dự thảo cùng kỳ." in again.content.decode()

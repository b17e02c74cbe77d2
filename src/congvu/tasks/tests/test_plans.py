"""Plans come out, replace each other, get items; items end by a paper, go on next year, follow their unit."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import UnitEvent
from congvu.tasks.actions.carry_items import carry_items
from congvu.tasks.actions.draft_plan import NewPlan, change_draft, draft_plan
from congvu.tasks.actions.issue_plan import Issue, correct_plan, issue_plan
from congvu.tasks.actions.record_inspection import (
    Held,
    NewFinding,
    NewInspection,
    hold_inspections,
    record_findings,
    record_inspection,
    remedy_findings,
)
from congvu.tasks.actions.report_items import Report, report_items, take_back_report
from congvu.tasks.actions.write_items import NewItem, change_item, write_items
from congvu.tasks.models import Finding, Plan, PlanItem
from congvu.tasks.queries.boards import findings
from congvu.tasks.queries.plans import items_of, progress_of
from congvu.tasks.rules.kinds import ISSUED, REFORM, REPLACED, YEAR
from congvu.tasks.rules.progress import ENDLESS, LATE, ON_TIME, OVERDUE, RUNNING
from congvu.tasks.tests.make import AT, SAID, a_plan, a_province

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)  # a Friday


@pytest.fixture
def unit() -> Any:
    return a_province(agencies=2, districts=0)[0][0]


def test_a_plan_that_comes_out_replaces_the_one_in_force(unit: Any) -> None:
    first = a_plan(unit, issued_on=date(2026, 1, 10), number="1/KH", motto="Kỷ cương, liêm chính")
    second = a_plan(unit, issued_on=date(2026, 6, 1), number="9/KH")
    first.refresh_from_db()
    assert (first.state, first.replaced_on) == (REPLACED, date(2026, 6, 1))
    assert (second.state, second.replaces_id) == (ISSUED, first.pk)
    assert first.motto == "Kỷ cương, liêm chính"
    draft = a_plan(unit)
    for day, words in (
        (date(2026, 5, 1), "sau ngày này"),
        (date(2026, 12, 1), "chưa tới"),
        (date(2009, 1, 1), "không"),
    ):
        with pytest.raises(Refused, match=words):
            issue_plan([Issue(draft.pk, "10/KH", day)], **SAID)
    with pytest.raises(Refused, match="không còn là dự thảo"):
        issue_plan([Issue(second.pk, "9/KH", date(2026, 6, 1))], **SAID)
    with pytest.raises(Refused, match="không sửa được"):
        change_draft(second.pk, "Tên khác", "", "", **SAID)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=second.pk).update(number="")


def test_what_was_written_wrongly_of_a_plan_is_corrected_and_stays_in_the_log(unit: Any) -> None:
    first = a_plan(unit, issued_on=date(2026, 1, 10), number="1/KH")
    second = a_plan(unit, issued_on=date(2026, 6, 1), number="9/KH")
    correct_plan(second.pk, "90/KH", date(2026, 5, 30), "Trần A", "Thiếu một chữ số", **SAID)
    first.refresh_from_db()
    assert first.replaced_on == date(2026, 5, 30)
    log = AuditEntry.objects.get(verb="tasks.correct_plan", object_id=second.pk)
    assert (log.before["number"], log.after["number"], log.why) == ("9/KH", "90/KH", "Thiếu một chữ số")
    for row, day in ((second, date(2026, 1, 9)), (first, date(2026, 6, 2)), (second, date(2026, 12, 1))):
        with pytest.raises(Refused, match=r"không khớp|chưa tới"):
            correct_plan(row.pk, "1/KH", day, "", "x", **SAID)
    with pytest.raises(Refused, match="chưa ban hành"):
        correct_plan(a_plan(unit, 2027).pk, "1/KH", date(2026, 6, 1), "", "x", **SAID)


def test_a_unit_has_a_plan_of_the_year_and_one_of_the_period(unit: Any) -> None:
    a_plan(unit, 2026, issued_on=date(2026, 1, 10))
    a_plan(unit, 2026, 2030, issued_on=date(2026, 2, 10))
    assert Plan.objects.filter(unit=unit, state=ISSUED).count() == 2
    with pytest.raises(Refused, match="chỉ thuộc một năm"):
        draft_plan([NewPlan(unit.pk, REFORM, YEAR, 2026, 2027)], **SAID)


def test_another_unit_does_not_write_ones_plan(unit: Any, actors: Any, make_person: Any) -> None:
    mine = a_plan(actors.home, by=actors.leader.actor)
    write_items(mine.pk, [NewItem("Rà soát", actors.home.pk)], by=actors.specialist.actor, at=AT)
    with pytest.raises(Refused, match="Không được ghi kế hoạch của"):
        a_plan(unit, by=actors.leader.actor)
    stranger = make_person("specialist", unit, username="khac").actor
    with pytest.raises(Refused, match="Không được ghi"):
        write_items(mine.pk, [NewItem("Rà soát", unit.pk)], by=stranger, at=AT)
    with pytest.raises(Refused, match="Không được ghi"):
        report_items([Report(PlanItem.objects.get().pk, TODAY, "5/BC")], by=stranger, at=AT)
    with pytest.raises(Refused, match="Không được ghi"):
        a_plan(actors.home, by=actors.auditor.actor)


def test_the_progress_of_a_plan_counts_each_item_once(unit: Any) -> None:
    plan = a_plan(unit, issued_on=date(2026, 1, 10))
    rows = write_items(
        plan.pk,
        [
            NewItem("Xong đúng hạn vì hạn là ngày nghỉ", unit.pk, due=date(2026, 11, 14)),  # a Saturday
            NewItem("Xong trễ", unit.pk, due=date(2026, 10, 30)),
            NewItem("Quá hạn", unit.pk, due=date(2026, 11, 13)),
            NewItem("Chưa đến hạn", unit.pk, due=date(2026, 12, 15)),
            NewItem("Thường xuyên", unit.pk),
            NewItem("Rút", unit.pk, due=date(2026, 3, 1)),
        ],
        **SAID,
    )
    report_items(
        [
            Report(rows[0].pk, date(2026, 11, 16), "41/BC"),
            Report(rows[1].pk, date(2026, 11, 2), "40/BC"),
            Report(rows[5].pk, date(2026, 2, 1), "5/QĐ", dropped=True),
        ],
        **SAID,
    )
    told = progress_of([plan.pk], TODAY, calendar_now())[plan.pk]
    assert {key: told.counts[key] for key in (ON_TIME, LATE, OVERDUE, RUNNING, ENDLESS)} == {
        ON_TIME: 1, LATE: 1, OVERDUE: 1, RUNNING: 1, ENDLESS: 1,
    }  # fmt: skip
    assert (told.done, told.open, told.total, told.counts["rut"]) == (2, 3, 5, 1)
    days = [line.where.days for line in items_of(plan.pk, TODAY, calendar_now())]
    assert days == [0, -1, -5, 16, None, None], "24/11 is a day off"
    before = progress_of([plan.pk], date(2026, 11, 1), calendar_now())[plan.pk]
    assert (before.counts[OVERDUE], before.done) == (1, 0), "what came later is not yet known then"
    take_back_report(rows[1].pk, "Nhầm nhiệm vụ", **SAID)
    assert PlanItem.objects.get(pk=rows[1].pk).done_on is None
    with pytest.raises(Refused, match="đã báo cáo"):
        report_items([Report(rows[0].pk, TODAY, "42/BC")], **SAID)
    with pytest.raises(Refused, match="chưa tới"):
        report_items([Report(rows[3].pk, date(2026, 12, 1), "42/BC")], **SAID)
    with pytest.raises(Refused, match="Chưa ghi văn bản"):
        report_items([Report(rows[3].pk, TODAY, " ")], **SAID)
    changed = change_item(rows[3].pk, date(2026, 12, 31), "Trần A", "Báo cáo", "Gia hạn theo 9/CV", **SAID)
    assert changed.due == date(2026, 12, 31)
    with pytest.raises(Refused, match="đã kết thúc"):
        change_item(rows[0].pk, None, "", "", "x", **SAID)


def test_what_is_unfinished_goes_on_in_next_years_plan_and_knows_where_it_came_from(unit: Any) -> None:
    other = a_plan(unit, 2026, issued_on=date(2026, 1, 10))
    old = a_plan(unit, 2025, issued_on=date(2025, 1, 10))
    done, left, helped = write_items(
        old.pk,
        [
            NewItem("Xong", unit.pk, due=date(2025, 6, 1)),
            NewItem("Dở", unit.pk, due=date(2025, 12, 1), product="Báo cáo", content="TTHC"),
            NewItem("Có phối hợp", unit.pk, helpers=(unit.pk + 1,)),
        ],
        **SAID,
    )
    report_items([Report(done.pk, date(2025, 5, 1), "1/BC")], **SAID)
    made = carry_items(old.pk, other.pk, **SAID)
    assert [(row.text, row.carried_from_id, row.due) for row in made] == [
        ("Dở", left.pk, date(2025, 12, 1)), ("Có phối hợp", helped.pk, None),
    ]  # fmt: skip
    assert made[1].helpers.count() == 1
    assert carry_items(old.pk, other.pk, **SAID) == [], "a second call copies nothing"
    assert left.carried_to == made[0]
    with pytest.raises(Refused, match="kế hoạch năm sau"):
        carry_items(other.pk, old.pk, **SAID)


def test_plans_open_items_and_remedies_follow_the_successor_and_come_back(unit: Any) -> None:
    heir = unit.pk + 1
    plan = a_plan(unit, 2026, issued_on=date(2026, 1, 10))
    done, left = write_items(plan.pk, [NewItem("Xong", unit.pk), NewItem("Dở", unit.pk)], **SAID)
    report_items([Report(done.pk, date(2026, 2, 1), "1/BC")], **SAID)
    finding = _a_finding(unit)
    day = date(2026, 11, 20)
    merge([unit.pk], heir, effective=day, decision=Decision("15/NQ"), by=SYSTEM, at=AT)
    carry_out(at=AT)
    plan.refresh_from_db()
    assert (plan.unit_id, plan.keeper_id) == (unit.pk, heir)
    assert [PlanItem.objects.get(pk=row.pk).keeper_id for row in (done, left)] == [unit.pk, heir]
    assert Finding.objects.get(pk=finding.pk).keeper_id == heir
    event = UnitEvent.objects.get(decision_number="15/NQ")
    later = datetime(2026, 11, 21, 9, tzinfo=LEGAL_ZONE)
    undo_event(event.pk, why="Ghi nhầm", by=SYSTEM, at=later)
    carry_out(at=later)
    plan.refresh_from_db()
    assert plan.keeper_id == unit.pk
    assert PlanItem.objects.get(pk=left.pk).keeper_id == unit.pk
    assert Finding.objects.get(pk=finding.pk).keeper_id == unit.pk


def _a_finding(unit: Any) -> Finding:
    day = date(2026, 5, 10)
    new = NewInspection("Kiểm tra 2026", "5/KH", day, unit.pk, day, date(2026, 6, 1), (unit.pk,))
    one = record_inspection(new, **SAID)
    hold_inspections(one.pk, [Held(unit.pk, day, "Biên bản 1")], **SAID)
    (row,) = record_findings(
        one.pk, [NewFinding(unit.pk, "Niêm yết thiếu", "Niêm yết đủ", date(2026, 7, 15))], **SAID
    )
    return row


def test_a_finding_rests_on_minutes_and_is_remedied_by_a_paper(unit: Any) -> None:
    row = _a_finding(unit)
    new = NewInspection("Khác", "6/KH", TODAY, unit.pk, TODAY, TODAY, (unit.pk,))
    with pytest.raises(Refused, match="chưa ghi ngày kiểm tra"):
        record_findings(record_inspection(new, **SAID).pk, [NewFinding(unit.pk, "a", "b")], **SAID)
    (told,) = findings(TODAY, calendar_now(), keepers=[unit.pk])
    assert told.where.standing == OVERDUE
    assert told.where.days is not None
    assert told.where.days < -80
    remedy_findings([(row.pk, date(2026, 7, 10), "12/BC")], **SAID)
    (told,) = findings(TODAY, calendar_now(), inspection=row.inspection_id)
    assert told.where.standing == ON_TIME
    with pytest.raises(Refused, match="đã ghi khắc phục"):
        remedy_findings([(row.pk, date(2026, 7, 10), "12/BC")], **SAID)

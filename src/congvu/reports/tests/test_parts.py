"""What units send, who is late, and how it comes into the report."""

from datetime import date, datetime
from typing import Any

import pytest

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.notices.models import Notice
from congvu.foundation.refusal import Refused
from congvu.reports.actions.collect_parts import ask_parts, consolidate, return_part, write_part
from congvu.reports.actions.keep_template import keep_template
from congvu.reports.actions.move_report import approve_report, check_report
from congvu.reports.models import ReportPart, ReportVersion
from congvu.reports.queries.reports import late, open_parts
from congvu.reports.rules.consolidation import consolidated
from congvu.reports.rules.numbers import Told, by_place, summed
from congvu.reports.rules.states import RETURNED, SENT, TAKEN
from congvu.reports.rules.text import Asked
from congvu.reports.tests.make import NOW, Office, a_report, an_office, october
from congvu.tasks.actions.remind_missing import name_focal

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 25)


@pytest.fixture
def office(make_person: Any, frozen_clock: Any) -> Office:
    made = an_office(make_person)
    made.ground.write(october() + october(1))
    return made


def asked(office: Office) -> tuple[ReportVersion, list[ReportPart]]:
    report = a_report(office)
    units = [one.pk for one in office.ground.units[:2]]
    return report, ask_parts(report.pk, units, DUE, by=office.writer.actor, at=NOW)


def test_each_unit_begins_with_its_own_numbers(office: Office) -> None:
    _, parts = asked(office)
    (_, one) = by_place(parts[0].numbers)[Asked("ho-so.dung-han")]
    assert (one.numerator, one.denominator) == (2, 3)


def test_a_unit_asked_twice_keeps_its_part_and_a_day_that_is_past_is_refused(office: Office) -> None:
    report, parts = asked(office)
    assert ask_parts(report.pk, [parts[0].unit_id], DUE, by=office.writer.actor, at=NOW) == []
    with pytest.raises(Refused, match="đã qua"):
        ask_parts(report.pk, [parts[0].unit_id], date(2026, 11, 1), by=office.writer.actor, at=NOW)
    with pytest.raises(Refused, match="không trực thuộc"):
        ask_parts(report.pk, [office.ground.province.pk], DUE, by=office.writer.actor, at=NOW)


def test_a_unit_that_is_asked_is_told_by_letter_and_on_its_first_page(office: Office, visit: Any) -> None:
    unit = office.ground.units[0].pk
    name_focal(unit, "Lê Đầu Mối", "dau.moi@tinh.vn", date(2026, 1, 1), by=SYSTEM, at=NOW)
    report, _ = asked(office)
    (letter,) = Notice.objects.all()
    assert (letter.to, report.report.title in letter.subject, "25/11/2026" in letter.text) == (
        "dau.moi@tinh.vn",
        True,
        True,
    )
    first = visit(office.unit_writer).get("/").content.decode()
    assert "Phần báo cáo còn phải gửi" in first
    assert report.report.title in first
    assert "Phần báo cáo còn phải gửi" not in visit(office.auditor).get("/").content.decode()


def test_a_part_is_written_sent_returned_and_taken_once(office: Office) -> None:
    report, (part, other) = asked(office)
    own = part.body.replace("[Ghi tình hình.]", "Đã trang bị 5 máy tính.")
    write_part(part.pk, own, read_as=None, send=True, by=office.unit_writer.actor, at=NOW)
    with pytest.raises(Refused, match="Đã gửi"):
        write_part(part.pk, "khác", read_as=None, by=office.unit_writer.actor, at=NOW)
    return_part(part.pk, "Ghi rõ thời điểm", by=office.writer.actor, at=NOW)
    assert ReportPart.objects.get(pk=part.pk).state == RETURNED
    write_part(part.pk, own, read_as=None, send=True, by=office.unit_writer.actor, at=NOW)
    assert ReportPart.objects.get(pk=part.pk).state == SENT
    assert consolidate(report.pk, by=office.writer.actor, at=NOW) == 1
    assert consolidate(report.pk, by=office.writer.actor, at=NOW) == 0
    body = ReportVersion.objects.get(pk=report.pk).body
    assert body.count("Sở Nội vụ: Đã trang bị 5 máy tính.") == 1
    assert ReportPart.objects.get(pk=part.pk).state == TAKEN
    assert other.state != TAKEN


def test_who_takes_the_parts_in_is_no_writer_and_an_approved_report_takes_no_more(office: Office) -> None:
    report, (part, other) = asked(office)
    own = part.body.replace("[Ghi tình hình.]", "Đã trang bị 5 máy tính.")
    write_part(part.pk, own, read_as=None, send=True, by=office.unit_writer.actor, at=NOW)
    template, unit = report.report.template, office.ground.province.pk
    keep_template(template, unit, "# Mẫu mới\nLời mới", by=office.writer.actor, at=NOW)
    assert consolidate(report.pk, by=office.head.actor, at=NOW) == 1
    report.refresh_from_db()
    assert report.writers == [office.writer.actor.account_id]
    assert [line for line in report.body.splitlines() if line.startswith("Sở Nội vụ: ")] == [
        "Sở Nội vụ: Đã trang bị 5 máy tính."
    ]
    assert open_parts(None, 9) == [other]
    check_report(report.pk, by=office.auditor.actor, at=NOW)
    approve_report(report.pk, by=office.head.actor, at=NOW)
    assert open_parts(None, 9) == []
    with pytest.raises(Refused, match="không thu thêm"):
        return_part(part.pk, "Sửa", by=office.writer.actor, at=NOW)
    with pytest.raises(Refused, match="không thu thêm"):
        write_part(other.pk, "Lời", read_as=None, by=office.head.actor, at=NOW)


def test_another_unit_does_not_write_it(office: Office) -> None:
    _, (_, other) = asked(office)
    with pytest.raises(Refused, match="không soạn"):
        write_part(other.pk, "khác", read_as=None, by=office.unit_writer.actor, at=NOW)


def test_a_part_is_late_after_its_day_until_it_is_sent_and_stays_late_when_it_came_late(
    office: Office,
) -> None:
    _, (part, _) = asked(office)
    assert not late(part, DUE)
    assert late(part, date(2026, 11, 26))
    sent = datetime(2026, 11, 26, 9, tzinfo=LEGAL_ZONE)
    found = write_part(part.pk, part.body, read_as=None, send=True, by=office.unit_writer.actor, at=sent)
    assert late(found, date(2026, 12, 1))
    early = datetime(2026, 11, 26, 6, 30, tzinfo=LEGAL_ZONE)  # still the day before by Greenwich
    ReportPart.objects.filter(pk=part.pk).update(sent_at=early)
    assert late(ReportPart.objects.get(pk=part.pk), date(2026, 12, 1))


def test_what_a_unit_wrote_stands_under_its_heading_named_by_the_unit() -> None:
    start = "# Một\n[Ghi]\n# Hai\n[Ghi]"
    part = "# Một\nViệc riêng\n# Hai\n[Ghi]\n# Ba\nKhác"
    told = consolidated(start, [("Sở A", part), ("Sở B", "# Hai\n- Điểm")], start).splitlines()
    assert told == [
        "# Một", "[Ghi]", "Sở A: Việc riêng", "# Hai", "[Ghi]", "Sở B: Điểm",
        "# Nội dung khác của các đơn vị", "## Ba", "Sở A: Khác",
    ]  # fmt: skip


def test_numbers_of_units_are_added_within_one_measure_and_the_difference_from_the_whole_is_told() -> None:
    def one(n: int, of: int | None = None, measure: str = "hồ sơ") -> Told:
        return Told(Asked("x"), "Tên", measure, numerator=n, denominator=of, share=of is not None)

    found = summed([("A", one(2, 3)), ("B", one(2, 3)), ("C", None)], one(5, 7))
    assert (found.total, found.difference, found.missing) == ((4, 6), 1, 1)
    assert summed([("A", one(220, measure="biên chế")), ("B", one(101, measure="người"))], None).total is None

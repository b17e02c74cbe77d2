"""Plans as populations: 22/23 is a figure an office defines, as of any day and as known; items and findings by standing."""

from datetime import date
from typing import Any

import pytest

from congvu.indicators.models import DefinedFigure
from congvu.indicators.queries.figures import figure_of, values
from congvu.indicators.queries.populations import source_of
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import the_province
from congvu.organisation.queries import picture
from congvu.tasks.actions.record_inspection import (
    Held,
    NewFinding,
    NewInspection,
    hold_inspections,
    record_findings,
    record_inspection,
)
from congvu.tasks.actions.report_items import Report, report_items
from congvu.tasks.actions.set_duty import NewDuty, set_duty
from congvu.tasks.actions.write_items import NewItem, write_items
from congvu.tasks.rules.kinds import AGENCIES, DISTRICTS, REFORM, YEAR
from congvu.tasks.tests.make import AT, SAID, a_plan, a_province

pytestmark = pytest.mark.django_db
Y2012 = ask(date(2012, 1, 1), date(2012, 12, 31), today=date(2026, 11, 20), as_of=date(2012, 12, 21))
Y2026 = ask(date(2026, 1, 1), date(2026, 12, 31), today=date(2026, 11, 20))


def counted(code: str, question: Any, **where: str) -> dict[int | None, int]:
    known = picture()
    condition = tuple((field, (value,)) for field, value in where.items())
    return dict(source_of(code).count([condition], question, the_province(question, known), known)[0])


def test_22_of_23_departments_is_a_figure_whose_records_open() -> None:
    agencies, districts = a_province(agencies=23, districts=11)
    set_duty([NewDuty(REFORM, YEAR, 2012, 2012, (AGENCIES, DISTRICTS))], **SAID)
    for unit in (*agencies[:22], *districts[:10]):
        a_plan(unit, 2012, issued_on=date(2012, 2, 1), number="12/KH")
    DefinedFigure.objects.create(
        code="kh.so", name="Sở đã ban hành kế hoạch", measure="đơn vị", words="Sở đã ban hành", source="Sổ kế hoạch",
        evidence="TXT", defined_at=AT, defined_by="Người thử", population="plans_owed", share=True, of_day=True,
        where={"class": ["so"], "state": ["ISSUED"]}, out_of={"class": ["so"]},
    )  # fmt: skip
    known = picture()
    reader = the_province(Y2012, known)
    value = values([figure_of("kh.so")], Y2012, reader, known)["kh.so"]
    assert (value.numerator, value.denominator) == (22, 23)
    assert sum(counted("plans_owed", Y2012, state="ISSUED").values()) == 32
    assert counted("plans_owed", Y2012, state="NONE") == {agencies[22].pk: 1, districts[10].pk: 1}
    missing = source_of("plans_owed").records((("state", ("NONE",)),), Y2012, reader, known)
    assert [row.title for row in missing.rows] == ["Sở số 23", "UBND huyện 11"]
    assert sum(counted("plans", Y2012, state="ISSUED").values()) == 32
    early = ask(date(2012, 1, 1), date(2012, 12, 31), today=date(2026, 11, 20), known_on=date(2012, 12, 31))
    assert not sum(counted("plans_owed", early, state="ISSUED").values()), "recorded in 2026 only"


def test_items_and_findings_are_counted_by_where_they_stood() -> None:
    (unit, other), _ = a_province(agencies=2, districts=0)
    plan = a_plan(unit, issued_on=date(2026, 1, 10))
    a_plan(unit, issued_on=date(2026, 6, 1), number="9/KH")
    assert counted("plans", Y2026, subject=REFORM) == {unit.pk: 1}, "what was replaced counts no more"
    plan = a_plan(other, issued_on=date(2026, 1, 10))
    done, _late = write_items(
        plan.pk,
        [
            NewItem("Xong", unit.pk, "TTHC", due=date(2026, 6, 1)),
            NewItem("Quá hạn", other.pk, due=date(2026, 6, 1)),
        ],
        **SAID,
    )
    report_items([Report(done.pk, date(2026, 5, 1), "1/BC")], **SAID)
    assert counted("plan_items", Y2026, standing="dung-han", content="TTHC", year="2026") == {unit.pk: 1}
    assert counted("plan_items", Y2026, standing="qua-han") == {other.pk: 1}
    day = date(2026, 5, 10)
    new = NewInspection("Kiểm tra 2026", "5/KH", day, unit.pk, day, day, (other.pk,))
    one = record_inspection(new, **SAID)
    hold_inspections(one.pk, [Held(other.pk, day, "Biên bản 1")], **SAID)
    record_findings(one.pk, [NewFinding(other.pk, "Thiếu", "Đủ", date(2026, 7, 1))], **SAID)
    assert counted("findings", Y2026, standing="qua-han", year="2026") == {other.pk: 1}
    assert counted("inspections", Y2026) == {unit.pk: 1}
    assert counted("inspected_units", Y2026) == {other.pk: 1}

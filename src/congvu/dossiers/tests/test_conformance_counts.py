"""Counts of conformance: those of the rule, by procedure, agency and step; each opens its dossiers; only visible ones."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Person
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierStep
from congvu.dossiers.queries.conformance import (
    NOT_COMPARED,
    By,
    ConformanceAsked,
    conformance,
    conformance_ids,
)
from congvu.dossiers.rules.conformance import Kind
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import at
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
ALL = Visible(True, (), None)
TODAY = date(2026, 11, 20)
HANH = Person("Nguyễn Thị Hạnh", "099190000123", "0900000123")


def asked(by: By = By.PROCEDURE, first: str = "2026-11-01", last: str = "2026-11-20") -> ConformanceAsked:
    return ConformanceAsked(date.fromisoformat(first), date.fromisoformat(last), TODAY, by)


@pytest.fixture
def many(office: Office) -> dict[str, int]:
    """One as it should be, one late at the police, one whose opinion is gone, one done in a wrong order, one withdrawn."""
    place, made = office.place, {}
    for name, police_at in (("good", "2026-11-11 10:00"), ("late", "2026-11-17 09:00"), ("gone", "2026-11-11 10:00"),
                            ("wrong", "2026-11-11 10:00")):  # fmt: skip
        one = made[name] = take(office, "2026-11-10 08:00", HANH).id
        hand_over([one], by=place.clerk, at=at("2026-11-10 09:00"))
        complete_step([one], by=place.specialist, at=at("2026-11-11 09:00"))
        complete_step([one], by=place.police_officer, at=at(police_at))
        finish([one], by=place.chairman, at=at("2026-11-17 10:00" if name == "late" else "2026-11-11 16:00"))
    return_result([made["good"]], by=place.clerk, at=at("2026-11-18 10:00"))
    DossierStep.objects.filter(dossier_id=made["gone"], position=3).delete()
    DossierStep.objects.filter(dossier_id=made["wrong"], position=4).update(opened_at=at("2026-11-11 08:00"))
    made["withdrawn"] = take(office, "2026-11-12 08:00", HANH).id
    hand_over([made["withdrawn"]], by=place.clerk, at=at("2026-11-12 08:30"))
    withdraw([made["withdrawn"]], by=place.clerk, at=at("2026-11-12 09:00"), reason="đổi ý")
    return made


def test_counts_by_procedure(many: dict[str, int]) -> None:
    found = conformance(ALL, asked())
    (row,) = found.rows
    assert row.name.startswith("1.012939 ")
    assert (row.dossiers, row.conforming) == (5, 2)
    assert row.kinds == {Kind.SKIPPED: 1, Kind.ADDED: 0, Kind.OUT_OF_ORDER: 1, Kind.LATE: 1}
    assert (found.total.dossiers, found.total.kinds) == (row.dossiers, row.kinds)


def test_counts_by_step_and_by_agency(office: Office, many: dict[str, int]) -> None:
    steps = {row.name.split(" · ")[1]: row for row in conformance(ALL, asked(By.STEP)).rows}
    assert {name: (row.dossiers, row.conforming) for name, row in steps.items()} == {
        "1. Tiếp nhận": (5, 5), "2. Thẩm định": (5, 5), "3. Góp ý": (4, 2), "4. Ký quyết định": (4, 3),
        "5. Trả kết quả": (4, 4),
    }  # fmt: skip
    units = {row.unit_id: row for row in conformance(ALL, asked(By.UNIT)).rows}
    police = units[office.place.police.pk]
    assert (police.kinds[Kind.LATE], police.kinds[Kind.SKIPPED]) == (1, 1)
    assert units[office.place.centre.pk].conforming == 5


@pytest.mark.parametrize("by", list(By))
def test_each_count_opens_exactly_its_dossiers(many: dict[str, int], by: By) -> None:
    found = conformance(ALL, asked(by))
    for row in (*found.rows, found.total):
        assert len(conformance_ids(ALL, asked(by), row.key, "")) == row.dossiers
        assert len(conformance_ids(ALL, asked(by), row.key, "conforming")) == row.conforming
        for kind, count in row.kinds.items():
            assert len(conformance_ids(ALL, asked(by), row.key, kind.value)) == count
    assert conformance_ids(ALL, asked(by), "", "late") == [many["late"]]
    assert conformance_ids(ALL, asked(by), "", "skipped") == [many["gone"]]
    assert conformance_ids(ALL, asked(by), "", "out_of_order") == [many["wrong"]]


def test_an_open_step_is_late_once_its_day_is_past_and_not_while_paused(office: Office) -> None:
    one = take(office, "2026-11-10 08:00", HANH).id
    assert conformance_ids(ALL, asked(), "", "late") == [one], "still at the counter, due the same day"
    early = ConformanceAsked(date(2026, 11, 1), TODAY, date(2026, 11, 10))
    assert conformance_ids(ALL, early, "", "late") == []


def test_the_period_is_that_of_reception(many: dict[str, int]) -> None:
    assert conformance(ALL, asked(first="2026-11-12")).total.dossiers == 1
    assert conformance(ALL, asked(last="2026-11-11")).total.dossiers == 4
    with pytest.raises(Refused, match="trước ngày đầu"):
        conformance(ALL, asked(first="2026-11-12", last="2026-11-11"))


def test_only_what_may_be_seen_is_counted(office: Office, many: dict[str, int]) -> None:
    place = office.place
    for actor, count in ((place.auditor, 5), (place.stranger_clerk, 0), (place.admin, 0)):
        assert conformance(visible_to(actor, TODAY), asked()).total.dossiers == count
        assert len(conformance_ids(visible_to(actor, TODAY), asked(), "", "")) == count


def test_statements_do_not_grow(many: dict[str, int], django_assert_max_num_queries: Any) -> None:
    conformance(ALL, asked())
    with django_assert_max_num_queries(3):
        conformance(ALL, asked(By.STEP))
    with django_assert_max_num_queries(1):
        conformance_ids(ALL, asked(), "", "late")


def test_those_without_a_process_are_counted_apart_and_open(many: dict[str, int]) -> None:
    assert conformance(ALL, asked()).not_compared == 0
    with CaptureQueriesContext(connection) as found_by:
        conformance(ALL, asked())
    (statement,) = [one["sql"] for one in found_by if "AND NOT (" in one["sql"]]
    assert "count(*)" in statement and "ORDER BY" not in statement, (
        "a number is counted, not fetched row by row"
    )
    Dossier.objects.filter(pk=many["late"]).update(process=None)
    found = conformance(ALL, asked())
    assert (found.total.dossiers, found.not_compared) == (4, 1)
    assert conformance_ids(ALL, asked(), "", NOT_COMPARED) == [many["late"]]
    assert conformance(ALL, asked(first="2026-11-12")).not_compared == 0


def test_an_unknown_number_is_refused(many: dict[str, int]) -> None:
    with pytest.raises(Refused):
        conformance_ids(ALL, asked(), "", "bia")

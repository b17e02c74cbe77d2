"""The starter catalogue loads through the actions and every sample could be received and handled."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from congvu.demo.procedures import SAMPLES, load, steps_of
from congvu.demo.units import load_units
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.procedures.models import Procedure, ProcessVersion
from congvu.procedures.queries.find import search
from congvu.procedures.queries.processes import process_for

AT = datetime(2025, 7, 1, 7, tzinfo=LEGAL_ZONE)
UNITS = {"H99": 1, "H99.02": 2, "H99.24": 3}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.code)
def test_the_steps_of_a_sample_add_up_to_its_term(sample) -> None:
    steps = steps_of(sample, UNITS)
    assert [step.role for step in (steps[0], steps[-1])] == ["RECEIVE", "RETURN"]
    assert all(step.term_n and step.term_n > 0 for step in steps)
    n, unit = sample.term
    total = sum((step.term_n for step in steps), Decimal(0))
    assert total == (n * 5 // 7 if unit == "NGAY" else n)


def test_codes_and_names_are_used_once() -> None:
    assert len({one.code for one in SAMPLES}) == len({one.name for one in SAMPLES}) == len(SAMPLES) >= 40


@pytest.mark.django_db
def test_the_catalogue_is_published_once_with_processes_that_sum() -> None:
    load_units()
    assert load(by=SYSTEM, at=AT) == len(SAMPLES)
    assert load(by=SYSTEM, at=AT) == 0
    assert Procedure.objects.filter(status="PUBLIC").count() == len(SAMPLES)
    assert ProcessVersion.objects.filter(state="PUBLISHED").count() == len(SAMPLES)
    found = search("thanh lap hoi", on=date(2026, 11, 20))
    table = process_for(found[0].id, date(2026, 11, 20))
    assert table is not None and table.mismatch_hours == 0
    assert len({(step.agency_kind, step.unit_id) for step in table.steps}) >= 3
    assert search("", on=date(2025, 6, 30)) == []

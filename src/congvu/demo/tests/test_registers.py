"""The demo's registers: something held, something doubled, something nobody holds, something waiting."""

from datetime import date

import pytest

from congvu.demo import registers
from congvu.demo.units import load_units
from congvu.organisation.models import (
    AssignedFunction,
    Autonomy,
    Delegation,
    OneStopFacility,
    QualitySystem,
    UnitFunctionVersion,
)
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import as_asked, as_held, in_force, judgements
from congvu.organisation.rules.functions import alike_in, covers, waiting

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def test_the_registers_show_what_an_official_looks_for() -> None:
    load_units()
    registers.load()
    known = picture()
    rows = [as_held(row) for row in in_force(UnitFunctionVersion, DAY)]
    waits = waiting(rows, known, DAY)
    assert [known.name(one.held.unit, DAY) for one in waits] == ["Sở Lao động - Thương binh và Xã hội"] * 2
    held = [row for row in rows if known.at(row.unit, DAY)]
    assert len(alike_in(held, known, DAY, "TINH")) >= 4
    assert len(judgements()) == 2
    assigned = [as_asked(row) for row in in_force(AssignedFunction, DAY)]
    told = covers(assigned, held, lambda unit: known.at(unit, DAY).tier, {})  # type: ignore[union-attr]
    nobody = [one.asked.text for one in told if not one.holders]
    assert len(nobody) == 7, "four never given, two that wait, one of the communes"
    assert in_force(Delegation, DAY).count() == 17
    levels = list(in_force(OneStopFacility, DAY).values_list("level", flat=True))
    assert {"MOT_CUA", "LIEN_THONG", "HIEN_DAI"} == set(levels)
    agencies = [
        span
        for span in known.spans()
        if span.covers(DAY) and span.tier == "TINH" and span.kind in ("SO", "BAN", "VAN_PHONG")
    ]
    iso = set(in_force(QualitySystem, DAY).values_list("unit_id", flat=True))
    assert sum(span.unit_id in iso for span in agencies) == len(agencies) - 1
    assert set(in_force(Autonomy, DAY).values_list("group", flat=True)) == {"1", "2", "3A", "3B", "4"}

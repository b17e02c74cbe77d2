"""The demo's job positions: approved, changed, waiting; people planned; two people of the register in the open batch."""

from datetime import date, datetime

import pytest

from congvu.demo import positions, quotas, staff
from congvu.demo.units import load_units
from congvu.foundation.clock import LEGAL_ZONE
from congvu.organisation.queries import picture
from congvu.people.models import FilePart
from congvu.people.rules.standing import PLANNING
from congvu.staffing.models import PositionLine, Scheme
from congvu.staffing.queries.releases import releases
from congvu.staffing.queries.schemes import in_force, versions
from congvu.staffing.rules.kinds import DRAFT
from congvu.staffing.rules.schemes import APPROVED, SUBMITTED

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=LEGAL_ZONE)


def test_the_demo_has_a_scheme_in_every_state_and_one_that_changed() -> None:
    load_units()
    quotas.load()
    staff.load(at=NOW, seed=2026, every=False)
    assert positions.load(at=NOW) == Scheme.objects.count() == 7
    assert {one.state for one in Scheme.objects.all()} == {APPROVED, SUBMITTED, DRAFT}
    home = picture().by_code("H99.08")
    assert home is not None
    held = versions(home, drafts=False)
    before, after = in_force(held, date(2026, 2, 28)), in_force(held, date(2026, 3, 1))
    assert before is not None and after is not None
    lines = [PositionLine.objects.get(scheme=one, code="CN-02") for one in (before, after)]
    assert [line.holders for line in lines] == [12, 9]
    assert lines[0].position_id == lines[1].position_id
    assert FilePart.objects.filter(code=PLANNING).count() == 12
    waiting = [one for one in releases(2026, 2, None) if one.person_id]
    assert {one.pack for one in waiting} == {"tinh_gian", "sap_xep"}
    assert all(24 <= one.months_early <= 60 and one.money > 0 for one in waiting)

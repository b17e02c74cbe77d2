"""The demo's ledger: it adds up, cuts what was promised, and says what is still open."""

from datetime import date

import pytest

from congvu.demo import quotas
from congvu.demo.units import load_units
from congvu.foundation.ui.formats import rounded
from congvu.organisation.queries import picture
from congvu.staffing.queries.ledger import balances
from congvu.staffing.queries.releases import releases
from congvu.staffing.queries.table import table
from congvu.staffing.rules.kinds import CAP_XA, CONG_CHUC, HOP_DONG_111, VIEN_CHUC_NSNN

pytestmark = pytest.mark.django_db


def test_the_posts_of_the_province_walk_from_2015_to_2026() -> None:
    load_units()
    assert quotas.load() == 18
    assert [(one.half, bool(one.approved_at)) for one in releases(2026, 1, None)] == [(1, True)] * 4
    assert [(one.half, bool(one.approved_at)) for one in releases(2026, 2, None)] == [(2, False)] * 2
    known = picture()
    told = table(date(2026, 11, 20), date(2015, 12, 31), known, None)
    before, after = balances([date(2025, 6, 30), date(2025, 7, 1)], known)
    cut = table(date(2021, 12, 31), date(2015, 12, 31), known, None).totals[CONG_CHUC].change.percent
    assert cut is not None and -14 < rounded(cut) <= -10
    assert told.totals[CAP_XA].balance == 0
    assert before.total(VIEN_CHUC_NSNN) == after.total(VIEN_CHUC_NSNN), "schools only changed hands"
    assert [known.name(unit, date(2025, 6, 30)) for unit in told.left_over] == ["UBND huyện Kim Long"]
    assert told.own[told.left_over[0]][HOP_DONG_111].balance == 6
    assert min(after.posts.values()) > 0
    justice = known.by_code("H99.14")
    assert justice is not None
    assert told.own[justice][CONG_CHUC].balance > 20, "the wrong cut of 12 was corrected to 2"

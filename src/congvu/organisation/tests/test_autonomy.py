"""Autonomy groups: the boundaries of Nghị định 60/2021/NĐ-CP, Điều 9, exact to the đồng."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import Period
from congvu.organisation.actions.grant_autonomy import Grant, grant_autonomy
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import Autonomy
from congvu.organisation.queries.registers import in_force
from congvu.organisation.rules.autonomy import GROUPS, group_of
from congvu.organisation.rules.starter import ROWS
from congvu.organisation.tests.make import a_unit

RULE = next(row[2] for row in ROWS if row[0] == "organisation.autonomy_groups")
AT = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)


@pytest.mark.parametrize(
    ("revenue", "spending", "invests", "group"),
    [
        (100_00, 100_00, False, "2"),
        (100_00, 100_00, True, "1"),
        (250_00, 100_00, True, "1"),
        (99_99, 100_00, False, "3A"),
        (99_99, 100_00, True, "3A"),
        (70_00, 100_00, False, "3A"),
        (69_99, 100_00, False, "3B"),
        (30_00, 100_00, False, "3B"),
        (29_99, 100_00, False, "3C"),
        (10_00, 100_00, False, "3C"),
        (9_99, 100_00, False, "4"),
        (0, 100_00, False, "4"),
        (699_999_999_999, 1_000_000_000_000, False, "3B"),
    ],
)
def test_the_group_follows_the_share_a_unit_covers(
    revenue: int, spending: int, invests: bool, group: str
) -> None:
    assert group_of(revenue, spending, covers_investment=invests, rule=RULE) == group


def test_spending_of_nothing_is_refused_and_so_is_revenue_below_nothing() -> None:
    for revenue, spending in ((5, 0), (-1, 100)):
        with pytest.raises(Refused):
            group_of(revenue, spending, covers_investment=False, rule=RULE)


@given(st.integers(0, 10**13), st.integers(0, 10**13), st.integers(1, 10**13), st.booleans())
def test_more_revenue_never_means_a_lower_group(one: int, more: int, spending: int, invests: bool) -> None:
    order = list(GROUPS)
    low = order.index(group_of(one, spending, covers_investment=invests, rule=RULE))
    high = order.index(group_of(one + more, spending, covers_investment=invests, rule=RULE))
    assert high <= low


@pytest.mark.django_db
def test_a_group_is_given_for_a_period_and_counted_beside_the_decision() -> None:
    unit = a_unit("H99.70", "Bệnh viện", kind="DON_VI_SU_NGHIEP")
    five_years = Period(date(2023, 1, 1), date(2028, 1, 1))
    decision = Decision("15/QĐ-UBND", date(2022, 12, 20))
    given_by = {"decision": decision, "by": SYSTEM, "at": AT}
    (row,) = grant_autonomy([Grant(unit.pk, 80, 100, covers_investment=False)], five_years, **given_by)
    assert (row.group, row.counted_group, row.rule_evidence) == ("3A", "3A", "TXT")
    newer = Period(date(2025, 1, 1), date(2028, 1, 1))
    (other,) = grant_autonomy(
        [Grant(unit.pk, 80, 100, covers_investment=False, group="2")], newer, **given_by
    )
    assert (other.group, other.counted_group) == ("2", "3A")
    on_days = [in_force(Autonomy, date(year, 6, 1)).get().group for year in (2024, 2025)]
    assert on_days == ["3A", "2"]
    assert not in_force(Autonomy, date(2028, 1, 1)).exists()
    with pytest.raises(Refused, match="phải có ngày kết thúc"):
        grant_autonomy([Grant(unit.pk, 8, 9, covers_investment=False)], Period(date(2028, 1, 1)), **given_by)
    with pytest.raises(Refused, match="Chưa có quy định"):
        before = Period(date(2019, 1, 1), date(2020, 1, 1))
        grant_autonomy([Grant(unit.pk, 8, 9, covers_investment=False)], before, **given_by)

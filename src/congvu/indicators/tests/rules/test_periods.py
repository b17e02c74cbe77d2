"""Periods as tables: read a line, count the days on a calendar."""

from datetime import date

import pytest

from congvu.foundation.refusal import Refused
from congvu.indicators.queries.question import ask
from congvu.indicators.rules.conditions import Compare, Fact
from congvu.indicators.rules.form06 import COLUMNS, IDENTITIES, Counts, ratios, summed
from congvu.indicators.rules.periods import Kind, Named, around, before, named, period_of, places

M, Q, H, N, Y = Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.NINE, Kind.YEAR


@pytest.mark.parametrize(
    ("asked", "first", "last", "words"),
    [
        (Named(M, 2026, 2), "2026-02-01", "2026-02-28", "tháng 2/2026"),
        (Named(M, 2028, 2), "2028-02-01", "2028-02-29", "tháng 2/2028"),
        (Named(Q, 2026, 4), "2026-10-01", "2026-12-31", "quý IV/2026"),
        (Named(H, 2026, 2), "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        (Named(N, 2026), "2026-01-01", "2026-09-30", "9 tháng năm 2026"),
        (Named(Y, 2026), "2026-01-01", "2026-12-31", "năm 2026"),
        (Named(Q, 2026, 1, reporting=True), "2025-12-15", "2026-03-14", "quý I/2026"),
        (Named(Q, 2026, 4, reporting=True), "2026-09-15", "2026-12-14", "quý IV/2026"),
        (Named(H, 2026, 1, reporting=True), "2025-12-15", "2026-06-14", "6 tháng đầu năm 2026"),
        (Named(N, 2026, reporting=True), "2025-12-15", "2026-09-14", "9 tháng năm 2026"),
        (Named(Y, 2026, reporting=True), "2025-12-15", "2026-12-14", "năm 2026"),
        (Named(M, 2026, 10, reporting=True), "2026-10-01", "2026-10-31", "tháng 10/2026"),
    ],
)
def test_a_named_period_has_these_days(asked: Named, first: str, last: str, words: str) -> None:
    days = asked.days(15)
    assert (days.first.isoformat(), days.last.isoformat(), asked.words) == (first, last, words)


def test_reporting_periods_of_a_kind_follow_each_other_without_a_gap() -> None:
    for kind in (Q, H, Y):
        one = Named(kind, 2025, 1, reporting=True)
        for _ in range(9):
            following = one.moved(1)
            assert following.moved(-1) == one
            assert following.days(15).first.toordinal() == one.days(15).last.toordinal() + 1
            one = following


@pytest.mark.parametrize(
    ("day", "kind", "within", "over"),
    [
        ("2026-11-20", M, (2026, 11), (2026, 10)),
        ("2026-01-01", M, (2026, 1), (2025, 12)),
        ("2026-11-20", Q, (2026, 4), (2026, 3)),
        ("2026-02-01", H, (2026, 1), (2025, 2)),
        ("2026-11-20", Y, (2026, 1), (2025, 1)),
        ("2026-11-20", N, (2026, 1), (2026, 1)),
    ],
)
def test_the_period_a_day_is_in_and_the_last_one_over(
    day: str, kind: Kind, within: tuple[int, int], over: tuple[int, int]
) -> None:
    today = date.fromisoformat(day)
    assert (around(today, kind).year, around(today, kind).place) == within
    assert (before(today, kind).year, before(today, kind).place) == over


@pytest.mark.parametrize(
    ("kind", "year", "place"), [(Q, 2026, 5), (M, 2026, 0), (Y, 1500, 1), (Kind.MONTH, 2300, 1)]
)
def test_no_such_period(kind: Kind, year: int, place: int) -> None:
    with pytest.raises(Refused):
        named(kind, year, place)


def test_places() -> None:
    assert [len(places(kind)) for kind in (M, Q, H, N, Y)] == [12, 4, 2, 1, 1]


def test_a_period_runs_forward() -> None:
    with pytest.raises(Refused, match="sau ngày kết thúc"):
        period_of(date(2026, 11, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("as_of", "today", "told"),
    [
        (None, "2026-11-20", "2026-10-31"),  # the month is over: its end
        (None, "2026-10-20", "2026-10-20"),  # it still runs: today
        ("2026-10-05", "2026-11-20", "2026-10-05"),
        ("2027-01-01", "2026-11-20", "2026-10-31"),  # asked of a later day: still its end
    ],
)
def test_the_day_whose_state_is_told(as_of: str | None, today: str, told: str) -> None:
    day = date.fromisoformat(as_of) if as_of else None
    question = ask(date(2026, 10, 1), date(2026, 10, 31), today=date.fromisoformat(today), as_of=day)
    assert question.last == date.fromisoformat(told)
    assert (
        question.params["until"].isoformat()
        == f"{date.fromordinal(question.last.toordinal() + 1)}T00:00:00+07:00"
    )


def test_a_period_that_has_not_begun_is_refused() -> None:
    with pytest.raises(Refused, match="sau ngày chốt số liệu 20/11/2026"):
        ask(date(2026, 12, 1), date(2026, 12, 31), today=date(2026, 11, 20))


def test_the_identities_name_the_columns_and_notice_a_wrong_row() -> None:
    assert [one.name for one in IDENTITIES] == [
        "(3) = (4) + (5) + (6)", "(7) = (8) + (9) + (10)", "(11) = (12) + (13)", "(3) = (7) + (11)",
    ]  # fmt: skip
    right = Counts(9, 3, 4, 2, 5, 1, 3, 1, 4, 3, 1)
    assert all(one.holds(right) for one in IDENTITIES)
    wrong = Counts(9, 3, 4, 1, 5, 1, 3, 1, 4, 3, 1)
    assert [one.holds(wrong) for one in IDENTITIES] == [False, True, True, True]


def test_shares_keep_their_two_numbers_and_nothing_has_no_share() -> None:
    solved, received = ratios(Counts(9, 3, 4, 2, 5, 1, 3, 1, 4, 3, 1))
    assert (solved.numerator, solved.denominator, received.denominator) == (4, 5, 9)
    assert ratios(summed([]))[0].denominator == 0


def test_the_columns_are_the_thirteen_of_the_form() -> None:
    assert [column.number for column in COLUMNS] == list(range(3, 14))
    with pytest.raises(ValueError, match="no such sign"):
        Compare(Fact.DUE, "~", 1)

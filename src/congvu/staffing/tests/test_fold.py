"""The fold: lines in order, carried along by merges and splits, nothing lost, nothing guessed."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from congvu.organisation.rules.picture import Flow
from congvu.staffing.rules.fold import Summed, apportioned, flow_days, fold, lows
from congvu.staffing.rules.kinds import CONG_CHUC

MERGED = date(2025, 3, 1)
LATER = date(2026, 1, 1)
WHOLE = Fraction(1)


def test_a_merger_brings_the_posts_to_the_unit_that_takes_over() -> None:
    flows = [Flow(1, 10, 30, MERGED, WHOLE, True), Flow(1, 20, 30, MERGED, WHOLE, True)]
    lines = [Summed(0, 10, CONG_CHUC, 40), Summed(0, 20, CONG_CHUC, 25), Summed(1, 30, CONG_CHUC, -5)]
    assert fold(lines[:2], flows, date(2025, 2, 28)).posts == {(10, CONG_CHUC): 40, (20, CONG_CHUC): 25}
    after = fold(lines, flows, MERGED)
    assert after.posts == {(30, CONG_CHUC): 60}
    assert [(one.from_id, one.to_id, one.posts) for one in after.carries] == [(10, 30, 40), (20, 30, 25)]


def test_a_split_by_known_shares_gives_whole_posts_that_add_up() -> None:
    flows = [
        Flow(1, 10, 20, MERGED, Fraction(3, 5), True),
        Flow(1, 10, 30, MERGED, Fraction(2, 5), True),
    ]
    assert fold([Summed(0, 10, CONG_CHUC, 7)], flows, MERGED).posts == {
        (20, CONG_CHUC): 4,
        (30, CONG_CHUC): 3,
    }


def test_shares_nobody_told_leave_the_posts_waiting_with_the_unit_that_had_them() -> None:
    flows = [Flow(1, 10, 20, MERGED, None, True), Flow(1, 10, 30, MERGED, Fraction(1, 2), True)]
    assert fold([Summed(0, 10, CONG_CHUC, 7)], flows, LATER).posts == {(10, CONG_CHUC): 7}


def test_a_part_that_leaves_takes_its_share_and_the_rest_stays() -> None:
    flows = [Flow(1, 10, 20, MERGED, Fraction(1, 3), False)]
    assert fold([Summed(0, 10, CONG_CHUC, 10)], flows, MERGED).posts == {
        (10, CONG_CHUC): 7,
        (20, CONG_CHUC): 3,
    }


def test_a_unit_that_merges_twice_on_one_day_ends_where_the_last_event_says() -> None:
    flows = [Flow(1, 10, 20, MERGED, WHOLE, True), Flow(2, 20, 30, MERGED, WHOLE, True)]
    assert fold([Summed(0, 10, CONG_CHUC, 9)], flows, MERGED).posts == {(30, CONG_CHUC): 9}


def test_the_lowest_day_is_found_between_two_that_look_well() -> None:
    by_day = {
        date(2022, 1, 1): [Summed(0, 10, CONG_CHUC, 5)],
        date(2022, 6, 1): [Summed(0, 10, CONG_CHUC, -8)],
        date(2023, 1, 1): [Summed(0, 10, CONG_CHUC, 8)],
    }
    low = lows(by_day, [])
    assert (low[10, CONG_CHUC].posts, low[10, CONG_CHUC].on) == (-3, date(2022, 6, 1))
    assert lows({date(2022, 1, 1): [Summed(0, 10, CONG_CHUC, 5)]}, []) == {}


_PARTS = st.lists(st.integers(1, 9), min_size=1, max_size=6)


@given(st.integers(-5000, 5000), _PARTS, st.integers(0, 20))
def test_parts_are_whole_posts_near_their_share_and_add_up(number: int, parts: list[int], rest: int) -> None:
    whole = sum(parts) + rest
    shares = [Fraction(part, whole) for part in parts]
    given_out = apportioned(number, shares)
    assert sum(given_out) == number
    assert all(abs(part - number * share) < 1 for part, share in zip(given_out, shares, strict=False))


_DAYS = [date(2020 + n // 4, n % 4 * 3 + 1, 1) for n in range(20)]
_FLOW = st.tuples(
    st.integers(1, 6), st.integers(1, 6), st.sampled_from(_DAYS),
    st.sampled_from([None, Fraction(1, 3), Fraction(2, 5), WHOLE]),
).filter(lambda one: one[0] != one[1])  # fmt: skip
_LINE = st.tuples(st.sampled_from(_DAYS), st.integers(1, 6), st.integers(-50, 200))


@given(st.lists(_LINE, max_size=30), st.lists(_FLOW, max_size=12), st.sampled_from(_DAYS))
def test_no_post_is_ever_lost_or_made(
    lines: list[tuple[date, int, int]], moves: list[tuple[int, int, date, Fraction | None]], on: date
) -> None:
    flows = [Flow(n, source, to, day, share, True) for n, (source, to, day, share) in enumerate(moves)]
    days = flow_days(flows, on)
    summed = [
        Summed(sum(bound <= day for bound in days), unit, CONG_CHUC, posts)
        for day, unit, posts in lines
        if day <= on
    ]
    assert fold(summed, flows, on).total(CONG_CHUC) == sum(posts for day, _, posts in lines if day <= on)

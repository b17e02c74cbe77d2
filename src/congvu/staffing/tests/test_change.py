"""Percentages on exact values from the base year: the figures of the ministry's own report."""

from decimal import Decimal
from fractions import Fraction

import pytest

from congvu.foundation.ui.formats import rounded
from congvu.staffing.rules.change import Change, beyond_target


@pytest.mark.parametrize(
    ("base", "now", "posts", "percent"),
    [
        (274_848, 247_344, -27_504, "-10.01"),  # civil servants 2015-2021
        (2_025_877, 1_783_174, -242_703, "-11.98"),  # public employees 2015-2021
        (100, 100, 0, "0.00"),
        (3, 4, 1, "33.33"),
        (100, 0, -100, "-100.00"),
    ],
)
def test_the_change_from_the_base_year(base: int, now: int, posts: int, percent: str) -> None:
    change = Change(base, now)
    assert change.posts == posts
    assert change.percent is not None
    assert rounded(change.percent) == Decimal(percent)


def test_ten_per_cent_was_exceeded_by_19_2_posts() -> None:
    assert beyond_target(Change(274_848, 247_344), Fraction(10)) == Fraction(192, 10)


def test_one_post_less_than_the_target_is_not_met_whatever_the_rounding_says() -> None:
    short = Change(100_000, 90_001)
    assert short.percent is not None
    assert rounded(short.percent, 1) == Decimal("-10.0")
    assert beyond_target(short, Fraction(10)) == -1


def test_without_a_base_there_is_no_percentage() -> None:
    assert Change(0, 5).percent is None
    assert Change(0, 5).percent_written == ""
    assert Change(274_848, 247_344).percent_written == "-2750400/274848"


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (
            Fraction(10_005, 1000),
            2,
            "10.01",
        ),  # a half goes up, where binary floats and bankers would say 10.00
        (Fraction(-10_005, 1000), 2, "-10.01"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(2, 3), 0, "1"),
    ],
)
def test_rounding_is_half_up_and_once(value: Fraction, places: int, expected: str) -> None:
    assert rounded(value, places) == Decimal(expected)

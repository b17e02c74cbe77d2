"""Vietnamese numbers and dates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from congvu.foundation.ui import formats


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (1234, None, "1.234"),
        (1234567, None, "1.234.567"),
        (-3, None, "−3"),
        (None, None, "–"),
        (1234.5, 1, "1.234,5"),
        (Decimal("0.05"), 1, "0,1"),  # half up, as a reader rounds
        (Decimal("2.5"), 0, "3"),
        (0.1 + 0.2, 2, "0,30"),
        (-0.04, 1, "0,0"),
    ],
)
def test_numbers(value: object, places: int | None, text: str) -> None:
    assert formats.number(value, places) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (394667, 398214, "99,1%"),
        (0, 5, "0,0%"),
        (0, 0, "–"),
        (None, 5, "–"),
        (5, None, "–"),
        (5, 5, "100,0%"),
    ],
)
def test_a_share_is_rounded_once_and_never_divides_by_nothing(
    part: int | None, whole: int | None, text: str
) -> None:
    assert formats.percent(part, whole) == text


def test_moments_are_shown_in_the_legal_zone() -> None:
    late_in_london = datetime(2026, 11, 19, 18, 30, tzinfo=UTC)
    assert formats.day(late_in_london) == "20/11/2026"
    assert formats.moment(late_in_london) == "20/11/2026 01:30"
    assert formats.weekday(late_in_london) == "Thứ Sáu"
    assert formats.weekday_short(date(2026, 11, 22)) == "CN"
    assert formats.day(None) == formats.moment(None) == formats.hour(None) == "–"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a và b"),
        (["a", "b", "c"], "a, b và c"),
        (list("abcdefg"), "a, b, c, d và 3 mục khác"),
    ],
)
def test_lists_of_words(words: list[str], text: str) -> None:
    assert formats.listing(words) == text

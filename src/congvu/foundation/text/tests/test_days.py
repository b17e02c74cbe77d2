"""Days as people type them are read, and what is no day is none: never an error."""

from datetime import date

import pytest

from congvu.foundation.text.days import read_day


@pytest.mark.parametrize("typed", ["20/11/2026", "20-11-26", " 20.11.2026 ", "2026-11-20"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "typed", ["", "31/2/2026", "1/1", "1/1/99999999999999", "²/1/2026", f"1/1/{'9' * 5000}", "a/b/c"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed) is None

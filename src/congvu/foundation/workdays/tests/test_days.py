"""Plain day arithmetic."""

from datetime import date, datetime

import pytest

from congvu.foundation.workdays import days


@pytest.mark.parametrize(
    ("day", "n", "answer"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), -9, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_or_the_last_day(day, n, answer):
    assert days.add_months(day, n) == answer


def test_periods_begin_and_end():
    assert days.month_range(2028, 2) == (date(2028, 2, 1), date(2028, 2, 29))
    assert days.quarter_range(2026, 4) == (date(2026, 10, 1), date(2026, 12, 31))
    assert days.year_range(2026) == (date(2026, 1, 1), date(2026, 12, 31))
    assert days.months_back(date(2026, 3, 31), 0) == date(2026, 3, 1)
    assert days.months_back(date(2026, 3, 31), 12) == date(2025, 3, 1)
    assert list(days.each_month(date(2026, 11, 20), date(2027, 1, 2))) == [
        days.month_range(2026, 11),
        days.month_range(2026, 12),
        days.month_range(2027, 1),
    ]


def test_a_month_sheet_has_whole_weeks_from_monday():
    rows = days.week_rows(*days.month_range(2026, 11))
    assert [row[0] for row in rows] == [date(2026, 10, 26), *(date(2026, 11, d) for d in (2, 9, 16, 23, 30))]
    assert all(len(row) == 7 and row[0].weekday() == 0 for row in rows)


def test_days_and_minutes_step():
    assert days.add_days(datetime(2026, 11, 20, 9), 3) == datetime(2026, 11, 23, 9)
    assert (days.next_day(date(2026, 12, 31)), days.previous_day(date(2026, 1, 1))) == (
        date(2027, 1, 1),
        date(2025, 12, 31),
    )
    assert days.days_between(date(2026, 11, 20), date(2026, 11, 18)) == -2
    assert list(days.each_day(date(2026, 11, 20), date(2026, 11, 19))) == []
    assert len(list(days.each_day(date(2026, 1, 1), date(2026, 12, 31)))) == 365
    assert days.minutes_between(datetime(2026, 11, 20, 9), datetime(2026, 11, 20, 9, 30, 59)) == 30
    assert days.add_minutes(datetime(2026, 11, 20, 23, 59), 2) == datetime(2026, 11, 21, 0, 1)
    assert days.day_start(date(2026, 11, 20)) == datetime(2026, 11, 20)

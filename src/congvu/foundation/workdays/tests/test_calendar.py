"""The computed calendar: Tết, holidays, days off in exchange, swaps; and where it differs from a published one."""

import csv
from datetime import date
from pathlib import Path

import holidays
import pytest
import vnlunar

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays import Closure, Day, DayKind, OfficeHours, Swap, calendar_for, due, parse_term
from congvu.foundation.workdays.days import each_day, year_range
from congvu.foundation.workdays.rules.holidays import holidays_of
from congvu.foundation.workdays.rules.hours import HoursSchedule
from congvu.foundation.workdays.rules.lunar import solar_date
from congvu.foundation.workdays.rules.swaps import KNOWN_SWAPS, applied_swaps, proposed_swaps

PLAIN = calendar_for()
SHARED = Path(__file__).resolve().parents[6] / "shared" / "data" / "holidays" / "swap_days.csv"

TET = {  # mùng 1, well known; 2007 and 2030 differ from the Chinese calendar
    2000: "05/02", 2005: "09/02", 2006: "29/01", 2007: "17/02", 2008: "07/02", 2010: "14/02", 2012: "23/01",
    2014: "31/01", 2015: "19/02", 2016: "08/02", 2017: "28/01", 2018: "16/02", 2019: "05/02", 2020: "25/01",
    2021: "12/02", 2022: "01/02", 2023: "22/01", 2024: "10/02", 2025: "29/01", 2026: "17/02", 2027: "06/02",
    2028: "26/01", 2029: "13/02", 2030: "02/02", 2033: "31/01", 2050: "23/01",
}  # fmt: skip


@pytest.mark.parametrize(("year", "day"), TET.items())
def test_tet_falls_on_its_well_known_day(year, day):
    d, m = map(int, day.split("/"))
    assert solar_date(year, 1, 1) == date(year, m, d)


def test_the_months_that_hold_holidays_agree_with_a_published_table_for_two_centuries():
    differing = []
    for year in range(2000, 2200):
        for month in range(1, 11):
            d, m, y = vnlunar.convert_lunar_to_solar(1, month, year, 0)
            if solar_date(year, month, 1) != date(y, m, d):
                differing.append((year, month))
    assert differing == [(2054, 4)]  # a new moon within a minute of midnight; no holiday is in month 4


@pytest.mark.parametrize(
    ("day", "kind", "reason"),
    [
        (date(2026, 1, 1), DayKind.LE, "Tết Dương lịch"),
        (date(2026, 2, 16), DayKind.LE, "Giao thừa Tết Nguyên đán"),
        (date(2026, 2, 20), DayKind.LE, "Mùng Bốn Tết"),
        (date(2026, 2, 23), DayKind.LAM_VIEC, "Thứ Hai"),
        (date(2026, 4, 26), DayKind.LE, "Giỗ Tổ Hùng Vương"),
        (
            date(2026, 4, 27),
            DayKind.NGHI_BU,
            "Nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch) 26/04/2026 trùng Chủ nhật",
        ),
        (date(2026, 9, 1), DayKind.LE, "Quốc khánh (ngày liền kề)"),
        (date(2026, 9, 2), DayKind.LE, "Quốc khánh"),
        (date(2026, 8, 31), DayKind.LAM_VIEC, "Thứ Hai"),
        (date(2026, 1, 2), DayKind.LAM_VIEC, "Thứ Sáu"),
        (date(2025, 11, 24), DayKind.LAM_VIEC, "Thứ Hai"),
        (date(2026, 11, 24), DayKind.LE, "Ngày Văn hóa Việt Nam"),
        (date(2025, 1, 27), DayKind.LE, "Ngày áp chót năm âm lịch"),
        (date(2025, 4, 26), DayKind.HOAN_DOI_LAM, "Làm bù cho ngày 02/05/2025"),
        (date(2025, 5, 2), DayKind.HOAN_DOI_NGHI, "Nghỉ hoán đổi, làm bù ngày 26/04/2025"),
        (date(2026, 11, 21), DayKind.NGHI_TUAN, "Thứ Bảy"),
    ],
)
def test_the_day_is(day, kind, reason):
    found = PLAIN.day(day)
    assert found.kind is kind and found.reason.startswith(reason)
    assert PLAIN.kind(day) is kind and PLAIN.works(day) == kind.works == found.works
    assert bool(found.citation) or kind is DayKind.LAM_VIEC


def test_the_days_off_of_twenty_years_differ_from_the_published_library_only_where_known():
    peer = holidays.Vietnam(years=range(2004, 2033))
    ours, theirs = set(), set()
    for year in range(2005, 2032):
        for day in each_day(*year_range(year)):
            if PLAIN.works(day) and not peer.is_working_day(day):
                ours.add(day)
            elif peer.is_working_day(day) and not PLAIN.works(day):
                theirs.add(day)
    assert ours == {
        date(2014, 1, 25),  # a worked Saturday the library lacks
        date(2014, 2, 8),  # the same
        date(2013, 1, 5),  # the same
        date(2013, 2, 23),  # the same
        date(2026, 8, 31),  # a swap nobody has confirmed to us: not applied
    }
    assert theirs == {
        date(2012, 12, 31),  # a swap the library lacks
        date(2014, 1, 28),  # the same
        date(2014, 2, 5),  # 2014's Tết was 1+4 by decision, the library's rule says otherwise
        date(2026, 8, 22),  # worked Saturday of the unconfirmed swap
    }


def test_a_year_not_decided_yet_is_marked_tentative():
    assert {day.date.isoformat() for day in PLAIN.tentative_days(date(2027, 1, 1), date(2027, 12, 31))} >= {
        "2027-02-06",
        "2027-09-03",
    }
    assert PLAIN.tentative_days(date(2026, 1, 1), date(2026, 12, 31)) == []
    found = due(date(2027, 1, 25), parse_term("10 ngày làm việc"), PLAIN)
    assert found.tentative and not due(date(2026, 1, 25), parse_term("10 ngày làm việc"), PLAIN).tentative
    decided = calendar_for(edits=[Day(d.date, d.kind, d.reason, "QĐ 1") for d in found.tentative])
    assert not due(date(2027, 1, 25), parse_term("10 ngày làm việc"), decided).tentative


@pytest.mark.parametrize("year", range(2000, 2200))
def test_every_year_has_its_holidays_and_exchanges_each_that_falls_on_a_week_end(year):
    days = holidays_of(year).values()
    holidays_off = [day for day in days if day.kind is DayKind.LE]
    assert len(holidays_off) >= (12 if year >= 2026 else 8) - 1  # 10/3 âm lịch may be 30/4
    weekend = [day for day in holidays_off if day.date.weekday() >= 5]
    exchanged = [day for day in days if day.kind is DayKind.NGHI_BU]
    assert len(weekend) == len(exchanged)
    assert all(day.date.weekday() < 5 for day in exchanged)


@pytest.mark.parametrize("year", [1999, 2200, 1, 9999])
def test_a_year_the_calendar_does_not_reach_is_refused_in_words(year):
    for ask in (
        lambda: PLAIN.day(date(year, 6, 1)),
        lambda: due(date(year, 6, 1), parse_term("5 ngày làm việc"), PLAIN),
        lambda: due(date(year, 6, 1), parse_term("1 giờ làm việc"), PLAIN),
        lambda: due(date(year, 6, 1), parse_term("30 ngày"), PLAIN),
        lambda: PLAIN.roll(date(year, 6, 1)),
        lambda: PLAIN.working_days_between(date(2026, 1, 1), date(year, 6, 1)),
    ):
        with pytest.raises(Refused, match=f"không có năm {year}"):
            ask()


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (date(2199, 12, 30), "5 ngày làm việc"),
        (date(2199, 12, 30), "30 ngày"),
        (date(2199, 12, 30), "1 năm"),
        (date(2199, 12, 30), "100 giờ làm việc"),
        (date(2199, 12, 30), "100 giờ"),
        (date(2000, 1, 3), "5 ngày làm việc trước"),
        (date(2000, 1, 3), "30 ngày trước"),
        (date(2000, 1, 3), "9 giờ làm việc trước"),
        (date(2000, 1, 3), "90 giờ trước"),
    ],
)
def test_a_term_that_runs_off_the_calendar_is_refused_in_words(start, text):
    with pytest.raises(Refused, match=r"không có năm (2200|1999)"):
        due(start, parse_term(text), PLAIN)


def test_a_swap_that_cannot_be_is_refused():
    for off, work, said in (
        (date(2026, 8, 30), date(2026, 8, 22), "vốn không phải ngày làm việc"),
        (date(2026, 9, 2), date(2026, 8, 22), "vốn không phải ngày làm việc"),
        (date(2026, 8, 31), date(2026, 8, 21), "không phải ngày nghỉ hằng tuần"),
        (date(2026, 8, 31), date(2027, 8, 21), "cách nhau quá xa"),
    ):
        with pytest.raises(Refused, match=said):
            calendar_for(swaps=[Swap(off, work, "thử")])


def test_a_swap_already_known_changes_nothing():
    assert calendar_for(swaps=[Swap(date(2025, 5, 2), date(2025, 4, 26), "lại")]) == PLAIN


def test_a_closure_on_a_day_of_a_swap_is_no_trouble():
    storm = Closure(date(2025, 5, 1), date(2025, 5, 3), "Bão", "CĐ")
    assert calendar_for(closures=[storm]).day(date(2025, 5, 2)).kind is DayKind.HOAN_DOI_NGHI


def test_two_calendars_of_the_same_decisions_are_equal():
    def made():
        return calendar_for(edits=[Day(date(2026, 11, 26), DayKind.LE, "x", "y")], hours=OfficeHours())

    assert made() == made() and hash(made()) == hash(made())
    assert made() != PLAIN


def test_hours_may_change_with_the_season():
    winter = OfficeHours(((450, 690), (780, 990)))
    calendar = calendar_for(hours=HoursSchedule(((date(2026, 10, 15), date(2027, 4, 15), winter),)))
    assert calendar.sessions(date(2026, 10, 14)) == ((420, 690), (810, 1020))
    assert calendar.sessions(date(2026, 10, 15)) == winter.sessions
    assert calendar.sessions(date(2026, 10, 17)) == ()


def test_a_partial_closure_takes_minutes_and_leaves_the_day():
    calendar = calendar_for(
        closures=[Closure(date(2026, 11, 23), date(2026, 11, 23), "Mất điện", "CĐ", 600, 900)]
    )
    assert calendar.sessions(date(2026, 11, 23)) == ((420, 600), (900, 1020))
    assert calendar.works(date(2026, 11, 23))


@pytest.mark.parametrize(
    "sessions", [(), ((500, 400),), ((400, 500), (450, 600)), ((0, 1441),), ((-5, 60),), ((60, 60),)]
)
def test_hours_that_cannot_be_are_refused(sessions):
    with pytest.raises(Refused):
        OfficeHours(sessions)


@pytest.mark.skipif(not SHARED.exists(), reason="the collected swap days are not beside this checkout")
def test_our_table_of_swaps_holds_every_collected_one_and_applies_none_unconfirmed():
    with SHARED.open(encoding="utf-8") as rows:
        collected = {
            (date.fromisoformat(row["day_off"]), date.fromisoformat(row["work_day_instead"])): row[
                "confidence"
            ]
            for row in csv.DictReader(rows)
        }
    assert {(swap.off, swap.work) for swap in KNOWN_SWAPS} == set(collected)
    unconfirmed = {pair for pair, confidence in collected.items() if confidence == "UNCONFIRMED"}
    assert {(swap.off, swap.work) for swap in applied_swaps()} == set(collected) - unconfirmed
    assert {(swap.off, swap.work) for swap in proposed_swaps(2026)} == unconfirmed

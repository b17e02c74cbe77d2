"""Public holidays of a year and the days off in exchange, computed from the labour code; pure.

Which five days are Tết, and which neighbour of 2 September is off, the Prime Minister fixes each year (BLLĐ 2019,
art. 112.3). A default rule stands in until the decision is known, and its days are marked tentative ("dự kiến");
known decisions are rows of `_TET` and `_NATIONAL_DAY`. An official's calendar edit overrides all of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_days
from congvu.foundation.workdays.rules.kinds import WEEKDAY_NAMES, Day, DayKind, Evidence, vn_date
from congvu.foundation.workdays.rules.lunar import solar_date

FIRST_YEAR, LAST_YEAR = (
    2000,
    2199,
)  # since the 40-hour week (02/10/1999); the lunar computation is checked to 2199

_CODE_1994 = "Bộ luật Lao động 1994, Điều 73"
_CODE_2007 = "Bộ luật Lao động 1994 (sửa đổi 2007), Điều 73"
_CODE_2012 = "Bộ luật Lao động 2012, Điều 115"
_CODE_2019 = "Bộ luật Lao động 2019, Điều 112"
_CULTURE_DAY = "Nghị quyết 28/2026/QH16"

# Tết decisions: year -> (days before mùng 1, days from mùng 1), evidence. Five days since the code of 2012.
_TET: dict[int, tuple[int, int, Evidence]] = {
    2014: (1, 4, Evidence.SEC),
    2015: (2, 3, Evidence.SEC),
    2016: (1, 4, Evidence.SEC),
    2017: (2, 3, Evidence.SEC),
    2018: (2, 3, Evidence.SEC),
    2019: (1, 4, Evidence.SEC),
    2020: (2, 3, Evidence.SEC),
    2021: (2, 3, Evidence.SEC),
    2022: (1, 4, Evidence.SEC),
    2023: (2, 3, Evidence.SEC),
    2024: (2, 3, Evidence.SEC),
    2025: (2, 3, Evidence.SEC),
    2026: (1, 4, Evidence.SEC),
}
# The day beside 2 September: year -> -1 (the day before) or +1 (the day after), evidence. Since 2021.
_NATIONAL_DAY: dict[int, tuple[int, Evidence]] = {
    2021: (1, Evidence.SEC),
    2022: (-1, Evidence.SEC),
    2023: (-1, Evidence.SEC),
    2024: (1, Evidence.SEC),
    2025: (-1, Evidence.SEC),
    2026: (-1, Evidence.SEC),
}
_TET_NAMES = {1: "Mùng Một Tết", 2: "Mùng Hai Tết", 3: "Mùng Ba Tết", 4: "Mùng Bốn Tết", 5: "Mùng Năm Tết"}


@cache
def holidays_of(year: int) -> dict[int, Day]:
    """Holidays (LE) and days off in exchange (NGHI_BU) of `year`, by ordinal of the date. Refuses an unknown year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            f"Lịch làm việc chỉ tính được từ năm {FIRST_YEAR} đến năm {LAST_YEAR}, không có năm {year}.",
            do="Kiểm tra lại ngày bắt đầu và thời hạn.",
        )
    found: dict[int, Day] = {}
    for day in sorted(_public_holidays(year), key=lambda one: one.date):
        found.setdefault(day.date.toordinal(), day)  # 10/3 âm lịch may fall on 30/4: one day, not two
    return found | _in_exchange(found)


def _public_holidays(year: int) -> Iterator[Day]:
    yield _fixed(date(year, 1, 1), "Tết Dương lịch")
    yield from _tet(year)
    if year >= 2007:
        yield _fixed(solar_date(year, 3, 10), "Giỗ Tổ Hùng Vương (10/3 âm lịch)")
    yield _fixed(date(year, 4, 30), "Ngày Chiến thắng")
    yield _fixed(date(year, 5, 1), "Ngày Quốc tế lao động")
    yield _fixed(date(year, 9, 2), "Quốc khánh")
    if year >= 2021:
        yield _beside_national_day(year)
    if year >= 2026:
        yield Day(date(year, 11, 24), DayKind.LE, "Ngày Văn hóa Việt Nam", _CULTURE_DAY, Evidence.SEC)


def _fixed(day: date, name: str) -> Day:
    code = _code_on(day)
    return Day(day, DayKind.LE, name, code, Evidence.TXT if code == _CODE_2019 else Evidence.SEC)


def _code_on(day: date) -> str:
    """The labour code in force on a day."""
    for since, code in (
        (date(2021, 1, 1), _CODE_2019),
        (date(2013, 5, 1), _CODE_2012),
        (date(2007, 4, 11), _CODE_2007),
    ):
        if day >= since:
            return code
    return _CODE_1994


def _tet(year: int) -> Iterator[Day]:
    first = solar_date(year, 1, 1)
    before, after, evidence, tentative = _tet_choice(year, first)
    code = _code_on(first)
    cited = f"{code}.3 (Thủ tướng chọn ngày hằng năm)" if code == _CODE_2019 else code
    for back in range(before, 0, -1):
        eve = add_days(first, -back)
        name = "Giao thừa Tết Nguyên đán" if back == 1 else "Ngày áp chót năm âm lịch"
        yield Day(eve, DayKind.LE, name, cited, evidence, tentative)
    for n in range(1, after + 1):
        yield Day(add_days(first, n - 1), DayKind.LE, _TET_NAMES[n], cited, evidence, tentative)


def _tet_choice(year: int, first: date) -> tuple[int, int, Evidence, bool]:
    """Days before and from mùng 1, evidence, tentative.

    Until 2013 the code itself said one and three. Since then the Prime Minister chooses 1+4 or 2+3. Default: 1+4,
    unless a Saturday is among those five days, then 2+3 (this fits 12 of the 13 decisions of 2014-2026).
    """
    if year < 2014:
        return 1, 3, Evidence.SEC, False
    if year in _TET:
        return *_TET[year], False
    saturday_inside = any(add_days(first, i).weekday() == 5 for i in range(-1, 4))
    return (2, 3, Evidence.MEM, True) if saturday_inside else (1, 4, Evidence.MEM, True)


def _beside_national_day(year: int) -> Day:
    """Default: the neighbour that joins 2 September to a week-end, else the day before."""
    national = date(year, 9, 2)
    default = 1 if national.weekday() in (0, 3, 6) else -1
    step, evidence = _NATIONAL_DAY.get(year, (default, Evidence.MEM))
    return Day(
        add_days(national, step),
        DayKind.LE,
        "Quốc khánh (ngày liền kề)",
        f"{_CODE_2019}.3 (Thủ tướng chọn ngày hằng năm)",
        evidence,
        tentative=year not in _NATIONAL_DAY,
    )


def _in_exchange(holidays: dict[int, Day]) -> dict[int, Day]:
    """A holiday on a weekly day off is made good on the next working day (BLLĐ 2019, art. 111.3), in order."""
    found: dict[int, Day] = {}
    for ordinal, day in sorted(holidays.items()):
        if day.date.weekday() < 5:
            continue
        free = ordinal + 1
        while date.fromordinal(free).weekday() >= 5 or free in holidays or free in found:
            free += 1
        found[free] = replace(
            day,
            date=date.fromordinal(free),
            kind=DayKind.NGHI_BU,
            reason=f"Nghỉ bù {day.reason} {vn_date(day.date)} trùng {WEEKDAY_NAMES[day.date.weekday()]}",
            citation="Bộ luật Lao động 2019, Điều 111.3" if day.date.year >= 2021 else day.citation,
        )
    return found

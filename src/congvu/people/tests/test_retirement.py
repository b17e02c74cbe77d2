"""Retirement age, month by month, as Phụ lục I of NĐ 135/2020/NĐ-CP prints it. A jurist can read this table.

Each line: sex, month of birth, age, month in which one retires (at the end of its last day).
"""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.workdays.days import add_months
from congvu.people.rules.retirement import ages_of, births_retiring, retirement_of
from congvu.people.rules.starter import ROWS

AGES = ages_of(next(row[2] for row in ROWS if row[0] == "people.retirement_age"))
TABLE = """
nam 12/1960 60 tuổi          12/2020
nam 01/1961 60 tuổi 3 tháng  04/2021
nam 09/1961 60 tuổi 3 tháng  12/2021
nam 10/1961 60 tuổi 6 tháng  04/2022
nam 06/1962 60 tuổi 6 tháng  12/2022
nam 07/1962 60 tuổi 9 tháng  04/2023
nam 03/1963 60 tuổi 9 tháng  12/2023
nam 04/1963 61 tuổi          04/2024
nam 12/1963 61 tuổi          12/2024
nam 01/1964 61 tuổi 3 tháng  04/2025
nam 09/1964 61 tuổi 3 tháng  12/2025
nam 10/1964 61 tuổi 6 tháng  04/2026
nam 06/1965 61 tuổi 6 tháng  12/2026
nam 07/1965 61 tuổi 9 tháng  04/2027
nam 03/1966 61 tuổi 9 tháng  12/2027
nam 04/1966 62 tuổi          04/2028
nam 05/1980 62 tuổi          05/2042
nu  12/1965 55 tuổi          12/2020
nu  01/1966 55 tuổi 4 tháng  05/2021
nu  08/1966 55 tuổi 4 tháng  12/2021
nu  09/1966 55 tuổi 8 tháng  05/2022
nu  04/1967 55 tuổi 8 tháng  12/2022
nu  05/1967 56 tuổi          05/2023
nu  12/1967 56 tuổi          12/2023
nu  01/1968 56 tuổi 4 tháng  05/2024
nu  08/1968 56 tuổi 4 tháng  12/2024
nu  09/1968 56 tuổi 8 tháng  05/2025
nu  04/1969 56 tuổi 8 tháng  12/2025
nu  05/1969 57 tuổi          05/2026
nu  12/1969 57 tuổi          12/2026
nu  01/1970 57 tuổi 4 tháng  05/2027
nu  04/1971 57 tuổi 8 tháng  12/2028
nu  12/1971 58 tuổi          12/2029
nu  08/1974 59 tuổi 4 tháng  12/2033
nu  04/1975 59 tuổi 8 tháng  12/2034
nu  05/1975 60 tuổi          05/2035
nu  01/1990 60 tuổi          01/2050
"""
LINES = [line.split(maxsplit=2) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("sex", "born", "rest"), LINES)
def test_the_table_of_the_decree(sex: str, born: str, rest: str) -> None:
    age, month = rest.rsplit(maxsplit=1)
    birth = date(int(born[3:]), int(born[:2]), 17)
    found = retirement_of(birth, sex, AGES)
    year, number = int(month[3:]), int(month[:2])
    assert found.age_words == age.strip()
    assert found.last_day == date(year, number, monthrange(year, number)[1])
    assert found.notice_by(6) == add_months(found.last_day, -6)


@given(birth=st.dates(date(1955, 1, 1), date(2000, 12, 31)), sex=st.sampled_from(("nam", "nu")))
def test_the_list_by_birth_months_finds_whom_the_rule_retires(birth: date, sex: str) -> None:
    last = retirement_of(birth, sex, AGES).last_day
    months = list(births_retiring(last.replace(day=1), last, AGES))
    assert any(one == sex and first <= birth <= end for one, first, end in months)
    other = add_months(last, 3)
    later = births_retiring(add_months(last, 1).replace(day=1), other, AGES)
    assert not any(one == sex and first <= birth <= end for one, first, end in later)


@given(
    births=st.lists(st.dates(date(1955, 1, 1), date(2000, 12, 31)), min_size=2, max_size=2),
    sex=st.sampled_from(("nam", "nu")),
)
def test_who_is_older_never_retires_later(births: list[date], sex: str) -> None:
    older, younger = sorted(births)
    assert retirement_of(older, sex, AGES).last_day <= retirement_of(younger, sex, AGES).last_day

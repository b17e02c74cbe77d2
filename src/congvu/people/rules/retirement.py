"""When a person reaches retirement age (Bộ luật Lao động 2019, Điều 169; NĐ 135/2020/NĐ-CP, Điều 3, 4, Phụ lục I). Pure.

The age is that of the year in which it is reached: it rises by three months a year for men to 62 (2028), by four for
women to 60 (2035). One leaves at the end of the last day of the month in which the age is reached.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.foundation.workdays.days import add_months, each_month, month_range
from congvu.people.rules.codes import FEMALE, MALE


@dataclass(frozen=True, slots=True)
class AgeRule:
    """The road of one sex, in months: `start` in the first year, `step` more each year, never past `ceiling`."""

    first_year: int
    start: int
    step: int
    ceiling: int
    before: int  # the age until the road began

    def age_in(self, year: int) -> int:
        """The age, in months, that counts for whoever reaches it in `year`."""
        if year < self.first_year:
            return self.before
        return min(self.start + self.step * (year - self.first_year), self.ceiling)


Ages = Mapping[str, AgeRule]


def ages_of(value: Mapping[str, Any]) -> Ages:
    """The rules out of the law table's row `people.retirement_age`."""
    return {sex: AgeRule(**value[sex]) for sex in (MALE, FEMALE)}


@dataclass(frozen=True, slots=True)
class Retirement:
    """The age, and the last day of work."""

    age_months: int
    last_day: date

    def notice_by(self, months: int) -> date:
        """The day by which the letter is out; how many months before is a row of the law table."""
        return add_months(self.last_day, -months)

    @property
    def age_words(self) -> str:
        years, months = divmod(self.age_months, 12)
        return f"{years} tuổi" + (f" {months} tháng" if months else "")


def retirement_of(birth: date, sex: str, ages: Ages) -> Retirement:
    """The retirement of someone born on a day. Only the month of birth decides."""
    rule = ages[sex]
    year = add_months(birth.replace(day=1), rule.before).year
    while True:
        age = rule.age_in(year)
        reached = add_months(birth.replace(day=1), age)
        if reached.year <= year:
            last = month_range(reached.year, reached.month)[1]
            return Retirement(age, last)
        year += 1


def births_retiring(first: date, last: date, ages: Ages) -> Iterator[tuple[str, date, date]]:
    """(sex, first and last day of birth) of all whose last day of work lies in a month of `first`..`last`.

    The inverse of `retirement_of`, so that a list of thousands is asked by index instead of computed one by one.
    """
    for sex, rule in ages.items():
        born_from = add_months(first.replace(day=1), -rule.ceiling)
        born_to = add_months(month_range(last.year, last.month)[1], -min(rule.before, rule.start))
        for month, end in each_month(born_from, born_to):
            if first <= retirement_of(month, sex, ages).last_day <= last:
                yield sex, month, end

"""Who retires, and whose next salary step is due: lists for those who keep people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu.foundation.sql import statement
from congvu.people.access import Sight
from congvu.people.models import RetirementNotice
from congvu.people.queries.lists import Row
from congvu.people.queries.present import BULK
from congvu.people.rules.retirement import Ages, births_retiring, retirement_of

Place = tuple[date, str, int]  # in the list: the last day of work, the name as it sorts, the person


def retiring(
    first: date,
    last: date,
    ages: Ages,
    sight: Sight,
    *,
    untold: bool = False,
    after: Place | None = None,
    limit: int = 50,
) -> list[tuple[Row, date]]:
    """Whom the reader sees, in a full post today, whose last day lies in a month of `first`..`last`, with that day; the
    first to leave first. `untold`: only who has had no letter. 1 statement."""
    months = list(births_retiring(first, last, ages))
    day, name, person = after or (None, None, None)
    rows = (
        statement(BULK, "retiring")
        .with_condition(sight.visible)
        .rows(
            {
                **sight.params,
                "sexes": [sex for sex, _, _ in months],
                "born_from": [start for _, start, _ in months],
                "born_to": [end for _, _, end in months],
                "last_days": [retirement_of(start, sex, ages).last_day for sex, start, _ in months],
                "untold": untold,
                "after_day": day,
                "after": name,
                "after_id": person,
                "limit": limit + 1,
            }
        )
    )
    return [(Row(*row[:-1]), row[-1]) for row in rows]


def notices_of(person_ids: Collection[int]) -> dict[int, RetirementNotice]:
    """The letter each has had. 1 statement."""
    rows = RetirementNotice.objects.filter(person__in=person_ids, superseded_at=None)
    return {row.person_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class StepDue:
    """Someone whose wait for the next step is over on `next_due`."""

    id: int
    number: str
    name: str
    grade: str
    step: int
    over_frame: int
    coefficient: Decimal
    next_due: date
    unit_id: int


def steps_due(
    until: date, sight: Sight, *, after: tuple[date, int] | None = None, limit: int = 50
) -> list[StepDue]:
    """Whose step is due up to a day, over the people whose records the reader keeps. 1 statement."""
    rows = (
        statement(BULK, "salary_due")
        .with_condition(sight.kept)
        .rows(
            {
                **sight.keeping_params,
                "until": until,
                "after": after[0] if after else None,
                "after_id": after[1] if after else None,
                "limit": limit + 1,
            }
        )
    )
    return [StepDue(*row) for row in rows]

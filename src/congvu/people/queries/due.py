"""Who retires, and whose next salary step is due: lists for those who keep people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu.foundation.sql import statement
from congvu.people.access import VISIBLE, Sight
from congvu.people.models import RetirementNotice
from congvu.people.queries.lists import Asked, Row, people_list
from congvu.people.queries.present import BULK
from congvu.people.rules.retirement import Ages, births_retiring

_BORN = """EXISTS (
    SELECT FROM unnest(%(sexes)s::text[], %(born_from)s::date[], %(born_to)s::date[]) AS born(sex, first, last)
     WHERE born.sex = v.sex AND v.birth BETWEEN born.first AND born.last) AND a.kind = 'full'"""
_UNTOLD = """NOT EXISTS (SELECT FROM people_retirementnotice n WHERE n.person_id = p.id AND n.superseded_at IS NULL)"""


def retiring(
    first: date,
    last: date,
    ages: Ages,
    sight: Sight,
    *,
    untold: bool = False,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Row]:
    """Whom the reader sees, in a full post today, whose last day lies in a month of `first`..`last`; `untold`: only who
    has had no letter. 1 statement."""
    months = list(births_retiring(first, last, ages))
    params = {
        "sexes": [sex for sex, _, _ in months],
        "born_from": [start for _, start, _ in months],
        "born_to": [end for _, _, end in months],
    }
    facts = f"{_BORN} AND {_UNTOLD}" if untold else _BORN
    return people_list(Asked(sight.today, facts=facts, params=params), sight, after=after, limit=limit)


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
    until: date, sight: Sight, *, after: tuple[str, int] | None = None, limit: int = 50
) -> list[StepDue]:
    """Whose step is due up to a day, over the people whose records the reader keeps. 1 statement."""
    rows = (
        statement(BULK, "salary_due")
        .with_condition(VISIBLE)
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

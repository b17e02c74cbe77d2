"""What files say of training, grade and planning. Asked only by `actions.read_standing`, which writes the log."""

import json
from collections.abc import Collection
from datetime import date

from congvu.foundation.sql import statement
from congvu.people.access import Sight
from congvu.people.queries.card import day_of
from congvu.people.queries.present import BULK
from congvu.people.rules.standing import PLANNING, Line, Standing, StepHeld


def standings(
    on: date,
    sight: Sight,
    *,
    people: Collection[int] | None = None,
    units: Collection[int] | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Standing]:
    """A keyset page of the people asked for whose records the reader keeps, by given name. 1 statement."""
    rows = (
        statement(BULK, "standing")
        .with_condition(sight.kept)
        .rows({
            **sight.keeping_params,
            "on": on,
            "planning": PLANNING,
            "people": None if people is None else list(people),
            "units": None if units is None else list(units),
            "after": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        })
    )  # fmt: skip
    return [Standing(*(*facts, _steps(steps), _lines(lines))) for *facts, steps, lines in rows]


def _steps(text: str) -> tuple[StepHeld, ...]:
    return tuple(
        StepHeld(grade, step, date.fromisoformat(since), by) for grade, step, since, by in json.loads(text)
    )


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(code, title, day_of(day)) for code, title, day in json.loads(text))

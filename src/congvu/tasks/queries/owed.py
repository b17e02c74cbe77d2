"""Who owes which plan on a day, for figures: everything of a year in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.foundation.sql import statement
from congvu.organisation.rules.picture import Picture
from congvu.tasks.rules.coverage import Coverage, Have, coverage


@dataclass(frozen=True, slots=True)
class Owed:
    """A plan owed and where its units stand."""

    duty_id: int
    name: str
    subject: str
    term: str
    first_year: int
    last_year: int
    coverage: Coverage


def owed(on: date, known: Picture, known_until: datetime | None = None) -> list[Owed]:
    """The plans owed for the year of `on`, as known before a moment. 1 statement."""
    rows = statement("congvu.tasks.bulk", "owed").rows({"year": on.year, "known_until": known_until})
    heads: dict[int, tuple[Any, ...]] = {}
    plans: dict[int, list[Have]] = {}
    for row in rows:
        heads.setdefault(row[0], row[1:9])
        held = plans.setdefault(row[0], [])
        if row[9] is not None:
            held.append(Have(*row[9:15]))
    found = []
    for number, (name, subject, term, first, last, classes, due, let_off) in heads.items():
        told = coverage(known, on, classes, plans[number], due_on=due, exempt=set(let_off))
        found.append(Owed(number, name, subject, term, first, last, told))
    return found

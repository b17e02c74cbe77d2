"""What dissolved units left open: dossiers that still name a unit which no longer exists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules.status import Status
from congvu.foundation.sql import statement


@dataclass(frozen=True, slots=True)
class Left:
    """A unit that is gone, with how many open dossiers still name it and how many open steps wait there."""

    unit_id: int
    dossiers: int
    steps: int


@dataclass(frozen=True, slots=True)
class LeftDossier:
    """An open dossier that names the unit; `steps`: the names of its steps open there, "" for none."""

    id: int
    code: str | None
    summary: str
    status: Status
    due_on: date | None
    steps: str


def left_by_units(sight: Visible, living: Iterable[int]) -> list[Left]:
    """The units not among `living` that open dossiers still name. 1 statement, over all that is open."""
    if sight.nothing:
        return []
    found = statement(BULK, "stranded").with_condition(sight.sql("d"))
    return [Left(*row) for row in found.rows({"living": list(living), **sight.params})]


def left_by(sight: Visible, unit_id: int, limit: int) -> list[LeftDossier]:
    """The open dossiers that name one unit, oldest first, at most `limit`. 1 statement."""
    if sight.nothing:
        return []
    found = statement(BULK, "stranded_of").with_condition(sight.sql("d"))
    rows = found.rows({"unit": unit_id, "limit": limit, **sight.params})
    return [LeftDossier(one[0], one[1], one[2], Status(one[3]), one[4], one[5] or "") for one in rows]

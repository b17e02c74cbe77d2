"""Đọc hồ sơ để xét: what files say of training, grade and planning, read by their keepers; every reading in the log."""

from collections.abc import Collection
from datetime import date, datetime

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.people.access import Sight
from congvu.people.queries.standing import standings
from congvu.people.rules.standing import Standing


def read_standing(
    on: date,
    sight: Sight,
    *,
    why: str,
    by: Actor,
    at: datetime,
    people: Collection[int] | None = None,
    units: Collection[int] | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Standing]:
    """A page of the people asked for, of those whose records the actor keeps, as a duty; nobody else's. 2 statements.

    Asks for one row more than `limit`: it says that more follow, and is not logged.
    """
    found = standings(on, sight, people=people, units=units, after=after, limit=limit + 1)
    rows = [(one.person_id, None, {"on": on.isoformat()}) for one in found[:limit]]
    record_many("people.read_file", "person", rows, by=by, at=at, why=why[:300])
    return found

"""People still in posts of units that are no more: a decision must place each."""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.sql import statement
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight
from congvu.people.queries.present import BULK


@dataclass(frozen=True, slots=True)
class Stranded:
    """A post held past the end of its unit."""

    post_id: int
    person_id: int
    number: str
    name: str
    unit_id: int
    position: str
    pool: str
    ended: date


def stranded(sight: Sight, known: Picture, *, after: int | None = None, limit: int = 100) -> list[Stranded]:
    """Whom the reader sees, in posts of units ended by today. 1 statement; none when no unit ever ended."""
    ended = {
        unit: end
        for unit in known.unit_ids
        if (end := known.of(unit)[-1].valid_to) is not None and end <= sight.today
    }
    if not ended:
        return []
    params = {"gone": list(ended), "ended": list(ended.values()), "after": after, "limit": limit + 1}
    rows = statement(BULK, "stranded").with_condition(sight.visible).rows({**sight.params, **params})
    return [Stranded(*row) for row in rows]

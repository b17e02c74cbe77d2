"""Lists of people: who holds a post on a day, found by name without diacritics, by unit, pool, kind of post."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from congvu.foundation.sql import filled
from congvu.foundation.text import fold
from congvu.people.access import Sight
from congvu.people.queries.belief import believed
from congvu.people.queries.present import BULK

# An office with its rooms: its people are found first, then put in order; of more units the first page is found by name.
FEW_UNITS = 200
_IN_UNITS = """p.id IN (
    SELECT w.person_id FROM people_appointment w
     WHERE {w} AND w.unit_id = ANY(%(units)s::bigint[])
       AND w.valid_from <= %(on)s::date AND (w.valid_to IS NULL OR w.valid_to > %(on)s::date))"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. `units` None: everywhere the reader sees. `facts`: more conditions, our own SQL."""

    on: date
    known_at: datetime | None = None
    words: str = ""
    units: tuple[int, ...] | None = None
    kind: str = ""
    pool: str = ""
    facts: str = "true"
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A person of a list, with the foremost post of the day."""

    id: int
    number: str
    name: str
    birth: date
    sex: str
    sort_key: str
    unit_id: int
    position: str
    kind: str
    pool: str
    since: date


def people_list(
    asked: Asked, sight: Sight, *, after: tuple[str, int] | None = None, limit: int = 50
) -> list[Row]:
    """A keyset page of the people of a day whom the reader sees, by given name. 1 statement."""
    sql = filled(
        BULK,
        "list",
        a=believed("a", asked.known_at),
        v=believed("v", asked.known_at),
        facts=asked.facts,
        within=_within(asked),
    ).with_condition(sight.visible)
    rows = sql.rows(
        {
            **sight.params,
            **asked.params,
            "on": asked.on,
            "known": asked.known_at,
            "words": " & ".join(f"{word}:*" for word in fold(asked.words).split()),
            "number": asked.words.strip()[:20],
            "units": None if asked.units is None else list(asked.units),
            "kind": asked.kind,
            "pool": asked.pool,
            "after": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit + 1,
        }
    )
    return [Row(*row) for row in rows]


def _within(asked: Asked) -> str:
    """Only who holds a post in a few units, asked before anything is sorted by name."""
    if asked.units is None or len(asked.units) > FEW_UNITS:
        return "true"
    return _IN_UNITS.replace("{w}", believed("w", asked.known_at))

"""One person: the card anyone who sees the list may open, with the line of posts; and the file behind it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.foundation.sql import filled
from congvu.people.access import Sight, home_unit
from congvu.people.queries.belief import believed
from congvu.people.queries.present import BULK
from congvu.people.rules.codes import ENDINGS, FULL, POOLS, POST_KINDS


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post of the life line."""

    id: int
    unit_id: int
    kind: str
    pool: str
    position: str
    valid_from: date
    valid_to: date | None
    ending: str
    ending_decision: str
    decision: str
    decision_date: date | None
    recorded_at: datetime

    @property
    def kind_words(self) -> str:
        return POST_KINDS.get(self.kind, self.kind)

    @property
    def pool_words(self) -> str:
        return POOLS.get(self.pool, self.pool)

    @property
    def ending_words(self) -> str:
        return ENDINGS.get(self.ending, "")

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Card:
    """A person as the lists know one: number, name, posts."""

    id: int
    number: str
    name: str
    sex: str
    posts: tuple[PostLine, ...]
    home: int  # the unit whose keepers keep the file: of today's full post, else of the last; 0 when none is left

    def on(self, day: date) -> list[PostLine]:
        """The posts held on a day."""
        return [one for one in self.posts if one.covers(day)]

    def full_on(self, day: date) -> PostLine | None:
        """The full post of a day, else the last one there was."""
        full = [one for one in self.posts if one.kind == FULL]
        return next((one for one in full if one.covers(day)), full[-1] if full else None)


def card(number: str, sight: Sight, on: date, known_at: datetime | None = None) -> Card | None:
    """The card of a number; None for nobody, and for somebody the reader does not see. 1 statement."""
    places = {"a": believed("a", known_at), "v": believed("v", known_at), "home": home_unit("p.id")}
    sql = filled(BULK, "card", **places).with_condition(sight.visible)
    rows = sql.rows({**sight.params, "number": number.upper(), "on": on, "known": known_at})
    if not rows:
        return None
    pk, number, name, sex, posts, home = rows[0]
    return Card(pk, number, name, sex, tuple(map(_post, json.loads(posts))), home)


def _post(row: Mapping[str, Any]) -> PostLine:
    return PostLine(
        row["id"], row["unit_id"], row["kind"], row["pool"], row["position"], _day(row["valid_from"]),
        day_of(row["valid_to"]), row["ending"], row["ending_decision"], row["decision_number"], day_of(row["decision_date"]),
        datetime.fromisoformat(row["recorded_at"]),
    )  # fmt: skip


def day_of(text: str | None) -> date | None:
    """A day as JSON writes it."""
    return date.fromisoformat(text) if text else None


def _day(text: str) -> date:
    return date.fromisoformat(text)

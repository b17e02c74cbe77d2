"""Whose keepers keep someone's file: those of the unit of today's full post, else of the last post. Pure.

`access.home_unit` says the same in SQL; a test holds the two together.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from congvu.people.rules.codes import FULL


class OfUnit(Protocol):
    """A post, enough of it to see who keeps the file."""

    id: int
    unit_id: int
    kind: str
    valid_from: date
    valid_to: date | None


def home_of(posts: Iterable[OfUnit], today: date) -> int:
    """The unit of the post that covers today, of a full one before another, of the latest; 0 when there is none."""

    def rank(one: OfUnit) -> tuple[bool, bool, date, int]:
        covers = one.valid_from <= today and (one.valid_to is None or today < one.valid_to)
        return covers, one.kind == FULL, one.valid_from, one.id

    last = max(posts, key=rank, default=None)
    return last.unit_id if last is not None else 0

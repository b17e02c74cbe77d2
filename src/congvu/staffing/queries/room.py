"""How many more people a unit may take: the posts given to it, or to the office it belongs to, less those present."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.queries.present import present
from congvu.staffing.queries.ledger import BULK, balances, set_by
from congvu.staffing.queries.pools import pool_book
from congvu.staffing.rules.fold import Key
from congvu.staffing.rules.limits import Room, refusal_beyond


@dataclass(frozen=True, slots=True)
class _Day:
    """The ledger and the people of a day."""

    on: date
    known: Picture
    posts: Mapping[Key, int]
    people: Mapping[int, Mapping[str, int]]

    def holder(self, unit_id: int, pool: str) -> int | None:
        """The unit itself or the nearest above that was given posts of the pool: rooms live on their office's posts."""
        line = (unit_id, *(span.unit_id for span in self.known.ancestors(unit_id, self.on)))
        return next((unit for unit in line if self.posts.get((unit, pool))), None)

    def present(self, holder: int, pool: str) -> int:
        """People who sit on the holder's posts: its own and those of units below that hold none themselves."""
        return sum(
            of.get(pool, 0)
            for unit in self.known.subtree([holder], self.on)
            if (of := self.people.get(unit)) and self.holder(unit, pool) == holder
        )


@dataclass(frozen=True, slots=True)
class Beyond:
    """A unit with more people than posts in a pool."""

    unit_id: int
    pool: str
    posts: int
    people: int


def beyond_posts(on: date, known: Picture) -> list[Beyond]:
    """Where people outnumber the posts given, a room's people counted on its office's posts. 2 statements.

    Where no decision ever gave posts of a pool, the ledger is not kept and nothing is told.
    """
    day = _Day(on, known, balances([on], known)[0].posts, present(None, on))
    sitting: dict[Key, int] = {}
    for unit, of in day.people.items():
        for pool, heads in of.items():
            holder = day.holder(unit, pool)
            if holder is not None:
                sitting[holder, pool] = sitting.get((holder, pool), 0) + heads
    return [Beyond(*key, day.posts[key], heads) for key, heads in sitting.items() if heads > day.posts[key]]


def refused_posts(gained: Sequence[Key], lost: Iterable[Key], on: date) -> dict[int, Refused]:
    """Of the full posts taken on a day (`gained`: unit and pool), those for which no post is free once those of `lost` are
    given up: their places, each with a refusal that names the decision that set the number. 5 statements, 1 more for
    each unit and pool that is full.

    Waits for the writer before, also of the ledger, until its transaction ends: two people never take one last post.
    Where no decision ever gave posts of the pool, the ledger is not kept there and says nothing.
    """
    if not gained:
        return {}
    statement(BULK, "lock_ledger").rows()
    known = picture()
    now = _Day(on, known, balances([on], known)[0].posts, present(None, on))
    wanted: dict[Key, list[int]] = {}
    for at, (unit, pool) in enumerate(gained):
        holder = now.holder(unit, pool)
        if holder is not None:
            wanted.setdefault((holder, pool), []).append(at)
    freed = Counter((now.holder(unit, pool), pool) for unit, pool in lost)
    pools = pool_book().on(on)
    refused: dict[int, Refused] = {}
    for (holder, pool), places in wanted.items():
        more = len(places) - freed[holder, pool]
        if more <= 0 or pool not in pools or not pools[pool].binding:
            continue
        balance, there = now.posts[holder, pool], now.present(holder, pool)
        if there + more <= balance:
            continue
        source = set_by([holder], pool, on)
        words = source.words if source else "sự kiện sắp xếp tổ chức"
        refusal = refusal_beyond(Room(known.name(holder, on), pools[pool].name, balance, there, words), more)
        first_without = freed[holder, pool] + max(0, balance - there)
        refused |= {at: refusal for at in places[first_without:] if refusal is not None}
    return refused

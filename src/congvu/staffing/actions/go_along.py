"""Posts as what follows a unit: the fold carries them, so nothing is written; the record says what the fold did."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, AUDITOR, LEADER, PERSONNEL
from congvu.foundation.workdays.days import previous_day
from congvu.organisation.queries import picture
from congvu.organisation.rules.following import COUNTED, Example, Going, Kind, Share
from congvu.organisation.rules.picture import Picture
from congvu.staffing.queries.ledger import balances

POST = Kind(
    "post",
    "Biên chế được giao",
    "biên chế",
    COUNTED,
    "theo phần ghi trong quyết định; phần còn lại chờ quyết định biên chế",
)

_READERS = (PERSONNEL, LEADER, AUDITOR, ADMIN)


class Posts:
    """See organisation's rules.following.Follower."""

    kinds = (POST,)

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        """1 statement."""
        posts = balances([previous_day(day)], known)[0].posts
        return {
            (unit, POST.code): number for unit, number in _by_unit(posts).items() if unit in set(unit_ids)
        }

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]:
        return [
            Example(unit, POST.code, "sổ biên chế", reverse("ledger"), _READERS, bare=False)
            for unit in unit_ids
        ]

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        return {}

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        """1 statement."""
        return {POST.code: sum(balances([day], known)[0].posts.values())}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        """What the flows of the day carried away. 2 statements; none when undone: the flow is not believed any more."""
        if going.undoes is not None:
            return Share()
        eve, day = balances([previous_day(going.day), going.day], picture())
        held = _by_unit(eve.posts).get(going.from_id, 0)
        return Share({POST.code: max(0, held - _by_unit(day.posts).get(going.from_id, 0))}, whole=True)


def _by_unit(posts: Mapping[tuple[int, str], int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for (unit, _), number in posts.items():
        found[unit] = found.get(unit, 0) + number
    return found

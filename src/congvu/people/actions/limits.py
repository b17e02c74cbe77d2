"""Nobody is recruited or taken over beyond the posts given. How many were given is known by an area above this one, so
the settings name who is asked (`POSTS_GUARDS`), as `config/wiring.py` names reactions; but here and at once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.rules.picture import Picture
from congvu.people.queries.present import first_recorded
from congvu.people.rules.codes import FULL
from congvu.people.rules.record import Post

Place = tuple[int, str]  # a unit, a pool


def refuse_beyond_posts(gained: Iterable[Post], lost: Iterable[Post], today: date) -> None:
    """Ask every guard whether these full posts may be taken by people, those of `lost` becoming free the same day."""
    for refusal in posts_refused(list(gained), lost, today).values():
        raise refusal


def posts_refused(gained: Sequence[Post], lost: Iterable[Post], today: date) -> dict[int, Refused]:
    """The posts that may not be taken, by their place in `gained`, each with the refusal. Asked of the day a post begins,
    or today when it has begun; who then still holds it takes a place, also in a post with an end."""
    freed: list[Place] = [(post.unit_id, post.pool) for post in lost]
    refused: dict[int, Refused] = {}
    days = {max(today, post.valid_from) for post in gained if _counts(post, today)}
    for day in sorted(days):
        asked = [at for at, post in enumerate(gained) if at not in refused and _counts(post, day, begun=True)]
        for name in settings.POSTS_GUARDS:
            places = [(gained[at].unit_id, gained[at].pool) for at in asked]
            told: dict[int, Refused] = import_string(name)(places, freed, day)
            refused |= {asked[at]: refusal for at, refusal in told.items() if asked[at] not in refused}
    return refused


def _counts(post: Post, day: date, *, begun: bool = False) -> bool:
    """Whether the post takes a place on the day, or on a later one unless it must have `begun`."""
    ended = post.valid_to is not None and post.valid_to <= day
    return post.kind == FULL and not ended and not (begun and post.valid_from > day)


def newcomers(posts: Sequence[Post], known: Picture, today: date) -> list[int]:
    """Which of the posts, by their place, begin when the register of their office was kept already, or are still to come:
    who holds these is taken in anew. Who was there before that is only written down, even beyond the posts. 1 statement."""
    kept: dict[int, date] = {}
    for unit, first in first_recorded().items():
        office = _office(unit, known, today)
        kept[office] = min(first, kept.get(office, first))
    return [
        at
        for at, post in enumerate(posts)
        if post.valid_from > today
        or ((since := kept.get(_office(post.unit_id, known, today))) and post.valid_from >= since)
    ]


def _office(unit_id: int, known: Picture, on: date) -> int:
    """The unit directly under the province's committee to which a unit belongs, or itself."""
    line = (unit_id, *(span.unit_id for span in known.ancestors(unit_id, on)))
    return line[-2] if len(line) > 1 else unit_id


def warnings_of_post(person_id: int, post: Post, *, by: Actor, at: datetime) -> list[str]:
    """What whoever gives the post should know first (`POSTS_WARNINGS`), in words. It refuses nothing."""
    return [
        said
        for name in settings.POSTS_WARNINGS
        for said in import_string(name)(person_id, post, by=by, at=at)
    ]

"""Nobody is recruited or taken over beyond the posts given. How many were given is known by an area above this one, so
the settings name who is asked (`POSTS_GUARDS`), as `config/wiring.py` names reactions; but here and at once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from congvu.foundation.identity.actor import Actor
from congvu.people.rules.codes import FULL
from congvu.people.rules.record import Post

Place = tuple[int, str]  # a unit, a pool


def refuse_beyond_posts(gained: Iterable[Post], lost: Iterable[Post], today: date) -> None:
    """Ask every guard whether these full posts may be taken by people, those of `lost` becoming free the same day."""
    opened = [post for post in gained if post.kind == FULL and post.valid_to is None]
    if not opened:
        return
    day = max(today, *(post.valid_from for post in opened))
    freed: list[Place] = [(post.unit_id, post.pool) for post in lost]
    for name in settings.POSTS_GUARDS:
        import_string(name)([(post.unit_id, post.pool) for post in opened], freed, day)


def warnings_of_post(person_id: int, post: Post, *, by: Actor, at: datetime) -> list[str]:
    """What whoever gives the post should know first (`POSTS_WARNINGS`), in words. It refuses nothing."""
    return [
        said
        for name in settings.POSTS_WARNINGS
        for said in import_string(name)(person_id, post, by=by, at=at)
    ]

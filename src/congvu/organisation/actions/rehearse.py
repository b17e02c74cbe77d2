"""Diễn thử: what an action would do, by doing it and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from congvu.organisation import queries
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The organisation before and after an action that was not kept."""

    before: Picture
    after: Picture


def rehearse(action: Callable[[], object]) -> Rehearsal:
    """Run the action, look, and roll back: the preview cannot differ from the deed. Refusals pass through.

    4 statements beside the action's. Holds the writers' lock for as long as the action runs.
    """
    with transaction.atomic():
        before = queries.picture_now()
        action()
        after = queries.picture_now()
        transaction.set_rollback(True)
    return Rehearsal(before, after)

"""Mark that something else hangs on a dossier, so that its verbs ask after it."""

from collections.abc import Collection

from django.db.models import F

from congvu.dossiers.models import Dossier, Tie


def tie(ids: Collection[int], what: Tie) -> None:
    """Mark dossiers as tied to something else. 1 statement, none for an empty set."""
    if ids:
        Dossier.objects.filter(pk__in=ids).update(ties=F("ties").bitor(what.value))

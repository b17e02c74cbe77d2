"""Originals taken in, and the store of results by personal number (NĐ 61/2018, Điều 20.2, 20.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, Sum

from congvu.dossiers.models import HeldOriginal
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.rules.papers import names, usable
from congvu.dossiers.rules.status import Status, Verdict


@dataclass(frozen=True, slots=True)
class Stored:
    """A result of the store."""

    id: int
    name: str
    number: str
    signed_on: date | None
    valid_until: date | None
    file_id: int | None
    file_name: str
    dossier_id: int
    code: str
    added_at: datetime

    def usable(self, on: date) -> bool:
        return usable(self.valid_until, on)


def store_of(number: str) -> list[Stored]:
    """The results given to the owner with a personal number, newest first, at most 50. 1 statement; none without a number.

    The caller has asked whether the reader may look, and writes the look down (`actions.look_in_store`).
    """
    if not number:
        return []
    rows = filled("store").rows(
        {"number": number, "done": [Status.FINISHED, Status.RETURNED], "refused": Verdict.REFUSED}
    )
    return [Stored(*row) for row in rows]


def offers_for(store: Iterable[Stored], paper: str, on: date) -> list[Stored]:
    """The stored results that may be the paper on a day. No statement."""
    return [one for one in store if names(paper, one.name) and one.usable(on)]


def originals_of(dossier_id: int) -> list[HeldOriginal]:
    """The originals a dossier took in. 1 statement; asked only of one tied to originals."""
    return list(HeldOriginal.objects.filter(dossier=dossier_id).order_by("id"))


def how_many_held(ids: list[int]) -> dict[int, int]:
    """How many originals are not given back, kept with a reason or not, by dossier. 1 statement."""
    rows = HeldOriginal.objects.filter(returned_at__isnull=True, dossier__in=ids)
    return dict(rows.values_list("dossier_id").annotate(Sum("count")))


def still_held(ids: list[int]) -> dict[int, str]:
    """The names of originals neither given back nor kept with a reason, by dossier. 1 statement."""
    found: dict[int, str] = {}
    rows = HeldOriginal.objects.filter(Q(returned_at__isnull=True) & Q(kept_why=""), dossier__in=ids)
    for dossier, name in rows.order_by("id").values_list("dossier_id", "name"):
        found[dossier] = f"{found[dossier]}; {name}" if dossier in found else name
    return found

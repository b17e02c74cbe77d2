"""Doubts to be worked off."""

from dataclasses import dataclass

from django.db.models import Count

from congvu.procedures.models import Doubt
from congvu.procedures.rules.doubts import DoubtKind
from congvu.procedures.rules.words import DoubtState


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    label: str
    open: int
    settled: int


def counts_by_kind() -> list[KindCount]:
    """Per kind, how many are open and how many settled; the most open first. 1 statement."""
    table: dict[str, list[int]] = {}
    for kind, state, count in Doubt.objects.values_list("kind", "state").annotate(n=Count("id")).order_by():
        row = table.setdefault(kind, [0, 0])
        row[0 if state == DoubtState.OPEN.value else 1] += count
    lines = [KindCount(kind, DoubtKind.label_of(kind), both[0], both[1]) for kind, both in table.items()]
    return sorted(lines, key=lambda one: (-one.open, one.label))


def doubt_page(
    *, kind: str = "", state: str = DoubtState.OPEN.value, code: str = "", after_id: int = 0, limit: int = 50
) -> list[Doubt]:
    """A page of doubts in order of import, with procedure and process; one more than `limit` when more follow.

    1 statement.
    """
    found = Doubt.objects.select_related("procedure", "process").filter(id__gt=after_id).order_by("id")
    found = found.defer("process__original")
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if code:
        found = found.filter(procedure__code=code)
    return list(found[: limit + 1])


def open_ids(kind: str, *, limit: int) -> list[int]:
    """The open doubts of a kind, oldest first, `limit` at most. 1 statement."""
    found = Doubt.objects.filter(kind=kind, state=DoubtState.OPEN.value).order_by("id")
    return list(found.values_list("id", flat=True)[:limit])

"""Sets and their criteria."""

from collections.abc import Iterable
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.indices.models import Criterion, IndexSet
from congvu.indices.rules.scoring import read_rule
from congvu.indices.rules.sets import APPROVED, Bands, read_bands
from congvu.indices.rules.tree import Node


def set_list(*, drafts: bool, before: int | None = None, limit: int = 50) -> list[IndexSet]:
    """A keyset page of sets, the newest first. 1 statement."""
    found = IndexSet.objects.order_by("-pk")
    if not drafts:
        found = found.filter(state=APPROVED)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found[: limit + 1])


def set_of(set_id: int, *, drafts: bool) -> IndexSet | None:
    """A set, None when there is none or it is a draft the reader does not see. 1 statement."""
    found = IndexSet.objects.filter(pk=set_id)
    return (found if drafts else found.filter(state=APPROVED)).first()


def set_named(code: str, edition: str = "") -> IndexSet:
    """The newest approved edition of a set, or the one named. 1 statement. Refuses a set there is not."""
    found = IndexSet.objects.filter(code=code, state=APPROVED).order_by("-edition", "-pk")
    if edition:
        found = found.filter(edition=edition)
    one = found.first()
    if one is None:
        raise Refused(
            f"Không có bộ chỉ số «{code[:40]}»{f' năm {edition[:20]}' if edition else ''} đã phê duyệt.",
            where="set",
            do="Xem danh sách ở trang «Bộ chỉ số».",
        )
    return one


def criteria_of(set_ids: Iterable[int]) -> dict[int, list[Criterion]]:
    """The criteria of sets in their order. 1 statement for any number."""
    found: dict[int, list[Criterion]] = {}
    for one in Criterion.objects.filter(set__in=list(set_ids)).order_by("set", "place"):
        found.setdefault(one.set_id, []).append(one)
    return found


def nodes_of(criteria: Iterable[Criterion]) -> tuple[Node, ...]:
    """Rows as the rules know them. No statement."""
    return tuple(
        Node(
            one.code, one.name, None if one.maximum is None else Fraction(one.maximum),
            read_rule(one.rule) if one.rule else None, one.figure, one.proof, one.same_as,
        )
        for one in criteria
    )  # fmt: skip


def bands_of(one: IndexSet) -> Bands:
    return read_bands(one.bands)

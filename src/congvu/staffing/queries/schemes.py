"""Job-position schemes: the versions of a unit, what is in force on a day, those that wait."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from congvu.foundation.lawtable.queries import rules_at
from congvu.organisation.rules.picture import Picture
from congvu.people.queries.law import GRADES, SCALES
from congvu.people.rules.salary import Grades, grades_of
from congvu.staffing.models import PositionLine, Scheme
from congvu.staffing.queries.ledger import balances
from congvu.staffing.queries.pools import PREFIX as POOL_RULES
from congvu.staffing.queries.pools import Pool, PoolBook
from congvu.staffing.queries.standards import Kept, standards_of
from congvu.staffing.rules.schemes import APPROVED


def versions(unit_id: int, *, drafts: bool) -> list[Scheme]:
    """Every version of a unit's scheme, the newest first; those not approved only with `drafts`. 1 statement."""
    return _versions(Q(unit=unit_id), drafts=drafts)


def versions_beside(scheme_id: int, *, drafts: bool) -> list[Scheme]:
    """Every version of the unit that a version belongs to, that one among them, as in `versions`. 1 statement."""
    return _versions(Q(unit__in=Scheme.objects.filter(pk=scheme_id).values("unit")), drafts=drafts)


def _versions(of: Q, *, drafts: bool) -> list[Scheme]:
    found = Scheme.objects.filter(of).order_by("-version")
    return list(found if drafts else found.filter(state=APPROVED))


def in_force(of: Iterable[Scheme], on: date) -> Scheme | None:
    """Which of a unit's versions is in force on a day. No statement."""
    begun = [
        one for one in of if one.state == APPROVED and one.valid_from is not None and one.valid_from <= on
    ]
    return max(begun, key=lambda one: one.valid_from or on, default=None)


def scheme(scheme_id: int, *, drafts: bool, seen: Collection[int] | None) -> Scheme | None:
    """A version, None when there is none or the reader does not see it. 1 statement."""
    found = Scheme.objects.filter(pk=scheme_id)
    if not drafts:
        found = found.filter(state=APPROVED)
    return (found if seen is None else found.filter(unit__in=seen)).first()


def lines_of(scheme_id: int) -> list[PositionLine]:
    """The positions of a version by place. 1 statement."""
    return list(PositionLine.objects.filter(scheme=scheme_id).order_by("place", "id"))


def scheme_list(
    *, drafts: bool, seen: Collection[int] | None, state: str = "", before: int | None = None, limit: int = 50
) -> list[Scheme]:
    """A keyset page of versions, the newest first, each with `positions` and `people` counted. 1 statement."""
    wanted = Q() if drafts else Q(state=APPROVED)
    if seen is not None:
        wanted &= Q(unit__in=seen)
    if state:
        wanted &= Q(state=state)
    if before is not None:
        wanted &= Q(pk__lt=before)
    found = Scheme.objects.filter(wanted).annotate(positions=Count("lines"), people=Sum("lines__holders"))
    return list(found.order_by("-pk")[: limit + 1])


def holders_by_grade(units: Collection[int] | None, on: date, pool: str) -> dict[int, dict[str, int]]:
    """{unit: {grade: holders}} of a pool by the schemes in force on a day, leaders included. 1 statement."""
    newest = (
        Scheme.objects.filter(state=APPROVED, valid_from__lte=on)
        .order_by("unit", "-valid_from")
        .distinct("unit")
    )
    lines = PositionLine.objects.filter(scheme__in=newest.values("pk"), pool=pool)
    if units is not None:
        lines = lines.filter(scheme__unit__in=units)
    found: dict[int, dict[str, int]] = {}
    for unit, grade, holders in lines.values_list("scheme__unit", "grade").annotate(Sum("holders")):
        found.setdefault(unit, {})[grade] = holders
    return found


def posts_with_below(unit_id: int, on: date, known: Picture) -> dict[str, int]:
    """The posts of a unit with all under it on a day, by pool. 1 statement."""
    under = known.subtree([unit_id], on) or {unit_id}
    found: dict[str, int] = {}
    for (unit, pool), posts in balances([on], known)[0].posts.items():
        if unit in under and posts:
            found[pool] = found.get(pool, 0) + posts
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """How a position stood in one version."""

    version: int
    state: str
    valid_from: date | None
    name: str
    grade: str
    holders: int


def position_history(position_id: int, *, drafts: bool) -> list[Told]:
    """A position through the versions, the newest first. 1 statement."""
    lines = (
        PositionLine.objects.filter(position=position_id)
        .select_related("scheme")
        .order_by("-scheme__version")
    )
    if not drafts:
        lines = lines.filter(scheme__state=APPROVED)
    return [
        Told(one.scheme.version, one.scheme.state, one.scheme.valid_from, one.name, one.grade, one.holders)
        for one in lines
    ]


@dataclass(frozen=True, slots=True)
class Law:
    """The pools, the grades and the standards of titles of a day."""

    pools: Mapping[str, Pool]
    grades: Grades
    standards: list[Kept]


def law_of_positions(day: date) -> Law:
    """What a position may name on a day: pools, grades, titles with a standard. 1 statement."""
    rows = rules_at(day)
    values = {row.code: row.value for row in rows}
    pools = PoolBook(row for row in rows if row.code.startswith(POOL_RULES)).on(day)
    return Law(pools, grades_of(values[GRADES], values[SCALES]), standards_of(rows))

"""Who owes a plan on a day, who has issued it, who is missing. Pure: the organisation's picture and plans in, a table out.

Whoever owes is read from the organisation as it stood on the day asked: units merged since owe as they did then. The total of
several classes is made of the sums (22 + 10 of 23 + 11 = 32/34), never of their percentages.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congvu.organisation.rules.kinds import HUYEN, TINH, XA
from congvu.organisation.rules.picture import Node, Picture
from congvu.tasks.rules.kinds import AGENCIES, CLASSES, COMMUNES, DISTRICTS, DRAFT, ISSUED, NONE

_AGENCY_KINDS = ("SO", "BAN", "VAN_PHONG")
_COMMUNE_KINDS = ("XA", "PHUONG", "THI_TRAN", "DAC_KHU")


@dataclass(frozen=True, slots=True)
class Have:
    """A plan as coverage needs it: whose it was, whose it is now, when it came out (None: a draft), since when drafted."""

    plan_id: int
    unit_id: int
    keeper_id: int
    number: str
    issued_on: date | None
    drafted_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit that owes: what it has on the day. `late`: first issued after the day it was due, or not at all though that is past.
    `inherited`: the number of a plan that came with a unit taken over; it does not count as the unit's own."""

    unit_id: int
    kind: str
    state: str
    late: bool
    plan_id: int | None = None
    number: str = ""
    issued_on: date | None = None
    inherited: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """How many of how many, with the units behind the numbers."""

    code: str
    name: str
    rows: tuple[Standing, ...]

    @property
    def owing(self) -> int:
        return len(self.rows)

    @property
    def issued(self) -> int:
        return sum(one.state == ISSUED for one in self.rows)

    @property
    def drafted(self) -> int:
        return sum(one.state == DRAFT for one in self.rows)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.rows)

    @property
    def missing(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.rows if one.state != ISSUED)

    @property
    def share(self) -> Fraction | None:
        """Exact; None where nobody owes."""
        return Fraction(self.issued, self.owing) if self.rows else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The classes that owe one plan, and all of them together."""

    parts: tuple[Part, ...]

    @property
    def whole(self) -> Part:
        return Part("", "Tất cả", tuple(row for part in self.parts for row in part.rows))


def class_of(node: Node) -> str:
    """The class of units that owe plans to which a unit of the tree belongs; "" for none."""
    if node.tier == TINH and node.depth == 1 and node.kind in _AGENCY_KINDS:
        return AGENCIES
    if node.tier == HUYEN and node.kind == "HUYEN":
        return DISTRICTS
    return COMMUNES if node.tier == XA and node.kind in _COMMUNE_KINDS else ""


def owing(known: Picture, on: date, classes: Sequence[str], exempt: Collection[int] = ()) -> dict[int, str]:
    """The units that owe on a day, by unit in tree order -> class."""
    found = {node.unit_id: class_of(node) for node in known.tree(on)}
    return {unit: kind for unit, kind in found.items() if kind in classes and unit not in exempt}


def coverage(
    known: Picture,
    on: date,
    classes: Sequence[str],
    plans: Iterable[Have],
    *,
    due_on: date | None = None,
    exempt: Collection[int] = (),
) -> Coverage:
    """Where every unit that owes stands on a day."""
    own: dict[int, Have] = {}
    came: dict[int, Have] = {}
    first: dict[int, date] = {}
    for one in plans:
        if one.drafted_on > on and (one.issued_on is None or one.issued_on > on):
            continue
        own[one.unit_id] = _better(own.get(one.unit_id), one, on)
        if one.issued_on is not None and one.issued_on <= on:
            first[one.unit_id] = min(first.get(one.unit_id, one.issued_on), one.issued_on)
        if one.keeper_id != one.unit_id and one.issued_on is not None and one.issued_on <= on:
            came[one.keeper_id] = _better(came.get(one.keeper_id), one, on)
    rows = {
        unit: _standing(unit, kind, own.get(unit), came.get(unit), on, due_on, first.get(unit))
        for unit, kind in owing(known, on, classes, exempt).items()
    }
    return Coverage(
        tuple(
            Part(code, CLASSES[code], tuple(row for row in rows.values() if row.kind == code))
            for code in CLASSES
            if code in classes
        )
    )


def _better(one: Have | None, other: Have, on: date) -> Have:
    """Of two plans for the same years the one that came out last before the day; any of those before a draft."""
    return other if one is None or _rank(other, on) >= _rank(one, on) else one


def _rank(one: Have, on: date) -> tuple[date, int]:
    out = one.issued_on if one.issued_on is not None and one.issued_on <= on else date.min
    return out, one.plan_id


def _standing(
    unit: int,
    kind: str,
    own: Have | None,
    came: Have | None,
    on: date,
    due_on: date | None,
    first: date | None,
) -> Standing:
    """`first`: the day the first plan of the unit's own came out; a later one that replaces it makes nobody late."""
    inherited = came.number if came is not None else ""
    past = due_on is not None and on > due_on
    if own is None:
        return Standing(unit, kind, NONE, past, inherited=inherited)
    if own.issued_on is None or own.issued_on > on:
        return Standing(unit, kind, DRAFT, past, own.plan_id, inherited=inherited)
    late = due_on is not None and (first or own.issued_on) > due_on
    return Standing(unit, kind, ISSUED, late, own.plan_id, own.number, own.issued_on, inherited)


def by_unit(told: Coverage) -> Mapping[int, Standing]:
    """The rows of a coverage by their unit."""
    return {row.unit_id: row for part in told.parts for row in part.rows}

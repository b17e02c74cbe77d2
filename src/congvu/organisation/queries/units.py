"""Reading the organisation. Everything is answered from one picture kept in memory and checked by its token.

`picture()` is 1 statement (2 in a process's first call and after a change; never stale, whichever process wrote).
A page that asks several things takes the picture once and asks it; the functions below are for single questions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q

from congvu.foundation.identity.models import Grant
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.organisation.models import Unit, UnitEvent, UnitEventPart, UnitVersion
from congvu.organisation.rules.codes import unit_code
from congvu.organisation.rules.kinds import EVENT_KINDS, HOAN_TAC
from congvu.organisation.rules.picture import Flow, Node, Picture, Span
from congvu.organisation.rules.succession import Successor
from congvu.organisation.rules.succession import successors as _successors

_BULK = "congvu.organisation.bulk"
_UNKNOWN = "00000000-0000-0000-0000-000000000000"
_kept: Picture | None = None  # replaced whole, so threads see one picture or the other


def picture() -> Picture:
    """The organisation as now believed. 1 statement; 2 after a change."""
    global _kept
    kept = _kept
    rows = statement(_BULK, "picture").rows({"known": kept.token if kept else None})
    token = str(rows[0][0])
    if kept is not None and kept.token == token and token != _UNKNOWN:
        return kept
    fresh = Picture((_span(row[1:]) for row in rows if row[1] is not None), _flows(None), token)
    _kept = fresh
    return fresh


def picture_now() -> Picture:
    """The organisation read afresh, past the cache: for actions, which hold the writers' lock. 2 statements."""
    rows = statement(_BULK, "picture").rows({"known": None})
    return Picture((_span(row[1:]) for row in rows if row[1] is not None), _flows(None))


def picture_as_known(known_at: datetime) -> Picture:
    """The organisation as it was believed at a moment; later recordings never change it. 2 statements."""
    rows = statement(_BULK, "picture_as_known").rows({"known_at": known_at})
    return Picture(map(_span, rows), _flows(known_at))


def _span(row: tuple[Any, ...]) -> Span:
    row_id, unit_id, code, name, short, parent, tier, kind, key, start, end, opened, closed = row
    return Span(unit_id, code, name, short, parent, tier, kind, key, start, end, opened, closed, row_id)


def _flows(known_at: datetime | None) -> list[Flow]:
    rows = statement(_BULK, "flows").rows({"known_at": known_at})
    return [
        Flow(event, source, target, day, Fraction(part, of) if part else None, whole)
        for event, source, target, day, part, of, whole in rows
    ]


def tree(on: date, known_at: datetime | None = None) -> list[Node]:
    """The units of a day, parents first, siblings in their order; `known_at`: as believed then. 1 statement."""
    return list((picture() if known_at is None else picture_as_known(known_at)).tree(on))


def subtree_ids(unit_ids: Iterable[int], on: date) -> frozenset[int]:
    """The given units that exist on the day, with all under them. 1 statement."""
    return picture().subtree(unit_ids, on)


def unit_choices(on: date, known: Picture | None = None) -> list[tuple[int, str]]:
    """(id, label) of the units of a day for a select, in tree order, indented by depth. 1 statement, none with `known`."""
    nodes = (known or picture()).tree(on)
    return [(node.unit_id, "\u2003" * node.depth + f"{node.name} ({node.code})") for node in nodes]


def unit_name(unit_id: int, on: date) -> str:
    """The unit's name on that day, or the nearest one known; "" for no such unit. 1 statement."""
    return picture().name(unit_id, on)


def names_on(unit_ids: Iterable[int], on: date, known: Picture | None = None) -> dict[int, str]:
    """Names by id on that day (or the nearest one known). 1 statement, however many units; none with `known`."""
    known = known or picture()
    return {unit_id: known.name(unit_id, on) for unit_id in set(unit_ids)}


def unit_by_code(code: str) -> Unit:
    """The unit that has, or ever had, this code. Refuses an ill-formed or unknown one. 1 statement."""
    wanted = unit_code(code)
    found = Unit.objects.filter(code=wanted).first()
    if found is None:
        raise Refused(f"Không có đơn vị mã {wanted}.", where="code", do="Tra mã trên trang Tổ chức.")
    return found


def successors(unit_id: int, on: date) -> tuple[Successor, ...]:
    """The units that stand for this one on a day, with shares (None: not known). 1 statement."""
    return _successors(picture(), unit_id, on)


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it."""

    id: int
    kind: str
    kind_name: str
    effective: date
    decision_number: str
    decision_date: date | None
    decided_by: str
    note: str
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    sources: tuple[tuple[int, str], ...]  # (unit, share in words)
    targets: tuple[tuple[int, str], ...]

    @property
    def late(self) -> bool:
        """Whether it was recorded after it took effect."""
        return self.recorded_at.date() > self.effective

    @property
    def undoes(self) -> bool:
        """Whether it takes another event back."""
        return self.kind == HOAN_TAC


@dataclass(frozen=True, slots=True)
class History:
    """A unit's versions, believed and superseded, and the events it took part in, newest first."""

    versions: tuple[UnitVersion, ...]
    events: tuple[Told, ...]


def history(unit_id: int) -> History:
    """All that is recorded of a unit. 3 statements."""
    versions = UnitVersion.objects.filter(unit_id=unit_id).order_by("-valid_from", "-recorded_at", "-id")
    part_of = UnitEventPart.objects.filter(unit_id=unit_id).values("event_id")
    return History(tuple(versions), tuple(told(UnitEvent.objects.filter(id__in=part_of))))


def events(until: date | None = None, limit: int = 50, before: tuple[date, int] | None = None) -> list[Told]:
    """A page of events, newest first, below `before` (effective, id); one more than `limit` when more follow.

    2 statements.
    """
    found = UnitEvent.objects.filter(superseded_at=None)
    if until is not None:
        found = found.filter(effective__lte=until)
    if before is not None:
        found = found.filter(Q(effective__lt=before[0]) | Q(effective=before[0], id__lt=before[1]))
    return told(found, limit + 1)


def told(found: Any, limit: int | None = None) -> list[Told]:
    """Events with their parts, newest first. 2 statements."""
    rows = list(found.order_by("-effective", "-id").prefetch_related("parts")[:limit])
    return [_told(event) for event in rows]


def _told(event: UnitEvent) -> Told:
    sides: Mapping[str, list[tuple[int, str]]] = {"FROM": [], "TO": []}
    for part in sorted(event.parts.all(), key=lambda p: p.id):
        share = f"{part.share_numerator}/{part.share_denominator}" if part.share_numerator else ""
        sides[part.side].append((part.unit_id, "toàn bộ" if share == "1/1" else share))
    return Told(
        id=event.id,
        kind=event.kind,
        kind_name=EVENT_KINDS[event.kind],
        effective=event.effective,
        decision_number=event.decision_number,
        decision_date=event.decision_date,
        decided_by=event.decided_by,
        note=event.note,
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
        superseded_at=event.superseded_at,
        sources=tuple(sides["FROM"]),
        targets=tuple(sides["TO"]),
    )


def grants_by_role(unit_ids: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """How many people hold each role in each unit on a day: {unit: {role: count}}. 1 statement."""
    held = Grant.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), unit_id__in=list(unit_ids), valid_from__lte=on
    )
    counted: dict[int, dict[str, int]] = {}
    for unit_id, role in held.values_list("unit_id", "role"):
        if unit_id is not None:
            of = counted.setdefault(unit_id, {})
            of[role] = of.get(role, 0) + 1
    return counted

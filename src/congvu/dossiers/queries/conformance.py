"""Conformance of real dossiers against their published process: counted by procedure, agency or step; each count opens
its dossiers. Dossiers are those received in the period, as they stand today. Those of a procedure without a published
process have nothing to be compared with, nor those imported or moved between two processes: they are counted apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.queries.offers import road
from congvu.dossiers.rules.conformance import Deviation, Done, Kind, deviations
from congvu.dossiers.rules.steps import OPEN
from congvu.foundation.refusal import Refused
from congvu.procedures.models import ProcessVersion

# finished, or returned after it was finished: a dossier given back after it was stopped for good skipped nothing
_CONCLUDED = (
    "(d.status = 9 OR d.status = 10 AND NOT EXISTS (SELECT 1 FROM dossiers_pause p WHERE p.dossier_id = d.id"
    " AND p.kind = 'stopped' AND p.ended_at = d.returned_at))"
)
_GROUPED = " GROUP BY 1, 2, 3, 4, 5, 6"
_COMPARED = (
    "d.process_id IS NOT NULL AND d.imported_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM dossiers_moved m WHERE m.dossier_id = d.id AND m.undone_at IS NULL)"
)
NOT_COMPARED = "not_compared"


class By(Enum):
    """What the rows are."""

    PROCEDURE = "procedure"
    UNIT = "unit"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class ConformanceAsked:
    """Dossiers received from `first` to `last`, both included, looked at on `on`."""

    first: date
    last: date
    on: date
    by: By = By.PROCEDURE


@dataclass(slots=True)
class ConformanceRow:
    """Dossiers that came to this procedure, agency or step, and how many of them left the process there, by kind.

    `key`: a process's number, a unit's number, or "process:position". A dossier counts once in each number.
    """

    key: str
    name: str
    unit_id: int | None = None
    dossiers: int = 0
    conforming: int = 0
    kinds: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))


@dataclass(frozen=True, slots=True)
class Conformance:
    """The answer: rows, most deviations first, the whole (every dossier once), and how many had nothing to be compared with."""

    asked: ConformanceAsked
    rows: list[ConformanceRow]
    total: ConformanceRow
    not_compared: int


@dataclass(frozen=True, slots=True)
class _Shape:
    process_id: int
    receiving: int
    competent: int
    concluded: bool
    steps: tuple[int, ...]
    places: str


def conformance(sight: Visible, asked: ConformanceAsked) -> Conformance:
    """The counts. 3 statements (shapes, those not compared, names), and 3 for each process this server has not read yet."""
    _check(asked)
    total, rows = ConformanceRow("", "Tổng"), {}  # type: ConformanceRow, dict[str, ConformanceRow]
    for row in _rows(sight, asked, counted=True):
        shape, count = _shape(row), row[6]
        marks = _marks(shape, asked.by)
        _add(total, {one.kind for mark in marks.values() for one in mark}, count)
        for key, mark in marks.items():
            _add(rows.setdefault(key, ConformanceRow(key, "")), {one.kind for one in mark}, count)
    _name(rows.values(), asked.by)
    return Conformance(
        asked,
        sorted(rows.values(), key=lambda row: (row.conforming - row.dossiers, row.name, row.key)),
        total,
        sum(_not_compared(sight, asked, counted=True)),
    )


def conformance_ids(sight: Visible, asked: ConformanceAsked, key: str, kind: str) -> list[int]:
    """The dossiers behind a number: row `key` ("" for the whole), `kind` a Kind's value, "conforming", NOT_COMPARED, or ""
    for all. 1 statement, and 3 for each process not read yet. Refuses an unknown kind."""
    _check(asked)
    if kind == NOT_COMPARED:
        return _not_compared(sight, asked, counted=False)
    if kind not in ("", "conforming", *(one.value for one in Kind)):
        raise Refused("Trang này không có số liệu ấy.", where="mo", do="Mở lại trang và chọn một số.")
    wanted: dict[_Shape, bool] = {}
    found = []
    for row in _rows(sight, asked, counted=False):
        shape = _shape(row)
        if shape not in wanted:
            wanted[shape] = _wanted(_marks(shape, asked.by), key, kind)
        if wanted[shape]:
            found.append(int(row[6]))
    return found


def _wanted(marks: dict[str, frozenset[Deviation]], key: str, kind: str) -> bool:
    if key and key not in marks:
        return False
    here = marks[key] if key else frozenset().union(*marks.values())
    return not kind or (not here if kind == "conforming" else any(one.kind == kind for one in here))


def _rows(sight: Visible, asked: ConformanceAsked, *, counted: bool) -> list[tuple[Any, ...]]:
    if sight.nothing:
        return []
    by_unit = asked.by is By.UNIT
    found = filled(
        "conformance",
        units="d.receiving_unit_id, d.competent_unit_id" if by_unit else "0 AS receiving, 0 AS competent",
        concluded=_CONCLUDED,
        compared=_COMPARED,
        visible=sight.sql("d"),
        asked_for="count(*)" if counted else "d.id",
        grouped=_GROUPED if counted else "",
    )
    return found.rows({"first": asked.first, "last": asked.last, "on": asked.on, **sight.params})


def _not_compared(sight: Visible, asked: ConformanceAsked, *, counted: bool) -> list[int]:
    """Dossiers of the period without a process to be compared with; `counted`: only their number. 1 statement."""
    if sight.nothing:
        return []
    found = filled(
        "not_compared",
        visible=sight.sql("d"),
        compared=_COMPARED,
        asked_for="count(*)" if counted else "d.id",
        ordered="" if counted else " ORDER BY d.id",
    )
    rows = found.rows({"first": asked.first, "last": asked.last, **sight.params})
    return [int(row[0]) for row in rows]


def _shape(row: tuple[Any, ...]) -> _Shape:
    process, receiving, competent, concluded, steps, places = row[:6]
    return _Shape(process, receiving, competent, concluded, tuple(steps or ()), places or "")


def _marks(shape: _Shape, by: By) -> dict[str, frozenset[Deviation]]:
    """The rows a dossier of this shape belongs to, and how it deviates in each."""
    came_to, found = judged(shape.process_id, shape.steps, shape.places, shape.concluded)
    if by is By.PROCEDURE:
        return {str(shape.process_id): found}
    positions = came_to | {one.position for one in found}
    marks: dict[str, set[Deviation]] = {}
    for position in positions:
        marks.setdefault(_key(shape, position, by), set()).update(
            one for one in found if one.position == position
        )
    return {key: frozenset(mark) for key, mark in marks.items()}


def _key(shape: _Shape, position: int, by: By) -> str:
    if by is By.STEP:
        return f"{shape.process_id}:{position}"
    spec = road(shape.process_id).specs.get(position)
    return str(spec.unit(shape.receiving, shape.competent) if spec else shape.competent)


@lru_cache(maxsize=16_384)
def judged(
    process_id: int, steps: tuple[int, ...], places: str, concluded: bool
) -> tuple[frozenset[int], frozenset[Deviation]]:
    """The positions a shape came to and its deviations. Kept: a published process is frozen, and shapes recur."""
    done = _unpacked(steps, places)
    found = deviations(road(process_id).graph, done, concluded=concluded)
    return frozenset(one.position for one in done), found


def _unpacked(steps: tuple[int, ...], places: str) -> list[Done]:
    """A shape as the rule takes it: the numbers of bulk/conformance.sql read back. Without `places` each step began when
    the one before it ended."""
    order: dict[tuple[int, int], dict[str, int]] = {}
    for word in places.split():
        step, times, what, place = word.split(",")
        order.setdefault((int(step), int(times)), {})[what] = int(place)
    found = []
    for at, packed in enumerate(steps, start=1):
        rest, late = divmod(packed, 2)
        rest, state = divmod(rest, 8)
        rest, branch = divmod(rest, 32768)
        position, nth = divmod(rest, 32768)
        ends = (
            order.get((position, nth), {}) if places else {"o": at} | ({} if state == OPEN else {"d": at + 1})
        )
        opened = ends.get("o", ends.get("d", 0))
        found.append(Done(position, opened, ends.get("d"), state, branch - 1 if branch else None, bool(late)))
    return found


def _add(row: ConformanceRow, kinds: set[str], count: int) -> None:
    row.dossiers += count
    row.conforming += 0 if kinds else count
    for kind in kinds:
        row.kinds[Kind(kind)] += count


def _name(rows: Iterable[ConformanceRow], by: By) -> None:
    """Processes by code and name, steps beside them; units are named by the caller from the picture. 1 statement."""
    if by is By.UNIT:
        for row in rows:
            row.unit_id = int(row.key)
        return
    ids = {int(row.key.split(":")[0]) for row in rows}
    names = {
        one.pk: f"{one.code} {one.name}"
        for one in ProcessVersion.objects.filter(pk__in=ids).only("id", "code", "name")
    }
    for row in rows:
        process, _, position = row.key.partition(":")
        row.name = names.get(int(process), process)
        if position:
            spec = road(int(process)).specs.get(int(position))
            row.name = f"{row.name} · {position}. {spec.name if spec else 'Bước ngoài quy trình'}"


def _check(asked: ConformanceAsked) -> None:
    if asked.first > asked.last:
        raise Refused("Ngày cuối kỳ trước ngày đầu kỳ.", where="den", do="Đổi lại hai ngày.")

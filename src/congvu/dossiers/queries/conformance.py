"""Conformance of real dossiers against their published process: counted by procedure, agency or step; each count opens
its dossiers. Dossiers are those received in the period, as they stand today. Those of a procedure without a published
process have nothing to be compared with and are left out.
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
from congvu.foundation.refusal import Refused
from congvu.procedures.models import ProcessVersion

# finished, or returned after it was finished: a dossier given back after it was stopped for good skipped nothing
_CONCLUDED = (
    "(d.status = 9 OR d.status = 10 AND NOT EXISTS (SELECT 1 FROM dossiers_pause p WHERE p.dossier_id = d.id"
    " AND p.kind = 'stopped' AND p.ended_at = d.returned_at))"
)
_GROUPED = " GROUP BY 1, 2, 3, 4, 5"


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
    """The answer: rows, most deviations first, and the whole (every dossier once)."""

    asked: ConformanceAsked
    rows: list[ConformanceRow]
    total: ConformanceRow


@dataclass(frozen=True, slots=True)
class _Shape:
    process_id: int
    receiving: int
    competent: int
    concluded: bool
    text: str


def conformance(sight: Visible, asked: ConformanceAsked) -> Conformance:
    """The counts. 2 statements (shapes, names of processes), and 3 for each process this server has not read yet."""
    _check(asked)
    total, rows = ConformanceRow("", "Tổng"), {}  # type: ConformanceRow, dict[str, ConformanceRow]
    for row in _rows(sight, asked, counted=True):
        shape, count = _Shape(*row[:5]), row[5]
        marks = _marks(shape, asked.by)
        _add(total, {one.kind for mark in marks.values() for one in mark}, count)
        for key, mark in marks.items():
            _add(rows.setdefault(key, ConformanceRow(key, "")), {one.kind for one in mark}, count)
    _name(rows.values(), asked.by)
    return Conformance(
        asked,
        sorted(rows.values(), key=lambda row: (row.conforming - row.dossiers, row.name, row.key)),
        total,
    )


def conformance_ids(sight: Visible, asked: ConformanceAsked, key: str, kind: str) -> list[int]:
    """The dossiers behind a number: row `key` ("" for the whole), `kind` a Kind's value, "conforming", or "" for all.
    1 statement, and 3 for each process not read yet. Refuses an unknown kind."""
    _check(asked)
    if kind not in ("", "conforming", *(one.value for one in Kind)):
        raise Refused("Trang này không có số liệu ấy.", where="mo", do="Mở lại trang và chọn một số.")
    wanted: dict[_Shape, bool] = {}
    found = []
    for row in _rows(sight, asked, counted=False):
        shape = _Shape(*row[:5])
        if shape not in wanted:
            wanted[shape] = _wanted(_marks(shape, asked.by), key, kind)
        if wanted[shape]:
            found.append(int(row[5]))
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
        visible=sight.sql("d"),
        asked_for="count(*)" if counted else "d.id",
        grouped=_GROUPED if counted else "",
    )
    return found.rows({"first": asked.first, "last": asked.last, "on": asked.on, **sight.params})


def _marks(shape: _Shape, by: By) -> dict[str, frozenset[Deviation]]:
    """The rows a dossier of this shape belongs to, and how it deviates in each."""
    came_to, found = judged(shape.process_id, shape.text or "", shape.concluded)
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
def judged(process_id: int, text: str, concluded: bool) -> tuple[frozenset[int], frozenset[Deviation]]:
    """The positions a shape came to and its deviations. Kept: a published process is frozen, and shapes recur."""
    steps = _steps(text)
    found = deviations(road(process_id).graph, steps, concluded=concluded)
    return frozenset(one.position for one in steps), found


def _steps(text: str) -> list[Done]:
    """A shape as the rule takes it: the text of bulk/conformance.sql read back."""
    told: dict[tuple[int, int], list[tuple[int, int, int, str, int]]] = {}
    for word in text.split():
        position, nth, state, branch, late, what, place = word.split(",")
        told.setdefault((int(position), int(nth)), []).append(
            (int(state), int(branch), int(late), what, int(place))
        )
    found = []
    for (place_in_table, _), ends in told.items():
        order = {end: at for *_, end, at in ends}
        went, taken, overdue, *_ = ends[0]
        found.append(
            Done(
                place_in_table,
                order.get("o", order.get("d", 0)),
                order.get("d"),
                went,
                None if taken < 0 else taken,
                bool(overdue),
            )
        )
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

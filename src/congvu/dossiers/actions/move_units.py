"""What the verbs share that give a dossier to another unit: which steps go along, who sees it from then on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.dossiers.actions.door import Office
from congvu.dossiers.actions.dossier_set import plain
from congvu.dossiers.actions.now import DossierNow, StepNow
from congvu.dossiers.actions.outcome import Done
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules.status import PAUSED
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class UnitMove:
    """One dossier from the units it has to others. `steps`: the open ones that go to the unit beside them."""

    now: DossierNow
    receiving: int
    competent: int
    steps: tuple[tuple[StepNow, int], ...]


def write_moves(
    verb: str, moves: Sequence[UnitMove], reason: str, known: Picture, office: Office
) -> list[Done]:
    """Write the moves; those whose dossier changed meanwhile are left out of the answer. 1 statement.

    `known` names the units; the tier of a dossier is that of its competent unit, which must exist that day. A step that
    moves gets its own term anew, by the calendar of its new unit, unless the clock stands; the promised day stays.
    """
    params: dict[str, Any] = {
        "changes": _json([_change(move, known, office.at.date()) for move in moves]),
        "steps": _json([one for move in moves for one in _steps(move, office)]),
        "concerned": _json(
            [{"dossier": move.now.id, "unit": unit} for move in moves for unit in sorted(_concerned(move))]
        ),
        "leaving": _json(
            [{"dossier": move.now.id, "unit": unit} for move in moves for unit in sorted(_leaving(move))]
        ),
        "verb": verb, "reason": reason, "at": office.at, "actor": office.by.account_id, "actor_name": office.by.name,
        "office": office.by.office_id,
    }  # fmt: skip
    return [Done(*row) for row in statement(BULK, "move_units").rows(params)]


def _change(move: UnitMove, known: Picture, day: date) -> dict[str, Any]:
    now, competent = move.now, known.at(move.competent, day)
    if competent is None:
        raise Refused("Đơn vị này không hoạt động vào ngày ấy.", where="unit", do="Chọn đơn vị khác.")
    before, after = {}, {}
    for name, old, new in (
        ("receiving_unit", now.receiving_unit_id, move.receiving),
        ("competent_unit", now.competent_unit_id, move.competent),
    ):
        if old != new:
            before[name], after[name] = _words(old, known, day), _words(new, known, day)
    return {
        "id": now.id, "version": now.version, "competent": move.competent, "receiving": move.receiving,
        "tier": competent.tier, "before": before, "after": after,
    }  # fmt: skip


def _words(unit_id: int, known: Picture, day: date) -> str:
    """A unit as the log names it, by its last name when it is gone."""
    span = known.nearest(unit_id, day)
    return f"{span.name} ({span.code})" if span else f"đơn vị số {unit_id}"


def _steps(move: UnitMove, office: Office) -> list[dict[str, Any]]:
    rows = []
    for step, unit in move.steps:
        spec = move.now.road.specs.get(step.position)
        anew = spec is not None and move.now.status not in PAUSED
        due = office.step_due(spec, unit) if spec is not None and anew else (None, None)
        rows.append({
            "id": step.id, "dossier": move.now.id, "position": step.position, "from": step.unit_id, "unit": unit, "anew": anew,
            "due_on": due[0], "due_at": due[1],
        })  # fmt: skip
    return rows


def _concerned(move: UnitMove) -> set[int]:
    """The units the dossier concerns after the move: its own, those of its whole way, those that have worked on it."""
    moved = {step.id: unit for step, unit in move.steps}
    return {
        move.receiving,
        move.competent,
        *(spec.unit(move.receiving, move.competent) for spec in move.now.road.specs.values()),
        *(moved.get(step.id, step.unit_id) for step in move.now.steps),
    }


def _leaving(move: UnitMove) -> set[int]:
    was = {move.now.receiving_unit_id, move.now.competent_unit_id, *(step.unit_id for step, _ in move.steps)}
    return was - _concerned(move)


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=plain, ensure_ascii=False)

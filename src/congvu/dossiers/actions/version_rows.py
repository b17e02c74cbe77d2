"""Writing a move between versions: what was judged of each dossier, as the parameters of two statements."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.actions.dossier_set import plain
from congvu.dossiers.actions.outcome import Done
from congvu.dossiers.actions.version_plan import Judged, Plan
from congvu.dossiers.models import VersionMove
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.moving import EARLIER
from congvu.dossiers.rules.steps import OPEN, PASSED
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.sql import statement


@dataclass(frozen=True, slots=True)
class MoveDecision:
    """The decision that lets running dossiers change version: number, day, what it is about."""

    number: str
    signed_on: date
    about: str
    due_reason: str = ""

    @property
    def words(self) -> str:
        return f"{self.number} ngày {self.signed_on:%d/%m/%Y}: {self.about}"


def write_version_move(
    judged: Sequence[Judged],
    plan: Plan,
    said: MoveDecision,
    procedure_id: int,
    number: int,
    *,
    by: Actor,
    at: datetime,
) -> tuple[VersionMove, dict[int, Done]]:
    concerned = [(one.now.id, unit) for one in judged for unit in sorted(_concerned(one, plan))]
    leaving = [
        (one.now.id, unit)
        for one in judged
        for unit in sorted(_was_concerned(one, plan) - _concerned(one, plan))
    ]
    move = VersionMove.objects.create(
        procedure_id=procedure_id, from_version_id=plan.before.version_id, to_version_id=plan.after.version_id,
        from_process_id=plan.before.process_id, to_process_id=plan.after.process_id, decision_number=said.number,
        decision_on=said.signed_on, decision_about=said.about, due_choice=plan.due.value, due_reason=said.due_reason,
        paper_choice=plan.papers.value, mapping={str(k): v for k, v in plan.chosen.items()}, asked=sorted(plan.asked),
        units=sorted({unit for _, unit in (*concerned, *leaving)}), at=at, by=by.account_id, by_name=by.name,
    )  # fmt: skip
    rows = statement(BULK, "move_version").rows({
        "changes": _json([_change(one, said, number) for one in judged]), "to_version": plan.after.version_id,
        "to_process": plan.after.process_id, "move": move.pk, "units": move.units, "at": at, "actor": by.account_id,
        "actor_name": by.name, "office": by.office_id,
    })  # fmt: skip
    done = {row[0]: Done(*row) for row in rows}
    if done:
        written = [one for one in judged if one.now.id in done]
        statement(BULK, "move_version_steps").run({
            "ids": list(done), "steps": _json([row for one in written for row in _steps(one)]),
            "added": _json([row for one in written for row in _added(one, plan, said)]),
            "papers": _json([{"dossier": one.now.id, "id": pk, "case_paper": to} for one in written for pk, to in one.papers]),
            "missing": _json([{"dossier": one.now.id, "case_paper": pk} for one in written for pk, _ in one.missing]),
            "positions": _json([row for one in written for row in _positions(one)]),
            "concerned": _json([{"dossier": pk, "unit": unit} for pk, unit in concerned]),
            "leaving": _json([{"dossier": pk, "unit": unit} for pk, unit in leaving]),
            "apologies": _json([row for one in written for row in _apologies(one)]), "due_reason": said.due_reason,
            "at": at, "actor": by.account_id,
        })  # fmt: skip
        move.dossiers = len(done)
        move.save(update_fields=["dossiers"])
        facts = {
            "dossiers": len(done),
            "to_version": plan.after.version_id,
            "to_process": plan.after.process_id,
        }
        record("move_version", "dossiers.move", move.pk, by=by, at=at, why=said.words, after=facts)
    return move, done


def _change(one: Judged, said: MoveDecision, number: int) -> dict[str, Any]:
    now, due = one.now, one.due
    assert due is not None
    told = "\n".join(f"{what.value}: {words}" for what, words in one.what.items())
    same = (now.term_n, now.term_unit, now.due_on, now.due_at) == (due.term_n, due.term_unit, *due.day)
    return {
        "id": now.id, "version": now.version, "case": one.case_id, "term_n": due.term_n, "term_unit": due.term_unit,
        "due_on": due.day[0], "due_at": due.day[1], "extensions": now.extensions + due.extended,
        "calendar_version": now.calendar_version if same else number,
        "said": {what.name: words for what, words in one.what.items()},
        "reason": f"Theo {said.words}." + (f"\n{told}" if told else ""),
    }  # fmt: skip


def _steps(one: Judged) -> list[dict[str, Any]]:
    return [
        {
            "id": after.step.id, "dossier": one.now.id, "old": after.step.position, "old_round": after.step.round,
             "position": after.position, "round": after.round,
            "branch": after.branch, "unit": after.unit, "anew": after.due is not None,
            "due_on": (after.due or clock.NO_DAY)[0], "due_at": (after.due or clock.NO_DAY)[1],
            "name": after.spec.name if after.spec else None, "role": after.spec.role if after.spec else None,
        }
        for after in one.steps
    ]  # fmt: skip


def _added(one: Judged, plan: Plan, said: MoveDecision) -> list[dict[str, Any]]:
    """The steps of the new process that open now, and those that are passed."""
    now, specs = one.now, plan.after.road.specs
    rows: list[dict[str, Any]] = [
        {
            "dossier": now.id, "position": spec.position, "round": nth, "branch": None, "name": spec.name, "unit": unit,
            "role": spec.role, "state": OPEN, "due_on": due[0], "due_at": due[1], "note": "",
        }
        for spec, nth, unit, due in one.opened
    ]  # fmt: skip
    for position, nth, branch in one.placed.passed:
        spec = specs[position]
        rows.append({
            "dossier": now.id, "position": position, "round": nth, "branch": branch, "name": spec.name,
            "unit": spec.unit(now.receiving_unit_id, now.competent_unit_id), "role": spec.role, "state": PASSED,
            "due_on": None, "due_at": None, "note": f"Không phải làm: {said.words}",
        })  # fmt: skip
    return rows


def _positions(one: Judged) -> list[dict[str, Any]]:
    """Where opinions asked from a step are found afterwards."""
    moved_to = {after.step.position: after.position for after in one.steps if after.step.position != EARLIER}
    return [
        {"dossier": one.now.id, "old": old, "position": new} for old, new in moved_to.items() if old != new
    ]


def _apologies(one: Judged) -> list[dict[str, Any]]:
    if one.due is None or not one.due.extended:
        return []
    return [{"dossier": one.now.id, "due_before": one.now.due_on, "due_after": one.due.day[0]}]


def _concerned(one: Judged, plan: Plan) -> set[int]:
    now = one.now
    specs = plan.after.road.specs.values()
    units = {spec.unit(now.receiving_unit_id, now.competent_unit_id) for spec in specs}
    worked = {after.unit for after in one.steps}
    return {
        now.receiving_unit_id,
        now.competent_unit_id,
        *units,
        *worked,
        *(unit for _, _, unit, _ in one.opened),
    }


def _was_concerned(one: Judged, plan: Plan) -> set[int]:
    now = one.now
    specs = plan.before.road.specs.values()
    return {
        *(spec.unit(now.receiving_unit_id, now.competent_unit_id) for spec in specs),
        *(step.unit_id for step in now.steps),
    }


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=plain, ensure_ascii=False)

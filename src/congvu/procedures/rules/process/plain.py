"""A process as plain data and back: for what keeps a process as it was when it was looked at, drafts too. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step


def to_plain(process: Process) -> dict[str, Any]:
    """Everything of the process, as JSON can hold it."""
    return {
        "starts": list(process.starts),
        "archetype": process.archetype,
        "steps": [
            {
                "key": step.key, "name": step.name, "role": step.role, "officer": step.officer, "duty": step.duty,
                "agency": [step.agency.kind, step.agency.unit_id, step.agency.code, step.agency.text],
                "term": [None if step.term_n is None else str(step.term_n), step.term_unit], "join": step.join,
                "kind": step.kind, "sub": step.sub_procedure, "labels": [list(one) for one in step.labels],
                "branches": [
                    {
                        "to": list(one.targets), "back": one.back, "most": one.max_rounds,
                        "when": [[each.fact, each.operator, each.value] for each in one.when],
                    }
                    for one in step.branches
                ],
            }
            for step in process.steps
        ],
    }  # fmt: skip


def from_plain(said: Mapping[str, Any]) -> Process:
    """The process `to_plain` told."""
    return Process(tuple(_step(one) for one in said["steps"]), tuple(said["starts"]), said["archetype"])


def _step(one: Mapping[str, Any]) -> Step:
    n, unit = one["term"]
    return Step(
        one["key"], one["name"], Agency(*one["agency"]), one["role"], one["officer"], one["duty"],
        None if n is None else Decimal(n), unit, tuple(_branch(each) for each in one["branches"]), one["join"],
        one["kind"], one["sub"], tuple((fact, label) for fact, label in one.get("labels", ())),
    )  # fmt: skip


def _branch(one: Mapping[str, Any]) -> Branch:
    when = tuple(Condition(*each) for each in one["when"])
    return Branch(tuple(one["to"]), when, one["back"], one["most"])

"""A BPMN file as the draft process of a procedure, its agencies bound to the units they name."""

from dataclasses import replace
from datetime import date, datetime

from congvu.foundation.identity.actor import Actor
from congvu.foundation.text import fold
from congvu.organisation.queries import tree
from congvu.procedures.actions.set_process import draft_graph
from congvu.procedures.models import ProcessVersion
from congvu.procedures.rules.bpmn.read import BpmnRead
from congvu.procedures.rules.process.graph import Agency, Process
from congvu.procedures.rules.words import AgencyKind


def import_bpmn(
    procedure_id: int, read: BpmnRead, *, by: Actor, at: datetime, name: str = ""
) -> ProcessVersion:
    """Keep a file as read (`rules.bpmn.read.read_bpmn`) as the draft process. At most 13 statements.

    An agency is bound to a unit by its code, else by its name when exactly one unit of that day has it; the others stay
    as text, which lint shows. Refuses as `draft_graph`.
    """
    process = bound_to_units(read.process, at.date())
    return draft_graph(procedure_id, process, by=by, at=at, source=f"BPMN {name}".strip())


def bound_to_units(process: Process, on: date) -> Process:
    """The same process with fixed agencies bound to units of that day. 1 statement."""
    nodes = tree(on)
    codes = {node.code: node.unit_id for node in nodes}
    names: dict[str, int | None] = {}
    for node in nodes:
        folded = fold(node.name)
        names[folded] = None if folded in names else node.unit_id  # two of one name: neither is meant

    def bound(agency: Agency) -> Agency:
        if agency.kind != AgencyKind.FIXED.value:
            return agency
        unit = codes.get(agency.code) if agency.code else names.get(fold(agency.text))
        return agency if unit is None else replace(agency, unit_id=unit)

    return replace(process, steps=tuple(replace(step, agency=bound(step.agency)) for step in process.steps))

"""Take a process that was imported for the draft of a procedure."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.queries import picture
from congvu.procedures.actions.set_process import draft_graph
from congvu.procedures.models import ProcessVersion
from congvu.procedures.queries.graphs import stored_process
from congvu.procedures.rules.process.graph import Step
from congvu.procedures.rules.words import AgencyKind, VersionState


def use_imported(procedure_id: int, process_id: int, *, by: Actor, at: datetime) -> ProcessVersion:
    """Copy an imported process into the draft of a procedure, replacing the draft there was. About 17 statements.

    An agency named by its text becomes the unit of that name, when exactly one has it on the day; the others stay
    named by text. Refuses a process that is not an imported one in force.
    """
    with transaction.atomic():
        found = ProcessVersion.objects.filter(
            pk=process_id,
            procedure__isnull=True,
            state=VersionState.PUBLISHED.value,
            valid_to__isnull=True,
        ).first()
        if found is None:
            raise Refused(
                "Không có quy trình đã nhập này, hoặc đã có bản mới hơn.",
                where="Quy trình đã nhập",
                do="Tải lại danh sách rồi chọn lại.",
            )
        graph = stored_process(found.pk).graph
        units = _units_by_name(at)
        return draft_graph(
            procedure_id,
            replace(graph, steps=tuple(_in_unit(step, units) for step in graph.steps)),
            by=by,
            at=at,
            total_hours=found.total_hours,
            source=f"lấy từ quy trình đã nhập {found.code}, bản {found.number}",
        )


def _units_by_name(at: datetime) -> dict[str, int]:
    """The units of the day by folded name, those alone: a name two units share names neither. 1 statement."""
    named: dict[str, list[int]] = {}
    for node in picture().tree(at.date()):
        named.setdefault(fold(node.name), []).append(node.unit_id)
    return {name: ids[0] for name, ids in named.items() if len(ids) == 1}


def _in_unit(step: Step, units: dict[str, int]) -> Step:
    agency = step.agency
    if agency.kind != AgencyKind.FIXED.value or agency.unit_id is not None:
        return step
    return replace(step, agency=replace(agency, unit_id=units.get(fold(agency.text))))

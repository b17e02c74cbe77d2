"""Writing a step table: the rows of a draft process, its steps and its links."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from congvu.foundation.refusal import Refused
from congvu.organisation.queries import names_on
from congvu.procedures.models import Procedure, ProcessStep, ProcessVersion, StepLink
from congvu.procedures.rules.process.graph import Process, Step
from congvu.procedures.rules.words import VersionState

MOST_STEPS = 200


def write_draft(
    procedure: Procedure, process: Process, *, at: datetime, total_hours: Decimal | None, source: str
) -> ProcessVersion:
    """Replace the draft of a procedure's process. At most 9 statements, inside the caller's transaction.

    Refuses what no table could hold: two steps of one key, a link to a step that is not there, a sub-dossier of an
    unknown procedure. What lint finds besides is stored as typed; publishing refuses it.
    """
    _refuse_unless_storable(process)
    _drop_draft(procedure.pk)
    highest = ProcessVersion.objects.filter(code=procedure.code).aggregate(n=Max("number"))["n"] or 0
    version = ProcessVersion.objects.create(
        procedure=procedure, code=procedure.code, name=procedure.name, number=highest + 1,
        state=VersionState.DRAFT.value, total_hours=total_hours, source=source[:300], archetype=process.archetype,
    )  # fmt: skip
    fixed = {step.agency.unit_id for step in process.steps if step.agency.unit_id is not None}
    names = names_on(fixed, at.date()) if fixed else {}
    subs = _sub_procedures(process)
    rows = ProcessStep.objects.bulk_create(
        _row(version, position, step, process, names, subs)
        for position, step in enumerate(process.steps, start=1)
    )
    by_key = {row.stable_key: row for row in rows}
    StepLink.objects.bulk_create(
        link for step in process.steps for link in _links(by_key[step.key], step, by_key)
    )
    return version


def _refuse_unless_storable(process: Process) -> None:
    if not process.steps:
        raise Refused("Quy trình chưa có bước nào.", where="steps", do="Thêm ít nhất một bước.")
    if len(process.steps) > MOST_STEPS:
        raise Refused(
            f"Quy trình có {len(process.steps)} bước.", where="steps", do=f"Gộp còn tối đa {MOST_STEPS} bước."
        )
    if len(process.by_key) < len(process.steps):
        raise Refused("Hai bước trùng mã.", where="steps", do="Đặt mã khác nhau cho các bước.")
    for row, step in enumerate(process.steps, start=1):
        targets = [to for branch in step.branches for to in branch.targets]
        lost = [to for to in targets if to not in process.by_key]
        if lost or step.key in targets:
            raise Refused(
                "Bước dẫn tới chính nó hoặc tới một bước không có.",
                where=f"Bước {row}",
                do="Ghi đúng số của bước khác.",
            )


def _sub_procedures(process: Process) -> dict[str, int]:
    codes = {step.sub_procedure for step in process.steps if step.sub_procedure}
    if not codes:
        return {}
    found = dict(Procedure.objects.filter(code__in=codes).values_list("code", "id"))
    for row, step in enumerate(process.steps, start=1):
        if step.sub_procedure and step.sub_procedure not in found:
            raise Refused(
                f"Không có thủ tục mã «{step.sub_procedure}».",
                where=f"Bước {row}",
                do="Ghi mã một thủ tục trong danh mục.",
            )
    return found


def _row(
    version: ProcessVersion,
    position: int,
    step: Step,
    process: Process,
    names: Mapping[int, str],
    subs: Mapping[str, int],
) -> ProcessStep:
    """A step; a fixed unit's name of that day is written beside it, for readers who see the table alone."""
    return ProcessStep(
        process_version=version,
        stable_key=step.key[:80],
        position=position,
        name=step.name[:300],
        duty=step.duty,
        agency_kind=step.agency.kind,
        unit_id=step.agency.unit_id,
        agency_text=(names.get(step.agency.unit_id or 0, "") or step.agency.text)[:300],
        role=step.role,
        term_n=step.term_n,
        term_unit=step.term_unit if step.term_n is not None else None,
        officer_role=step.officer[:60],
        starts=step.key in process.starts,
        join=step.join,
        kind=step.kind,
        sub_procedure_id=subs.get(step.sub_procedure),
        fact_labels=dict(step.labels),
    )


def _links(row: ProcessStep, step: Step, by_key: Mapping[str, ProcessStep]) -> list[StepLink]:
    made = []
    for number, branch in enumerate(step.branches):
        conditions: list[dict[str, Any]] = [
            {"fact": one.fact, "operator": one.operator, "value": one.value} for one in branch.when
        ]
        for target in dict.fromkeys(branch.targets) or (None,):
            made.append(
                StepLink(
                    from_step=row,
                    branch=number,
                    to_step=None if target is None else by_key[target],
                    conditions=conditions,
                    back=branch.back,
                    max_rounds=branch.max_rounds if branch.back else None,
                )
            )
    return made


def _drop_draft(procedure_id: int) -> None:
    drafts = ProcessVersion.objects.filter(procedure_id=procedure_id, state=VersionState.DRAFT.value)
    StepLink.objects.filter(from_step__process_version__in=drafts)._raw_delete("default")
    ProcessStep.objects.filter(process_version__in=drafts)._raw_delete("default")
    drafts._raw_delete("default")

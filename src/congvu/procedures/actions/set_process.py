"""The step table of a procedure: written as a draft, published from a day on; a published one is never edited."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import names_on
from congvu.procedures.models import Procedure, ProcessStep, ProcessVersion, StepLink
from congvu.procedures.rules.checks import StepDraft, refuse_unless_walkable
from congvu.procedures.rules.words import VersionState


def draft_process(
    procedure_id: int,
    steps: Sequence[StepDraft],
    *,
    by: Actor,
    at: datetime,
    total_hours: Decimal | None = None,
    source: str = "",
) -> ProcessVersion:
    """Write the draft step table whole, replacing the one there was. At most 11 statements. A step without
    `leads_to` leads to the next when none has any. Refuses a table no dossier could go through."""
    refuse_unless_walkable(steps)
    if total_hours is not None and not 0 < total_hours <= 80_000:
        raise Refused("Thời hạn chung không dùng được.", where="total_hours", do="Gõ số giờ làm việc dương.")
    with transaction.atomic():
        procedure = Procedure.objects.select_for_update().filter(pk=procedure_id).first()
        if procedure is None:
            raise Refused(
                "Không có thủ tục này.", where=str(procedure_id), do="Chọn thủ tục trong danh sách."
            )
        _drop_draft(procedure_id)
        highest = ProcessVersion.objects.filter(code=procedure.code).aggregate(n=Max("number"))["n"] or 0
        process = ProcessVersion.objects.create(
            procedure=procedure, code=procedure.code, name=procedure.name, number=highest + 1,
            state=VersionState.DRAFT.value, total_hours=total_hours, source=source[:300],
        )  # fmt: skip
        names = names_on({step.unit_id for step in steps if step.unit_id is not None}, at.date())
        rows = ProcessStep.objects.bulk_create(
            _row(process, position, step, names) for position, step in enumerate(steps, start=1)
        )
        explicit = any(step.leads_to for step in steps)
        StepLink.objects.bulk_create(
            StepLink(from_step=rows[start - 1], to_step=rows[end - 1])
            for start, step in enumerate(steps, start=1)
            for end in (step.leads_to if explicit else (start + 1,))
            if end <= len(steps)
        )
        record(
            "draft_process", "procedures.procedure", procedure_id, by=by, at=at, after={"steps": len(steps)}
        )
    return process


def publish_process(
    procedure_id: int, valid_from: date, *, by: Actor, at: datetime, why: str = ""
) -> ProcessVersion:
    """Publish the draft step table from a day on; the one in force ends that day. 6 statements.

    Refuses: no draft; a day before the first day of the one in force.
    """
    with transaction.atomic():
        Procedure.objects.select_for_update().filter(pk=procedure_id).first()
        held = list(
            ProcessVersion.objects.select_for_update().filter(procedure_id=procedure_id).order_by("number")
        )
        draft = next((one for one in held if one.state == VersionState.DRAFT.value), None)
        if draft is None:
            raise Refused("Chưa có bản thảo quy trình.", where="process", do="Lập bảng bước rồi công bố.")
        in_force = next(
            (one for one in held if one.state == VersionState.PUBLISHED.value and one.valid_to is None), None
        )
        if in_force is not None:
            if in_force.valid_from is not None and in_force.valid_from > valid_from:
                raise Refused(
                    f"Quy trình đang dùng có hiệu lực từ {in_force.valid_from:%d/%m/%Y}.",
                    where="valid_from",
                    do="Chọn ngày muộn hơn.",
                )
            ProcessVersion.objects.filter(pk=in_force.pk).update(valid_to=valid_from)
        draft.state, draft.valid_from, draft.published_at = VersionState.PUBLISHED.value, valid_from, at
        draft.save(update_fields=["state", "valid_from", "published_at"])
        facts = {"process": draft.pk, "number": draft.number, "valid_from": valid_from.isoformat()}
        record("publish_process", "procedures.procedure", procedure_id, by=by, at=at, why=why, after=facts)
    return draft


def _drop_draft(procedure_id: int) -> None:
    drafts = ProcessVersion.objects.filter(procedure_id=procedure_id, state=VersionState.DRAFT.value)
    StepLink.objects.filter(from_step__process_version__in=drafts)._raw_delete("default")
    ProcessStep.objects.filter(process_version__in=drafts)._raw_delete("default")
    drafts._raw_delete("default")


def _row(process: ProcessVersion, position: int, step: StepDraft, names: Mapping[int, str]) -> ProcessStep:
    """A step; a fixed unit's name of that day is written beside it, for readers who see the table alone."""
    return ProcessStep(
        process_version=process,
        stable_key=step.stable_key or f"buoc-{position}",
        position=position,
        name=step.name[:300],
        duty=step.duty,
        agency_kind=step.agency_kind,
        unit_id=step.unit_id,
        agency_text=(step.agency_text or names.get(step.unit_id or 0, ""))[:300],
        role=step.role,
        term_n=step.term_n,
        term_unit=step.term_unit if step.term_n is not None else None,
        officer_role=step.officer_role[:60],
    )

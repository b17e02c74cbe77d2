"""The step table of a procedure: written as a draft, published from a day on; a published one is never edited."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.write_process import write_draft
from congvu.procedures.models import Procedure, ProcessVersion
from congvu.procedures.queries.graphs import findings, stored_process
from congvu.procedures.rules.checks import StepDraft, refuse_unless_walkable
from congvu.procedures.rules.process.drafts import from_drafts
from congvu.procedures.rules.process.graph import Process
from congvu.procedures.rules.process.lint import errors
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
    """Write the draft step table whole, replacing the one there was. At most 12 statements. A step without
    `leads_to` leads to the next when none has any. Refuses a table no dossier could go through."""
    refuse_unless_walkable(steps)
    return draft_graph(procedure_id, from_drafts(steps), by=by, at=at, total_hours=total_hours, source=source)


def draft_graph(
    procedure_id: int,
    process: Process,
    *,
    by: Actor,
    at: datetime,
    total_hours: Decimal | None = None,
    source: str = "",
) -> ProcessVersion:
    """Write the draft process as a graph, replacing the one there was. At most 12 statements.

    An unfinished graph is kept as it is (publishing refuses it); refused is only what no table could hold.
    """
    if total_hours is not None and not 0 < total_hours <= 80_000:
        raise Refused("Thời hạn chung không dùng được.", where="total_hours", do="Gõ số giờ làm việc dương.")
    with transaction.atomic():
        procedure = Procedure.objects.select_for_update().filter(pk=procedure_id).first()
        if procedure is None:
            raise Refused(
                "Không có thủ tục này.", where=str(procedure_id), do="Chọn thủ tục trong danh sách."
            )
        version = write_draft(procedure, process, at=at, total_hours=total_hours, source=source)
        facts = {"process": version.pk, "steps": len(process.steps)}
        record("draft_process", "procedures.procedure", procedure_id, by=by, at=at, after=facts)
    return version


def publish_process(
    procedure_id: int, valid_from: date, *, by: Actor, at: datetime, why: str = ""
) -> ProcessVersion:
    """Publish the draft step table from a day on; the one in force ends that day. 11 statements.

    Refuses: no draft; a day before the first day of the one in force; any error lint finds for that day.
    """
    with transaction.atomic():
        Procedure.objects.select_for_update().filter(pk=procedure_id).first()
        held = list(
            ProcessVersion.objects.select_for_update().filter(procedure_id=procedure_id).order_by("number")
        )
        draft = next((one for one in held if one.state == VersionState.DRAFT.value), None)
        if draft is None:
            raise Refused("Chưa có bản thảo quy trình.", where="process", do="Lập bảng bước rồi công bố.")
        _refuse_errors(draft, procedure_id, valid_from)
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


def _refuse_errors(draft: ProcessVersion, procedure_id: int, day: date) -> None:
    graph = stored_process(draft.pk).graph
    found = errors(findings(procedure_id, graph, on=day, total_hours=draft.total_hours))
    if found:
        more = f" (và {len(found) - 1} lỗi khác)" if len(found) > 1 else ""
        raise Refused(
            f"{found[0].what}{more}",
            where=f"Bước {found[0].row}" if found[0].row else "Quy trình",
            do=found[0].do,
            article=found[0].article or "TT 01/2018/TT-VPCP, Điều 8",
        )

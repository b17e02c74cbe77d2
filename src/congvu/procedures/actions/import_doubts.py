"""Doubts of an import, and the memory of what people decided about the same words before."""

from collections.abc import Mapping
from datetime import datetime

from congvu.procedures.actions.import_files import Row
from congvu.procedures.models import Doubt, ImportBatch
from congvu.procedures.rules.changes import applied
from congvu.procedures.rules.content import Content
from congvu.procedures.rules.doubts import DoubtKind, Found
from congvu.procedures.rules.row import ReadRow
from congvu.procedures.rules.words import DoubtState

Memory = dict[tuple[str, str, str], Doubt]


def remembered_by(procedure_ids: list[int]) -> dict[int, Memory]:
    """What people decided on earlier doubts of these procedures, by kind, field and wording. 1 statement."""
    memory: dict[int, Memory] = {}
    decided = Doubt.objects.filter(
        procedure_id__in=procedure_ids,
        state__in=[DoubtState.ACCEPTED.value, DoubtState.CORRECTED.value, DoubtState.DISMISSED.value],
        resolved_by__isnull=False,
    )
    for doubt in decided.order_by("id") if procedure_ids else []:
        memory.setdefault(doubt.procedure_id or 0, {})[(doubt.kind, doubt.field, doubt.original)] = doubt
    return memory


def decided(read: ReadRow, memory: Memory) -> Content:
    """What a row says, with the earlier decisions about the same doubts made again."""
    content = read.content
    for found in read.found:
        earlier = memory.get((found.kind.value, found.field, found.original))
        if earlier is not None and earlier.resolution:
            content = applied(content, earlier.resolution)
    return content


def retire_doubts(procedure_ids: list[int], *, at: datetime) -> None:
    """Close the open doubts about rows that newer rows replace. 1 statement."""
    if procedure_ids:
        Doubt.objects.filter(procedure_id__in=procedure_ids, state=DoubtState.OPEN.value).update(
            state=DoubtState.DISMISSED.value, reason="Nguồn có dòng mới thay thế.", resolved_at=at
        )


def write_doubts(
    batch: ImportBatch,
    rows: list[Row],
    doubles: list[Row],
    ids: Mapping[str, int],
    version_of: Mapping[int, int],
    remembered: Mapping[int, Memory],
    *,
    at: datetime,
) -> None:
    """Write the doubts of the rows; those decided earlier are written as decided. 1 statement."""
    made = []
    for row in rows:
        procedure_id = ids[row.read.code]
        for found in row.read.found:
            doubt = _doubt(batch, row.ref, found, procedure_id, version_of.get(procedure_id))
            earlier = remembered.get(procedure_id, {}).get((found.kind.value, found.field, found.original))
            if earlier is not None:
                doubt.state, doubt.resolution, doubt.reason = (
                    earlier.state,
                    earlier.resolution,
                    earlier.reason,
                )
                doubt.resolved_by, doubt.resolved_name = earlier.resolved_by, earlier.resolved_name
                doubt.resolved_at = at
            made.append(doubt)
    stored = {row.read.code for row in rows}
    for row in doubles:
        if row.read.code in stored:
            found = Found(
                DoubtKind.DUPLICATE_CODE, "ma_thu_tuc", row.line.strip()[:100_000], row.read.content.name
            )
            made.append(_doubt(batch, row.ref, found, ids[row.read.code], version_of.get(ids[row.read.code])))
    Doubt.objects.bulk_create(made)


def _doubt(batch: ImportBatch, ref: str, found: Found, procedure_id: int, version_id: int | None) -> Doubt:
    return Doubt(
        batch=batch,
        kind=found.kind.value,
        procedure_id=procedure_id,
        version_id=version_id,
        row_ref=ref[:300],
        field=found.field,
        original=found.original,
        note=found.note,
        proposal=list(found.proposal) or None,
    )

"""Bring in the processes of a one-stop office (XML configuration) as published step tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.import_files import why_not_read
from congvu.procedures.actions.import_procedures import LOCK
from congvu.procedures.models import Doubt, ImportBatch, ProcessStep, ProcessVersion, StepLink
from congvu.procedures.rules.doubts import DoubtKind
from congvu.procedures.rules.process.graph import HOURS_PER_DAY
from congvu.procedures.rules.words import DoubtState, TermUnit, VersionState
from congvu.procedures.rules.workflow import ProcessRead, group_names, read_process

UNITS_FILE = "t_cores_ou.csv"
PATTERN = "*_workflow.xml"


@dataclass(frozen=True, slots=True)
class WorkflowReport:
    """Times in working days. `sum_mismatch`: processes whose steps do not sum to their total;
    `task_mismatch`: steps whose tasks do not sum to the step."""

    processes: int
    steps: int
    new: int
    changed: int
    unchanged: int
    sum_mismatch: tuple[dict[str, Any], ...]
    task_mismatch: tuple[dict[str, Any], ...]
    doubts: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        return {
            "processes": self.processes,
            "steps": self.steps,
            "sum_mismatch": list(self.sum_mismatch),
            "task_mismatch": list(self.task_mismatch),
            "doubts": self.doubts,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
        }


def import_workflows(folder: Path, *, by: Actor, at: datetime) -> WorkflowReport:
    """Import every *_workflow.xml below `folder`, with the unit names of its t_cores_ou.csv. Idempotent by content.

    At most 11 SQL statements. Imported processes belong to no procedure of the catalogue; an official may copy one.
    Refuses: no such folder, no process in it, a file that is no process, two processes of one code.
    """
    read = _read_folder(folder)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        held = _held([ref_code(one) for _, one in read])
        new = [(ref, one) for ref, one in read if ref_code(one) not in held]
        changed = [
            (ref, one) for ref, one in read if held.get(ref_code(one), (0, one.sha256))[1] != one.sha256
        ]
        if new or changed:
            _store(folder, new, changed, held, by=by, at=at)
    doubts = Counter(found.kind.value for _, one in read for found in one.found)
    return WorkflowReport(
        processes=len(read),
        steps=sum(len(one.steps) for _, one in read),
        new=len(new),
        changed=len(changed),
        unchanged=len(read) - len(new) - len(changed),
        sum_mismatch=tuple(_mismatch(one) for _, one in read if one.sum_of_steps != one.total),
        task_mismatch=tuple(found for _, one in read for found in _task_mismatches(one)),
        doubts=dict(sorted(doubts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def ref_code(process: ProcessRead) -> str:
    """The code an imported process is kept under: its own, out of the way of the catalogue's codes."""
    return f"nhap/{process.code}"[:60]


def _read_folder(folder: Path) -> list[tuple[str, ProcessRead]]:
    if not folder.is_dir():
        raise Refused("Không có thư mục này.", where=str(folder), do="Kiểm tra đường dẫn.")
    files = sorted(folder.rglob(PATTERN))
    if not files:
        raise Refused(
            f"Thư mục không có tệp {PATTERN}.", where=str(folder), do="Chọn thư mục chứa các quy trình."
        )
    listed = folder / UNITS_FILE
    units = group_names(listed.read_bytes(), UNITS_FILE) if listed.is_file() else {}
    read = []
    seen: dict[str, str] = {}
    for path in files:
        ref = path.relative_to(folder).as_posix()
        try:
            document = path.read_bytes()
        except OSError as problem:
            raise Refused(why_not_read(problem), where=ref, do="Kiểm tra quyền đọc.") from problem
        process = read_process(document, units, ref)
        if process.code in seen:
            raise Refused(
                f"Hai tệp cùng mã quy trình {process.code}.",
                where=ref,
                do=f"Bỏ một trong hai: {seen[process.code]}.",
            )
        seen[process.code] = ref
        read.append((ref, process))
    return read


def _held(codes: Sequence[str]) -> dict[str, tuple[int, str]]:
    """{code: (highest number, digest of that one)}. 2 statements."""
    highest = dict(
        ProcessVersion.objects.filter(code__in=codes).values_list("code").annotate(n=Max("number"))
    )
    rows = ProcessVersion.objects.filter(code__in=codes).values_list("code", "number", "source_sha256")
    return {code: (number, sha) for code, number, sha in rows if highest[code] == number}


def _store(
    folder: Path,
    new: Sequence[tuple[str, ProcessRead]],
    changed: Sequence[tuple[str, ProcessRead]],
    held: Mapping[str, tuple[int, str]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    day = at.date()
    codes = [ref_code(one) for _, one in changed]
    counts = {"read": len(new) + len(changed), "new": len(new), "changed": len(changed)}
    facts = [{"name": ref, "sha256": one.sha256, "rows": len(one.steps)} for ref, one in (*new, *changed)]
    batch = ImportBatch.objects.create(
        kind="workflows", at=at, by_account=by.account_id, files=facts, counts=counts
    )
    if codes:
        ProcessVersion.objects.filter(code__in=codes, valid_to__isnull=True).update(valid_to=day)
        Doubt.objects.filter(process__code__in=codes, state=DoubtState.OPEN.value).update(
            state=DoubtState.DISMISSED.value, reason="Nguồn có tệp mới thay thế.", resolved_at=at
        )
    rows = [*new, *changed]
    processes = ProcessVersion.objects.bulk_create(
        _process(ref, one, held.get(ref_code(one), (0, ""))[0] + 1, day, at) for ref, one in rows
    )
    steps = ProcessStep.objects.bulk_create(
        step for process, (_, one) in zip(processes, rows, strict=True) for step in _steps(process, one)
    )
    by_place = {(step.process_version_id, step.position): step for step in steps}
    StepLink.objects.bulk_create(
        StepLink(from_step=by_place[(process.pk, start)], to_step=by_place[(process.pk, end)])
        for process, (_, one) in zip(processes, rows, strict=True)
        for start, end in one.links
    )
    ProcessVersion.objects.filter(pk__in=[one.pk for one in processes]).update(
        state=VersionState.PUBLISHED.value
    )
    Doubt.objects.bulk_create(
        Doubt(
            batch=batch,
            kind=found.kind.value,
            process=process,
            row_ref=ref[:300],
            field=found.field,
            original=found.original,
            note=found.note,
        )
        for process, (ref, one) in zip(processes, rows, strict=True)
        for found in one.found
    )
    record(
        "import_workflows", "procedures.import", batch.pk, by=by, at=at, why=str(folder.name), after=counts
    )


def _process(ref: str, one: ProcessRead, number: int, day: date, at: datetime) -> ProcessVersion:
    return ProcessVersion(
        code=ref_code(one),
        name=one.name,
        number=number,
        state=VersionState.LOADING.value,
        valid_from=day,
        published_at=at,
        total_hours=one.total * HOURS_PER_DAY,
        fee_text=one.fee,
        source=ref[:300],
        original=one.text,
        source_sha256=one.sha256,
    )


def _steps(process: ProcessVersion, one: ProcessRead) -> list[ProcessStep]:
    return [
        ProcessStep(
            process_version=process,
            stable_key=step.key,
            position=step.position,
            name=step.name,
            duty="; ".join(task.name for task in step.tasks),
            agency_kind=step.agency_kind.value,
            agency_text=step.agency[:300],
            role=step.role.value,
            term_n=step.days,
            term_unit=TermUnit.NGAY_LAM_VIEC.value,
            tasks=[task.as_json() for task in step.tasks],
        )
        for step in one.steps
    ]


def _mismatch(one: ProcessRead) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "total": _number(one.total),
        "sum": _number(one.sum_of_steps),
        "difference": _number(one.sum_of_steps - one.total),
        "unit": "ngày làm việc",
    }


def _task_mismatches(one: ProcessRead) -> list[dict[str, Any]]:
    if not any(found.kind is DoubtKind.TASKS_SUM for found in one.found):
        return []
    pairs = ((step, sum((task.days for task in step.tasks), Decimal(0))) for step in one.steps if step.tasks)
    return [
        {"code": one.code, "step": step.position, "total": _number(step.days), "sum": _number(summed)}
        for step, summed in pairs
        if summed != step.days
    ]


def _number(days: Decimal) -> float | int:
    return int(days) if days == days.to_integral_value() else float(days)

"""Step tables: which process is in force, its steps and their sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from congvu.procedures.models import ProcessStep, ProcessVersion
from congvu.procedures.rules.words import AgencyKind, StepRole, TermUnit, VersionState


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as people read it. `unit_id` only for a fixed agency."""

    id: int
    stable_key: str
    position: int
    name: str
    duty: str
    agency_kind: str
    agency_text: str
    unit_id: int | None
    role: str
    term_n: Decimal | None
    term_unit: str | None
    officer_role: str
    hours: Decimal | None
    leads_to: tuple[int, ...]  # positions

    @property
    def agency_words(self) -> str:
        return self.agency_text or AgencyKind(self.agency_kind).label

    @property
    def role_words(self) -> str:
        return StepRole(self.role).label

    @property
    def term_words(self) -> str:
        if self.term_n is None or self.term_unit is None:
            return "–"
        return f"{self.term_n.normalize():f} {TermUnit(self.term_unit).label}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class ProcessTable:
    """A process with its steps in order. Hours are working hours; a sum is None when a step cannot be measured so."""

    process: ProcessVersion
    steps: tuple[StepLine, ...]

    @property
    def sum_hours(self) -> Decimal | None:
        """The sum over the steps; for a graph, the longest way through it."""
        if any(step.hours is None and step.term_n is not None for step in self.steps):
            return None
        longest: dict[int, Decimal] = {}
        for step in sorted(self.steps, key=lambda one: one.position, reverse=True):
            after = max((longest.get(position, Decimal(0)) for position in step.leads_to), default=Decimal(0))
            longest[step.position] = (step.hours or Decimal(0)) + after
        return max(longest.values(), default=Decimal(0))

    @property
    def mismatch_hours(self) -> Decimal | None:
        """Sum minus the whole term; None when either is not known; 0 when they agree."""
        if self.process.total_hours is None or self.sum_hours is None:
            return None
        return self.sum_hours - self.process.total_hours


def process_for(procedure_id: int, on: date) -> ProcessTable | None:
    """The published process of a procedure in force on a day. 2 statements, 1 when there is none."""
    found = (
        ProcessVersion.objects.defer("original")
        .filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
            procedure_id=procedure_id,
            state=VersionState.PUBLISHED.value,
        )
        .order_by("-number")
        .first()
    )
    return None if found is None else table_of(found)


def draft_process(procedure_id: int) -> ProcessTable | None:
    """The draft of a procedure's process. 2 statements, 1 when there is none."""
    drafts = ProcessVersion.objects.filter(procedure_id=procedure_id, state=VersionState.DRAFT.value)
    found = drafts.order_by("-number").first()
    return None if found is None else table_of(found)


def table_of(process: ProcessVersion) -> ProcessTable:
    """The steps of a process with their links. 1 statement."""
    rows = _steps_of([process.pk])
    return ProcessTable(process, tuple(_line(row, tuple(sorted(row.onward))) for row in rows))


def _line(row: ProcessStep, leads_to: tuple[int, ...]) -> StepLine:
    return StepLine(
        id=row.pk,
        stable_key=row.stable_key,
        position=row.position,
        name=row.name,
        duty=row.duty,
        agency_kind=row.agency_kind,
        agency_text=row.agency_text,
        unit_id=row.unit_id,
        role=row.role,
        term_n=row.term_n,
        term_unit=row.term_unit,
        officer_role=row.officer_role,
        hours=row.term_hours,
        leads_to=leads_to,
    )


def imported_tables(*, limit: int = 200) -> list[ProcessTable]:
    """Processes that no procedure claims, by code, with their steps. 2 statements."""
    found = ProcessVersion.objects.defer("original").filter(
        procedure__isnull=True, state=VersionState.PUBLISHED.value, valid_to__isnull=True
    )
    processes = list(found.order_by("code")[:limit])
    lines: dict[int, list[StepLine]] = {}
    for row in _steps_of([process.pk for process in processes]):
        lines.setdefault(row.process_version_id, []).append(_line(row, tuple(sorted(row.onward))))
    return [ProcessTable(process, tuple(lines.get(process.pk, ()))) for process in processes]


def _steps_of(process_ids: list[int]) -> Iterable[Any]:
    """Steps in order, each with the positions it leads to as `onward`."""
    onward = ArrayAgg("links_out__to_step__position", filter=Q(links_out__isnull=False), default=Value([]))
    found = ProcessStep.objects.filter(process_version_id__in=process_ids).annotate(onward=onward)
    return found.order_by("process_version_id", "position")

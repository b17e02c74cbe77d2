"""A procedure and its versions: which is in force, what it says, what came before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from congvu.procedures.models import DecisionItem, Doubt, Procedure, ProcedureVersion
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.processes import ProcessTable, process_for
from congvu.procedures.rules.content import Content
from congvu.procedures.rules.differences import Difference, differences
from congvu.procedures.rules.words import Action, DoubtState, VersionState


def _in_force(on: date) -> Q:
    return Q(state=VersionState.PUBLISHED.value, valid_from__lte=on) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def procedure_by_code(code: str) -> Procedure | None:
    """The procedure with its field. 1 statement."""
    return Procedure.objects.select_related("field").filter(code=code).first()


def version_in_force(procedure_id: int, on: date) -> ProcedureVersion | None:
    """The published version of a procedure in force on a day. 1 statement."""
    return ProcedureVersion.objects.filter(_in_force(on), procedure_id=procedure_id).first()


def version_of_code(code: str, on: date) -> ProcedureVersion | None:
    """The version in force on a day of the procedure with this code, both and the field read at once. 1 statement."""
    found = ProcedureVersion.objects.filter(_in_force(on), procedure__code=code)
    return found.select_related("procedure__field").defer("original").first()


def versions_in_force(procedure_ids: list[int], on: date) -> dict[int, ProcedureVersion]:
    """By procedure id, those that have one. 1 statement."""
    found = ProcedureVersion.objects.filter(_in_force(on), procedure_id__in=procedure_ids).defer("original")
    return {one.procedure_id: one for one in found}


def numbered_version(procedure_id: int, number: int) -> ProcedureVersion | None:
    """A version by its number, drafts too, with its procedure and field. 1 statement."""
    found = ProcedureVersion.objects.filter(procedure_id=procedure_id, number=number)
    return found.select_related("procedure__field").first()


def draft_of(procedure_id: int) -> ProcedureVersion | None:
    """The open draft of a procedure. 1 statement."""
    return ProcedureVersion.objects.filter(procedure_id=procedure_id, state=VersionState.DRAFT.value).first()


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision about a procedure, as the page names it."""

    number: str
    issuer: str
    issued_on: date | None
    effective_on: date | None
    action: str
    changed_part: str
    version_id: int | None


@dataclass(frozen=True, slots=True)
class VersionDetail:
    """All of one version: content, the process in force with it, decisions, what is still in doubt."""

    procedure: Procedure
    version: ProcedureVersion
    content: Content
    process: ProcessTable | None
    decisions: tuple[DecisionLine, ...]
    open_doubts: tuple[Doubt, ...]


def detail_of(version: ProcedureVersion, *, on: date) -> VersionDetail:
    """A version already read, with its procedure and field, whole. `on` chooses the process. At most 5 statements."""
    return VersionDetail(
        procedure=version.procedure,
        version=version,
        content=contents([version.pk])[version.pk],
        process=process_for(version.procedure_id, on),
        decisions=decisions_about(version.procedure_id),
        open_doubts=tuple(
            Doubt.objects.filter(procedure_id=version.procedure_id, state=DoubtState.OPEN.value).order_by(
                "id"
            )
        ),
    )


def decisions_about(procedure_id: int) -> tuple[DecisionLine, ...]:
    """Newest first. 1 statement."""
    items = DecisionItem.objects.filter(procedure_id=procedure_id).select_related("decision").order_by("-id")
    return tuple(
        DecisionLine(
            number=item.decision.number,
            issuer=item.decision.issuer,
            issued_on=item.decision.issued_on,
            effective_on=item.decision.effective_on,
            action=Action(item.action).label,
            changed_part=item.changed_part,
            version_id=item.version_id,
        )
        for item in items
    )


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the history, with what it changed against the one before."""

    id: int
    number: int
    state: str
    valid_from: date | None
    valid_to: date | None
    is_correction: bool
    decision: DecisionLine | None
    changes: tuple[Difference, ...]


def version_history(procedure_id: int, *, limit: int = 30) -> list[VersionLine]:
    """The versions of a procedure, newest first, each with its differences from the one before. 3 statements."""
    columns = ("id", "number", "state", "valid_from", "valid_to", "corrects_id")
    rows: list[dict[str, Any]] = list(
        ProcedureVersion.objects.filter(procedure_id=procedure_id)
        .order_by("-number")
        .values(*columns)[: limit + 1]
    )
    said = contents(row["id"] for row in rows)
    by_version = {one.version_id: one for one in decisions_about(procedure_id)}
    lines = []
    for at, row in enumerate(rows[:limit]):
        before = said[rows[at + 1]["id"]] if at + 1 < len(rows) else None
        lines.append(
            VersionLine(
                id=row["id"],
                number=row["number"],
                state=row["state"],
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                is_correction=row["corrects_id"] is not None,
                decision=by_version.get(row["id"]),
                changes=differences(before, said[row["id"]]) if before is not None else (),
            )
        )
    return lines

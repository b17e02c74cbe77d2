"""Running dossiers under older versions, and the log of moves to newer ones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.models import MovedDossier, VersionMove
from congvu.dossiers.queries.compose import BULK, filled
from congvu.dossiers.rules.status import Status
from congvu.foundation.sql import statement
from congvu.procedures.models import Procedure, ProcedureVersion, ProcessVersion

MOST = 20_000  # running dossiers of one version a preview looks at


@dataclass(frozen=True, slots=True)
class Running:
    """How many dossiers run under a version and its process (None: the plain way)."""

    version_id: int
    process_id: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Named:
    """Versions and processes by id, as people call them: their numbers and first days."""

    versions: dict[int, ProcedureVersion]
    processes: dict[int, ProcessVersion]

    @property
    def procedure(self) -> Procedure:
        return next(iter(self.versions.values())).procedure

    def words(self, version_id: int, process_id: int | None) -> str:
        """ "bản 2, quy trình 3"; "quy trình chung" for a procedure that had none of its own then."""
        version, process = self.versions.get(version_id), self.processes.get(process_id or 0)
        told = f"quy trình {process.number}" if process else "quy trình chung"
        return f"Bản {version.number if version else '?'}, {told}"

    def in_force(self, on: date) -> tuple[int | None, int | None]:
        """The version and the process in force on a day; None where there is none."""
        versions = [one.pk for one in self.versions.values() if _covers(one.valid_from, one.valid_to, on)]
        processes = [one.pk for one in self.processes.values() if _covers(one.valid_from, one.valid_to, on)]
        return max(versions, default=None), max(processes, default=None)


def _covers(first: date | None, end: date | None, on: date) -> bool:
    return (first is None or first <= on) and (end is None or on < end)


def running_by_version(sight: Visible, procedure_id: int) -> list[Running]:
    """The running dossiers of a procedure by version and process. 1 statement, over all that is open."""
    if sight.nothing:
        return []
    found = statement(BULK, "moving_sides").with_condition(sight.sql("d"))
    return [Running(*row) for row in found.rows({"procedure": procedure_id, **sight.params})]


@dataclass(frozen=True, slots=True)
class Held:
    """The case of a dossier and its papers: (id, paper of the case or None)."""

    case_id: int | None
    papers: tuple[tuple[int, int | None], ...]


def running_of(
    sight: Visible, version_id: int, process_id: int | None, *, after: int = 0, limit: int = MOST + 1
) -> dict[int, Held]:
    """The running dossiers of one version and process, oldest first, those past `after`. 1 statement."""
    which = (
        "d.procedure_version_id = %(version)s::bigint AND d.process_id IS NOT DISTINCT FROM %(process)s::bigint"
        " AND d.id > %(after)s::bigint"
    )
    params = {"version": version_id, "process": process_id, "after": after, "limit": limit}
    return _held(sight, which, params)


def running_among(sight: Visible, ids: list[int]) -> dict[int, Held]:
    """Those of the dossiers `ids` that are running. 1 statement."""
    return _held(sight, "d.id = ANY(%(ids)s::bigint[])", {"ids": ids, "limit": len(ids)})


def _held(sight: Visible, which: str, params: dict[str, Any]) -> dict[int, Held]:
    if sight.nothing:
        return {}
    found = filled("moving_running", which=which, visible=sight.sql("d"))
    return {
        row[0]: Held(row[1], tuple((one[0], one[1]) for one in row[2] or ()))
        for row in found.rows(params | sight.params)
    }


def named(code: str) -> Named | None:
    """The published versions and processes of a procedure; None when it has none. 2 statements."""
    versions = ProcedureVersion.objects.filter(procedure__code=code, state="PUBLISHED")
    processes = ProcessVersion.objects.filter(procedure__code=code, state="PUBLISHED").defer("original")
    known = {one.pk: one for one in versions.select_related("procedure").defer("original")}
    return Named(known, {one.pk: one for one in processes}) if known else None


def moves_of(procedure_id: int, limit: int = 100) -> list[VersionMove]:
    """The moves of a procedure's dossiers, newest first. 1 statement."""
    return list(VersionMove.objects.filter(procedure_id=procedure_id).order_by("-id")[:limit])


def move_by_id(procedure_id: int, pk: int) -> VersionMove | None:
    """One move. 1 statement."""
    return VersionMove.objects.filter(procedure_id=procedure_id, pk=pk).first()


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A dossier of a move. `touched`: something was done to it since, so it does not go back by itself."""

    dossier_id: int
    code: str | None
    status: Status
    due_before: date | None
    due_after: date | None
    changes: dict[str, str]
    undone: bool
    touched: bool


def moved_lines(move_id: int) -> list[MovedLine]:
    """The dossiers of a move, oldest first. 1 statement; a move holds at most some hundred."""
    rows = MovedDossier.objects.filter(move_id=move_id).select_related("dossier").order_by("dossier_id")
    only: Any = rows.only(
        "due_before", "due_after", "changes", "undone_at", "version_after", "dossier__code", "dossier__status",
        "dossier__version",
    )  # fmt: skip
    return [
        MovedLine(
            one.dossier_id,
            one.dossier.code,
            Status(one.dossier.status),
            one.due_before,
            one.due_after,
            one.changes,
            one.undone_at is not None,
            one.undone_at is None and one.dossier.version != one.version_after,
        )
        for one in only
    ]

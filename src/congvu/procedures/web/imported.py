"""Processes brought in from another one-stop office, with those whose steps do not sum flagged."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.text import composed, fold
from congvu.procedures import access
from congvu.procedures.models import Procedure, ProcessVersion
from congvu.procedures.queries.processes import StepLine, imported_tables
from congvu.procedures.queries.versions import procedure_by_code


@dataclass(frozen=True, slots=True)
class ImportedTold:
    process: ProcessVersion
    steps: tuple[StepLine, ...]
    total: str
    sum: str
    differs: bool


def imported(request: HttpRequest) -> HttpResponse:
    """The list; with `cho`, an editor takes one for the draft of that procedure. 2-3 statements besides who asks."""
    wanted = composed(request.GET.get("cho", ""))[:60]
    taker = procedure_by_code(wanted) if wanted and access.may_edit(request.actor) else None  # type: ignore[attr-defined]
    told = [
        ImportedTold(
            process=table.process,
            steps=table.steps,
            total=_days(table.process.total_hours),
            sum=_days(table.sum_hours),
            differs=bool(table.mismatch_hours),
        )
        for table in imported_tables()
    ]
    only = bool(request.GET.get("lech"))
    shown = [one for one in told if one.differs] if only else told
    if taker is not None:
        shown.sort(key=lambda one: -_likeness(taker, one.process))
    context = {
        "rows": shown,
        "count": len(told),
        "flagged": sum(one.differs for one in told),
        "only": only,
        "taker": taker,
    }
    return render(request, "procedures/web/imported.html", context)


def _likeness(procedure: Procedure, process: ProcessVersion) -> float:
    """How alike two are: the share of words of both names that they have in common; the same code before all."""
    mine, theirs = set(fold(procedure.name).split()), set(fold(process.name).split())
    shared = len(mine & theirs) / max(len(mine | theirs), 1)
    return shared + (fold(procedure.code) == fold(process.code))


def _days(hours: object) -> str:
    """Working hours as working days, "0,5"."""
    if hours is None:
        return "–"
    return composed(f"{float(hours) / 8:g}".replace(".", ","))  # type: ignore[arg-type]

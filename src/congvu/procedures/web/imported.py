"""Processes brought in from another one-stop office, with those whose steps do not sum flagged."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.text import composed
from congvu.procedures.models import ProcessVersion
from congvu.procedures.queries.processes import StepLine, imported_tables


@dataclass(frozen=True, slots=True)
class ImportedTold:
    process: ProcessVersion
    steps: tuple[StepLine, ...]
    total: str
    sum: str
    differs: bool


def imported(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
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
    context = {"rows": shown, "count": len(told), "flagged": sum(one.differs for one in told), "only": only}
    return render(request, "procedures/web/imported.html", context)


def _days(hours: object) -> str:
    """Working hours as working days, "0,5"."""
    if hours is None:
        return "–"
    return composed(f"{float(hours) / 8:g}".replace(".", ","))  # type: ignore[arg-type]

"""Past cases taken in from event logs: how many on time, late, open, unclear; and which they are."""

from dataclasses import dataclass
from datetime import date, datetime

from congvu.dossiers.access import visible_to
from congvu.dossiers.models import CaseImport
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.current import current_records
from congvu.indicators.queries.records import PAGE, Record
from congvu.indicators.rules.conditions import every
from congvu.indicators.rules.on_time import DOUBTFUL, PAST


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """One import. on_time + late + open + unclear = cases; `doubtful` are those with any doubt, counted beside."""

    id: int
    file_name: str
    at: datetime
    cases: int
    on_time: int
    late: int
    open: int
    unclear: int
    doubtful: int


def imported_counts(actor: Actor, *, today: date) -> tuple[ImportCounts, ...]:
    """The imports whose cases `actor` may see, newest first. 2-3 statements."""
    seen = visible_to(actor, today)
    counts = ", ".join(f"count(*) FILTER (WHERE {sql_of(condition)})" for _, condition in PAST.values())
    found = {
        row[0]: row[1:] for row in filled("imported", counts=counts, visible=seen.sql("s")).rows(seen.params)
    }
    imports = CaseImport.objects.filter(id__in=list(found)).order_by("-at", "-id")
    return tuple(ImportCounts(one.pk, one.file_name, one.at, *found[one.pk]) for one in imports)


def import_records(
    actor: Actor, import_id: int, figure: str, *, cursor: str = "", today: date, limit: int = PAGE
) -> Page[Record]:
    """The dossiers behind a number of `imported_counts`. `figure` is a key of PAST, or DOUBTFUL. 1-2 statements."""
    if figure not in PAST and figure != DOUBTFUL:
        raise Refused(f"Không có số liệu «{figure}».", where="mo", do="Mở lại trang và chọn một số.")
    row = "s.imported_id = %(import_id)s::bigint AND s.external_ref <> ''"
    condition = every() if figure == DOUBTFUL else PAST[figure][1]
    if figure == DOUBTFUL:
        row += " AND s.flagged"
    return current_records(
        visible_to(actor, today),
        condition,
        row,
        {"import_id": import_id},
        cursor=cursor,
        on=today,
        limit=limit,
    )

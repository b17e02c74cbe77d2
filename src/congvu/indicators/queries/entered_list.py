"""What people entered, for the list of figures entered by hand."""

from congvu.indicators.models import HandFigure
from congvu.indicators.queries.own_figures import EnteredRow, as_row

MOST = 2000


def latest_entered() -> dict[str, list[EnteredRow]]:
    """By figure, the latest period first; numbers that were replaced are left out. 1 statement."""
    replaced = HandFigure.objects.exclude(replaces=None).values("replaces")
    rows = (
        HandFigure.objects.exclude(pk__in=replaced)
        .select_related("figure")
        .order_by("-last", "-first", "unit_id")
    )
    found: dict[str, list[EnteredRow]] = {}
    for row in rows[:MOST]:
        found.setdefault(row.figure.code, []).append(as_row(row))
    return found

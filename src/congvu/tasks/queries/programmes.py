"""Reading programmes and the lists of content areas."""

from collections.abc import Sequence
from datetime import date

from congvu.foundation.lawtable.queries import history
from congvu.tasks.models import Programme
from congvu.tasks.rules.contents import AREAS, Areas, areas_of, in_force


def programmes() -> list[Programme]:
    """Every programme, the newest years first, the state's before the province's. 1 statement."""
    return list(Programme.objects.order_by("-first_year", "level", "id"))


def area_lists() -> list[Areas]:
    """Every list of content areas, the newest first. 1 statement."""
    return [
        areas_of(row.value, row.valid_from, row.citation, row.evidence, row.note) for row in history(AREAS)
    ]


def areas_for(programme: Programme | None, year: int, lists: Sequence[Areas]) -> Areas | None:
    """The list a plan is divided by: its programme's, else the one in force at the end of its first year. No statement."""
    return in_force(lists, programme.contents_on if programme is not None else date(year, 12, 31))

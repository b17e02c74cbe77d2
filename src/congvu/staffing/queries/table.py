"""The whole ledger of a day, ready to be shown: what the screen, the sheet and the command line have in common."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from congvu.organisation.rules.picture import Picture
from congvu.staffing.queries.ledger import balances
from congvu.staffing.rules.fold import Folded
from congvu.staffing.rules.table import Figures, Row, figures_of, left_over, rows, totals


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in tree order, sums by pool, and units of the past that still hold posts."""

    rows: list[Row]
    totals: Mapping[str, Figures]
    left_over: list[int]
    own: Mapping[int, Mapping[str, Figures]]
    folded: Folded


def table(
    on: date, base_day: date, known: Picture, seen: Collection[int] | None, known_at: datetime | None = None
) -> Table:
    """The ledger on a day beside the base day, on the map of the day. 1 statement.

    `seen`: the units the reader may see (None: all). Base figures are carried to today's units: those of a unit that
    was merged stand with the unit that took over.
    """
    base, now = balances([base_day, on], known, known_at, map_on=on)
    own = figures_of(base.posts, now.posts, {})
    nodes = known.tree(on)
    return Table(rows(nodes, own, seen), totals(own, seen), left_over(nodes, own, seen), own, now)

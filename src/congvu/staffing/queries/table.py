"""The whole ledger of a day, ready to be shown: what the screen, the sheet and the command line have in common."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from congvu.organisation.rules.mapping import Origin, Road
from congvu.organisation.rules.picture import Picture
from congvu.people.queries.present import present
from congvu.staffing.queries.ledger import balances
from congvu.staffing.rules.fold import Folded
from congvu.staffing.rules.table import Figures, Row, figures_of, on_map, rows, totals


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in tree order, sums by pool. `past`: units that no longer stand but held posts in the base year or hold some
    still (`left_over`): no event or decision said where these went; each with the unit above that still stands."""

    rows: list[Row]
    totals: Mapping[str, Figures]
    past: Mapping[int, int | None]
    left_over: list[int]
    own: Mapping[int, Mapping[str, Figures]]
    folded: Folded
    origins: Mapping[int, tuple[Origin, ...]]

    @property
    def past_totals(self) -> Mapping[str, Figures]:
        return totals(self.own, self.past)


def table(
    on: date,
    base_day: date,
    known: Picture,
    seen: Collection[int] | None,
    known_at: datetime | None = None,
    *,
    carries: bool = False,
    map_on: date | None = None,
) -> Table:
    """The ledger on a day beside the base day, on the map of the day. 2 statements. `carries`: what each merger moved,
    told too.

    `seen`: the units the reader may see (None: all). Base figures are carried to today's units: those of a unit that
    was merged stand with the unit that took over. `map_on`: all of it on the map of another day, earlier or later, of the
    units the reader may see.
    """
    base, now = balances([base_day, on], known, known_at, map_on=on, carries=carries)
    people = present(None, on, known_at)
    heads = {(unit, pool): count for unit, of in people.items() for pool, count in of.items()}
    own = figures_of(base.posts, now.posts, heads)
    origins: Mapping[int, tuple[Origin, ...]] = {}
    if map_on is not None and map_on != on:
        mine = {unit: of for unit, of in own.items() if seen is None or unit in seen}
        laid = on_map(mine, Road(known, on, map_on))
        own, origins, on = laid.own, laid.origins, map_on
        seen = None if seen is None else frozenset(own)
    nodes = known.tree(on)
    standing = {node.unit_id for node in nodes}
    past = {unit: _above(unit, known, on, standing) for unit in own if unit not in standing}
    shown = {unit: past[unit] for unit in sorted(past) if seen is None or unit in seen}
    return Table(
        rows=rows(nodes, own, seen, past),
        totals=totals(own, seen),
        past=shown,
        left_over=[unit for unit in shown if any(one.balance for one in own[unit].values())],
        own=own,
        folded=now,
        origins=origins,
    )


def _above(unit: int, known: Picture, on: date, standing: Collection[int]) -> int | None:
    """The nearest unit above that stands on the day, as the tree was when the unit was last there."""
    for _ in range(len(standing) + 1):
        span = known.nearest(unit, on)
        if span is None or span.parent_id is None:
            return None
        unit = span.parent_id
        if unit in standing:
            return unit
    return None

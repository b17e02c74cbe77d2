"""The ledger as a table: figures of each unit with all under it, in the order of the tree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from congvu.organisation.rules.mapping import Number, Origin, Road
from congvu.organisation.rules.picture import Node
from congvu.staffing.rules.change import Change
from congvu.staffing.rules.fold import Key


@dataclass(frozen=True, slots=True)
class Figures:
    """Posts in the base year, posts now, people present now. Fractions only on the map of another day."""

    base: Number = 0
    balance: Number = 0
    present: Number = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.base + other.base, self.balance + other.balance, self.present + other.present)

    def __bool__(self) -> bool:
        return bool(self.base or self.balance or self.present)

    @property
    def change(self) -> Change:
        return Change(self.base, self.balance)

    @property
    def free(self) -> Number:
        return self.balance - self.present


NONE = Figures()


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the tree with its figures by pool, everything under it counted in."""

    node: Node
    depth: int
    figures: Mapping[str, Figures]
    own: Mapping[str, Figures]


def figures_of(
    base: Mapping[Key, int], balance: Mapping[Key, int], present: Mapping[Key, int]
) -> dict[int, dict[str, Figures]]:
    """Figures by unit and pool, where any of the three is known."""
    found: dict[int, dict[str, Figures]] = {}
    for key in {*base, *balance, *present}:
        unit, pool = key
        one = Figures(base.get(key, 0), balance.get(key, 0), present.get(key, 0))
        if one:
            found.setdefault(unit, {})[pool] = one
    return found


@dataclass(frozen=True, slots=True)
class OnMap:
    """Figures on the map of another day: by unit of that map, and of which units each is made, where not of itself alone."""

    own: dict[int, dict[str, Figures]]
    origins: dict[int, tuple[Origin, ...]]


def on_map(own: Mapping[int, Mapping[str, Figures]], road: Road) -> OnMap:
    """The figures laid on a map, pool by pool, by the shares of the decisions: nothing is lost, nothing guessed."""
    pools = sorted({pool for of in own.values() for pool in of})
    numbers = {unit: [n for pool in pools for n in _three(of.get(pool, NONE))] for unit, of in own.items()}
    found: dict[int, dict[str, Figures]] = {}
    origins: dict[int, tuple[Origin, ...]] = {}
    for laid in road.lay(numbers):
        triples = zip(pools, *(iter(laid.numbers[start::3]) for start in range(3)), strict=True)
        of = {pool: Figures(base, balance, present) for pool, base, balance, present in triples}
        found[laid.unit_id] = {pool: one for pool, one in of.items() if one}
        if laid.moved:
            origins[laid.unit_id] = laid.origins
    return OnMap(found, origins)


def _three(one: Figures) -> tuple[Number, Number, Number]:
    return one.base, one.balance, one.present


def rows(
    nodes: Sequence[Node],
    own: Mapping[int, Mapping[str, Figures]],
    seen: Collection[int] | None,
    past: Mapping[int, int | None],
) -> list[Row]:
    """The units of a day that have figures, parents first. `seen`: only these units (None: all), the highest of them
    standing at the left. `past`: units that no longer stand, with the unit above them that does: what they held in the
    base year, or still hold, is counted there, or a parent would show less than its past."""
    together: dict[int, dict[str, Figures]] = {node.unit_id: {} for node in nodes}
    for unit, above in past.items():
        if above in together and (seen is None or unit in seen):
            _add(together[above], own.get(unit, {}))
    for node in reversed(nodes):  # children come after their parents
        here = together[node.unit_id]
        if seen is None or node.unit_id in seen:
            _add(here, own.get(node.unit_id, {}))
        if node.parent_id in together:
            _add(together[node.parent_id], here)
    depths: dict[int, int] = {}
    found: list[Row] = []
    for node in nodes:
        figures = together[node.unit_id]
        if (seen is not None and node.unit_id not in seen) or not any(figures.values()):
            continue
        depth = depths[node.parent_id] + 1 if node.parent_id in depths else 0
        depths[node.unit_id] = depth
        found.append(Row(node, depth, figures, own.get(node.unit_id, {})))
    return found


def _add(into: dict[str, Figures], more: Mapping[str, Figures]) -> None:
    for pool, figures in more.items():
        into[pool] = into.get(pool, NONE) + figures


def totals(own: Mapping[int, Mapping[str, Figures]], seen: Collection[int] | None) -> dict[str, Figures]:
    """All posts by pool, also those of units that no longer exist."""
    found: dict[str, Figures] = {}
    for unit, figures in own.items():
        if seen is None or unit in seen:
            _add(found, figures)
    return found

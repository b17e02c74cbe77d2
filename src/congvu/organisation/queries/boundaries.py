"""Outlines of communes on a day: only those whose area is still the one drawn."""

from collections.abc import Iterable
from datetime import date

from congvu.organisation.models import Boundary, Locality
from congvu.organisation.rules.boundaries import Ring, area_since
from congvu.organisation.rules.kinds import XA
from congvu.organisation.rules.picture import Node, Picture


def communes(known: Picture, on: date) -> tuple[Node, ...]:
    """The communes of a day in the order of the tree: units of the commune tier that stand under none of that tier."""
    tree = known.tree(on)
    tiers = {node.unit_id: node.tier for node in tree}
    return tuple(node for node in tree if node.tier == XA and tiers.get(node.parent_id or 0) != XA)


def boundaries(known: Picture, units: Iterable[int], on: date) -> dict[int, tuple[Ring, ...]]:
    """The outlines that hold on a day, by unit. 1 statement."""
    wanted = {unit: area_since(known, unit, on) for unit in units}
    rows = Boundary.objects.filter(unit__in=list(wanted)).values_list("unit_id", "since", "rings")
    return {
        unit: tuple(tuple((x, y) for x, y in ring) for ring in rings)
        for unit, since, rings in rows
        if wanted[unit] == since
    }


def names_of_localities(codes: Iterable[str], on: date) -> dict[str, str]:
    """Official codes of communes -> their names on a day ("Phường Tam Thanh"). 1 statement."""
    rows = Locality.objects.filter(level=XA, code__in=list(codes)).values_list(
        "code", "name", "valid_from", "valid_to"
    )
    return {
        code: name
        for code, name, since, until in rows
        if (since is None or since <= on) and (until is None or on < until)
    }

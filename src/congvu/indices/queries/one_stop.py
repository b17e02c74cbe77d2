"""What the dossiers of a period say of one-stop units."""

from collections.abc import Collection, Mapping
from datetime import date

from congvu.foundation.sql import statement


def dossier_points(
    members: Mapping[int, Collection[int]], first: date, last: date
) -> dict[int, dict[str, str]]:
    """{unit: {what is measured: "sum of points/dossiers"}}; `members`: each participant with the units under it.
    1 statement."""
    pairs = [(root, member) for root, below in members.items() for member in below]
    if not pairs:
        return {}
    params = {"roots": [a for a, _ in pairs], "members": [b for _, b in pairs], "first": first, "last": last}
    found: dict[int, dict[str, str]] = {}
    for root, code, points, count in statement("congvu.indices.bulk", "dossier_points").rows(params):
        found.setdefault(root, {})[code] = f"{points}/{count}"
    return found

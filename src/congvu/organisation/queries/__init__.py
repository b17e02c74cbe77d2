"""Reading the organisation and the map of localities."""

from congvu.organisation.queries.localities import FEW, find_localities, what_became_of
from congvu.organisation.queries.units import (
    History,
    Told,
    events,
    grants_by_role,
    history,
    names_on,
    picture,
    picture_as_known,
    picture_now,
    subtree_ids,
    successors,
    told,
    tree,
    unit_by_code,
    unit_choices,
    unit_name,
)

__all__ = [
    "FEW",
    "History",
    "Told",
    "events",
    "find_localities",
    "grants_by_role",
    "history",
    "names_on",
    "picture",
    "picture_as_known",
    "picture_now",
    "subtree_ids",
    "successors",
    "told",
    "tree",
    "unit_by_code",
    "unit_choices",
    "unit_name",
    "what_became_of",
]

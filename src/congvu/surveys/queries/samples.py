"""The frame of a sample and its members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvu.foundation.sql import statement
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import BULK


def frame_of(first: date, last: date) -> dict[int, list[int]]:
    """Unit -> the dossiers it ended in a period. 1 statement."""
    found: dict[int, list[int]] = {}
    for unit, dossier in statement(BULK, "frame").rows({"first": first, "last": last}):
        found.setdefault(unit, []).append(dossier)
    return found


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the sample, as a dossier. Whether it answered stands here; what, nowhere."""

    id: int
    unit_id: int
    place: int
    state: str
    answered: bool
    why: str
    code: str
    instead_of: int | None


def members(campaign: Campaign, unit_id: int | None, after: Sequence[int] | None, limit: int) -> list[Member]:
    """A page by unit and place, one more than `limit` when more follow. 1 statement."""
    params = {
        "campaign": campaign.pk, "unit": unit_id, "limit": limit + 1,
        "after_unit": after[0] if after else 0, "after_place": after[1] if after else 0,
    }  # fmt: skip
    return [Member(*row) for row in statement(BULK, "members").rows(params)]

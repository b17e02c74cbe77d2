"""The yearly register (sổ theo dõi hồ sơ): one per receiving unit and year, in volumes, numbered through the year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.rules.status import Status
from congvu.foundation.clock import LEGAL_ZONE

LINES = (
    12  # lines of a sheet; every sheet holds as many, so that pages are numbered through the year's volumes
)
SHEETS = 50  # sheets of a volume
VOLUME = LINES * SHEETS


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the register; `number` from 1 through the year."""

    number: int
    code: str
    summary: str
    copies: int
    owner_name: str
    owner_address: str
    owner_phone: str
    received_at: datetime
    due_on: date | None
    returned_at: datetime | None
    return_method: int
    officer: str
    status: Status
    received_by: str


def book_count(sight: Visible, unit_id: int, year: int) -> int:
    """How many dossiers a unit received in a year, as far as the reader may see them. 1 statement (0 when nothing)."""
    if sight.nothing:
        return 0
    found = filled("book_count", visible=sight.sql("d"))
    return int(found.rows(_params(sight, unit_id, year))[0][0])


def book_volume(sight: Visible, unit_id: int, year: int, volume: int) -> list[BookLine]:
    """The lines of a volume (from 1), in the order of reception. 1 statement (0 when nothing may be seen)."""
    if sight.nothing:
        return []
    params = _params(sight, unit_id, year) | {"skip": (volume - 1) * VOLUME, "limit": VOLUME}
    rows = filled("book", visible=sight.sql("d")).rows(params)
    return [BookLine(*[*row[:12], Status(row[12]), row[13]]) for row in rows]


def _params(sight: Visible, unit_id: int, year: int) -> dict[str, Any]:
    return {
        "unit": unit_id,
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
        "opened_from": datetime(
            year - 1, 1, 1, tzinfo=LEGAL_ZONE
        ),  # registered online before, received this year
        "until": datetime(year + 1, 1, 1, tzinfo=LEGAL_ZONE),
        **sight.params,
    }

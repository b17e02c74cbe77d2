"""Requests to read files: those that wait for a decision, and the reader's own."""

from dataclasses import dataclass
from datetime import date, datetime

from congvu.foundation.sql import statement
from congvu.people.access import Sight
from congvu.people.queries.present import BULK


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is read on the list."""

    id: int
    number: str
    name: str
    asker: str
    asked_by: int
    purpose: str
    sensitive: bool
    valid_from: date
    valid_to: date
    asked_at: datetime
    granted: bool | None
    reason: str


def requests_seen(sight: Sight, account_id: int | None, *, limit: int = 100) -> list[Request]:
    """Waiting ones over people the reader sees, oldest first, then the reader's own, newest first. 1 statement."""
    rows = (
        statement(BULK, "requests")
        .with_condition(sight.visible)
        .rows({**sight.params, "account": account_id, "limit": limit})
    )
    return [Request(*row) for row in rows]

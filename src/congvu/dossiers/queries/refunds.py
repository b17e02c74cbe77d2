"""Refunds asked for: the list of those not done, one with its story."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.models import RefundState
from congvu.dossiers.queries.compose import filled

CHIPS = {
    RefundState.ASKED: "soon",
    RefundState.APPROVED: "now",
    RefundState.REFUSED: "idle",
    RefundState.PAID: "ok",
}


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A request and who did what."""

    id: int
    state: RefundState
    amount: int
    reason: str
    code: str
    owner: str
    receiving_unit_id: int
    asked_at: datetime
    asked_by: int | None
    asker: str
    decision: str
    decided_why: str
    decided_at: datetime | None
    decider: str
    way: str
    paid_at: datetime | None
    payer: str

    @property
    def chip(self) -> str:
        return CHIPS[self.state]


def refunds(sight: Visible, *, done: bool, before: int, limit: int) -> list[RefundLine]:
    """Those still open (`done`: those over), newest first, of dossiers the reader sees. 1 statement."""
    which = f"r.state IN ({'3, 4' if done else '1, 2'}) AND r.id < %(before)s::bigint"
    return _rows(which, sight, {"before": before, "limit": limit})


def refund_by_id(sight: Visible, request_id: int) -> RefundLine | None:
    """One request, if its dossier is visible. 1 statement."""
    found = _rows("r.id = %(id)s::bigint", sight, {"id": request_id, "limit": 1})
    return found[0] if found else None


def _rows(which: str, sight: Visible, params: dict[str, Any]) -> list[RefundLine]:
    rows = filled("refunds", which=which, visible=sight.sql("d", few=True)).rows({**params, **sight.params})
    return [RefundLine(row[0], RefundState(row[1]), int(row[2]), *row[3:]) for row in rows]

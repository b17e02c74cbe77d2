"""Reconciliation of fees: sums per one-stop and agency over a span of days, and the entries behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.rules.money import FeeKind, PayWay
from congvu.dossiers.rules.receipts import numbered_in


@dataclass(frozen=True, slots=True)
class FeeSums:
    """The sums, in đồng, of what one one-stop collected for one agency. `charged` is net of what was dropped."""

    unit_id: int
    for_unit_id: int
    charged: int
    waived: int
    counter: int
    transfer: int
    online: int
    post: int
    refunded: int
    receipts: int
    voided: int

    @property
    def paid(self) -> int:
        return self.counter + self.transfer + self.online + self.post

    @property
    def net(self) -> int:
        """What is handed over to the agency: paid under receipts that stand, less given back."""
        return self.paid - self.refunded


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One entry of the ledger as the page and the sheet show it."""

    day: date
    code: str | None
    owner: str
    unit_id: int
    for_unit_id: int
    kind: FeeKind
    amount: int
    way: PayWay | None
    receipt_no: int | None
    receipt_year: int | None
    reference: str
    reason: str
    who: str
    id: int
    ground: str
    percent: int | None
    payer: str

    @property
    def receipt(self) -> str:
        """The number of the receipt, "0000012/2026"; empty for what has none."""
        return numbered_in(self.receipt_no, self.receipt_year or 0) if self.receipt_no else ""


def fee_sums(sight: Visible, first: date, last: date) -> list[FeeSums]:
    """The sums of the days from `first` to `last`, both included, of units the reader sees. 1 statement."""
    rows = filled("reconcile", scope=in_scope(sight)).rows(_params(sight, first, last))
    return [FeeSums(row[0], row[1], *(int(one) for one in row[2:])) for row in rows]


def fee_rows(
    sight: Visible, first: date, last: date, *, pair: tuple[int, int] | None = None, most: int = 1000
) -> list[FeeRow]:
    """The entries behind the sums, or behind the one of `pair` (one-stop, agency), oldest first. 1 statement."""
    params = _params(sight, first, last) | {"most": most}
    which = "TRUE"
    if pair is not None:
        params |= {"unit": pair[0], "agency": pair[1]}
        which = "f.unit_id = %(unit)s::bigint AND f.for_unit_id = %(agency)s::bigint"
    rows = filled("reconcile_rows", scope=in_scope(sight), which=which).rows(params)
    return [fee_row(row) for row in rows]


def fee_row(row: Sequence[Any]) -> FeeRow:
    """An entry of the columns of bulk/reconcile_rows.sql."""
    values = [*row[:5], FeeKind(row[5]), row[6], PayWay(row[7]) if row[7] else None, *row[8:]]
    return FeeRow(*values)


def in_scope(sight: Visible) -> str:
    if sight.everything:
        return "TRUE"
    return "(f.unit_id = ANY(%(units)s::bigint[]) OR f.for_unit_id = ANY(%(units)s::bigint[]))"


def _params(sight: Visible, first: date, last: date) -> dict[str, Any]:
    return {"first": first, "last": last, "units": list(sight.units)}

"""One receipt as its page and its paper show it."""

from dataclasses import dataclass
from datetime import datetime

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.rules.receipts import numbered, series_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment of the ledger, with its number. `void_reason` None: it stands."""

    id: int
    dossier_id: int
    code: str
    unit_code: str
    year: int
    no: int
    amount: int
    way: PayWay
    reference: str
    at: datetime
    unit_id: int
    for_unit_id: int
    payer: str
    payer_address: str
    collector: str
    procedure_code: str
    procedure: str
    charges: list[str]
    void_reason: str | None
    voided_at: datetime | None
    prints: int
    from_bank: bool

    @property
    def series(self) -> str:
        return series_of(self.unit_code, self.year)

    @property
    def number(self) -> str:
        return numbered(self.no)

    @property
    def label(self) -> str:
        return f"{self.series} số {self.number}"


def receipt_of(sight: Visible, entry_id: int) -> Receipt:
    """The receipt of the payment `entry_id`, if its dossier is visible; missing and forbidden answer alike. 1 statement."""
    rows = filled("receipt", visible=sight.sql("d", few=True)).rows({"id": entry_id, **sight.params})
    if not rows:
        raise NotVisible("Không có biên lai này.", where=str(entry_id), do="Mở biên lai từ trang hồ sơ.")
    values = [*rows[0][:7], PayWay(rows[0][7]), *rows[0][8:]]
    return Receipt(*values)

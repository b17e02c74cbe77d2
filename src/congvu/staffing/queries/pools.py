"""The pools of a day, from the law table: what each is called then, whether its number is given from above."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.foundation.lawtable.models import LawRule
from congvu.staffing.rules.kinds import POOLS

PREFIX = "staffing.pool."


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool as the law knows it on a day. `counted` in biên chế or người; `open`: new posts may be given."""

    code: str
    name: str
    short: str
    counted: str
    binding: bool
    open: bool
    citation: str
    evidence: str


class PoolBook:
    """All that the law table says of pools, asked for any day."""

    def __init__(self, rows: Iterable[LawRule]) -> None:
        self._rows = sorted(rows, key=lambda row: row.valid_from)

    def on(self, day: date) -> dict[str, Pool]:
        """The pools of a day by code, in the order of the ledger; none that did not exist yet."""
        latest = {row.code.removeprefix(PREFIX): row for row in self._rows if row.valid_from <= day}
        return {code: _pool(code, latest[code]) for code in POOLS if code in latest}


def pool_book() -> PoolBook:
    """1 statement."""
    return PoolBook(LawRule.objects.filter(code__startswith=PREFIX))


def _pool(code: str, row: LawRule) -> Pool:
    value: dict[str, Any] = row.value
    return Pool(
        code=code,
        name=row.name,
        short=str(value["short"]),
        counted=str(value["counted"]),
        binding=bool(value["binding"]),
        open=bool(value["open"]),
        citation=row.citation,
        evidence=row.evidence,
    )

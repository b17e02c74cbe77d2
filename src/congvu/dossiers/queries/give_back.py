"""Results that wait at a counter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.models import Posting
from congvu.dossiers.queries.compose import both, filled
from congvu.dossiers.queries.lists import text_condition
from congvu.dossiers.rules.status import Delivery, Money
from congvu.foundation.ui.pager import Page, decode, page_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A finished dossier whose result is at the counter."""

    id: int
    code: str
    version: int
    owner_name: str
    owner_phone: str
    summary: str
    procedure: str
    ended_on: date | None
    due_on: date | None
    return_method: int
    money: Money
    step_id: int
    owner_address: str
    reminded_at: datetime | None

    @property
    def owes(self) -> bool:
        return self.money == Money.OWED


@dataclass(frozen=True, slots=True)
class CameBack:
    """A result the post brought back, which waits to be collected or sent again."""

    code: str
    owner_name: str
    owner_address: str
    owner_phone: str
    number: str
    on: datetime
    why: str


def came_back(units: tuple[int, ...], limit: int = PAGE, *, code: str = "") -> list[CameBack]:
    """What the post brought back to the counters of `units`, longest waiting first; `code`: of that dossier alone. 1 statement,
    none without a counter. Index: posting_came_back."""
    if not units:
        return []
    rows = Posting.objects.filter(
        came_back_at__isnull=False, dossier__delivery=Delivery.CAME_BACK, dossier__receiving_unit__in=units
    )
    if code:
        rows = rows.filter(dossier__code=code)
    named = ("code", "owner_name", "owner_address", "owner_phone")
    columns = (*(f"dossier__{name}" for name in named), "number", "came_back_at", "came_back_why")
    return [CameBack(*row) for row in rows.order_by("came_back_at", "pk").values_list(*columns)[:limit]]


def ready_page(
    units: tuple[int, ...], text: str = "", cursor: str = "", limit: int = PAGE, *, by_post: bool = False
) -> Page[ReadyRow]:
    """Results ready at the counters of `units`, longest waiting first; with `by_post` those to be posted. 1 statement.

    Driven by the open RETURN steps of the units, so it costs the same however many dossiers there are.
    """
    if not units:
        return Page([])
    after = decode(cursor, 1)
    params: dict[str, Any] = {"units": list(units), "limit": limit + 1}
    filters = both(text_condition(text, params), "d.return_method = 1" if by_post else "")
    if after:
        params["after_id"] = after[0]
    keyset = "s.id > %(after_id)s::bigint" if after else "TRUE"
    rows = filled("ready_list", filters=filters, after=keyset).rows(params)
    found = [ReadyRow(*[*one[:10], Money(one[10]), *one[11:]]) for one in rows]
    return page_of(found, limit, lambda row: (row.step_id,), first=after is None)

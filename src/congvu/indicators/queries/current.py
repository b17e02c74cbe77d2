"""A page of dossiers as they stand now: what opens behind the figures of the on-time and import pages."""

from datetime import date
from typing import Any

from congvu.dossiers.access import Visible
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.records import PAGE, Record, record_of
from congvu.indicators.rules.conditions import Condition


def current_records(
    seen: Visible,
    condition: Condition,
    row: str,
    params: dict[str, Any],
    *,
    cursor: str,
    on: date,
    limit: int = PAGE,
) -> Page[Record]:
    """A page in the order of reception. `row` narrows further, our text with `params`. 1 statement."""
    after = decode(cursor, 2)
    found = filled("current_records", asked=sql_of(condition), row=row, visible=seen.sql("s")).rows(
        {
            **params, **seen.params, "limit": limit + 1,
            "after_day": after[0] if after else None, "after_id": after[1] if after else None,
        }
    )  # fmt: skip
    rows = [record_of(one, on) for one in found]
    return page_of(rows, limit, lambda one: (one.received_on.isoformat(), one.id), first=after is None)

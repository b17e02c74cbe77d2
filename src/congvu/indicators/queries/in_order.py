"""A page of the records of a population that no statement orders: reckoned in Python, read in the order they come."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from congvu.foundation.ui.pager import Page, decode_numbers, page_of
from congvu.indicators.queries.populations import Entry
from congvu.indicators.queries.sql_source import PAGE

Row = TypeVar("Row")


def in_order(rows: Iterable[Row], cursor: str, entry: Callable[[Row], Entry]) -> Page[Entry]:
    """The page after `cursor`; only its rows are made into entries. No statement."""
    after = decode_numbers(cursor, 1)
    rest = [(place, row) for place, row in enumerate(rows) if after is None or place > after[0]]
    page = page_of(rest, PAGE, lambda one: (one[0],), first=after is None)
    return Page([entry(row) for _, row in page.rows], page.next, page.first)

"""A population that no statement counts: its records are reckoned in Python and read in the order they come."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from congvu.foundation.ui.pager import Page, decode_numbers, page_of
from congvu.indicators.queries.populations import ByUnit, Entry
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.sql_source import PAGE
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.definitions import Where
from congvu.indicators.rules.populations import Population
from congvu.organisation.rules.picture import Picture

Row = TypeVar("Row")
Finder = Callable[[Where], Iterable[Row]]  # the records that meet a condition


@dataclass(frozen=True, slots=True)
class Reckoned(Generic[Row]):
    """See populations.Source. Whoever may ask of the population may know all its records.

    `read` asks what there is, at most 1 statement, whatever the number of conditions; only the rows of a page become entries.
    """

    population: Population
    read: Callable[[Question, Picture], Finder[Row]]
    unit: Callable[[Row], int]
    entry: Callable[[Row], Entry]

    def count(
        self, wheres: Sequence[Where], question: Question, reader: Reader, known: Picture
    ) -> list[ByUnit]:
        """The statement of `read`."""
        find = self.read(question, known)
        return [dict(Counter(self.unit(row) for row in find(where))) for where in wheres]

    def records(
        self,
        where: Where,
        question: Question,
        reader: Reader,
        known: Picture,
        cursor: str = "",
        units: Sequence[int] | None = None,
    ) -> Page[Entry]:
        """In their own order. The statement of `read`."""
        wanted, after = None if units is None else set(units), decode_numbers(cursor, 1)
        rows = [
            row for row in self.read(question, known)(where) if wanted is None or self.unit(row) in wanted
        ]
        rest = [(place, row) for place, row in enumerate(rows) if after is None or place > after[0]]
        page = page_of(rest, PAGE, lambda one: (one[0],), first=after is None)
        return Page([self.entry(row) for _, row in page.rows], page.next, page.first)

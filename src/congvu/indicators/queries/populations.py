"""The populations figures may count, by code, each with the source that counts it and opens its records.

Those of lower areas are registered when this area is loaded (queries/populations_*.py, listed in apps.py). An area above
calls `register` from its own `apps.py`. A source says what a reader may see; how many records of the whole province he may
not see follows from counting twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.definitions import Where
from congvu.indicators.rules.populations import Population
from congvu.organisation.rules.picture import Picture

ByUnit = Mapping[int | None, int]  # None: records that are no unit's


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a line: what it is, what else helps to know it, where it is read ("" when it has no page)."""

    title: str
    subtitle: str = ""
    url: str = ""
    unit_id: int | None = None


class Source(Protocol):
    """What counts a population and opens its records. `known`: the organisation as the question knows it."""

    @property
    def population(self) -> Population: ...

    def count(
        self, wheres: Sequence[Where], question: Question, reader: Reader, known: Picture
    ) -> list[ByUnit]:
        """For each condition how many records the reader sees, by unit. At most 1 statement, whatever their number."""
        ...

    def records(
        self,
        where: Where,
        question: Question,
        reader: Reader,
        known: Picture,
        cursor: str = "",
        units: Sequence[int] | None = None,
    ) -> Page[Entry]:
        """A page of the records the reader sees, of these units (None: all, and those of no unit). At most 1 statement."""
        ...


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a population known. Twice the same code is a mistake of the program."""
    code = source.population.code
    if _SOURCES.get(code, source) is not source:
        raise ValueError(f"two populations are called {code}")
    _SOURCES[code] = source


def source_of(code: str) -> Source:
    """Refuses a population there is not."""
    found = _SOURCES.get(code)
    if found is None:
        raise Refused(
            f"Không có tập bản ghi «{code[:40]}».",
            where="population",
            do=f"Chọn trong: {', '.join(_SOURCES)}.",
        )
    return found


def population_of(code: str) -> Population:
    return source_of(code).population


def populations() -> tuple[Population, ...]:
    """All there are, in the order they were registered."""
    return tuple(one.population for one in _SOURCES.values())

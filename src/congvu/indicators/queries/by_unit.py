"""Numbers by unit, made into rows: as the units were, or on the map of a day with the units each row is made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congvu.indicators.queries.question import Question
from congvu.organisation.queries import picture, picture_as_known
from congvu.organisation.rules.mapping import Laid, Number, Road
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class FromUnit:
    """A unit as it was, and which share of it came into a row."""

    code: str
    name: str
    share: Fraction

    @property
    def divided(self) -> bool:
        return self.share != 1


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row by unit. `key` is the unit's code. `sources`: the units as they were; `laid` None: the row is its unit's own."""

    unit_id: int
    key: str
    name: str
    numbers: tuple[Number, ...]
    sources: tuple[FromUnit, ...] = ()
    laid: Laid | None = None

    @property
    def told(self) -> bool:
        """Whether the reader must be told how the row came about: shares, or numbers no decision placed."""
        return self.laid is not None and (self.laid.divided or bool(self.laid.whys))

    @property
    def source_ids(self) -> tuple[int, ...]:
        """The units as they were whose records stand behind the row."""
        return tuple(one.unit_id for one in self.laid.origins) if self.laid else (self.unit_id,)


def organisation_of(question: Question) -> Picture:
    """The organisation as the question knows it. 1 statement, 2 as known at a moment."""
    return picture() if question.known_until is None else picture_as_known(question.known_until)


def unit_rows(
    numbers: Mapping[int, Sequence[Number]], known: Picture, then: date, map_on: date | None
) -> tuple[UnitRow, ...]:
    """Rows in the order of the tree of the day shown, units that stand no more after them. `then`: the day the numbers
    speak of; `map_on`: the day of the map (None: as the units were then). No statement."""
    if map_on is None:
        on, rows = then, tuple(_row(unit, tuple(row), known, then) for unit, row in numbers.items())
    else:
        on, found = map_on, Road(known, then, map_on).lay(numbers)
        rows = tuple(_row(one.unit_id, one.numbers, known, map_on, one, then) for one in found)
    order = {node.unit_id: place for place, node in enumerate(known.tree(on))}
    return tuple(sorted(rows, key=lambda row: (order.get(row.unit_id, len(order)), row.unit_id)))


def _row(
    unit: int,
    numbers: tuple[Number, ...],
    known: Picture,
    on: date,
    laid: Laid | None = None,
    then: date | None = None,
) -> UnitRow:
    code, name = _named(unit, known, on)
    sources = (
        [FromUnit(*_named(one.unit_id, known, then or on), one.share) for one in laid.origins] if laid else []
    )
    return UnitRow(unit, code, name, numbers, tuple(sources), laid)


def _named(unit: int, known: Picture, on: date) -> tuple[str, str]:
    span = known.nearest(unit, on)
    return (span.code, span.name) if span else (str(unit), "")


def row_of_key(rows: Iterable[UnitRow], key: str) -> UnitRow | None:
    """The row of a unit's code."""
    return next((row for row in rows if row.key == key), None)

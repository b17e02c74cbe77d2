"""Numbers by unit laid on the map of a day: from the units as they were to the units of that day, nothing lost or guessed.

A unit that went whole into another takes its numbers along as they are. A unit that was divided gives by the shares of its
decision, exact fractions. What no decision says stays with the old unit, and says why: the total before is the total after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from sys import maxsize

from congvu.organisation.rules.picture import EventKey, Picture

Number = int | Fraction
WHOLE = Fraction(1)


class Why(StrEnum):
    """Why a number stands with a unit that does not tell the whole story on this map."""

    UNDIVIDED = "chua-phan-bo"
    ENDED = "da-cham-dut"
    LATER = "lap-sau"
    GREW = "nhan-them"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Why.UNDIVIDED: "Chưa phân bổ: quyết định chia, tách không nói phần",
    Why.ENDED: "Đã chấm dứt, không có đơn vị tiếp nhận",
    Why.LATER: "Lập sau ngày của bản đồ, không chia ngược được",
    Why.GREW: "Gồm cả phần nhận từ đơn vị khác sau ngày của bản đồ",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a share of a unit's numbers stands on the map. `why` None: as decisions say."""

    unit_id: int
    share: Fraction
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """What came into a unit of the map: a share of a unit as it was."""

    unit_id: int
    share: Fraction

    @property
    def divided(self) -> bool:
        return self.share != WHOLE


@dataclass(frozen=True, slots=True)
class Laid:
    """A unit of the map: its numbers, the units they came from, and what a reader must know of them."""

    unit_id: int
    numbers: tuple[Number, ...]
    origins: tuple[Origin, ...]
    whys: tuple[Why, ...] = ()

    @property
    def divided(self) -> bool:
        """Whether a unit on the way was divided, so that the numbers rest on shares."""
        return any(origin.divided for origin in self.origins)

    @property
    def moved(self) -> bool:
        """Whether anything here was another unit's, or only part of this one's."""
        return self.divided or any(origin.unit_id != self.unit_id for origin in self.origins)


class Road:
    """The way from the units of one day to the map of another. Ask it unit by unit, or lay whole rows."""

    def __init__(self, known: Picture, then: date, on: date) -> None:
        self._known, self._then, self._on = known, then, on

    def places(self, unit_id: int) -> tuple[Place, ...]:
        """Where the numbers of a unit stand on the map; the shares add up to the whole."""
        after = self._after(unit_id)
        if self._on < after[0]:
            return (self._back(unit_id, after[0]),)
        found: dict[tuple[int, Why | None], Fraction] = {}
        for place in self._forth(unit_id, WHOLE, after):
            key = (place.unit_id, place.why)
            found[key] = found.get(key, Fraction(0)) + place.share
        return tuple(Place(unit, share, why) for (unit, why), share in found.items())

    def lay(self, rows: Mapping[int, Sequence[Number]]) -> tuple[Laid, ...]:
        """Rows by unit as they were, as rows by unit of the map, in the order first met."""
        origins: dict[int, dict[int, Fraction]] = {}
        whys: dict[int, dict[Why, None]] = {}
        sums: dict[int, list[Number]] = {}
        for source, numbers in rows.items():
            for place in self.places(source):
                of = origins.setdefault(place.unit_id, {})
                of[source] = of.get(source, Fraction(0)) + place.share
                into = sums.setdefault(place.unit_id, [0] * len(numbers))
                for column, number in enumerate(numbers):
                    into[column] += number if place.share == WHOLE else number * place.share
                found = whys.setdefault(place.unit_id, {})
                if place.why is not None:
                    found[place.why] = None
        return tuple(
            Laid(
                unit,
                tuple(plain(number) for number in numbers),
                tuple(Origin(source, share) for source, share in origins[unit].items()),
                tuple(whys[unit]),
            )
            for unit, numbers in sums.items()
        )

    def _after(self, unit_id: int) -> EventKey:
        """What comes after this happened to the unit's numbers: after the day told, or with the end of a unit that had
        ended by then."""
        span = self._known.nearest(unit_id, self._then)
        if span is None or span.covers(self._then) or span.valid_from > self._then or span.valid_to is None:
            return (self._then, maxsize)
        return (span.valid_to, -1)

    def _forth(self, unit_id: int, share: Fraction, after: EventKey) -> Iterator[Place]:
        left = share
        for key, flows in self._known.handed_on(unit_id).items():
            if key <= after or key[0] > self._on:
                continue
            told = [(flow.to_id, flow.share) for flow in flows if flow.share is not None]
            given = sum((part for _, part in told), Fraction(0))
            if given > WHOLE:
                yield Place(unit_id, left, Why.UNDIVIDED)
                return
            for target, part in told:
                yield from self._forth(target, left * part, key)
            left *= WHOLE - given
            if len(told) < len(flows):  # somebody got a share that nobody told: the rest is not guessed
                if left:
                    yield Place(unit_id, left, Why.UNDIVIDED)
                return
            if not left:
                return
        standing = self._known.at(unit_id, self._on) is not None
        yield Place(unit_id, left, None if standing else self._gone(unit_id))

    def _gone(self, unit_id: int) -> Why:
        spans = self._known.of(unit_id)
        return Why.LATER if spans and spans[0].valid_from > self._on else Why.ENDED

    def _back(self, unit_id: int, until: date) -> Place:
        """The map of an earlier day: a unit set up since goes back to the one unit it was made of, if there is but one."""
        seen = {unit_id}
        while True:
            received = [flow for flow in self._known.received(unit_id) if self._on < flow.effective <= until]
            if self._known.at(unit_id, self._on) is not None:
                return Place(unit_id, WHOLE, Why.GREW if received else None)
            sources = {flow.from_id for flow in received}
            founded = self._known.of(unit_id)[0].valid_from if self._known.of(unit_id) else until
            made = any(flow.effective == founded for flow in received)
            if len(sources) != 1 or not made or sources <= seen:
                return Place(unit_id, WHOLE, Why.LATER)
            unit_id, until = sources.pop(), founded
            seen.add(unit_id)


def plain(number: Number) -> Number:
    """A whole number as an integer; a fraction as it is."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number

"""A published table as a document: which statistic, of which period, as known when, on which map, and its numbers.

The document is written in one canonical way, so that its digest says whether a table made again is the same to the last
digit. Numbers are whole or exact fractions ("25/2"); nothing is rounded in it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any

from congvu.organisation.rules.mapping import Number


@dataclass(frozen=True, slots=True)
class Spec:
    """What exactly is asked, so that it can be asked again. `map_on` None: the units as they were."""

    statistic: str
    first: date
    last: date
    as_of: date
    map_on: date | None
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A unit as it was, and which share of it stands in a row."""

    key: str
    name: str
    share: Fraction

    @property
    def divided(self) -> bool:
        return self.share != 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row by unit: its numbers in the order of the columns, on a map the units they came from, what is not placed."""

    key: str
    name: str
    numbers: tuple[Number, ...]
    parts: tuple[Part, ...] = ()
    whys: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        return bool(self.whys) or any(part.divided for part in self.parts)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not what was published; None: the row is missing on that side."""

    key: str
    name: str
    column: str
    published: Number | None
    again: Number | None


def canonical(spec: Spec, columns: Sequence[str], lines: Iterable[Line]) -> str:
    """The document as text: keys sorted, no spaces, the moment in UTC."""
    rows = [
        {
            "unit": line.key,
            "name": line.name,
            "numbers": [_plain(number) for number in line.numbers],
            "from": [[part.key, part.name, str(part.share)] for part in line.parts],
            "why": list(line.whys),
        }
        for line in lines
    ]
    document = {
        "statistic": spec.statistic,
        "from": spec.first.isoformat(),
        "to": spec.last.isoformat(),
        "as_of": spec.as_of.isoformat(),
        "map": spec.map_on.isoformat() if spec.map_on else None,
        "known_at": int(spec.known_at.timestamp() * 1_000_000),
        "columns": list(columns),
        "rows": rows,
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def lines_of(text: str) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The columns and rows of a document."""
    told = json.loads(text)
    return tuple(told["columns"]), tuple(_line(row) for row in told["rows"])


def _line(row: Mapping[str, Any]) -> Line:
    parts = tuple(Part(key, name, Fraction(share)) for key, name, share in row["from"])
    return Line(row["unit"], row["name"], tuple(map(_number, row["numbers"])), parts, tuple(row["why"]))


def _plain(number: Number) -> int | str:
    return number if isinstance(number, int) else str(number)


def _number(written: int | str) -> Number:
    return written if isinstance(written, int) else Fraction(written)


def totals(lines: Sequence[Line], columns: int) -> tuple[Number, ...]:
    """The columns added up."""
    sums = tuple(sum((line.numbers[n] for line in lines), Fraction(0)) for n in range(columns))
    return tuple(one.numerator if one.denominator == 1 else one for one in sums)


def differences(columns: Sequence[str], published: Sequence[Line], again: Sequence[Line]) -> list[Difference]:
    """Every cell in which the two differ, and every row that only one has."""
    was, now = {line.key: line for line in published}, {line.key: line for line in again}
    found: list[Difference] = []
    for key in dict.fromkeys([*was, *now]):
        before, after = was.get(key), now.get(key)
        name = (before or after or published[0]).name
        for place, column in enumerate(columns):
            one = before.numbers[place] if before else None
            other = after.numbers[place] if after else None
            if one != other:
                found.append(Difference(key, name, column, one, other))
    return found

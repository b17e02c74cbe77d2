"""Conditions as data: the same definition counts in SQL, picks the records behind a number, and answers in Python.

A condition asks about one dossier's state on a day (`State`) within a period. Comparing with nothing (a dossier without
a due day) is never true, as in SQL; what a figure makes of "nothing" it says with `Absent`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import eq, ge, gt, le, lt, ne
from typing import Any


class Fact(StrEnum):
    """What is known of a dossier on a day. The values are also the column names of the state."""

    RECEIVED = "received_on"
    CHANNEL = "channel"
    STATUS = "status"
    DUE = "due_on"
    ENDED = "ended_on"
    TIER = "tier"


class Bound(StrEnum):
    """The two days a period is made of. The values are also the parameter names."""

    FIRST = "first"
    LAST = "last"


Value = int | str | Fact | Bound  # a bare text is a tier
SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


@dataclass(frozen=True, slots=True)
class Compare:
    """`fact sign value`; the value is a number, a tier, another fact, or a bound of the period."""

    fact: Fact
    sign: str
    value: Value

    def __post_init__(self) -> None:
        if self.sign not in SIGNS:
            raise ValueError(f"no such sign: {self.sign}")


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact is one of the numbers."""

    fact: Fact
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing is written for the fact."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, always."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple["Condition", ...]


Condition = Compare | OneOf | Absent | All | Some


def every(*parts: Condition) -> All:
    return All(parts)


def some(*parts: Condition) -> Some:
    return Some(parts)


@dataclass(frozen=True, slots=True)
class State:
    """A dossier as it stood at the end of a day."""

    received_on: date
    channel: int
    status: int
    due_on: date | None
    ended_on: date | None
    tier: str = ""


def holds(condition: Condition, state: State, first: date, last: date) -> bool:
    """Whether `condition` holds for `state` in the period `first`..`last`."""
    match condition:
        case Compare(fact, sign, value):
            left, right = getattr(state, fact), _resolved(value, state, first, last)
            return left is not None and right is not None and SIGNS[sign](left, right)
        case OneOf(fact, values):
            return getattr(state, fact) in values
        case Absent(fact):
            return getattr(state, fact) is None
        case All(parts):
            return all(holds(part, state, first, last) for part in parts)
        case Some(parts):
            return any(holds(part, state, first, last) for part in parts)


def _resolved(value: Value, state: State, first: date, last: date) -> Any:
    match value:
        case Fact():
            return getattr(state, value)
        case Bound.FIRST:
            return first
        case Bound.LAST:
            return last
    return value

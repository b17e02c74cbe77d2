"""The standards of titles in force on a day, out of the law table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rules_at
from congvu.staffing.rules.standards import Standard, standard_of

PREFIX = "staffing.standard."


@dataclass(frozen=True, slots=True)
class Kept:
    """A standard with the row it comes from."""

    standard: Standard
    rule: LawRule


def standards_on(day: date) -> list[Kept]:
    """Every standard in force on a day. 1 statement."""
    return standards_of(rules_at(day))


def standards_of(rows: Iterable[LawRule]) -> list[Kept]:
    """The standards among rows of the law table. No statement."""
    kept = (row for row in rows if row.code.startswith(PREFIX))
    return [Kept(standard_of(row.code.removeprefix(PREFIX), row.name, row.value), row) for row in kept]

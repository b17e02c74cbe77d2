"""The officers of a unit: who holds how much, who is away, what is in whose hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from congvu.dossiers.queries.compose import BULK
from congvu.foundation.identity.models import Grant
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.sql import statement

MOST = 500


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer and the units where they may hold steps."""

    account_id: int
    name: str
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class Load:
    """An officer in a unit: steps in hand, steps others hold for them, and until when they are away."""

    unit_id: int
    account_id: int
    name: str
    in_hand: int
    held_by_others: int
    away_until: date | None

    @property
    def words(self) -> str:
        """For a choice: the name, how much is in hand, and until when away."""
        away = f", vắng đến {self.away_until:%d/%m/%Y}" if self.away_until else ""
        return f"{self.name} ({self.in_hand} việc{away})"


@dataclass(frozen=True, slots=True)
class InHand:
    """An open step of an officer; `by_other`: who holds it for them meanwhile."""

    dossier_id: int
    code: str | None
    version: int
    title: str
    step: str
    unit_id: int
    due_on: date | None
    held_for: bool
    by_other: str


def colleague(account_id: int, day: date) -> Colleague | None:
    """An active officer with the units where they handle dossiers on a day; None without any. 1 statement."""
    rows = list(
        Grant.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=day), account_id=account_id, account__is_active=True,
            role__in=(CLERK, SPECIALIST, LEADER), valid_from__lte=day,
        ).values_list("unit_id", "account__name")
    )  # fmt: skip
    if not rows:
        return None
    return Colleague(account_id, rows[0][1], frozenset(unit for unit, _ in rows if unit is not None))


def staff(units: Iterable[int], day: date) -> list[Load]:
    """The officers of the units. 1 statement."""
    return [Load(*row) for row in statement(BULK, "staff").rows({"units": list(units), "day": day})]


def in_hands(officer_id: int, units: Iterable[int]) -> list[InHand]:
    """The open steps of an officer in the units, theirs and those held for them, at most 500. 1 statement."""
    rows = statement(BULK, "in_hands").rows({"officer": officer_id, "units": list(units), "limit": MOST})
    return [
        InHand(pk, code, version, f"{owner} · {summary}", step, unit, due, bool(held), holder or "")
        for pk, code, version, owner, summary, step, unit, due, held, holder in rows
    ]

"""The facts as they are kept: how far they came, and a random slice told anew from the records beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from congvu.dossiers.models import Dossier, DossierEvent, FormerUnit
from congvu.foundation.clock import legal
from congvu.foundation.sql import statement
from congvu.indicators.models import DossierFact
from congvu.indicators.queries.compose import BULK
from congvu.indicators.rules.facts import Left, Now, Span, Told, spans

NEAR = 20_000  # events not yet in the facts that a page reads from the rows beside them
SLICE = 1000  # dossiers told anew by the verifier


@dataclass(frozen=True, slots=True)
class FactsState:
    """Up to which event the facts go, and how many events came since. `filled` False: not to be used yet."""

    done: int
    waiting: int
    filled: bool
    kept_at: datetime | None

    @property
    def whole(self) -> bool:
        """Whether nothing happened that is not in them."""
        return self.filled and self.waiting == 0

    @property
    def near(self) -> bool:
        """Whether a page may read the facts, and the rows of what happened since."""
        return self.filled and self.waiting <= NEAR


@dataclass(frozen=True, slots=True)
class Drift:
    """A dossier whose facts are not what its records say."""

    dossier_id: int
    kept: tuple[Span, ...]
    told: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the verifier found: dossiers told anew, those left out for something happened since, drift."""

    dossiers: int
    waiting: int
    drift: tuple[Drift, ...]


def facts_state() -> FactsState:
    """1 statement."""
    found = statement(BULK, "facts_state").rows()
    return FactsState(*found[0]) if found else FactsState(0, 0, False, None)


def verify_facts(*, count: int = SLICE, seed: int | None = None) -> Checked:
    """Tell a random slice of dossiers anew, by the rule in Python and not by the statement that made the facts, and compare.
    6 statements. `seed`: the same slice again."""
    state = facts_state()
    ids = _slice(count, Random(seed))  # noqa: S311 chance, not secrecy
    touched = set(
        DossierEvent.objects.filter(id__gt=state.done, dossier_id__in=ids).values_list(
            "dossier_id", flat=True
        )
    )
    asked = [one for one in ids if one not in touched]
    told, kept = told_anew(asked), _kept(asked)
    drift = [
        Drift(one, tuple(kept.get(one, ())), tuple(told.get(one, ())))
        for one in asked
        if kept.get(one, []) != told.get(one, [])
    ]
    return Checked(len(asked), len(touched), tuple(drift))


def told_anew(ids: Sequence[int]) -> dict[int, list[Span]]:
    """The facts of dossiers as their records say them now. 3 statements."""
    log: dict[int, list[Told]] = {}
    events = DossierEvent.objects.filter(dossier_id__in=ids).order_by("dossier_id", "at", "id")
    for owner, at, status, due, ended in events.values_list(
        "dossier_id", "at", "status_to", "due_on", "ended_on"
    ):
        log.setdefault(owner, []).append(Told(_day(at), status, due, ended))
    left: dict[int, list[Left]] = {}
    given = FormerUnit.objects.filter(dossier_id__in=ids).order_by("dossier_id", "until", "id")
    for owner, until, unit, tier in given.values_list("dossier_id", "until", "unit_id", "tier"):
        left.setdefault(owner, []).append(Left(_day(until), unit, tier))
    rows: Iterable[tuple[Any, ...]] = Dossier.objects.filter(
        id__in=ids, received_on__isnull=False
    ).values_list(
        "id", "competent_unit_id", "tier", "field_id", "channel", "received_on", "status", "due_on", "ended_on", "last_event_at"
    )  # fmt: skip
    return {
        row[0]: spans(Now(*(*row[1:-1], _day(row[-1]))), log.get(row[0], ()), left.get(row[0], ()))
        for row in rows
    }


def _kept(ids: Sequence[int]) -> dict[int, list[Span]]:
    """1 statement."""
    found: dict[int, list[Span]] = {}
    rows = DossierFact.objects.filter(dossier_id__in=ids).order_by("dossier_id", "since")
    for owner, *parts in rows.values_list("dossier_id", *Span.__slots__):
        found.setdefault(owner, []).append(Span(*parts))
    return found


def _slice(count: int, chance: Random) -> list[int]:
    """About `count` dossiers: the first ten, and ten from each of some random places; all when there are few. 1 statement."""
    places = [0.0, *(chance.random() for _ in range(count // 10))]
    rows: list[tuple[Any, ...]] = statement(BULK, "facts_slice").rows({"places": places, "count": count})
    return sorted({int(row[0]) for row in rows})


def _day(at: datetime) -> date:
    return legal(at).date()

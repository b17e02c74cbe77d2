"""Keep the facts behind the event log: share by share, each its own transaction with the mark of how far it came.

Killed at any moment, it goes on from its mark; the same share done twice gives the same rows. No verb waits for it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.sql import statement
from congvu.indicators.models import FactsMark
from congvu.indicators.queries.compose import BULK, filled
from congvu.indicators.queries.engines.files import forget_export

DOSSIERS = "dossiers"
SHARE = 20_000  # dossiers of a first filling, or events, in one transaction: a second or two
_SET = "{id} = ANY(%(ids)s::bigint[])"
_RANGE = "{id} > %(after)s::bigint AND {id} <= %(upto)s::bigint"


@dataclass(frozen=True, slots=True)
class _Share:
    dossiers: int = 0
    facts: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run did: dossiers told anew, facts written, shares, and whether all that was known when it began is in them."""

    dossiers: int
    facts: int
    shares: int
    whole: bool


def keep_facts(*, by: Actor, at: datetime, share: int = SHARE) -> Kept:
    """Bring the facts up to the newest event all writers have finished with. 6 statements a share. Not audited: nothing of
    the records changes. `by` is whoever asks: the system's job, or an operator through the command line."""
    dossiers, facts, shares, more = 0, 0, 0, True
    while more:
        one = _one_share(at, share)
        dossiers, facts, shares, more = dossiers + one.dossiers, facts + one.facts, shares + 1, one.more
    mark = FactsMark.objects.get(area=DOSSIERS)
    return Kept(dossiers, facts, shares, mark.fill_at is None and mark.done >= mark.noted)


@transaction.atomic
def forget_facts(*, by: Actor, at: datetime) -> None:
    """Throw the facts and their file away; the next run makes them anew. 3 statements. Facts are derived, so nothing is lost."""
    _mark(at)
    FactsMark.objects.filter(area=DOSSIERS).update(done=0, noted=0, noted_at=None, fill_at=0, kept_at=at)
    statement(BULK, "facts_empty").run()
    transaction.on_commit(forget_export)


@transaction.atomic
def _one_share(at: datetime, share: int) -> _Share:
    mark = _mark(at)
    if mark.fill_at is not None:
        return _fill(mark, at, share)
    left = (
        mark.noted > mark.done
    )  # a goal of before is reached first: a newer one would never be quiet either
    if not left:
        mark.noted, mark.noted_at = _newest()
    told = _Share()
    if mark.noted <= mark.done:
        mark.kept_at = at
    elif _quiet(mark):
        bounds = {"done": mark.done, "upto": mark.noted, "share": share}
        last, events, ids = statement(BULK, "facts_touched").rows(bounds)[0]
        made = _make(_SET, {"ids": ids}) if ids else 0
        full = events == share
        told = _Share(len(ids or ()), made, full or left)
        mark.done, mark.kept_at = (last if full else mark.noted), at
    mark.save()
    return told


def _fill(mark: FactsMark, at: datetime, share: int) -> _Share:
    """A share of the first filling. Events after those noted when it began are read after it; it waits until whoever was
    writing then has finished."""
    if mark.fill_at == 0:
        mark.noted, mark.noted_at = _newest()
        mark.done = mark.noted
    if not _quiet(mark):
        return _Share()
    after = mark.fill_at
    count, upto = statement(BULK, "facts_range").rows({"after": after, "share": share})[0]
    made = _make(_RANGE, {"after": after, "upto": upto}) if count else 0
    mark.fill_at, mark.kept_at = upto, at
    mark.save()
    return _Share(count, made, True)


def _newest() -> tuple[int, datetime]:
    noted, noted_at, _ = statement(BULK, "facts_newest").rows()[0]
    return noted, noted_at


def _make(which: str, params: dict[str, object]) -> int:
    filled("facts_drop", which=which.replace("{id}", "dossier_id")).run(params)
    return filled("facts_make", which=which.replace("{id}", "d.id")).run(params)


def _quiet(mark: FactsMark) -> bool:
    return bool(statement(BULK, "facts_quiet").rows({"noted_at": mark.noted_at})[0][0])


def _mark(at: datetime) -> FactsMark:
    """The mark, held: one keeps the facts at a time."""
    FactsMark.objects.bulk_create([FactsMark(area=DOSSIERS, fill_at=0, kept_at=at)], ignore_conflicts=True)
    return FactsMark.objects.select_for_update().get(area=DOSSIERS)

"""Diễn thử: what an action would do, by doing it and taking it back; and doing it only when nothing gets lost."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db import transaction

from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.queries.following import chosen_held, held_by, kinds, province_totals
from congvu.organisation.queries.handovers import last_id, named_heirs, parcels_since
from congvu.organisation.rules.following import Held, Totals, totals
from congvu.organisation.rules.picture import Picture

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The organisation before and after an action that was not kept; what the units that end hold and where it goes; the
    totals of the province on both sides."""

    before: Picture
    after: Picture
    held: tuple[Held, ...]
    totals: Totals
    parcels: tuple[Held, ...] = ()  # what was chosen to go from units that go on


def rehearse(action: Callable[[], object], effective: date) -> Rehearsal:
    """Run the action, look, and roll back: the preview cannot differ from the deed. Refusals pass through.

    7 statements beside the action's, and those of the areas (`held_by`, `province_totals` twice), however many units.
    Holds the writers' lock for as long as the action runs.
    """
    with transaction.atomic():
        newest = last_id()
        before, after, counted = _done(action, effective)
        ended = [unit for unit in before.unit_ids if _ends(unit, before, after, effective)]
        heirs: dict[int, int | None] = dict.fromkeys(ended)
        if ended:
            heirs |= named_heirs(ended, effective)
        parcels = tuple(_parcels(newest))
        taken = Counter({(one.unit_id, one.kind.code): one.count for one in parcels})
        held = tuple(
            replace(one, count=one.count - taken[one.unit_id, one.kind.code])
            for one in held_by(heirs, effective, before)
        )
        transaction.set_rollback(True)
    return Rehearsal(before, after, held, counted, parcels)


def _parcels(newest: int) -> list[Held]:
    """What was chosen goes where, as records say that the action wrote. 1 statement, 1 more for each record."""
    known = kinds()
    return [
        Held(record.from_unit_id, known[kind], number, record.to_unit_id)
        for record in parcels_since(newest)
        for kind, number in chosen_held(record.from_unit_id, record.chosen or ()).items()
        if number
    ]


@transaction.atomic
def conserving(action: Callable[[], T], effective: date) -> T:
    """Run the action and keep it; refuses, and so takes it back, when posts or people of the province would change in number.

    4 statements beside the action's, and `province_totals` twice.
    """
    kept: list[T] = []
    _, _, counted = _done(lambda: kept.append(action()), effective)
    if counted.differing:
        name, was, now = counted.differing[0]
        raise Refused(
            f"Tổng trước và sau không khớp: {name.lower()} từ {was} thành {now}.",
            where="totals",
            do="Kiểm tra các phần và ngày hiệu lực; sự kiện không được ghi.",
        )
    return kept[0]


def _done(action: Callable[[], object], effective: date) -> tuple[Picture, Picture, Totals]:
    before = queries.picture_now()
    was = province_totals(effective, before)
    action()
    after = queries.picture_now()
    names = {code: kind.name for code, kind in kinds().items()}
    return before, after, totals(names, was, province_totals(effective, after))


def _ends(unit_id: int, before: Picture, after: Picture, day: date) -> bool:
    return before.at(unit_id, day) is not None and after.at(unit_id, day) is None

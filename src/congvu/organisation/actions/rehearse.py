"""Diễn thử: what an action would do, by doing it and taking it back; and doing it only when nothing gets lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction

from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.queries.following import held_by, kinds, province_totals
from congvu.organisation.queries.handovers import named_heirs
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


def rehearse(action: Callable[[], object], effective: date) -> Rehearsal:
    """Run the action, look, and roll back: the preview cannot differ from the deed. Refusals pass through.

    5 statements beside the action's, and those of the areas (`held_by`, `province_totals` twice), however many units.
    Holds the writers' lock for as long as the action runs.
    """
    with transaction.atomic():
        before, after, counted = _done(action, effective)
        ended = [unit for unit in before.unit_ids if _ends(unit, before, after, effective)]
        heirs: dict[int, int | None] = dict.fromkeys(ended)
        if ended:
            heirs |= named_heirs(ended, effective)
        held = tuple(held_by(heirs, effective, before))
        transaction.set_rollback(True)
    return Rehearsal(before, after, held, counted)


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

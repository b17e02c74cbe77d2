"""Bàn giao: move what follows a unit that ended, on the day of its event, in shares that are kept one by one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.models import Handover, HandoverLine
from congvu.organisation.queries import picture
from congvu.organisation.queries.following import followers, kinds
from congvu.organisation.rules.following import COUNTED, GOES, Going, Told

ROUNDS = 3  # times all areas are gone through, when others write into the old unit meanwhile


def carry_out(*, at: datetime, told: Told | None = None, again: bool = False) -> int:
    """Move what follows every handing over whose day has come, oldest first. Returns how many were brought to their end.

    Each share is a transaction that also keeps how far it came: a process that dies is taken up where it was. `told` hears
    of the progress. What was refused is told on its record and left alone unless `again`. Safe beside other workers.
    """
    waiting = Handover.objects.filter(moved_at=None, cancelled_at=None, effective__lte=at.date())
    if not again:
        waiting = waiting.filter(problem="")
    ids = list(waiting.order_by("effective", "id").values_list("id", flat=True))
    done = 0
    for number, handover_id in enumerate(ids, 1):
        done += _carry_one(handover_id, at, told, f"bàn giao {number}/{len(ids)}")
    return done


def _carry_one(handover_id: int, at: datetime, told: Told | None, where: str) -> bool:
    try:
        more, share = True, 0
        while more:
            with transaction.atomic():
                found = _share(handover_id, at)
            more, share = bool(found), share + 1
            if told is not None and found is not None:
                told(f"{where}, lượt {share}")
        return found is not None
    except Refused as refusal:
        Handover.objects.filter(id=handover_id, moved_at=None).update(problem=refusal.told())
        return False


def _share(handover_id: int, at: datetime) -> bool | None:
    """One transaction's worth. True: there is more; False: brought to its end; None: somebody else has it in hand."""
    waiting = Handover.objects.select_for_update(skip_locked=True, of=("self",)).select_related("event")
    one = waiting.filter(id=handover_id, moved_at=None, cancelled_at=None).first()
    if one is None:
        return None
    if not one.progress:
        _begin(one)
    going, moved, cursor = going_of(one), dict(one.progress["moved"]), one.progress["cursor"]
    place, more = one.progress["place"], False
    areas = followers()
    while place < len(areas) and not more:
        share = areas[place].move(going, cursor, by=SYSTEM, at=at)
        for kind, number in share.moved.items():
            moved[kind] = moved.get(kind, 0) + number
        more, cursor = share.cursor is not None, share.cursor or ""
        place += 0 if more else 1
    one.progress = {**one.progress, "place": place, "cursor": cursor, "moved": moved}
    if not more and not _at_the_end(one, going, moved, at):
        one.progress |= {"place": 0, "cursor": "", "round": one.progress["round"] + 1}
        more = True
    one.problem = ""
    one.save(update_fields=["progress", "problem", "moved_at"])
    return more


def going_of(one: Handover) -> Going:
    """The handing over as the areas are told of it."""
    return Going(
        one.id,
        one.event_id,
        one.from_unit_id,
        one.to_unit_id,
        one.effective,
        one.event.decision_number,
        one.undoes_id,
    )


def _begin(one: Handover) -> None:
    """Count what is there, a line of the record for each kind."""
    known = picture()
    counts = {
        kind: number
        for area in followers()
        for (_, kind), number in area.count([one.from_unit_id], one.effective, known).items()
        if number
    }
    HandoverLine.objects.bulk_create(
        HandoverLine(handover=one, place=place, kind=code, found=counts[code])
        for place, code in enumerate(kinds())
        if code in counts
    )
    one.progress = {"place": 0, "cursor": "", "moved": {}, "round": 1}


def _at_the_end(one: Handover, going: Going, moved: Mapping[str, int], at: datetime) -> bool:
    """Close the record when nothing that goes is left behind. False: something is, so all areas are asked once more."""
    known = kinds()
    left = {
        kind: number
        for area in followers()
        for kind, number in area.left([going.from_id], going.day).items()
        if number and known[kind].way == GOES
    }
    if left and one.progress["round"] < ROUNDS:
        return False
    if left:
        told = ", ".join(f"{number} {known[kind].counted}" for kind, number in left.items())
        raise Refused(
            f"Tổng trước và sau không khớp: còn {told} ở đơn vị đã chấm dứt.",
            where="left",
            do="Xem những việc ấy, rồi cho chuyển lại.",
        )
    lines = {line.kind: line for line in HandoverLine.objects.filter(handover=one)}
    for code, kind in known.items():
        if kind.way not in (GOES, COUNTED) or not moved.get(code):
            continue
        line = lines.setdefault(
            code, HandoverLine(handover=one, place=list(known).index(code), kind=code, found=0)
        )
        line.moved = moved[code]
        line.found = max(line.found, line.moved)  # what came in while the rest was being moved went along too
        line.save()
    one.moved_at = at
    record(
        "organisation.handed_over", "handover", one.id, by=SYSTEM, at=at, why=going.decision,
        after={code: line.moved for code, line in lines.items()},
    )  # fmt: skip
    return True

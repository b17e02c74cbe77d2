"""Bàn giao: move what follows a unit that ended, on the day of its event, in shares that are kept one by one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.models import Handover, HandoverLine
from congvu.organisation.queries import picture
from congvu.organisation.queries.following import chosen_held, followers, kinds
from congvu.organisation.rules.following import GOES, Choosing, Going, Share, Told

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
    for _ in range(ROUNDS):
        if not ids:
            break
        _begin(ids)
        for number, handover_id in enumerate(ids, 1):
            _carry_one(handover_id, at, told, f"bàn giao {number}/{len(ids)}")
        closed, ids = _close(ids, at)
        done += closed
    return done


def going_of(one: Handover) -> Going:
    """The handing over as the areas are told of it."""
    decision = one.event.decision_number
    return Going(
        one.id, one.event_id, one.from_unit_id, one.to_unit_id, one.effective, decision, one.undoes_id,
        None if one.chosen is None else tuple(one.chosen),
    )  # fmt: skip


@transaction.atomic
def _begin(ids: Sequence[int]) -> None:
    """Count what is there, a line of each record for each kind. Some 12 statements, however many records."""
    rows = [one for one in _locked(ids) if not one.progress]
    by_day: dict[date, list[Handover]] = {}
    for one in rows:
        by_day.setdefault(one.effective, []).append(one)
    known, order = picture(), list(kinds())
    lines: list[HandoverLine] = []
    for day, records in by_day.items():
        units = [one.from_unit_id for one in records if one.chosen is None]
        counts = {
            key: number for area in followers() for key, number in area.count(units, day, known).items()
        }
        parcels = {
            one.id: chosen_held(one.from_unit_id, one.chosen)
            for one in records
            if one.chosen is not None and one.undoes_id is None
        }
        for one in records:  # what was chosen for another is not the heir's
            for kind, number in parcels.get(one.id, {}).items():
                if (one.from_unit_id, kind) in counts:
                    counts[one.from_unit_id, kind] -= number
        went = _went([one.undoes_id for one in records if one.undoes_id is not None])
        for one in records:
            unit = one.from_unit_id
            of = (
                went.get(one.undoes_id, {})
                if one.undoes_id
                else parcels[one.id]
                if one.id in parcels
                else {kind: counts.get((unit, kind), 0) for kind in order}
            )
            lines += [
                HandoverLine(handover=one, place=order.index(kind), kind=kind, found=n)
                for kind, n in of.items()
                if n
            ]
    HandoverLine.objects.bulk_create(lines)
    found: dict[int, list[str]] = {}
    for line in lines:
        found.setdefault(line.handover_id, []).append(line.kind)
    for one in rows:
        one.progress = {"place": 0, "cursor": "", "moved": {}, "round": 1, "found": found.get(one.id, [])}
    Handover.objects.bulk_update(rows, ["progress"], batch_size=500)


def _went(undone: Sequence[int]) -> dict[int, dict[str, int]]:
    """What went over by records that are being undone, of the kinds that go. 1 statement, none for none."""
    known, found = kinds(), dict[int, dict[str, int]]()
    for line in HandoverLine.objects.filter(handover__in=undone) if undone else ():
        if known[line.kind].way == GOES:
            found.setdefault(line.handover_id, {})[line.kind] = line.moved
    return found


def _locked(ids: Sequence[int]) -> list[Handover]:
    """Those of the records that are still open and in nobody's hands. 1 statement."""
    free = Handover.objects.select_for_update(skip_locked=True, of=("self",)).select_related("event")
    return list(free.filter(id__in=ids, moved_at=None, cancelled_at=None).order_by("effective", "id"))


def _carry_one(handover_id: int, at: datetime, told: Told | None, where: str) -> None:
    try:
        more, share = True, 0
        while more:
            with transaction.atomic():
                more = _share(handover_id, at)
            share += 1
            if told is not None:
                told(f"{where}, lượt {share}")
    except Refused as refusal:
        Handover.objects.filter(id=handover_id, moved_at=None).update(problem=refusal.told())


def _share(handover_id: int, at: datetime) -> bool:
    """One transaction's worth; whether there is more. An area in which nothing was found is asked only when something turned
    out to be left behind."""
    one = next(iter(_locked([handover_id])), None)
    if one is None:
        return False
    going, state, areas, more = going_of(one), one.progress, followers(), False
    while state["place"] < len(areas) and not more:
        area = areas[state["place"]]
        share, wanted = Share(), going.chosen is None or isinstance(area, Choosing)
        if not wanted:
            pass
        elif state["round"] > 1 or one.undoes_id or any(kind.code in state["found"] for kind in area.kinds):
            share = area.move(going, state["cursor"], by=SYSTEM, at=at)
        for kind, number in share.moved.items():
            state["moved"][kind] = number + (0 if share.whole else state["moved"].get(kind, 0))
        more = share.cursor is not None
        state |= {"cursor": share.cursor or "", "place": state["place"] + (0 if more else 1)}
    Handover.objects.filter(id=one.id).update(progress=state)
    return more


@transaction.atomic
def _close(ids: Sequence[int], at: datetime) -> tuple[int, list[int]]:
    """Close the records whose units are empty of all that goes. Returns how many, and those to be gone through once more.
    Some 10 statements, however many records."""
    areas = followers()
    rows = [one for one in _locked(ids) if one.progress.get("place") == len(areas)]
    left = _left([one for one in rows if one.undoes_id is None])
    lines: dict[int, dict[str, HandoverLine]] = {one.id: {} for one in rows}
    for line in HandoverLine.objects.filter(handover__in=[one.id for one in rows]):
        lines[line.handover_id][line.kind] = line
    again: list[int] = []
    closed: list[Handover] = []
    for one in rows:
        behind = left.get(one.id, {})
        if not behind:
            one.moved_at, one.problem = at, ""
            closed.append(one)
        elif one.progress["round"] < ROUNDS:  # the last round begins again when somebody asks
            again.append(one.id)
        else:
            one.problem = _told_left(behind)
        if behind:
            moved = {} if one.progress["round"] >= ROUNDS else one.progress["moved"]
            one.progress |= {
                "place": 0,
                "cursor": "",
                "round": one.progress["round"] % ROUNDS + 1,
                "moved": moved,
            }
    Handover.objects.bulk_update(rows, ["progress", "problem", "moved_at"], batch_size=500)
    _settle_lines(closed, lines)
    record_many(
        "organisation.handed_over",
        "handover",
        [(one.id, None, {kind: line.moved for kind, line in lines[one.id].items()}) for one in closed],
        by=SYSTEM,
        at=at,
        why="; ".join(sorted({one.event.decision_number for one in closed})),
    )
    return len(closed), again


def _left(rows: Sequence[Handover]) -> dict[int, dict[str, int]]:
    """What is left behind in the units of the records, of the kinds that go: {record: {kind: number}}."""
    known = kinds()
    by_day: dict[date, dict[int, int]] = {}
    found: dict[int, dict[str, int]] = {}
    for one in rows:
        if one.chosen is None:
            by_day.setdefault(one.effective, {})[one.from_unit_id] = one.id
        else:
            found[one.id] = {kind: n for kind, n in chosen_held(one.from_unit_id, one.chosen).items() if n}
    for day, records in by_day.items():
        for area in followers():
            for (unit, kind), number in area.left(list(records), day).items():
                if number and known[kind].way == GOES:
                    found.setdefault(records[unit], {})[kind] = number
    return found


def _told_left(behind: Mapping[str, int]) -> str:
    known = kinds()
    told = ", ".join(f"{number} {known[kind].counted}" for kind, number in behind.items())
    return f"Tổng trước và sau không khớp: còn {told} ở bên giao."


def _settle_lines(closed: Sequence[Handover], lines: Mapping[int, dict[str, HandoverLine]]) -> None:
    """What went over by kind. What came in while the rest was being moved went along too, and counts as found. 2 statements."""
    order = list(kinds())
    for one in closed:
        for kind, moved in one.progress["moved"].items():
            if moved and kind not in lines[one.id]:
                lines[one.id][kind] = HandoverLine(handover=one, place=order.index(kind), kind=kind, found=0)
            if kind in lines[one.id]:
                line = lines[one.id][kind]
                line.moved, line.found = moved, max(line.found, moved)
    every = [line for one in closed for line in lines[one.id].values()]
    HandoverLine.objects.bulk_create([line for line in every if line.pk is None])
    HandoverLine.objects.bulk_update([line for line in every if line.pk], ["found", "moved"], batch_size=500)

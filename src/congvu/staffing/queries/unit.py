"""The posts of one unit, line by line: decisions, and what came and went as units merged and split."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.kinds import EVENT_KINDS
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.rules.fold import Carry
from congvu.staffing.rules.kinds import ISSUED, LINE_KINDS


@dataclass(frozen=True, slots=True)
class Entry:
    """One move of a balance. `decision_id` when it is a line, `other_id` when it came from or went to a unit."""

    effective: date
    pool: str
    what: str
    posts: int
    balance: int  # of the pool, after it
    number: str
    decision_id: int | None = None
    other_id: int | None = None
    note: str = ""


def unit_entries(
    unit_id: int, carries: Iterable[Carry], on: date, known_at: datetime | None = None
) -> list[Entry]:
    """Every move of a unit's posts up to a day, newest first. 2 statements; 1 when the unit met no merger or split.

    `carries`: those of the fold of that day.
    """
    moved = [one for one in carries if unit_id in (one.from_id, one.to_id)]
    numbers = _event_numbers(moved)
    found = [_of_carry(one, unit_id, numbers) for one in moved]
    found += [_of_line(line) for line in _lines(unit_id, on, known_at)]
    found.sort(key=lambda one: (one.effective, one.decision_id is not None, one.decision_id or 0))
    held: dict[str, int] = {}
    told = []
    for one in found:
        held[one.pool] = held.get(one.pool, 0) + one.posts
        told.append(_with_balance(one, held[one.pool]))
    return told[::-1]


def _lines(unit_id: int, on: date, known_at: datetime | None) -> Iterable[QuotaLine]:
    correcting = QuotaDecision.objects.filter(corrects=OuterRef("decision"), state=ISSUED)
    issued = Q(decision__state=ISSUED, decision__effective__lte=on)
    if known_at is not None:
        correcting, issued = (
            correcting.filter(issued_at__lte=known_at),
            issued & Q(decision__issued_at__lte=known_at),
        )
    found = QuotaLine.objects.filter(issued, ~Exists(correcting), unit_id=unit_id)
    return found.select_related("decision").order_by("decision__effective", "decision_id", "place")


def _event_numbers(moved: Sequence[Carry]) -> dict[int, tuple[str, str]]:
    if not moved:
        return {}
    events = UnitEvent.objects.filter(id__in={one.event_id for one in moved})
    return {event.id: (event.decision_number, EVENT_KINDS[event.kind]) for event in events}


def _of_carry(one: Carry, unit_id: int, numbers: dict[int, tuple[str, str]]) -> Entry:
    number, kind = numbers[one.event_id]
    leaves = one.from_id == unit_id
    what = f"{'Chuyển đi' if leaves else 'Nhận về'} theo sắp xếp tổ chức ({kind.lower()})"
    posts, other = (-one.posts, one.to_id) if leaves else (one.posts, one.from_id)
    return Entry(one.effective, one.pool, what, posts, 0, number, other_id=other)


def _of_line(line: QuotaLine) -> Entry:
    held = line.decision
    return Entry(
        held.effective, line.pool, LINE_KINDS[line.kind], line.delta, 0, held.number, held.id, note=line.note
    )


def _with_balance(one: Entry, balance: int) -> Entry:
    return Entry(
        one.effective,
        one.pool,
        one.what,
        one.posts,
        balance,
        one.number,
        one.decision_id,
        one.other_id,
        one.note,
    )

"""Opening a round: a set, a period, deadlines, and who takes part, each with a sheet that fills itself where it can."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indices.access import refuse_unless_keeps
from congvu.indices.actions.fill_sheets import fill_sheets
from congvu.indices.models import IndexSet, Round, Sheet
from congvu.indices.rules.rounds import SELF, STEP_WORDS, checked_deadlines
from congvu.indices.rules.sets import APPROVED
from congvu.organisation.queries import picture


@dataclass(frozen=True, slots=True)
class Opening:
    """A round to be. `units` by id; `outside`: participants that are no units of ours, by name."""

    set_id: int
    name: str
    first: date
    last: date
    units: Sequence[int]
    outside: Sequence[str] = ()
    deadlines: Mapping[str, date] = field(default_factory=dict)
    pilot: str = ""


@transaction.atomic
def open_round(wanted: Opening, *, by: Actor, at: datetime) -> Round:
    """A round with a sheet for everyone who takes part. 5 statements and those of the figures. Refuses a set that is not
    approved, a period told backwards or scored already, nobody taking part."""
    refuse_unless_keeps(by)
    # held: the same round asked for twice at once is refused as one that is open already
    of = IndexSet.objects.select_for_update(no_key=True).filter(pk=wanted.set_id, state=APPROVED).first()
    if of is None:
        raise Refused("Chỉ mở kỳ chấm theo bộ chỉ số đã phê duyệt.", where="set", do="Phê duyệt bộ trước.")
    if wanted.last < wanted.first:
        raise Refused("Kỳ kết thúc trước khi bắt đầu.", where="last", do="Ghi ngày cuối sau ngày đầu.")
    if not wanted.units and not wanted.outside:
        raise Refused("Chưa có ai được chấm.", where="units", do="Ghi mã các đơn vị, mỗi dòng một đơn vị.")
    if Round.objects.filter(set=of, first=wanted.first, last=wanted.last).exists():
        raise Refused("Kỳ này của bộ chỉ số đã mở.", where="first", do="Mở kỳ ấy trong danh sách.")
    due = checked_deadlines(wanted.deadlines)
    made = Round.objects.create(
        set=of, name=composed(wanted.name)[:200] or f"{of.name} {wanted.last.year}", first=wanted.first, last=wanted.last,
        deadlines={step: day.isoformat() for step, day in due.items()}, pilot=composed(wanted.pilot)[:300],
        opened_at=at, opened_by=by.name[:200],
    )  # fmt: skip
    sheets = add_participants(made, wanted.units, wanted.outside)
    record(
        "indices.open_round", "index_round", made.pk, by=by, at=at,
        after={"set": str(of), "taking_part": len(sheets), "first": wanted.first.isoformat(), "last": wanted.last.isoformat()},
    )  # fmt: skip
    fill_sheets(made.pk, [one.pk for one in sheets], by=by, at=at)
    return made


def add_participants(
    one: Round, units: Iterable[int], outside: Iterable[str], codes: Iterable[str] = ()
) -> list[Sheet]:
    """Sheets of units and of named outsiders, with the names they have on the last day of the period. 2 statements."""
    known, rows = picture(), []
    for unit in dict.fromkeys(units):
        span = known.nearest(unit, one.last)
        if span is None:
            raise Refused(f"Không có đơn vị {unit}.", where="units")
        rows.append(Sheet(round=one, unit_id=unit, code=span.code, name=span.name, state=SELF))
    named = [composed(name)[:300] for name in outside]
    marks = list(codes) or [f"N{nth:02d}" for nth in range(1, len(named) + 1)]
    rows += [
        Sheet(round=one, code=code, name=name, state=SELF) for code, name in zip(marks, named, strict=True)
    ]
    try:
        with transaction.atomic():
            return Sheet.objects.bulk_create(rows)
    except IntegrityError as twice:
        raise Refused("Một đơn vị được ghi hai lần.", where="units", do="Bỏ bớt một dòng.") from twice


@transaction.atomic
def set_deadlines(round_id: int, deadlines: Mapping[str, date], *, by: Actor, at: datetime) -> Round:
    """Move the deadlines of a round, before and after in the log. 3 statements. Refuses a published round."""
    refuse_unless_keeps(by)
    held = Round.objects.select_for_update().filter(pk=round_id).first()
    if held is None or held.published_at is not None:
        raise Refused("Kỳ đã công bố hoặc không còn, không đổi hạn được.", do="Mở lại danh sách kỳ chấm.")
    due = {step: day.isoformat() for step, day in checked_deadlines(deadlines).items()}
    if due == held.deadlines:
        return held
    before = {STEP_WORDS[step]: day for step, day in held.deadlines.items()}
    held.deadlines = due
    held.save(update_fields=["deadlines"])
    record(
        "indices.set_deadlines", "index_round", held.pk, by=by, at=at, before=before,
        after={STEP_WORDS[step]: day for step, day in due.items()},
    )  # fmt: skip
    return held

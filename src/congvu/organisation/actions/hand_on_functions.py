"""Chuyển chức năng sang đơn vị khác: by an event of the organisation, or accepted by the heir of a unit that ended."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import again, begin_keeping, facts, kind_of, refuse_absent, supersede
from congvu.organisation.actions.recording import Decision, decision_number
from congvu.organisation.models import UnitEvent, UnitFunctionVersion
from congvu.organisation.queries import picture_now
from congvu.organisation.rules.picture import Picture


@transaction.atomic
def hand_on_functions(
    function_ids: Collection[int],
    receiver: int,
    *,
    effective: date,
    decision: Decision,
    by: Actor,
    at: datetime,
    event: UnitEvent | None = None,
    giver: int | None = None,
) -> list[UnitFunctionVersion]:
    """The functions are the receiver's from a day on, as the same functions. 6 statements, however many.

    `giver`: refuse any it does not hold on that day. What a function was in later periods is refused, not guessed.
    """
    begin_keeping(by)
    wanted = set(function_ids)
    rows = list(
        UnitFunctionVersion.objects.filter(function__in=wanted, superseded_at=None).order_by(
            "function", "valid_from"
        )
    )
    refuse_absent(picture_now(), receiver, effective, "receiver")
    number = decision_number(decision)
    old, new = [], []
    for function in sorted(wanted):
        row = _held([one for one in rows if one.function_id == function], effective, giver, receiver)
        old.append(row)
        paper = {
            "decision_number": number,
            "decision_date": decision.signed_on,
            "decided_by": decision.by[:200],
        }
        if row.valid_from < effective:
            new.append(again(row, by, at, valid_to=effective, ending=f"chuyển theo {number}"[:300]))
        new.append(
            again(
                row,
                by,
                at,
                unit_id=receiver,
                valid_from=effective,
                opened_by_id=event.pk if event else None,
                ending=row.ending,
                **paper,
            )
        )
    supersede(old, at)
    written = UnitFunctionVersion.objects.bulk_create(new)
    before = {row.function_id: facts(row) for row in old}
    mine = [row for row in written if row.unit_id == receiver and row.valid_from == effective]
    record_many(
        "organisation.hand_on_functions",
        kind_of(UnitFunctionVersion),
        [(row.pk, before[row.function_id], facts(row)) for row in mine],
        by=by,
        at=at,
        why=number,
    )
    return mine


def _held(
    versions: list[UnitFunctionVersion], on: date, giver: int | None, receiver: int
) -> UnitFunctionVersion:
    row = next(
        (one for one in versions if one.valid_from <= on and (one.valid_to is None or one.valid_to > on)),
        None,
    )
    if row is None or (giver is not None and row.unit_id != giver):
        raise Refused(
            f"Có chức năng bên chuyển không giữ vào ngày {on:%d/%m/%Y}.",
            where="functions",
            do="Chọn lại chức năng, hoặc kiểm tra ngày hiệu lực.",
        )
    if any(one.valid_from > on for one in versions):
        raise Refused(
            f"«{row.text[:80]}» đã có thay đổi ghi sau ngày {on:%d/%m/%Y}.",
            where="functions",
            do="Rút thay đổi ấy trước, hoặc chọn ngày sau nó.",
        )
    if row.unit_id == receiver:
        raise Refused(f"Bên nhận đã giữ «{row.text[:80]}».", where="receiver", do="Chọn đơn vị khác.")
    return row


def follow_correction(old: UnitEvent, new: UnitEvent, *, by: Actor, at: datetime) -> None:
    """A transfer was corrected: the functions it moved are under the event that replaces it, from its day on.

    1 statement when it moved none, 5 else. Refuses a day beyond which something else is on record.
    """
    moved = list(UnitFunctionVersion.objects.filter(opened_by=old, superseded_at=None).order_by("function"))
    if not moved:
        return
    before = {
        row.function_id: row
        for row in UnitFunctionVersion.objects.filter(
            function__in=[row.function_id for row in moved], valid_to=old.effective, superseded_at=None
        )
    }
    paper = {
        "decision_number": new.decision_number,
        "decision_date": new.decision_date,
        "decided_by": new.decided_by,
    }
    changed: list[UnitFunctionVersion] = []
    for row in moved:
        giver = before.get(row.function_id)
        if (giver and giver.valid_from >= new.effective) or (row.valid_to and row.valid_to <= new.effective):
            raise Refused(
                f"Chức năng «{row.text[:80]}» có thay đổi khác trước hoặc sau ngày {new.effective:%d/%m/%Y}.",
                where="effective",
                do="Chọn ngày khác, hoặc rút thay đổi ấy trước.",
            )
        if giver:
            ending = f"chuyển theo {new.decision_number}"[:300]
            changed.append(again(giver, by, at, valid_to=new.effective, ending=ending))
        changed.append(again(row, by, at, valid_from=new.effective, opened_by_id=new.pk, **paper))
    supersede([*before.values(), *moved], at)
    written = UnitFunctionVersion.objects.bulk_create(changed)
    was = {row.function_id: facts(row) for row in moved}
    record_many(
        "organisation.hand_on_functions",
        kind_of(UnitFunctionVersion),
        [(row.pk, was[row.function_id], facts(row)) for row in written if row.opened_by_id == new.pk],
        by=by,
        at=at,
        why=new.decision_number,
    )


def give_back_functions(
    events: Sequence[UnitEvent], known: Picture, *, by: Actor, at: datetime
) -> list[UnitFunctionVersion]:
    """Events recorded at one moment are taken back: the functions they moved are held again as was believed just before.

    1 statement when they moved none, 5 else. `known`: the organisation once the events are gone. Refuses what was changed
    since, and a function whose old holder has ended meanwhile: whom it goes to is then for a decision to say.
    """
    moment = events[0].recorded_at
    moved = UnitFunctionVersion.objects.filter(opened_by__in=list(events)).values("function")
    rows = list(UnitFunctionVersion.objects.filter(function__in=moved).order_by("function", "valid_from"))
    if not rows:
        return []
    begin_keeping(by)
    _refuse_changed_since(rows, moment)
    gone = [row for row in rows if row.recorded_at == moment and row.superseded_at is None]
    was = [row for row in rows if row.recorded_at < moment and row.superseded_at == moment]
    for row in was:
        day = max(row.valid_from, at.date())
        if row.valid_to is None and known.at(row.unit_id, day) is None:
            raise Refused(
                f"Đơn vị cũ giữ «{row.text[:80]}» đã chấm dứt.",
                where="event",
                do="Ghi «Chuyển giao chức năng» sang đơn vị kế thừa, thay cho hoàn tác.",
            )
    supersede(gone, at)
    back = UnitFunctionVersion.objects.bulk_create([again(row, by, at) for row in was])
    held = {row.function_id: facts(row) for row in gone}
    record_many(
        "organisation.give_back_functions",
        kind_of(UnitFunctionVersion),
        [(row.pk, held.get(row.function_id), facts(row)) for row in back],
        by=by,
        at=at,
        why=events[0].decision_number,
    )
    return back


def _refuse_changed_since(rows: Sequence[UnitFunctionVersion], moment: datetime) -> None:
    for row in rows:
        if row.recorded_at > moment or (row.superseded_at is not None and row.superseded_at > moment):
            raise Refused(
                f"Chức năng «{row.text[:80]}» còn có thay đổi ghi sau sự kiện này.",
                where="event",
                do="Hoàn tác hoặc rút thay đổi ghi sau trước.",
            )

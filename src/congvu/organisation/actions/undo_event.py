"""Hoàn tác sự kiện: a correcting event takes back one that was recorded wrongly; nothing of the history is edited."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.happenings.actions import emit
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.actions.hand_on_functions import give_back_functions
from congvu.organisation.actions.recording import EVENTS_RECORDED, Recording, begin, facts, write_versions
from congvu.organisation.models import (
    Handover,
    HandoverLine,
    UnitEvent,
    UnitEventPart,
    UnitFunctionVersion,
    UnitVersion,
)
from congvu.organisation.queries import picture_now
from congvu.organisation.queries.following import followers, kinds
from congvu.organisation.rules.following import GOES
from congvu.organisation.rules.kinds import FROM, HOAN_TAC
from congvu.organisation.rules.picture import Span
from congvu.organisation.rules.soundness import refuse_unsound


@transaction.atomic
def undo_event(event_id: int, *, why: str, by: Actor, at: datetime) -> UnitEvent:
    """Take an event back, with those recorded by the same decision at the same moment. Returns the correcting event.

    The units believe again what they believed just before; units it established end before they began, and their codes stay
    used. Functions it moved are held again by whom they were; what went over by its records goes back by records of its
    own, from today on. Refuses when a later event touched the
    same units (undo that one first), one that was itself corrected, and when a unit that would vanish has work of its own.
    Some 25 statements, however many units.
    """
    reason, recording = composed(why), begin(by=by, at=at)
    if not reason:
        raise Refused("Chưa ghi lý do hoàn tác.", where="why", do="Ghi căn cứ, ví dụ: quyết định bị bãi bỏ.")
    together = _together(event_id)
    moment = together[0].recorded_at
    changed = _restore(recording, moment)
    handed = _refuse_unless_settled(together)
    vanishing = {unit for unit in changed if not recording.draft.of(unit)}
    _refuse_functions_accepted(together, vanishing)
    _refuse_losing_own_work(vanishing, handed, at)
    refuse_unsound(recording.draft.picture())
    give_back_functions(together, recording.draft.picture(), by=by, at=recording.at)
    new = _write_event(together, changed or _units_of(together), reason, recording)
    UnitEvent.objects.filter(id__in=[one.id for one in together]).update(superseded_at=recording.at)
    outcome = recording.draft.outcome()
    write_versions(recording, outcome, {})
    _send_back(new, handed, recording)
    before, after = recording.draft.before, recording.draft
    units = [
        (unit, {"versions": facts(before.of(unit))}, {"versions": facts(after.of(unit)), "event": new.id})
        for unit in changed
    ]
    record_many("organisation.undo_event", "unit", units, by=by, at=recording.at, why=reason)
    if not units:
        record("organisation.undo_event", "unit_event", new.id, by=by, at=recording.at, why=reason)
    emit(
        EVENTS_RECORDED, {"effective": new.effective.isoformat(), "events": [], "closed": []}, at=recording.at
    )
    return new


def _together(event_id: int) -> list[UnitEvent]:
    one = UnitEvent.objects.select_for_update().filter(id=event_id, superseded_at=None).first()
    if one is None:
        raise Refused(
            "Sự kiện này đã được đính chính.", where="event", do="Tải lại trang để thấy bản đang dùng."
        )
    if one.kind == HOAN_TAC or one.corrects_id is not None:
        raise Refused(
            "Sự kiện này là một đính chính.",
            where="event",
            do="Ghi sự kiện mới theo quyết định, thay cho hoàn tác.",
        )
    found = UnitEvent.objects.select_for_update().filter(recorded_at=one.recorded_at, superseded_at=None)
    return list(found.order_by("id"))


def _refuse_functions_accepted(together: Sequence[UnitEvent], vanishing: set[int]) -> None:
    """Functions a unit that would vanish has accepted of itself are given up first. 1 statement."""
    accepted = UnitFunctionVersion.objects.filter(unit__in=vanishing, superseded_at=None)
    if accepted.exclude(opened_by__in=together).exists():
        raise Refused(
            "Đơn vị mới đã nhận chức năng.",
            where="event",
            do="Rút chức năng đã nhận trong sổ chức năng, rồi hoàn tác.",
        )


def _restore(recording: Recording, moment: datetime) -> list[int]:
    """Put back on the draft what the units believed just before `moment`. Returns the units it concerns. 2 statements."""
    touched = set(
        UnitVersion.objects.filter(Q(recorded_at=moment) | Q(superseded_at=moment)).values_list(
            "unit_id", flat=True
        )
    )
    rows = list(UnitVersion.objects.filter(unit_id__in=touched).select_related("unit").order_by("valid_from"))
    later = next((row for row in rows if row.recorded_at > moment), None)
    later = later or next(
        (row for row in rows if row.superseded_at is not None and row.superseded_at > moment), None
    )
    if later is not None:
        raise Refused(
            f"«{later.name}» còn có thay đổi ghi sau sự kiện này.",
            where="event",
            do="Hoàn tác hoặc đính chính thay đổi ghi sau trước.",
        )
    for unit in touched:
        was = [row for row in rows if row.unit_id == unit and row.recorded_at < moment]
        recording.draft.replace_all(
            unit, [_span(row) for row in was if row.superseded_at is None or row.superseded_at >= moment]
        )
    return sorted(touched)


def _span(row: UnitVersion) -> Span:
    """As it was believed; written anew when it is no longer."""
    return Span(
        row.unit_id, row.unit.code, row.name, row.short_name, row.parent_id, row.tier, row.kind, row.sort_key,
        row.valid_from, row.valid_to, row.opened_by_id, row.closed_by_id, row.id if row.superseded_at is None else None,
    )  # fmt: skip


def _refuse_unless_settled(together: Sequence[UnitEvent]) -> list[Handover]:
    found = list(
        Handover.objects.select_for_update()
        .filter(event__in=together, undoes=None, cancelled_at=None)
        .order_by("id")
    )
    if any(one.progress and one.moved_at is None for one in found):
        raise Refused(
            "Đang chuyển hồ sơ theo sự kiện này.", where="event", do="Chờ chuyển xong, rồi hoàn tác."
        )
    return found


def _refuse_losing_own_work(vanishing: set[int], handed: Sequence[Handover], at: datetime) -> None:
    """Refuses when a unit that would never have been holds more than came to it."""
    known, told = picture_now(), kinds()
    came: dict[tuple[int, str], int] = {}
    for line in HandoverLine.objects.filter(handover__in=handed).select_related("handover"):
        key = (line.handover.to_unit_id, line.kind)
        came[key] = came.get(key, 0) + line.moved
    going = sorted(vanishing & {one.to_unit_id for one in handed if one.moved_at is not None})
    alone = sorted(vanishing - {one.to_unit_id for one in handed})
    for area in followers():
        for (unit, kind), number in area.count(going + alone, at.date(), known).items():
            more = number - came.get((unit, kind), 0)
            if more > 0 and told[kind].way == GOES:
                raise Refused(
                    f"«{known.name(unit, at.date())}» đã có thêm {more} {told[kind].counted} của riêng mình.",
                    where="event",
                    do="Chuyển những thứ ấy sang đơn vị khác trước, hoặc ghi sự kiện mới thay cho hoàn tác.",
                )


def _units_of(together: Sequence[UnitEvent]) -> list[int]:
    """Of events that changed no unit: the units they name. 1 statement."""
    parts = UnitEventPart.objects.filter(event__in=together).values_list("unit_id", flat=True)
    return sorted(set(parts))


def _write_event(
    together: Sequence[UnitEvent], units: Sequence[int], reason: str, recording: Recording
) -> UnitEvent:
    first = together[0]
    new = UnitEvent.objects.create(
        kind=HOAN_TAC,
        decision_number=first.decision_number,
        decision_date=first.decision_date,
        decided_by=first.decided_by,
        effective=first.effective,
        note=reason,
        recorded_at=recording.at,
        recorded_by=recording.by.name,
        corrects=first,
    )
    UnitEventPart.objects.bulk_create(UnitEventPart(event=new, unit_id=unit, side=FROM) for unit in units)
    return new


def _send_back(new: UnitEvent, handed: Sequence[Handover], recording: Recording) -> None:
    """A record back for each that went or was to go: people and roles of a planned event went when it was recorded."""
    Handover.objects.filter(id__in=[one.id for one in handed], moved_at=None).update(
        cancelled_at=recording.at
    )
    Handover.objects.bulk_create(
        Handover(
            event=new,
            from_unit_id=one.to_unit_id,
            to_unit_id=one.from_unit_id,
            effective=recording.at.date(),
            undoes=one,
            chosen=one.chosen,
            recorded_at=recording.at,
            recorded_by=recording.by.name[:200],
        )
        for one in handed
    )

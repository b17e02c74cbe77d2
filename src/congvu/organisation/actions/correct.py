"""Đính chính: what was recorded wrongly is superseded, never edited; what was believed before stays readable."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.actions.hand_on_functions import follow_correction
from congvu.organisation.actions.recording import (
    Decision,
    Recording,
    Sides,
    begin,
    decision_number,
    facts,
    write_parts,
    write_versions,
)
from congvu.organisation.models import Handover, UnitEvent, UnitVersion
from congvu.organisation.rules.changes import clean_name
from congvu.organisation.rules.draft import THIS_EVENT, Outcome
from congvu.organisation.rules.kinds import CHUYEN_GIAO_CHUC_NANG, FROM, HOAN_TAC, TIERS, UNIT_KINDS
from congvu.organisation.rules.picture import Span
from congvu.organisation.rules.soundness import refuse_unsound

CORRECTABLE = ("name", "short_name", "kind", "tier", "parent_id", "sort_key")


@transaction.atomic
def correct_version(
    version_id: int, changes: Mapping[str, Any], *, why: str, by: Actor, at: datetime
) -> tuple[UnitVersion, ...]:
    """Correct what a unit was called, was, or stood under over one of its spans (fields of CORRECTABLE).

    Returns the unit's versions as now believed. Refuses one already superseded, and any that makes the tree unsound.
    7 statements.
    """
    reason, recording = _reason(why), begin(by=by, at=at)
    draft = recording.draft
    span = next((one for one in draft.before.spans() if one.id == version_id), None)
    if span is None:
        raise Refused(
            "Phiên bản này đã được thay.", where="version", do="Tải lại trang để thấy bản đang dùng."
        )
    changed = replace(span, **_checked(changes), id=None)
    if changed == span:
        raise Refused("Không có gì khác để đính chính.", where="version", do="Sửa ít nhất một ô.")
    if changed.parent_id == span.unit_id:
        raise Refused("Đơn vị không thể là cấp trên của chính nó.", where="parent", do="Chọn cấp trên khác.")
    draft.replace_all(span.unit_id, [changed if one is span else one for one in draft.of(span.unit_id)])
    refuse_unsound(draft.picture())
    outcome = draft.outcome()
    write_versions(recording, outcome, {})
    _audit(recording, outcome, reason)
    return tuple(UnitVersion.objects.filter(unit_id=span.unit_id, superseded_at=None).order_by("valid_from"))


@transaction.atomic
def correct_event(
    event_id: int,
    *,
    why: str,
    by: Actor,
    at: datetime,
    effective: date | None = None,
    decision: Decision | None = None,
    note: str | None = None,
) -> UnitEvent:
    """Correct an event's day, decision or note. Returns the event that replaces it; the old one stays, superseded.

    Another day shifts every boundary the event made, back or forth; refused where that would run past another
    recorded change. Roles already handed over keep their days: correct them on the accounts page. Functions a transfer
    moved follow it. 14 statements, and those of `follow_correction` for a transfer.
    """
    reason, recording = _reason(why), begin(by=by, at=at)
    old = UnitEvent.objects.select_for_update().filter(id=event_id, superseded_at=None).first()
    if old is None:
        raise Refused(
            "Sự kiện này đã được đính chính.", where="event", do="Tải lại trang để thấy bản đang dùng."
        )
    if old.kind == HOAN_TAC:
        raise Refused(
            "Sự kiện hoàn tác không đính chính được.", where="event", do="Ghi sự kiện mới thay cho nó."
        )
    day = effective if effective is not None else old.effective
    new = UnitEvent.objects.create(
        kind=old.kind,
        decision_number=decision_number(decision) if decision else old.decision_number,
        decision_date=decision.signed_on if decision else old.decision_date,
        decided_by=composed(decision.by)[:200] if decision else old.decided_by,
        effective=day,
        note=composed(note) if note is not None else old.note,
        recorded_at=recording.at,
        recorded_by=by.name,
        corrects=old,
    )
    parts = list(old.parts.order_by("id"))
    _shift(recording, old, day, {part.unit_id for part in parts})
    UnitEvent.objects.filter(id=old.id).update(superseded_at=recording.at)
    sides = Sides(
        sources=[(part.unit_id, part.share) for part in parts if part.side == FROM],
        targets=[(part.unit_id, part.share) for part in parts if part.side != FROM],
    )
    write_parts([(new, sides)])
    records = Handover.objects.filter(event=old, undoes=None)
    records.filter(moved_at=None, progress={}).update(effective=day)  # what went over went on its day
    records.update(event=new)
    outcome = recording.draft.outcome()
    write_versions(recording, outcome, {THIS_EVENT: new.id})
    if old.kind == CHUYEN_GIAO_CHUC_NANG:
        follow_correction(old, new, by=by, at=recording.at)
    _audit(recording, outcome, reason, event=(old.id, new.id))
    return new


def _shift(recording: Recording, old: UnitEvent, day: date, involved: Iterable[int]) -> None:
    """Redraw the boundaries the event made, now on `day` and by the event's successor."""
    draft = recording.draft
    moves = day != old.effective and old.kind != CHUYEN_GIAO_CHUC_NANG
    for unit_id in list(draft.before.unit_ids):
        spans = draft.of(unit_id)
        if moves and unit_id in involved and _shared(spans, old):
            raise Refused(
                f"Ngày {old.effective:%d/%m/%Y} của «{spans[-1].name}» còn là ranh giới của quyết định khác.",
                where="effective",
                do="Đính chính từng phiên bản của đơn vị thay cho cả sự kiện.",
            )
        drawn = [_redrawn(span, old.id, day) for span in spans]
        if drawn != list(spans):
            draft.replace_all(unit_id, drawn)
    if moves:
        refuse_unsound(draft.picture())


def _shared(spans: tuple[Span, ...], old: UnitEvent) -> bool:
    """Whether a boundary on the event's day was there before the event and so belongs to another."""
    return any(span.valid_from == old.effective and span.opened_by != old.id for span in spans) or any(
        span.valid_to == old.effective and span.closed_by != old.id for span in spans
    )


def _redrawn(span: Span, event_id: int, day: date) -> Span:
    if span.opened_by == event_id:
        span = replace(span, opened_by=THIS_EVENT, valid_from=day, id=None)
    if span.closed_by == event_id:
        span = replace(span, closed_by=THIS_EVENT, valid_to=day, id=None)
    return span


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    strange = set(changes) - set(CORRECTABLE)
    if strange:
        raise Refused(
            f"Không đính chính được «{min(strange)}».",
            where=min(strange),
            do="Ghi sự kiện thay cho đính chính.",
        )
    checked = dict(changes)
    if "name" in checked:
        checked["name"] = clean_name(checked["name"])
    if "short_name" in checked:
        checked["short_name"] = composed(checked["short_name"])[:60]
    for field_name, known in (("kind", UNIT_KINDS), ("tier", TIERS)):
        if field_name in checked and checked[field_name] not in known:
            raise Refused(
                f"Không có giá trị «{checked[field_name]}».", where=field_name, do="Chọn trong danh sách."
            )
    return checked


def _reason(why: str) -> str:
    reason = composed(why)
    if not reason:
        raise Refused(
            "Chưa ghi lý do đính chính.", where="why", do="Ghi lý do, ví dụ: nhập nhầm ngày hiệu lực."
        )
    return reason


def _audit(recording: Recording, outcome: Outcome, why: str, event: tuple[int, int] | None = None) -> None:
    before, after = recording.draft.before, recording.draft
    units = [
        (unit, {"versions": facts(before.of(unit))}, {"versions": facts(after.of(unit))})
        for unit in outcome.touched
    ]
    record_many("organisation.correct", "unit", units, by=recording.by, at=recording.at, why=why)
    if event is not None:
        record_many(
            "organisation.correct",
            "unit_event",
            [(event[0], None, {"replaced_by": event[1]})],
            by=recording.by,
            at=recording.at,
            why=why,
        )

"""Ghi việc công bố, chứng nhận hệ thống quản lý chất lượng (ISO 9001), và các lần đánh giá."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.actions.entries import (
    LONGEST_TEXT,
    Period,
    begin_keeping,
    dated,
    facts,
    kind_of,
    make_room,
    refuse_absent,
    said,
    write,
)
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import QualityAudit, QualitySystem
from congvu.organisation.queries import picture
from congvu.organisation.rules.quality import AUDIT_KINDS


@dataclass(frozen=True, slots=True)
class NewQuality:
    """A unit's quality system: the version of the standard, what it covers."""

    unit_id: int
    standard: str
    scope: str
    procedures: int = 0


@dataclass(frozen=True, slots=True)
class NewAudit:
    """An audit of a unit's quality system."""

    unit_id: int
    held_on: date
    kind: str
    auditor: str
    nonconformities: int
    findings: str = ""


@transaction.atomic
def record_quality(
    announced: Sequence[NewQuality], period: Period, *, decision: Decision, by: Actor, at: datetime
) -> list[QualitySystem]:
    """Units announce a quality system from a day on; an earlier version of it ends there. 7 statements, however many."""
    begin_keeping(by)
    known, common = picture(), dated(period, decision, by, at)
    for one in announced:
        refuse_absent(known, one.unit_id, period.start, "unit")
        if one.procedures < 0:
            raise Refused("Số thủ tục không thể âm.", where="procedures", do="Nhập số từ 0.")
    make_room(QualitySystem, {one.unit_id for one in announced}, period, decision, by=by, at=at)
    rows = [
        QualitySystem(
            unit_id=one.unit_id,
            standard=said(one.standard, "standard", "Tiêu chuẩn", 60),
            scope=said(one.scope, "scope", "Phạm vi áp dụng", LONGEST_TEXT),
            procedures=one.procedures,
            **common,
        )
        for one in announced
    ]
    return write(rows, "organisation.record_quality", by=by, at=at, why=common["decision_number"])


@transaction.atomic
def record_audits(held: Sequence[NewAudit], *, by: Actor, at: datetime) -> list[QualityAudit]:
    """Audits of units that have a quality system on that day. 4 statements, however many. Refuses one of a day to come."""
    begin_keeping(by)
    rows = _audits(held, by, at)
    told = [(row.pk, None, facts(row)) for row in rows]
    record_many("organisation.record_audits", kind_of(QualityAudit), told, by=by, at=at)
    return rows


@transaction.atomic
def correct_audit(
    audit_id: int, right: NewAudit | None, *, why: str, by: Actor, at: datetime
) -> QualityAudit | None:
    """An audit recorded wrongly is put right by another row, or by none when it never was. 6 statements. Both stay on
    record; a day of knowledge before tells the wrong one. Refuses no reason, and what is refused of a new one."""
    begin_keeping(by)
    reason = said(why, "why", "Lý do", 200)
    old = QualityAudit.objects.filter(pk=audit_id, superseded_at=None).first()
    if old is None:
        raise Refused("Lần đánh giá này vừa được sửa.", do="Tải lại trang.")
    if right is not None and right.unit_id != old.unit_id:
        raise Refused(
            "Lần đánh giá là của đơn vị khác.",
            where="unit",
            do="Hủy dòng này rồi ghi lần mới cho đơn vị đúng.",
        )
    QualityAudit.objects.filter(pk=old.pk).update(superseded_at=at)
    made = _audits([right], by, at)[0] if right is not None else None
    change = (made.pk if made else old.pk, facts(old), facts(made) if made else None)
    record_many("organisation.correct_audit", kind_of(QualityAudit), [change], by=by, at=at, why=reason)
    return made


def _audits(held: Sequence[NewAudit], by: Actor, at: datetime) -> list[QualityAudit]:
    """The audits, checked and written. 3 statements."""
    systems = list(QualitySystem.objects.filter(unit__in={one.unit_id for one in held}, superseded_at=None))
    for one in held:
        if one.kind not in AUDIT_KINDS:
            raise Refused("Chưa chọn loại đánh giá.", where="kind", do="Chọn trong danh sách.")
        if one.held_on > at.date():
            raise Refused("Ngày đánh giá chưa tới.", where="held_on", do="Ghi sau khi đã đánh giá.")
        day = Period(one.held_on)
        if not any(
            row.unit_id == one.unit_id and row.valid_from <= one.held_on and day.overlaps(row)
            for row in systems
        ):
            raise Refused(
                f"Ngày {one.held_on:%d/%m/%Y} đơn vị chưa có hệ thống quản lý chất lượng.",
                where="held_on",
                do="Ghi việc công bố trước, hoặc kiểm tra ngày.",
            )
        if one.nonconformities < 0:
            raise Refused("Số điểm không phù hợp không thể âm.", where="nonconformities", do="Nhập số từ 0.")
    _refuse_twice(held)
    return QualityAudit.objects.bulk_create(
        QualityAudit(
            unit_id=one.unit_id,
            held_on=one.held_on,
            kind=one.kind,
            auditor=said(one.auditor, "auditor", "Người, tổ chức đánh giá", 200),
            nonconformities=one.nonconformities,
            findings=composed(one.findings)[:2000],
            recorded_at=at,
            recorded_by=by.name[:200],
        )
        for one in held
    )


def _refuse_twice(held: Sequence[NewAudit]) -> None:
    units, days = {one.unit_id for one in held}, {one.held_on for one in held}
    rows = QualityAudit.objects.filter(unit__in=units, held_on__in=days, superseded_at=None)
    taken = set(rows.values_list("unit_id", "held_on", "kind"))
    if any((one.unit_id, one.held_on, one.kind) in taken for one in held):
        raise Refused("Lần đánh giá này đã ghi.", where="held_on", do="Kiểm tra ngày và loại đánh giá.")

"""What the registers of units share: checking an entry, writing rows, ending and superseding them, with the audit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection
from django.forms.models import model_to_dict

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.access import refuse_unless_keeps_registers
from congvu.organisation.actions.recording import Decision, decision_number
from congvu.organisation.models import (
    AssignedFunction,
    Autonomy,
    Dated,
    Delegation,
    OneStopFacility,
    QualitySystem,
    UnitFunctionVersion,
)
from congvu.organisation.rules.picture import Picture

Row = TypeVar("Row", bound=Dated)
REGISTERS: dict[str, type[Dated]] = {
    "chuc-nang": UnitFunctionVersion,
    "danh-muc": AssignedFunction,
    "phan-cap": Delegation,
    "mot-cua": OneStopFacility,
    "iso": QualitySystem,
    "tu-chu": Autonomy,
}
LONGEST_TEXT, LONGEST_FIELD, LONGEST_BASIS = 1000, 120, 300
_KEPT_OUT = ("id", "recorded_at", "recorded_by", "superseded_at")


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day not included (None: no end was said)."""

    start: date
    end: date | None = None

    def overlaps(self, row: Dated) -> bool:
        return (self.end is None or row.valid_from < self.end) and (
            row.valid_to is None or row.valid_to > self.start
        )


def begin_keeping(by: Actor) -> None:
    """Refuse who may not write; one writer of the registers at a time, until the transaction ends. 1 statement."""
    refuse_unless_keeps_registers(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('organisation.registers', 0))")


def dated(period: Period, decision: Decision, by: Actor, at: datetime) -> dict[str, Any]:
    """The fields every entry has. Refuses an entry without a decision, or one that ends before it begins."""
    if period.end is not None and period.end <= period.start:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.", where="valid_to", do="Kiểm tra hai ngày.")
    return {
        "valid_from": period.start,
        "valid_to": period.end,
        "decision_number": decision_number(decision),
        "decision_date": decision.signed_on,
        "decided_by": composed(decision.by)[:200],
        "recorded_at": at,
        "recorded_by": by.name[:200],
    }


def said(text: str, where: str, what: str, longest: int) -> str:
    """`text` composed. Refuses an empty or over-long one, naming it."""
    clean = composed(text)
    if not clean or len(clean) > longest or "\x00" in clean:
        raise Refused(f"{what} phải có từ 1 đến {longest} ký tự.", where=where, do="Ghi theo văn bản.")
    return clean


def refuse_absent(known: Picture, unit_id: int, on: date, where: str) -> None:
    """Entries are of units that stand on the day they begin."""
    if known.at(unit_id, on) is None:
        name = known.name(unit_id, on) or f"Đơn vị {unit_id}"
        raise Refused(
            f"«{name}» không tồn tại vào ngày {on:%d/%m/%Y}.",
            where=where,
            do="Chọn đơn vị khác hoặc ngày khác.",
        )


def again(row: Row, by: Actor, at: datetime, **changed: Any) -> Row:
    """The same entry with something changed, as a new row."""
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    same |= {"id": None, "recorded_at": at, "recorded_by": by.name[:200], "superseded_at": None, **changed}
    return type(row)(**same)


def supersede(rows: Iterable[Dated], at: datetime) -> None:
    """Believed no longer. 1 statement a kind of row. Refuses rows somebody else has just replaced."""
    by_kind: dict[type[Dated], list[int]] = {}
    for row in rows:
        by_kind.setdefault(type(row), []).append(row.pk)
    for model, ids in by_kind.items():
        if model._default_manager.filter(pk__in=ids, superseded_at=None).update(superseded_at=at) != len(ids):
            raise Refused("Mục này vừa được người khác sửa.", do="Tải lại trang rồi làm lại.")


def write(rows: Sequence[Row], verb: str, *, by: Actor, at: datetime, why: str = "") -> list[Row]:
    """Insert and note in the audit log. 2 statements."""
    if not rows:
        return []
    model = type(rows[0])
    written: list[Row] = model._default_manager.bulk_create(rows)
    record_many(verb, kind_of(model), [(row.pk, None, facts(row)) for row in written], by=by, at=at, why=why)
    return written


def make_room(
    model: type[Row], unit_ids: Iterable[int], period: Period, decision: Decision, *, by: Actor, at: datetime
) -> None:
    """What held before ends where the new entry of the unit begins. 4 statements, 1 when nothing did. Refuses entries that
    begin later."""
    rows = [
        row
        for row in model._default_manager.filter(unit__in=list(unit_ids), superseded_at=None)
        if period.overlaps(row)
    ]
    later = next((row for row in rows if row.valid_from >= period.start), None)
    if later is not None:
        raise Refused(
            f"Đơn vị đã có mục từ ngày {later.valid_from:%d/%m/%Y}.",
            where="valid_from",
            do="Chọn ngày sau đó, hoặc rút mục đã ghi sai rồi ghi lại.",
        )
    supersede(rows, at)
    ending = f"thay bằng {composed(decision.number)}"[:300]
    ended = [again(row, by, at, valid_to=period.start, ending=ending) for row in rows]
    if ended:
        written = model._default_manager.bulk_create(ended)
        told = [(new.pk, facts(old), facts(new)) for old, new in zip(rows, written, strict=True)]
        record_many("organisation.end_entries", kind_of(model), told, by=by, at=at, why=ending)


def kind_of(model: type[Any]) -> str:
    """How the audit log names a kind of row."""
    return str(model._meta.model_name)


def facts(row: Any) -> dict[str, Any]:
    """An entry as the audit log keeps it."""
    told = {name: value for name, value in model_to_dict(row).items() if name not in _KEPT_OUT}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in told.items()
        if value not in (None, "")
    }

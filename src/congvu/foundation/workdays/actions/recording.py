"""What every change of the calendar does: begin a version, keep the rows, audit them, announce it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.foundation.audit.actions import record_many
from congvu.foundation.happenings.actions import emit
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.foundation.text import composed
from congvu.foundation.workdays.access import refuse_unless_may_change
from congvu.foundation.workdays.models import CalendarEdit, ClosureRow, OfficeHoursRow

CALENDAR_CHANGED = "workdays.calendar_changed"
_SQL = "congvu.foundation.workdays.bulk"

Recorded = CalendarEdit | OfficeHoursRow | ClosureRow


@dataclass(frozen=True, slots=True)
class Version:
    """The version being written."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What a change did: the calendar's new number, the rows written or revoked, the days and unit it touches.

    `first`..`last` bound the days that may differ; `unit_id` None means every unit.
    """

    version: int
    ids: tuple[int, ...]
    first: date
    last: date | None
    unit_id: int | None = None


def hold(by: Actor) -> None:
    """Refuse who may not change the calendar; then wait until no other change is under way. 1 statement.

    Whatever a change reads of the calendar it reads between `hold` and `begin`: afterwards the number is the new
    one, and a calendar read under it would be kept without the rows about to be written.
    """
    refuse_unless_may_change(by)
    statement(_SQL, "lock_calendar").rows()


def begin(*, by: Actor, at: datetime, note: str) -> Version:
    """Take the next number; `hold` came first. 1 statement."""
    number, moment = statement(_SQL, "begin_version").rows({"at": at, "by": by.account_id, "note": note})[0]
    return Version(number, moment)


def announce(change: CalendarChange, *, at: datetime, why: str = "", untold: str = "") -> CalendarChange:
    """Tell higher areas that due days may have moved, why, and why those concerned are not to be told of it ("" when
    they are). 1 statement."""
    payload: dict[str, Any] = {
        "version": change.version,
        "first": change.first.isoformat(),
        "last": change.last.isoformat() if change.last is not None else None,
        "unit_id": change.unit_id,
        "why": why[:500],
        "untold": untold,
    }
    emit(CALENDAR_CHANGED, payload, at=at)
    return change


def audit(
    verb: str,
    rows: Iterable[Recorded],
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    before: bool = False,
) -> None:
    """One audit entry a row, with its facts as `after` (or as `before`, when it was revoked). 1 statement."""
    entries: list[tuple[int, Mapping[str, Any] | None, Mapping[str, Any] | None]] = []
    kind = ""
    for row in rows:
        kind = _KINDS[type(row)]
        entries.append((row.pk, facts(row), None) if before else (row.pk, None, facts(row)))
    record_many(verb, kind, entries, by=by, at=at, why=why)


def revoke(rows: Sequence[Recorded], wanted: Iterable[int], version: Version, *, why: str, by: Actor) -> None:
    """Mark rows as no longer in force from `version` on. Refuses ids that are not in force. 1 statement."""
    missing = set(wanted) - {row.pk for row in rows}
    if missing:
        raise Refused(
            "Dòng này đã bị bãi bỏ hoặc không có.",
            where=", ".join(str(one) for one in sorted(missing)),
            do="Tải lại trang để thấy lịch đang dùng.",
        )
    if rows:
        type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).update(
            revoked_in=version.number, revoked_at=version.at, revoked_by_id=by.account_id, revoked_why=why
        )


def required(text: str, *, where: str, what: str, longest: int = 300) -> str:
    """`text` composed and trimmed. Refuses an empty one and one too long."""
    cleaned = composed(text)
    if not cleaned:
        raise Refused(f"Chưa ghi {what}.", where=where, do=f"Ghi {what}.")
    if len(cleaned) > longest:
        raise Refused(f"Phần {what} dài quá {longest} chữ.", where=where, do="Viết gọn lại.")
    return cleaned


def facts(row: Recorded) -> dict[str, Any]:
    """The fields of a row that a person decided, ready for JSON."""
    hidden = ("id", "recorded", "revoked")
    values = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.name.startswith(hidden)
    }
    return {
        name: v.isoformat() if isinstance(v, date) else v
        for name, v in values.items()
        if v not in (None, "", [])
    }


_KINDS: dict[type, str] = {
    CalendarEdit: "calendar_edit",
    OfficeHoursRow: "office_hours",
    ClosureRow: "closure",
}

__all__ = [
    "CALENDAR_CHANGED",
    "CalendarChange",
    "Version",
    "announce",
    "audit",
    "begin",
    "facts",
    "hold",
    "required",
    "revoke",
]

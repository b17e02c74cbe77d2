"""Đóng cửa: a unit (or the whole province) is closed for a storm, a flood, a power cut."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.actions.recording import (
    CalendarChange,
    announce,
    audit,
    begin,
    hold,
    required,
    revoke,
)
from congvu.foundation.workdays.models import ClosureRow
from congvu.foundation.workdays.rules.hours import Closure


@transaction.atomic
def close_office(unit_id: int | None, closure: Closure, *, by: Actor, at: datetime) -> CalendarChange:
    """Record a closure of a unit (None: of every unit). A whole day closed counts for no term of that unit.

    `closure.reason` and `closure.citation` may not be empty. Atomic, 5 statements.
    """
    reason = required(closure.reason, where="reason", what="lý do đóng cửa")
    cited = required(closure.citation, where="citation", what="văn bản cho đóng cửa")
    hold(by)
    version = begin(by=by, at=at, note=reason)
    row = ClosureRow.objects.create(
        unit_id=unit_id,
        first=closure.first,
        last=closure.last,
        from_minute=closure.from_minute,
        to_minute=closure.to_minute,
        reason=reason,
        citation=cited,
        recorded_in_id=version.number,
        recorded_at=version.at,
        recorded_by_id=by.account_id,
    )
    audit("close_office", [row], by=by, at=at, why=reason)
    return announce(CalendarChange(version.number, (row.pk,), closure.first, closure.last, unit_id), at=at)


@transaction.atomic
def revoke_closures(ids: Iterable[int], *, why: str, by: Actor, at: datetime) -> CalendarChange:
    """Take closures back. Refuses rows not in force and a missing reason. Atomic, 6 statements."""
    wanted = tuple(ids)
    reason = required(why, where="why", what="lý do bãi bỏ")
    hold(by)
    version = begin(by=by, at=at, note=reason)
    rows = list(ClosureRow.objects.filter(pk__in=wanted, revoked_in__isnull=True).order_by("first"))
    revoke(rows, wanted, version, why=reason, by=by)
    if not rows:
        raise Refused("Chưa chọn dòng nào để bãi bỏ.", where="id", do="Chọn ít nhất một dòng.")
    audit("revoke_closure", rows, by=by, at=at, why=reason, before=True)
    units = {row.unit_id for row in rows}
    return announce(
        CalendarChange(
            version.number,
            tuple(row.pk for row in rows),
            min(row.first for row in rows),
            max(row.last for row in rows),
            units.pop() if len(units) == 1 else None,
        ),
        at=at,
    )

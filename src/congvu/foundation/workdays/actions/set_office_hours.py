"""Giờ làm việc: the office hours of a unit, or of the province, for a period."""

from collections.abc import Iterable
from datetime import date, datetime

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
from congvu.foundation.workdays.models import OfficeHoursRow
from congvu.foundation.workdays.rules.hours import OfficeHours, Sessions


@transaction.atomic
def set_office_hours(
    unit_id: int | None,
    hours: OfficeHours,
    *,
    valid_from: date,
    valid_to: date | None = None,
    by: Actor,
    at: datetime,
) -> CalendarChange:
    """Record the hours of a unit (None: every unit without its own) from a day to a day, both included.

    Of two rows that overlap the newer decision holds. `hours.citation` names the decision and may not be empty; the
    sessions were checked when OfficeHours was made. Atomic, 5 statements.
    """
    if valid_to is not None and valid_to < valid_from:
        raise Refused("Ngày hết hiệu lực trước ngày có hiệu lực.", where="valid_to", do="Sửa lại ngày.")
    cited = required(hours.citation, where="citation", what="quyết định về giờ làm việc")
    hold(by)
    version = begin(by=by, at=at, note=cited)
    row = OfficeHoursRow.objects.create(
        unit_id=unit_id,
        valid_from=valid_from,
        valid_to=valid_to,
        sessions=_flat(hours.sessions),
        saturday=_flat(hours.saturday),
        saturday_counts=hours.saturday_counts,
        citation=cited,
        recorded_in_id=version.number,
        recorded_at=version.at,
        recorded_by_id=by.account_id,
    )
    audit("set_office_hours", [row], by=by, at=at, why=cited)
    return announce(CalendarChange(version.number, (row.pk,), valid_from, valid_to, unit_id), at=at)


@transaction.atomic
def revoke_office_hours(ids: Iterable[int], *, why: str, by: Actor, at: datetime) -> CalendarChange:
    """Take rows of office hours back. Refuses rows not in force and a missing reason. Atomic, 6 statements."""
    wanted = tuple(ids)
    reason = required(why, where="why", what="lý do bãi bỏ")
    hold(by)
    version = begin(by=by, at=at, note=reason)
    rows = list(OfficeHoursRow.objects.filter(pk__in=wanted, revoked_in__isnull=True).order_by("valid_from"))
    revoke(rows, wanted, version, why=reason, by=by)
    if not rows:
        raise Refused("Chưa chọn dòng nào để bãi bỏ.", where="id", do="Chọn ít nhất một dòng.")
    audit("revoke_office_hours", rows, by=by, at=at, why=reason, before=True)
    units = {row.unit_id for row in rows}
    ends = [row.valid_to for row in rows]
    return announce(
        CalendarChange(
            version.number,
            tuple(row.pk for row in rows),
            min(row.valid_from for row in rows),
            None if None in ends else max(end for end in ends if end is not None),
            units.pop() if len(units) == 1 else None,
        ),
        at=at,
    )


def _flat(sessions: Sessions) -> list[int]:
    return [minute for session in sessions for minute in session]

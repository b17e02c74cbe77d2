"""Sửa lịch: an official records that days are not what the computed calendar says, or takes that back.

A preview costs nothing: `queries.calendar_now().with_days(as_day(edit) for edit in edits)` is the calendar as it would
be; compare due days under both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.actions.recording import (
    CalendarChange,
    Version,
    announce,
    audit,
    begin,
    hold,
    required,
    revoke,
)
from congvu.foundation.workdays.models import CalendarEdit
from congvu.foundation.workdays.queries import calendar_now
from congvu.foundation.workdays.rules.calendar import Calendar, swap_days
from congvu.foundation.workdays.rules.kinds import Day, DayKind, Evidence, vn_date
from congvu.foundation.workdays.rules.swaps import Swap

_Date = date  # inside NewEdit the name `date` is a field
_MOST_DAYS = 400  # one change: a year's decisions and room to spare


@dataclass(frozen=True, slots=True)
class NewEdit:
    """A day to record: what it is, why, by which decision. Use `swap_edits` for a swap."""

    date: date
    kind: DayKind
    reason: str
    decision_number: str
    decision_date: _Date | None = None
    citation: str = ""
    evidence: str = Evidence.CHECKED
    swap_with: _Date | None = None


def swap_edits(
    off: date, work: date, *, decision_number: str, decision_date: date | None = None, citation: str = ""
) -> tuple[NewEdit, NewEdit]:
    """The two edits of a swap: `off` is not worked, `work` (a Saturday or Sunday) is worked instead."""
    said = (decision_number, decision_date, citation, Evidence.CHECKED)
    return (
        NewEdit(off, DayKind.HOAN_DOI_NGHI, f"Nghỉ hoán đổi, làm bù ngày {vn_date(work)}", *said, work),
        NewEdit(work, DayKind.HOAN_DOI_LAM, f"Làm bù cho ngày {vn_date(off)}", *said, off),
    )


def as_day(edit: NewEdit) -> Day:
    """The day an edit would make, for a preview."""
    return Day(edit.date, edit.kind, edit.reason, edit.citation or edit.decision_number, edit.evidence)


def check_edits(edits: Sequence[NewEdit], calendar: Calendar) -> tuple[NewEdit, ...]:
    """The edits with their text cleaned. Refuses none at all, a day twice, a text left out, a kind no official gives,
    half a swap, and a swap that cannot be. No statement."""
    if not edits or len(edits) > _MOST_DAYS:
        raise Refused(
            "Chưa chọn ngày nào." if not edits else f"Một lần sửa tối đa {_MOST_DAYS} ngày.", where="date"
        )
    by_day: dict[date, NewEdit] = {}
    for edit in edits:
        if edit.date in by_day:
            raise Refused(f"Ngày {vn_date(edit.date)} ghi hai lần.", where="date", do="Bỏ một dòng.")
        by_day[edit.date] = _cleaned(edit)
        calendar.day(edit.date)  # refuses a year no calendar reaches
    for edit in by_day.values():
        swapped = edit.kind in (DayKind.HOAN_DOI_NGHI, DayKind.HOAN_DOI_LAM)
        twin = by_day.get(edit.swap_with) if edit.swap_with else None
        if swapped != (edit.swap_with is not None) or (
            swapped and (twin is None or twin.swap_with != edit.date)
        ):
            raise Refused(
                f"Hoán đổi ngày {vn_date(edit.date)} thiếu ngày kia.",
                where="swap",
                do="Ghi đủ ngày nghỉ và ngày làm bù của cùng một quyết định.",
            )
        if edit.kind is DayKind.HOAN_DOI_NGHI and edit.swap_with is not None:
            swap_days(calendar, Swap(edit.date, edit.swap_with, edit.decision_number))
    return tuple(by_day.values())


def _cleaned(edit: NewEdit) -> NewEdit:
    if edit.kind is DayKind.DONG_CUA:
        raise Refused(
            "Đóng cửa là việc của từng đơn vị.",
            where="kind",
            do="Ghi ở mục đóng cửa, không phải ở lịch chung.",
        )
    if edit.evidence not in set(Evidence):
        raise Refused(
            f"Không có mức tin cậy «{edit.evidence}».", where="evidence", do="Chọn trong danh sách."
        )
    return NewEdit(
        edit.date,
        edit.kind,
        required(edit.reason, where="reason", what="lý do"),
        required(edit.decision_number, where="decision_number", what="số quyết định", longest=100),
        edit.decision_date,
        required(edit.citation or edit.decision_number, where="citation", what="căn cứ"),
        edit.evidence,
        edit.swap_with,
    )


@transaction.atomic
def add_edits(
    edits: Sequence[NewEdit], *, by: Actor, at: datetime, note: str = "", untold: str = ""
) -> CalendarChange:
    """Record days as decided; due days move only when the dossiers are recomputed (happening calendar_changed).
    `untold`: why those whose day moves are not told; it stands in the audit log.

    Atomic. 7 statements whatever the number of days (3 more when this process meets the calendar for the first time).
    Refuses a day that an edit in force already decides: revoke that first, so that both decisions stay readable.
    """
    hold(by)
    checked = check_edits(edits, calendar_now())
    decided = CalendarEdit.objects.filter(
        revoked_in__isnull=True, date__in=[edit.date for edit in checked]
    ).first()
    if decided is not None:
        raise Refused(
            f"Ngày {vn_date(decided.date)} đã có quyết định {decided.decision_number}.",
            where="date",
            do="Bãi bỏ dòng cũ trước, rồi ghi dòng mới.",
        )
    if untold:
        note = "; ".join(filter(None, (note, f"Không báo người nộp: {untold}")))
    version = begin(by=by, at=at, note=note)
    rows = CalendarEdit.objects.bulk_create(_row(edit, version, by) for edit in checked)
    audit("edit_calendar", rows, by=by, at=at, why=note)
    return announce(_change(rows, version), at=at, why=_said(rows), untold=untold)


@transaction.atomic
def revoke_edits(ids: Iterable[int], *, why: str, by: Actor, at: datetime) -> CalendarChange:
    """Take edits back; the other half of a swap goes with it. Refuses edits not in force and a missing reason.

    Atomic. 6 statements whatever the number.
    """
    wanted = tuple(ids)
    reason = required(why, where="why", what="lý do bãi bỏ")
    hold(by)
    version = begin(by=by, at=at, note=reason)
    twins = CalendarEdit.objects.filter(pk__in=wanted, swap_with__isnull=False).values("swap_with")
    rows = list(
        CalendarEdit.objects.filter(Q(pk__in=wanted) | Q(date__in=twins), revoked_in__isnull=True).order_by(
            "date"
        )
    )
    revoke(rows, wanted, version, why=reason, by=by)
    if not rows:
        raise Refused("Chưa chọn dòng nào để bãi bỏ.", where="id", do="Chọn ít nhất một dòng.")
    audit("revoke_calendar_edit", rows, by=by, at=at, why=reason, before=True)
    return announce(_change(rows, version), at=at, why=f"bãi bỏ: {_said(rows)}")


def _row(edit: NewEdit, version: Version, by: Actor) -> CalendarEdit:
    return CalendarEdit(
        date=edit.date,
        kind=edit.kind.value,
        reason=edit.reason,
        decision_number=edit.decision_number,
        decision_date=edit.decision_date,
        citation=edit.citation,
        evidence=str(edit.evidence),
        swap_with=edit.swap_with,
        recorded_in_id=version.number,
        recorded_at=version.at,
        recorded_by_id=by.account_id,
    )


def _said(rows: Sequence[CalendarEdit]) -> str:
    """Why, by which decision, in the words of whoever decided."""
    return "; ".join(dict.fromkeys(f"{row.reason}, {row.decision_number}" for row in rows))


def _change(rows: Sequence[CalendarEdit], version: Version) -> CalendarChange:
    days = [row.date for row in rows]
    return CalendarChange(version.number, tuple(row.pk for row in rows), min(days), max(days))

"""Close a collector's day (khóa sổ ngày): what the ledger says beside what was counted."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from congvu.dossiers.models import DayClosing
from congvu.dossiers.queries.till import day_takings
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused


def close_day(unit_id: int, day: date, counted: int, note: str, *, by: Actor, at: datetime) -> DayClosing:
    """Keep the caller's own day at a one-stop as counted. 6 statements.

    A difference between the drawer and the ledger is named or refused. What comes after a closing asks for another;
    both are kept.
    """
    if by.account_id is None or unit_id not in by.units(CLERK):
        raise Refused("Chỉ người thu khóa sổ của mình.", where="noi", do="Đăng nhập bằng tài khoản của quầy.")
    if day > at.date():
        raise Refused("Ngày này chưa tới.", where="ngay", do="Chọn hôm nay hoặc ngày đã qua.")
    mine = next((one for one in day_takings(unit_id, day) if one.collector_id == by.account_id), None)
    if mine is None:
        raise Refused("Bạn không thu khoản nào trong ngày này.", where="ngay", do="Chọn ngày khác.")
    if counted != mine.cash and not note.strip():
        raise Refused(
            f"Tiền đếm được lệch {counted - mine.cash:+} đồng so với sổ.",
            where="note",
            do="Ghi rõ vì sao lệch.",
        )
    last = (
        DayClosing.objects.filter(unit_id=unit_id, day=day, collector_id=by.account_id).order_by("nth").last()
    )
    if last is not None and (last.sums, last.counted) == (mine.sums, counted):
        raise Refused("Ngày này đã khóa với đúng số này.", where="ngay", do="Chỉ khóa lại khi có khoản mới.")
    try:
        with transaction.atomic():
            made = DayClosing.objects.create(
                unit_id=unit_id, day=day, collector_id=by.account_id, nth=last.nth + 1 if last else 1, sums=mine.sums,
                cash=mine.cash, counted=counted, note=note.strip(), at=at, closed_by=by.account_id,
            )  # fmt: skip
            after = {"day": day.isoformat(), "nth": made.nth, "cash": made.cash, "counted": counted}
            record("close_day", "unit", unit_id, by=by, at=at, why=note.strip(), after=after)
    except IntegrityError as twice:
        raise Refused("Sổ ngày này vừa được khóa ở một cửa sổ khác.", do="Mở lại bảng kê.") from twice
    return made

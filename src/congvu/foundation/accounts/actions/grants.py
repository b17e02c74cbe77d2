"""Give and end roles; lend them to someone who acts for an absent officer (giao thay)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from congvu.foundation.accounts.words import KIND
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Delegation, Grant
from congvu.foundation.identity.roles import ADMIN, CITIZEN, EVERY_ROLE, ROLE_WORDS
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed


def grant_role(
    account_ids: Collection[int],
    role: str,
    unit_id: int | None,
    valid_from: date,
    valid_to: date | None = None,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Give `role` in a unit for a period (both days included) to each account. 1 statement and 1 per account's log.

    Refused when the unit is missing (a citizen's role hangs on none), the period runs backward, or someone holds
    the same role in the same unit in that period already.
    """
    if role not in EVERY_ROLE:
        raise Refused(f"Không có vai trò {role}.", where="role", do="Chọn vai trò trong danh sách.")
    if role != CITIZEN and unit_id is None:
        raise Refused("Vai trò này phải gắn với một đơn vị.", where="unit", do="Chọn đơn vị.")
    _forward(valid_from, valid_to)
    unit = None if role == CITIZEN else unit_id
    new = [
        Grant(account_id=pk, role=role, unit_id=unit, valid_from=valid_from, valid_to=valid_to)
        for pk in sorted(set(account_ids))
    ]
    try:
        with transaction.atomic():
            Grant.objects.bulk_create(new)
            for one in new:
                record("grant-role", KIND, one.account_id, by=by, at=at, after=_plain(one))
    except IntegrityError as clash:
        raise Refused(
            f"Tài khoản đã có vai trò {ROLE_WORDS[role]} ở đơn vị này trong thời gian đó, hoặc đơn vị không còn.",
            where="valid_from",
            do="Kết thúc vai trò cũ trước, hoặc chọn ngày bắt đầu sau ngày kết thúc của nó.",
        ) from clash
    return len(new)


def end_grant(grant_id: int, last_day: date, *, by: Actor, at: datetime, why: str = "") -> None:
    """End a role: `last_day` is the last day it is held. 3 statements. The row stays: who held what, when."""
    with transaction.atomic():
        grant = Grant.objects.select_for_update().filter(pk=grant_id).first()
        if grant is None:
            raise Refused("Không có vai trò này.", do="Tải lại trang.")
        if grant.account_id == by.account_id and grant.role == ADMIN:
            raise Refused(
                "Không tự kết thúc vai trò quản trị của mình được.",
                do="Nhờ một quản trị khác, để luôn còn người giữ cửa.",
            )
        if last_day < grant.valid_from:
            raise Refused(
                f"Ngày kết thúc trước ngày bắt đầu ({grant.valid_from:%d/%m/%Y}).",
                where="valid_to",
                do="Chọn ngày từ ngày bắt đầu trở đi.",
            )
        before = _plain(grant)
        grant.valid_to = last_day
        try:
            with transaction.atomic():
                grant.save(update_fields=["valid_to"])
        except IntegrityError as clash:
            raise Refused(
                "Kéo dài như vậy sẽ trùng với một vai trò khác đã giao.",
                where="valid_to",
                do="Chọn ngày sớm hơn.",
            ) from clash
        record(
            "end-grant",
            KIND,
            grant.account_id,
            by=by,
            at=at,
            why=composed(why),
            before=before,
            after=_plain(grant),
        )


def delegate(
    absent_id: int, acting_id: int, valid_from: date, valid_to: date, reason: str, *, by: Actor, at: datetime
) -> Delegation:
    """Lend the roles of `absent` to `acting` for a period. 2 statements.

    Refused to oneself, backward in time, or without a reason (the decision's number, the leave).
    """
    if absent_id == acting_id:
        raise Refused("Người vắng và người thay là một.", where="acting", do="Chọn người khác.")
    _forward(valid_from, valid_to)
    if not reason.strip():
        raise Refused("Chưa ghi lý do giao thay.", where="reason", do="Ghi số quyết định hoặc lý do vắng.")
    with transaction.atomic():
        made = Delegation.objects.create(
            absent_id=absent_id,
            acting_id=acting_id,
            valid_from=valid_from,
            valid_to=valid_to,
            reason=composed(reason),
        )
        after = {"acting": acting_id, "from": str(valid_from), "to": str(valid_to)}
        record("delegate", KIND, absent_id, by=by, at=at, why=made.reason, after=after)
    return made


def end_delegation(delegation_id: int, last_day: date, *, by: Actor, at: datetime) -> None:
    """End a delegation early; one that has not begun is taken back. 3 statements."""
    with transaction.atomic():
        lent = Delegation.objects.select_for_update().filter(pk=delegation_id).first()
        if lent is None:
            raise Refused("Không có lần giao thay này.", do="Tải lại trang.")
        before = {"acting": lent.acting_id, "from": str(lent.valid_from), "to": str(lent.valid_to)}
        if last_day < lent.valid_from:
            lent.delete()
            after = None
        else:
            lent.valid_to = min(last_day, lent.valid_to)
            lent.save(update_fields=["valid_to"])
            after = {**before, "to": str(lent.valid_to)}
        record("end-delegation", KIND, lent.absent_id, by=by, at=at, before=before, after=after)


def _forward(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Refused("Ngày kết thúc trước ngày bắt đầu.", where="valid_to", do="Sửa lại hai ngày.")


def _plain(grant: Grant) -> dict[str, str | int | None]:
    return {
        "role": grant.role,
        "unit": grant.unit_id,
        "from": str(grant.valid_from),
        "to": str(grant.valid_to) if grant.valid_to else None,
    }

"""Bàn giao vai trò: what becomes of the roles people hold in a unit that ceases."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from congvu.foundation.audit.actions import record_many
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Grant
from congvu.foundation.sql import statement
from congvu.foundation.workdays.days import previous_day
from congvu.organisation.rules.following import Going

_HANDED = "organisation.hand_over_grant"


def hand_over_grants(receivers: Mapping[int, int | None], day: date, *, by: Actor, at: datetime) -> int:
    """End the roles held in the units that cease on `day`; open them in each unit's receiver (None: nowhere).

    Returns how many roles ended. In the caller's transaction. 2 statements, whatever the number.
    """
    rows = statement("congvu.organisation.bulk", "hand_over_grants").rows(
        {"units": list(receivers), "receivers": list(receivers.values()), "day": day}
    )
    if rows:
        record_many(
            _HANDED,
            "grant",
            [
                (
                    grant_id,
                    {
                        "account": account,
                        "role": role,
                        "unit": unit,
                        "until": until.isoformat() if until else None,
                    },
                    {"ended": day.isoformat(), "receiver": receiver, "grant": opened},
                )
                for grant_id, account, role, unit, receiver, until, opened in rows
            ],
            by=by,
            at=at,
            why=f"Đơn vị chấm dứt từ {day:%d/%m/%Y}",
        )
    return len(rows)


def give_back_grants(going: Going, day: date, *, by: Actor, at: datetime) -> int:
    """Roles that went from `going.to_id` to `going.from_id` on `day`, and are still held there, are held in the old unit
    again: from today on, or without a break when the day has not come. Returns how many. 3 statements and 2 for each role.

    The log knows which role went where: a role the person had in the heir anyway stays. In the caller's transaction.
    """
    today = at.date()
    held = {
        grant.id: grant for grant in Grant.objects.filter(unit_id=going.to_id, valid_to=previous_day(day))
    }
    told = AuditEntry.objects.filter(verb=_HANDED, object_kind="grant", object_id__in=list(held)).order_by(
        "id"
    )
    opened = {entry.object_id: (entry.after or {}).get("grant") for entry in told}
    before = {entry.object_id: entry.before or {} for entry in told}
    there = {
        grant.id: grant for grant in Grant.objects.filter(id__in=[one for one in opened.values() if one])
    }
    back: list[tuple[Grant, Grant | None]] = []
    for old_id in opened:
        new_id = opened[old_id]
        if new_id is None or (new_id in there and there[new_id].unit_id == going.from_id):
            back.append((held[old_id], there.get(new_id) if new_id else None))
    for old, new in back:
        until = _until(before[old.id], new)
        if new is not None and new.valid_from >= today:
            new.delete()
        elif new is not None:
            Grant.objects.filter(id=new.id).update(valid_to=previous_day(today))
        if day > today:
            Grant.objects.filter(id=old.id).update(valid_to=until)
        else:
            Grant.objects.create(
                account_id=old.account_id,
                role=old.role,
                unit_id=old.unit_id,
                valid_from=today,
                valid_to=until,
            )
    if back:
        rows = [
            (
                old.id,
                {"unit": going.from_id},
                {"unit": going.to_id, "account": old.account_id, "role": old.role},
            )
            for old, _ in back
        ]
        record_many("organisation.give_back_grant", "grant", rows, by=by, at=at, why=going.decision)
    return len(back)


def _until(before: Mapping[str, Any], new: Grant | None) -> date | None:
    """The last day of the role as it was held before it was handed over; rows of the log older than that note say it by
    the role opened in its place."""
    if "until" not in before:
        return new.valid_to if new is not None else None
    return date.fromisoformat(before["until"]) if before["until"] else None

"""Bàn giao vai trò: what becomes of the roles people hold in a unit that ceases."""

from collections.abc import Mapping
from datetime import date, datetime

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.sql import statement


def hand_over_grants(receivers: Mapping[int, int | None], day: date, *, by: Actor, at: datetime) -> int:
    """End the roles held in the units that cease on `day`; open them in each unit's receiver (None: nowhere).

    Returns how many roles ended. In the caller's transaction. 2 statements, whatever the number.
    """
    rows = statement("congvu.organisation.bulk", "hand_over_grants").rows(
        {"units": list(receivers), "receivers": list(receivers.values()), "day": day}
    )
    if rows:
        record_many(
            "organisation.hand_over_grant",
            "grant",
            [
                (
                    grant_id,
                    {"account": account, "role": role, "unit": unit},
                    {"ended": day.isoformat(), "receiver": receiver, "grant": opened},
                )
                for grant_id, account, role, unit, receiver, opened in rows
            ],
            by=by,
            at=at,
            why=f"Đơn vị chấm dứt từ {day:%d/%m/%Y}",
        )
    return len(rows)

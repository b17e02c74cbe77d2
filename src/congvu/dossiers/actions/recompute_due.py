"""Recompute the due days of all open dossiers under the calendar in force (tính lại hạn)."""

import json
from datetime import datetime

from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.moves import Moves, moves_under
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.sql import statement
from congvu.foundation.workdays.queries import current_version


def recompute_due(*, by: Actor = SYSTEM, at: datetime, why: str = "Lịch làm việc thay đổi") -> Moves:
    """Move every due day the calendar in force moves. 4 statements for any number of dossiers, the last of which writes
    all, atomically; running it again moves nothing. Steps already open keep the day their officer was given.

    Imported historical dossiers keep the days their source gave them.
    """
    calendars = Calendars(current_version())
    moves = moves_under(calendars.of, calendars.own)
    if moves.total:
        apply_moves(moves, calendars, by=by, at=at, why=why)
    return moves


def apply_moves(moves: Moves, calendars: Calendars, *, by: Actor, at: datetime, why: str) -> int:
    """Write the moves; returns how many dossiers moved. 1 statement."""
    groups = [
        {
            "received_on": g.received_on.isoformat(), "late": g.late, "term_n": g.term_n, "term_unit": g.term_unit,
            "start_policy": g.start_policy, "unit": g.unit, "due_on": g.before.isoformat(), "becomes": g.after.isoformat(),
        }
        for g in moves.groups
    ]  # fmt: skip
    named = [
        {
            "id": one.dossier_id, "due_on": one.before.isoformat(), "becomes": one.after.isoformat(),
            "becomes_at": one.after_at.isoformat() if one.after_at else None,
        }
        for one in moves.ones
    ]  # fmt: skip
    rows = statement("congvu.dossiers.bulk", "move_due").rows(
        {
            "groups": json.dumps(groups), "named": json.dumps(named), "own": sorted(calendars.own),
            "number": calendars.number, "at": at, "why": why, "actor": by.account_id, "actor_name": by.name,
            "office": by.office_id,
        }
    )  # fmt: skip
    return int(rows[0][0])

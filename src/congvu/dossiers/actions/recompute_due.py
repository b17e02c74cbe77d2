"""Recompute the due days of all open dossiers and steps under the calendar in force (tính lại hạn)."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.queries.moves import Moves, moves_under
from congvu.dossiers.queries.step_moves import StepMove, Touched, step_moves, with_clocks
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.sql import statement
from congvu.foundation.workdays.queries import current_version

WHY = "Lịch làm việc thay đổi"


def recompute_due(*, by: Actor = SYSTEM, at: datetime, why: str = WHY, untold: str = "") -> Moves:
    """Move every promised day the calendar in force moves. 4 statements for any number of dossiers, the last of which
    writes all, atomically; running it again moves nothing. `untold` is why the applicants are not told.

    Imported historical dossiers keep the days their source gave them.
    """
    calendars = Calendars(current_version())
    moves = moves_under(calendars.of, calendars.own)
    if moves.total:
        apply_moves(moves, calendars, by=by, at=at, why=why, untold=untold)
    return moves


def recompute_steps(
    first: date, last: date | None, before: int, *, by: Actor = SYSTEM, at: datetime, why: str = WHY
) -> int:
    """Move the days of open steps that stand as the calendar numbered `before` gave them and lie otherwise under the
    one in force; how many moved. `first` to `last` are the days that changed. 2 statements, in a transaction; running it
    again moves nothing."""
    was, calendars = Calendars(before), Calendars(current_version())
    touched = Touched(first, last, was.own | calendars.own)
    with transaction.atomic():
        moves = step_moves(was.of, calendars.of, touched)
        return apply_step_moves(moves, touched, calendars, by=by, at=at, why=why) if moves else 0


def apply_step_moves(
    moves: Iterable[StepMove], touched: Touched, calendars: Calendars, *, by: Actor, at: datetime, why: str
) -> int:
    """Write the moves; returns how many steps moved. 1 statement."""
    groups = [
        {
            "began_on": one.began_on.isoformat(), "late": one.late, "began_at": _iso(one.began_at),
            "term_n": str(one.term_n), "term_unit": one.term_unit, "unit": one.unit, "due_on": _iso(one.before[0]),
            "due_at": _iso(one.before[1]), "becomes": _iso(one.after[0]), "becomes_at": _iso(one.after[1]),
        }
        for one in moves
    ]  # fmt: skip
    rows = with_clocks("move_steps").rows(
        {
            **touched.params, "groups": json.dumps(groups), "number": calendars.number, "at": at, "why": why,
            "actor": by.account_id, "actor_name": by.name, "office": by.office_id,
        }
    )  # fmt: skip
    return int(rows[0][0])


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def apply_moves(
    moves: Moves, calendars: Calendars, *, by: Actor, at: datetime, why: str, untold: str = ""
) -> int:
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
    rows = statement(BULK, "move_due").rows(
        {
            "groups": json.dumps(groups), "named": json.dumps(named), "own": sorted(calendars.own),
            "number": calendars.number, "at": at, "why": why, "untold": untold or None, "actor": by.account_id,
            "actor_name": by.name, "office": by.office_id,
        }
    )  # fmt: skip
    return int(rows[0][0])

"""Writing what a verb decided for one dossier: most verbs are done to one, close one step and open the next, or those of
the agencies that work side by side.

The same rows as the door's statement for sets, from plain values. What this has no words for (several steps that close, a
step that changes hands, a pause, money) the door writes as a set of one.
"""

import json
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from congvu.dossiers.actions.now import Change
from congvu.dossiers.queries.compose import BULK
from congvu.foundation.identity.actor import Actor
from congvu.foundation.sql import Statement, filled, statement

_NAMES = (
    "due_on", "due_at", "ended_at", "ended_on", "returned_at", "supplements", "extensions", "delivery", "money", "flagged",
    "calendar_version",
)  # fmt: skip
SIDE_BY_SIDE = 4  # steps that open at once: a statement more to prepare for each number of them
_VALUES = attrgetter(
    *_NAMES
)  # of a dossier as it was read, and of a change: what a verb may set beside the status


def is_plain(change: Change) -> bool:
    """Whether the change is one this statement can write."""
    return (
        len(change.closing) < 2
        and len(change.opening) <= SIDE_BY_SIDE
        and not (change.restarting or change.assigning or change.pause or change.fees)
    )


def write_one(verb: str, change: Change, *, by: Actor, at: datetime) -> bool:
    """Write a plain change; False when the dossier's version moved since it was read. 1 statement."""
    now = change.now
    params: dict[str, Any] = {
        "id": now.id, "version": now.version, "status_from": now.status, "status": change.status, "step": change.step,
        "reason": change.reason, "verb": verb, "at": at, "actor": by.account_id, "actor_name": by.name,
        "office": by.office_id,
    }  # fmt: skip
    values = _VALUES(change)
    other = values != _VALUES(now)
    if other:
        params |= zip(_NAMES, values, strict=True)
    for closing in change.closing:
        params |= {
            "closing": closing.step.id, "closing_state": closing.state, "closing_note": closing.note,
            "closing_branch": closing.branch,
            "closing_facts": json.dumps(closing.facts, sort_keys=True) if closing.facts else None,
        }  # fmt: skip
    for n, opening in enumerate(change.opening):
        spec = opening.spec
        params |= opening_values(
            n, spec.position, opening.round, spec.name, opening.unit_id, spec.role, opening.due_on, opening.due_at,
            opening.officer_id, opening.held_for,
        )  # fmt: skip
    return bool(_writing(other, bool(change.closing), len(change.opening)).rows(params))


def opening_values(n: int, *values: object) -> dict[str, object]:
    """The parameters of the nth `openings`: position, round, name, unit, role, due day and moment, officer, held for."""
    return dict(zip(_opening_names(n), values, strict=True))


@cache
def _opening_names(n: int) -> tuple[str, ...]:
    parts = ("", "_round", "_name", "_unit", "_role", "_due_on", "_due_at", "_officer", "_held_for")
    return tuple(f"opening{n}{part}" for part in parts)


@cache
def openings(count: int) -> str:
    """The part of a statement that opens so many steps of one dossier."""
    return "".join([filled(BULK, "open_one", n=str(n)).text for n in range(count)])


@cache
def _writing(sets: bool, closes: bool, opens: int) -> Statement:
    steps = (statement(BULK, "close_one").text if closes else "") + openings(opens)
    values = statement(BULK, "set_one").text if sets else ""
    return statement(BULK, "apply_one").with_part("steps", steps).with_part("values", values)

"""Writing what a verb decided for one dossier: most verbs are done to one, and close one step and open the next.

The same rows as the door's statement for sets, from plain values. What this has no words for (several steps at once, a
step that changes hands, a pause, money) the door writes as a set of one.
"""

import json
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from congvu.dossiers.actions.now import Change
from congvu.foundation.identity.actor import Actor
from congvu.foundation.sql import Statement, statement

_BULK = "congvu.dossiers.bulk"
_NAMES = (
    "due_on", "due_at", "ended_at", "ended_on", "returned_at", "supplements", "extensions", "delivery", "money", "flagged",
    "calendar_version",
)  # fmt: skip
_VALUES = attrgetter(
    *_NAMES
)  # of a dossier as it was read, and of a change: what a verb may set beside the status


def is_plain(change: Change) -> bool:
    """Whether the change is one this statement can write."""
    return (
        len(change.closing) < 2
        and len(change.opening) < 2
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
    for opening in change.opening:
        spec = opening.spec
        params |= {
            "opening": spec.position, "opening_round": opening.round, "opening_name": spec.name,
            "opening_unit": opening.unit_id, "opening_role": spec.role, "opening_due_on": opening.due_on,
            "opening_due_at": opening.due_at, "opening_officer": opening.officer_id, "opening_held_for": opening.held_for,
        }  # fmt: skip
    return bool(_writing(other, bool(change.closing), bool(change.opening)).rows(params))


@cache
def _writing(sets: bool, closes: bool, opens: bool) -> Statement:
    parts = [
        statement(_BULK, name).text for name, is_in in (("close_one", closes), ("open_one", opens)) if is_in
    ]
    values = statement(_BULK, "set_one").text if sets else ""
    return statement(_BULK, "apply_one").with_part("steps", "".join(parts)).with_part("values", values)

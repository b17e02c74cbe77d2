"""Who reacts to what: every cross-area reaction from a low area to a higher one, on one page.

kind of happening -> reactions, each called with (payload, at) in its own transaction by the worker.
FOLLOWERS -> what goes along when a unit ends, in this order (organisation's rules.following).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from congvu.dossiers.actions.go_along import OneStop
from congvu.dossiers.actions.mandates_end import Mandates
from congvu.dossiers.actions.note_left_open import note_left_open
from congvu.dossiers.actions.recompute_due import recompute_due, recompute_steps
from congvu.foundation.happenings.actions import Reaction
from congvu.foundation.workdays.actions.recording import CALENDAR_CHANGED
from congvu.foundation.workdays.queries import current_version, version_before
from congvu.organisation.actions.go_along import RolesAndSeries
from congvu.organisation.actions.recording import EVENTS_RECORDED
from congvu.organisation.rules.following import Follower
from congvu.people.actions.follow_units import follow_units
from congvu.people.actions.go_along import People
from congvu.procedures.actions.go_along import Ways
from congvu.staffing.actions.go_along import Posts
from congvu.tasks.actions.go_along import Plans


def _due_days_follow(payload: Mapping[str, Any], at: datetime) -> None:
    """Promised days and the days of open steps. Whoever is not to be told of this change is told when another one came
    with it: the day told is then the day of both."""
    number = int(payload["version"])
    why = payload.get("why") or f"Lịch làm việc bản {number}"
    alone = number == current_version()
    recompute_due(at=at, why=why, untold=payload.get("untold", "") if alone else "")
    last = date.fromisoformat(payload["last"]) if payload.get("last") else None
    recompute_steps(date.fromisoformat(payload["first"]), last, version_before(number), at=at, why=why)


def _left_open_is_noted(payload: Mapping[str, Any], at: datetime) -> None:
    note_left_open(payload.get("closed", ()), at=at)


def _people_go_along(payload: Mapping[str, Any], at: datetime) -> None:
    follow_units([one["event"] for one in payload.get("events", ())], at=at)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    CALENDAR_CHANGED: (_due_days_follow,),
    EVENTS_RECORDED: (_left_open_is_noted, _people_go_along),
}

FOLLOWERS: tuple[Follower, ...] = (
    OneStop(),
    People(),
    Posts(),
    RolesAndSeries(),
    Mandates(),
    Ways(),
    Plans(),
)

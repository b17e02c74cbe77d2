"""Who reacts to what: every cross-area reaction from a low area to a higher one, on one page.

kind of happening -> reactions, each called with (payload, at) in its own transaction by the worker.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from congvu.dossiers.actions.note_left_open import note_left_open
from congvu.dossiers.actions.recompute_due import recompute_due
from congvu.foundation.happenings.actions import Reaction
from congvu.foundation.workdays.actions.recording import CALENDAR_CHANGED
from congvu.organisation.actions.recording import EVENTS_RECORDED


def _due_days_follow(payload: Mapping[str, Any], at: datetime) -> None:
    recompute_due(at=at, why=f"Lịch làm việc bản {payload['version']}")


def _left_open_is_noted(payload: Mapping[str, Any], at: datetime) -> None:
    note_left_open(payload.get("closed", ()), at=at)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    CALENDAR_CHANGED: (_due_days_follow,),
    EVENTS_RECORDED: (_left_open_is_noted,),
}

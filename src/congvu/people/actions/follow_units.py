"""Theo thay đổi tổ chức: people go with the unit they serve when a decision ends it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.models import Handover, UnitEvent
from congvu.people.actions.recording import again, locked, supersede, write
from congvu.people.models import Appointment
from congvu.people.rules.codes import FOLLOWED
from congvu.people.rules.following import Ending


@transaction.atomic
def follow_units(event_ids: Iterable[int], *, at: datetime) -> int:
    """Posts of units that another takes over from go there from that day on. Returns how many posts. 9 statements.

    A unit divided or dissolved without an heir leaves its people where they are: nobody is guessed.
    Those are shown on the list «Người của đơn vị đã chấm dứt» until a decision places each. Run twice, it does nothing.
    """
    ended = {
        one.from_unit_id: Ending(one.to_unit_id, one.effective, one.event_id)
        for one in Handover.objects.filter(
            event__in=set(event_ids), undoes=None, cancelled_at=None, chosen=None
        )
    }
    rows = _posts_in(ended) if ended else []
    if not rows:
        return 0
    locked({row.person_id for row in rows})
    decisions = dict(
        UnitEvent.objects.filter(id__in={one.event_id for one in ended.values()}).values_list(
            "id", "decision_number"
        )
    )
    supersede(rows, at)
    new: list[Appointment] = []
    for row in rows:
        new += _followed(row, ended[row.unit_id], decisions, at)
    write(new)
    record_many(
        "people.follow_units",
        "person",
        [(row.person_id, {"unit": row.unit_id}, {"unit": ended[row.unit_id].heir}) for row in rows],
        by=SYSTEM,
        at=at,
        why="; ".join(sorted(set(decisions.values()))),
    )
    return len(rows)


def _posts_in(ended: Mapping[int, Ending]) -> list[Appointment]:
    """Believed posts of the ended units that reach past the end of their unit."""
    found = Appointment.objects.filter(unit__in=list(ended), superseded_at=None).order_by("id")
    return [row for row in found if row.valid_to is None or row.valid_to > ended[row.unit_id].day]


def _followed(row: Appointment, one: Ending, decisions: Mapping[int, str], at: datetime) -> list[Appointment]:
    """The post up to the day, when it began before, and the same post in the heir from then on."""
    began: date = max(row.valid_from, one.day)
    paper: dict[str, Any] = {"decision_number": decisions.get(one.event_id, "")[:100]}
    after = again(row, at, SYSTEM, unit_id=one.heir, valid_from=began, followed_id=one.event_id, **paper)
    if row.valid_from >= one.day:
        return [after]
    before = again(
        row, at, SYSTEM, valid_to=one.day, ending=FOLLOWED, ending_decision=paper["decision_number"]
    )
    return [before, after]

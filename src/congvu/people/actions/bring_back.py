"""Trở về đơn vị cũ: people who went with a unit come back when the event is undone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import SYSTEM
from congvu.people.actions.recording import again, locked, supersede, write
from congvu.people.models import Appointment
from congvu.people.rules.codes import FOLLOWED


@transaction.atomic
def bring_back(event_id: int, heir: int, unit_id: int, *, why: str, at: datetime) -> int:
    """Posts that went from `unit_id` to `heir` by the event are one post of the unit again. Returns how many. 6 statements.

    Only those still as they went: whoever was placed elsewhere since stays there. A post that was to begin after the day
    stays with the heir, when it is not known from where it came.
    """
    went = list(Appointment.objects.filter(followed=event_id, unit=heir, superseded_at=None).order_by("id"))
    left = Appointment.objects.filter(
        person__in={row.person_id for row in went}, unit=unit_id, ending=FOLLOWED, superseded_at=None
    ).order_by("id")
    pairs = _pairs(left, went)
    if not pairs:
        return 0
    locked({before.person_id for before, _ in pairs})
    supersede([row for pair in pairs for row in pair], at)
    write(
        [
            again(
                before,
                at,
                SYSTEM,
                valid_to=after.valid_to,
                ending=after.ending,
                ending_decision=after.ending_decision,
            )
            for before, after in pairs
        ]
    )
    people = [(before.person_id, {"unit": heir}, {"unit": unit_id}) for before, _ in pairs]
    record_many("people.bring_back", "person", people, by=SYSTEM, at=at, why=why)
    return len(pairs)


def _pairs(left: Iterable[Appointment], went: Iterable[Appointment]) -> list[tuple[Appointment, Appointment]]:
    """Each post that ended in the unit with the one it became: someone may hold a full one and others beside it."""
    ended: defaultdict[tuple[object, ...], list[Appointment]] = defaultdict(list)
    for row in left:
        ended[row.person_id, row.kind, row.pool, row.position, row.valid_to].append(row)
    found: list[tuple[Appointment, Appointment]] = []
    for row in went:
        if same := ended[row.person_id, row.kind, row.pool, row.position, row.valid_from]:
            found.append((same.pop(0), row))
    return found

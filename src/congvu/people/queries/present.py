"""Head-counts: how many people hold a full post of each unit, in each pool, on a day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Min

from congvu.foundation import clock
from congvu.foundation.sql import filled
from congvu.people.models import Appointment
from congvu.people.queries.belief import believed

BULK = "congvu.people.bulk"


def present(
    units: Iterable[int] | None, at: date, known_at: datetime | None = None
) -> dict[int, dict[str, int]]:
    """{unit: {pool: heads}} on the day `at`, of the given units or of all (None). 1 statement, however many units.

    A head is counted once, where its full post is; whoever is seconded still counts where he came from. `known_at`:
    as was believed at that moment, which no later recording changes. Units and pools without people are left out.
    """
    found: dict[int, dict[str, int]] = {}
    wanted = None if units is None else list(units)
    rows = filled(BULK, "present", a=believed("a", known_at)).rows(
        {"on": at, "units": wanted, "known": known_at}
    )
    for unit, pool, heads in rows:
        found.setdefault(unit, {})[pool] = heads
    return found


def first_recorded() -> dict[int, date]:
    """Since when each unit's people stand in the register: the day their first post was recorded. 1 statement."""
    rows = Appointment.objects.values_list("unit_id").annotate(first=Min("recorded_at"))
    return {unit: clock.legal(first).date() for unit, first in rows}

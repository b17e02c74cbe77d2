"""How the demo records its organisation: through the actions, on the day each decision was signed."""

from collections.abc import Iterable
from datetime import date, datetime

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import Actor
from congvu.organisation import queries
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.recording import Decision
from congvu.organisation.rules.changes import NewUnit


def codes() -> dict[str, int]:
    """Unit ids by code. 1 statement."""
    known = queries.picture()
    return {known.of(unit)[0].code: unit for unit in known.unit_ids}


def moment(year: int, month: int, day: int) -> datetime:
    """The hour of a morning at which decisions are recorded."""
    return datetime(year, month, day, 8, 30, tzinfo=LEGAL_ZONE)


def found(wanted: Iterable[NewUnit], number: str, signed: datetime, effective: date, by: Actor) -> None:
    """Establish units by one decision of the province."""
    decision = Decision(number, signed.date(), "UBND tỉnh Bình Giang")
    establish(list(wanted), effective=effective, decision=decision, by=by, at=signed)

"""Builders with plain defaults, for this room's tests and those above."""

from datetime import date, datetime
from typing import Any

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.organisation.tests.make import a_unit
from congvu.tasks.actions.draft_plan import NewPlan, draft_plan
from congvu.tasks.actions.issue_plan import Issue, issue_plan
from congvu.tasks.models import Plan
from congvu.tasks.rules.kinds import REFORM, YEAR

AT = datetime(2026, 11, 20, 8, tzinfo=LEGAL_ZONE)
SAID: dict[str, Any] = {"by": SYSTEM, "at": AT}


def a_province(
    *, agencies: int, districts: int, since: date = date(2010, 1, 1)
) -> tuple[list[Any], list[Any]]:
    """A province of so many agencies and districts."""
    root = a_unit("H97", "UBND tỉnh", kind="UBND", since=since)
    return (
        [a_unit(f"H97.{n:02}", f"Sở số {n}", root, since=since) for n in range(1, agencies + 1)],
        [
            a_unit(f"H97.D{n:02}", f"UBND huyện {n}", root, "HUYEN", tier="HUYEN", since=since)
            for n in range(1, districts + 1)
        ],
    )


def a_plan(
    unit: Any,
    first: int = 2026,
    last: int | None = None,
    *,
    issued_on: date | None = None,
    number: str = "01/KH",
    subject: str = REFORM,
    by: Actor = SYSTEM,
    at: datetime = AT,
    **more: Any,
) -> Plan:
    """A plan of a year (or a period, when `last` is given); issued when a day is given."""
    term = YEAR if last is None else "PERIOD"
    new = NewPlan(
        getattr(unit, "pk", unit), subject, term, first, last or first, drafted_on=issued_on, **more
    )
    (plan,) = draft_plan([new], by=by, at=at)
    return issue_plan([Issue(plan.pk, number, issued_on)], by=by, at=at)[0] if issued_on else plan

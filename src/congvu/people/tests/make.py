"""Builders of people for this room's tests and those above."""

from datetime import date, datetime
from typing import Any

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.people.actions.enter import NewPerson, Step, enter
from congvu.people.actions.recording import Decision
from congvu.people.models import Person
from congvu.people.rules.codes import CIVIL, FULL
from congvu.people.rules.record import Facts, Post

AT = datetime(2026, 11, 20, 14, 32, tzinfo=LEGAL_ZONE)
PAPER = Decision("15/QĐ-SNV", date(2026, 11, 19), "Sở Nội vụ")


def facts(name: str = "Nguyễn Thị Hạnh", **more: Any) -> Facts:
    return Facts(name, **{"birth": date(1985, 3, 12), "sex": "nu", **more})


def post(unit: Any, position: str = "Chuyên viên", **more: Any) -> Post:
    """A full civil servant's post since 1/1/2021, unless said otherwise."""
    given = {"kind": FULL, "pool": CIVIL, "valid_from": date(2021, 1, 1), **more}
    return Post(getattr(unit, "pk", unit), position=position, **given)


def a_person(
    unit: Any,
    name: str = "Nguyễn Thị Hạnh",
    *,
    by: Actor = SYSTEM,
    at: datetime = AT,
    number: str = "",
    salary: Step | None = None,
    posts: tuple[Post, ...] = (),
    **more: Any,
) -> Person:
    """Someone in a full post of the unit, entered through the action."""
    one = NewPerson(facts(name, **more), posts or (post(unit),), number, salary)
    return enter([one], decision=PAPER, by=by, at=at)[0]

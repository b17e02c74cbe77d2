"""Fixtures of the one-stop's screens: the small province of `make.a_place`, with accounts that can sign in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from congvu.dossiers.actions.intake import Person, Received
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.version_plan import asks_of
from congvu.dossiers.queries.conformance import judged
from congvu.dossiers.queries.desk import offered
from congvu.dossiers.queries.offers import offer, road
from congvu.dossiers.tests.keyed import keyed, keyed_parallel
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.models import Account, Grant
from congvu.foundation.workdays.queries import forget_calendars
from congvu.procedures.queries.groups import contents_of

__all__ = ["counting", "keyed", "keyed_parallel", "office", "office_parallel"]
CITIZEN_ID = 20


@dataclass(frozen=True)
class Office:
    """The place, and a way in for each of its people."""

    place: Place
    citizen: Actor

    def enter(self, actor: Actor) -> Client:
        client = Client()
        account = Account.objects.get(pk=actor.account_id)
        client.force_login(account, backend="congvu.foundation.identity.backend.AccountBackend")
        return client


def an_account(actor: Actor) -> None:
    """The account of a builder's actor, with its grants since 2020."""
    account = Account(
        pk=actor.account_id,
        username=actor.username,
        name=actor.name,
        citizen_number=actor.citizen_number,
        created_at=at("2020-01-01 08:00"),
    )
    account.set_unusable_password()
    account.save()
    for held in actor.held:
        Grant.objects.create(
            account=account, role=held.role, unit_id=held.unit_id, valid_from=date(2020, 1, 1)
        )


PAPERS = (("Đơn đề nghị", True), ("Điều lệ <b>đã duyệt</b>", True), ("Sơ yếu lý lịch", False))


def take(office: Office, when: str, owner: Person, **more: Any) -> Received:
    """A dossier of `owner` received at the counter at a moment."""
    intake = replace(office.place.intake(**more), owner=owner)
    return receive([intake], by=office.place.clerk, at=at(when))[0]


def forget() -> None:
    """What processes keep in memory about frozen rows: tests roll the rows back and meet their numbers again."""
    offered.cache_clear()
    offer.cache_clear()
    road.cache_clear()
    forget_calendars()
    judged.cache_clear()
    asks_of.cache_clear()
    contents_of.cache_clear()


@pytest.fixture
def office(db: None, frozen_clock: Any) -> Any:
    """The small province on Friday 20/11/2026 14:32, its people signed up."""
    yield from _office(a_place, papers=PAPERS)


@pytest.fixture
def office_parallel(db: None, frozen_clock: Any) -> Any:
    """The same, but home affairs and the police work at once before the chairman signs."""
    yield from _office(a_place, papers=PAPERS, parallel=True)


def _office(build: Callable[..., Place], **how: Any) -> Iterator[Office]:
    forget()
    place = build(**how)
    people = (
        place.clerk, place.specialist, place.police_officer, place.leader, place.chairman, place.auditor,
        place.admin, place.stranger_clerk,
    )  # fmt: skip
    for actor in people:
        an_account(actor)
    citizen = Actor(CITIZEN_ID, "Nguyễn Thị Mẫu", "cong-dan", "099190000123", (Held("citizen", None),))
    an_account(citizen)
    yield Office(place, citizen)
    forget()


@pytest.fixture
def counting(django_assert_max_num_queries: Any) -> Callable[..., Any]:
    """counting(8): the block may ask the database eight times at most."""
    return django_assert_max_num_queries

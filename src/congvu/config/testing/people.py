"""Fixtures: a clock that stands still, people of each role, clients signed in as them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

PASSWORD = "mat-khau-thu-2026"  # noqa: S105 of people who exist only in tests


class StandingClock:
    """The clock of a test. `now` is what `foundation.clock.now()` says until the test moves it."""

    def __init__(self, stack: ExitStack, moment: datetime) -> None:
        self._stack = stack
        self.now = moment
        self.move_to(moment)

    def move_to(self, moment: datetime) -> None:
        from congvu.foundation import clock

        self._stack.close()
        self.now = self._stack.enter_context(clock.frozen(moment))

    @property
    def today(self) -> date:
        return self.now.date()


@pytest.fixture
def frozen_clock() -> Iterator[StandingClock]:
    """Friday 20/11/2026 14:32, the afternoon the designs show."""
    with ExitStack() as stack:
        yield StandingClock(stack, datetime(2026, 11, 20, 14, 32))


@dataclass(frozen=True)
class Somebody:
    """An account and who it is today. A stranger has none."""

    account: Any
    actor: Any
    password: str = PASSWORD


MakePerson = Callable[..., Somebody]


@pytest.fixture
def make_person(db: None) -> MakePerson:
    """make_person("clerk", unit, name="Trần Một Cửa", username="mot.cua"): an account with that role since 2020."""
    from congvu.foundation.clock import LEGAL_ZONE, today
    from congvu.foundation.identity.models import Account, Grant
    from congvu.foundation.identity.queries import actor_for

    def make(
        role: str, unit: Any = None, *, name: str = "", username: str = "", citizen_number: str = ""
    ) -> Somebody:
        account = Account(
            username=username or f"{role}{Account.objects.count() + 1}",
            name=name or f"Người thử {role}",
            citizen_number=citizen_number,
            created_at=datetime(2020, 1, 1, 8, tzinfo=LEGAL_ZONE),
        )
        account.set_password(PASSWORD)
        account.save()
        if role:
            unit_id = getattr(unit, "pk", unit)
            Grant.objects.create(account=account, role=role, unit_id=unit_id, valid_from=date(2020, 1, 1))
        return Somebody(account, actor_for(account, today()))

    return make


@dataclass(frozen=True)
class People:
    """One person of each role. The clerk sits at `centre`, the specialist and the leader at `home`."""

    province: Any
    centre: Any
    home: Any
    clerk: Somebody
    specialist: Somebody
    leader: Somebody
    personnel: Somebody
    auditor: Somebody
    admin: Somebody
    citizen: Somebody
    stranger: Somebody

    def of(self, role: str) -> Somebody:
        """The person of a role name ("stranger" too)."""
        return getattr(self, role)  # type: ignore[no-any-return]


@pytest.fixture
def actors(make_person: MakePerson, frozen_clock: StandingClock) -> People:
    """A small place with its people; unit codes H98… so that a room's own builders (H99…) can stand beside it."""
    from congvu.foundation.identity.actor import STRANGER
    from congvu.organisation.tests.make import a_unit

    province = a_unit("H98", "UBND tỉnh", kind="UBND")
    centre = a_unit("H98.01", "Trung tâm Phục vụ hành chính công tỉnh", province, kind="TRUNG_TAM_PVHCC")
    home = a_unit("H98.08", "Sở Nội vụ", province)
    return People(
        province,
        centre,
        home,
        clerk=make_person("clerk", centre, name="Trần Một Cửa", username="mot.cua"),
        specialist=make_person("specialist", home, name="Lê Chuyên Viên", username="chuyen.vien"),
        leader=make_person("leader", home, name="Đỗ Giám Đốc", username="giam.doc"),
        personnel=make_person("personnel", province, name="Bùi Tổ Chức", username="to.chuc"),
        auditor=make_person("auditor", province, name="Hồ Thanh Tra", username="thanh.tra"),
        admin=make_person("admin", province, name="Ngô Quản Trị", username="quan.tri"),
        citizen=make_person(
            "citizen", name="Nguyễn Thị Mẫu", username="cong.dan", citizen_number="099190000123"
        ),
        stranger=Somebody(None, STRANGER),
    )


@pytest.fixture
def visit(db: None) -> Callable[[Somebody], Any]:
    """A client signed in as someone (nobody, when a stranger): visit(actors.clerk).get("/")."""
    from django.test import Client

    def sign_in(who: Somebody) -> Any:
        client = Client()
        if who.account is not None:
            client.force_login(who.account, backend="congvu.foundation.identity.backend.AccountBackend")
        return client

    return sign_in

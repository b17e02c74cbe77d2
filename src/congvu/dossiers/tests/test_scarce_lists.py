"""Filters that few dossiers match read the open ones by their index; they answer exactly what a plain filter would."""

from datetime import date, timedelta

import pytest

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.request_payment import request_payment
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier
from congvu.dossiers.queries.lists import SCARCE, ListFilter, dossier_page, scarce
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.identity.actor import SYSTEM, Actor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NEAR = TODAY + timedelta(days=7)


@pytest.fixture
def place() -> Place:
    """Sixteen dossiers, two of each day, in seven statuses."""
    made = a_place()
    ids = [
        made.received(f"2026-11-{9 + n // 2:02d} {8 + n % 2:02d}:00", owner=f"Chủ {n}").id for n in range(16)
    ]
    hand_over(ids[3:], by=made.clerk, at=at("2026-11-17 14:00"))
    request_supplement(ids[4:7], "Thiếu giấy tờ.", by=made.specialist, at=at("2026-11-17 15:00"))
    request_payment(ids[7:9], "Lệ phí 100.000 đồng.", by=made.specialist, at=at("2026-11-17 15:00"))
    stop(ids[9:11], "Theo quyết định.", by=made.leader, at=at("2026-11-17 15:00"))
    withdraw(ids[11:12], "Không còn nhu cầu.", by=made.specialist, at=at("2026-11-17 15:00"))
    complete_step(ids[12:13], "Đủ điều kiện", by=made.specialist, at=at("2026-11-17 15:00")).only()
    complete_step(ids[12:13], by=made.police_officer, at=at("2026-11-17 15:30")).only()
    finish(ids[12:13], by=made.chairman, at=at("2026-11-17 16:00")).only()
    return made


def listed(actor: Actor, asked: ListFilter, limit: int = 50) -> list[int]:
    """Every dossier of the list, page after page."""
    sight, found, cursor = visible_to(actor, TODAY), [], ""
    while True:
        page = dossier_page(sight, asked, cursor, limit)
        found += [row.id for row in page.rows]
        if not page.next:
            return found
        cursor = page.next


@pytest.mark.parametrize("status", sorted(Status))
def test_each_status_lists_its_dossiers_newest_first_to_those_who_may_see_them(
    place: Place, status: Status
) -> None:
    expected = list(
        Dossier.objects.filter(status=status).order_by("-opened_at", "-id").values_list("id", flat=True)
    )
    asked = ListFilter(on=TODAY, status=int(status))
    assert scarce(asked) == (status in SCARCE)
    for actor in (place.clerk, place.specialist, place.chairman, SYSTEM):
        assert listed(actor, asked) == listed(actor, asked, limit=1) == expected
    assert listed(place.stranger_clerk, asked) == []
    at_centre = ListFilter(on=TODAY, status=int(status), unit_id=place.centre.pk)
    assert listed(place.chairman, at_centre) == expected
    elsewhere = ListFilter(on=TODAY, status=int(status), unit_id=place.stranger_clerk.units()[0])
    assert listed(place.chairman, elsewhere) == []


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ("dang-qua-han", {"status__in": (2, 4), "due_on__lt": TODAY}),
        ("sap-den-han", {"status__in": (2, 4), "due_on__range": (TODAY, NEAR)}),
    ],
)
def test_lateness_of_open_dossiers_is_read_by_due_day(
    place: Place, late: str, expected: dict[str, object]
) -> None:
    ids = list(Dossier.objects.filter(**expected).order_by("-opened_at").values_list("id", flat=True))
    assert ids, "the place has none: the test says nothing"
    asked = ListFilter(on=TODAY, late=late, near=NEAR)
    assert scarce(asked)
    for actor in (place.clerk, place.chairman, SYSTEM):
        assert listed(actor, asked, limit=2) == ids
    assert listed(place.stranger_clerk, asked) == []


def test_a_dossier_of_an_open_status_never_has_a_day_of_ending(place: Place) -> None:
    """What the walk over open dossiers rests on: also after money is asked of one already finished."""
    finished = Dossier.objects.get(status=Status.FINISHED)
    request_payment([finished.pk], "Lệ phí.", by=place.clerk, at=at("2026-11-18 09:00")).only()
    assert not Dossier.objects.filter(status__in=SCARCE | {Status.HANDLING}, ended_on__isnull=False).exists()
    assert finished.pk in listed(place.clerk, ListFilter(on=TODAY, status=int(Status.PAYMENT)))

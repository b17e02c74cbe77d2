"""Office hours and closures of units: recorded by decision, and due days follow."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.actions.recompute_due import recompute_due
from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import a_place, at
from congvu.dossiers.tests.test_lifecycle import handed
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.models import ClosureRow, OfficeHoursRow
from congvu.foundation.workdays.rules.sessions import parse_sessions, sessions_words

pytestmark = pytest.mark.django_db
HOURS = {
    "what": "gio", "unit": "", "sessions": "7h30-11h30; 13:00 - 17:00", "saturday": "07:30-11:30", "valid_from": "01/12/2026",
    "valid_to": "", "citation": "QĐ 7/QĐ-UBND",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("07:00-11:30, 13:30-17:00", ((420, 690), (810, 1020))),
        ("7h-11h30; 13:30 – 17:00", ((420, 690), (810, 1020))),
        ("  ", ()),
    ],
)
def test_sessions_are_read_as_people_write_them(text: str, minutes: tuple[tuple[int, int], ...]) -> None:
    assert parse_sessions(text, where="x") == minutes
    assert parse_sessions(sessions_words(minutes), where="x") == minutes


@pytest.mark.parametrize(
    "text", ["sáng", "07:00", "11:30-07:00", "07:00-12:00, 11:00-17:00", "07:75-12:00", "25:00-26:00"]
)
def test_what_is_no_session_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused):
        parse_sessions(text, where="x")


def test_an_administrator_records_hours(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    client = visit(actors.admin)
    assert client.post("/lich/don-vi/", {**HOURS, "sessions": "sáng"}).status_code == 422
    assert client.post("/lich/don-vi/", HOURS).status_code == 302
    assert OfficeHoursRow.objects.get().sessions == [450, 690, 780, 1020]
    assert "07:30-11:30, 13:00-17:00" in client.get("/lich/don-vi/").content.decode()


def test_a_closure_moves_the_due_days_of_its_unit_only(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    place = a_place()
    one = handed(place, "2026-11-20 09:00")
    other = place.received("2026-11-20 09:00", competent_unit_id=place.police.pk).id
    client = visit(actors.admin)
    form = {
        "what": "dong-cua", "unit": place.home_affairs.pk, "first": "25/11/2026", "last": "25/11/2026", "hours": "",
        "reason": "Bão số 12", "citation": "Công điện 12",
    }  # fmt: skip
    assert client.post("/lich/don-vi/", form).status_code == 302
    recompute_due(at=at("2026-11-20 15:00"))
    assert Dossier.objects.get(pk=one).due_on == date(2026, 12, 1)
    assert Dossier.objects.get(pk=other).due_on == date(2026, 11, 30)
    row = ClosureRow.objects.get()
    client.post("/lich/don-vi/", {"what": "dong-cua", "bai-bo": row.pk, "why": "Bão tan"})
    recompute_due(at=at("2026-11-20 16:00"))
    assert Dossier.objects.get(pk=one).due_on == date(2026, 11, 30)


def test_others_read_within_eight_statements(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    client = visit(actors.clerk)
    client.get("/lich/don-vi/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/lich/don-vi/").content.decode()
    assert len(queries) <= 8
    assert "Ghi giờ làm việc" not in page
    assert client.post("/lich/don-vi/", HOURS).status_code == 422

"""Receiving at the counter."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.models import Dossier, DossierEvent, DossierPaper, DossierStep
from congvu.dossiers.queries.detail import detail_by_id
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return a_place()


def test_a_dossier_gets_its_code_due_day_steps_and_records(place: Place) -> None:
    paper = PaperIn("Đơn đề nghị", originals=1)
    made = place.received("2026-11-20 14:59", papers=(paper,))
    assert (made.code, made.due_on) == ("H99.01-261120-0001", date(2026, 11, 30))
    kept = Dossier.objects.get(pk=made.id)
    assert (kept.status, kept.tier, kept.received_on, kept.due_first) == (
        2,
        "TINH",
        date(2026, 11, 20),
        date(2026, 11, 30),
    )
    opened = DossierStep.objects.filter(dossier=kept).values_list("role", "state", "unit__code")
    assert list(opened) == [("RECEIVE", 1, "H99.01")]
    on_the_page = detail_by_id(visible_to(place.clerk, at("2026-11-20").date()), made.id).steps
    assert [(step.role, step.state, step.unit_id) for step in on_the_page] == [
        ("RECEIVE", 1, place.centre.pk), ("LEAD", 0, place.home_affairs.pk), ("COOPERATE", 0, place.police.pk),
        ("SIGN", 0, place.province.pk), ("RETURN", 0, place.centre.pk),
    ]  # fmt: skip
    event = DossierEvent.objects.get(dossier=kept)
    assert (event.verb, event.status_to, event.actor_id, event.office_id) == (
        "receive",
        2,
        1,
        place.centre.pk,
    )
    entry = AuditEntry.objects.get(object_kind="dossier", object_id=kept.pk)
    assert (entry.actor_name, entry.after["code"]) == ("Trần Một Cửa", made.code)
    assert DossierPaper.objects.get(dossier=kept).name == "Đơn đề nghị"


def test_numbers_run_without_gap_and_restart_each_day(place: Place) -> None:
    first = receive([place.intake() for _ in range(3)], by=place.clerk, at=at("2026-11-20 09:00"))
    with pytest.raises(Refused):
        receive([place.intake(), place.intake(owner="")], by=place.clerk, at=at("2026-11-20 09:01"))
    then = receive([place.intake()], by=place.clerk, at=at("2026-11-20 09:02"))
    next_day = receive([place.intake()], by=place.clerk, at=at("2026-11-23 09:00"))
    assert [one.code for one in (*first, *then, *next_day)] == [
        "H99.01-261120-0001", "H99.01-261120-0002", "H99.01-261120-0003", "H99.01-261120-0004", "H99.01-261123-0001",
    ]  # fmt: skip


def test_the_same_form_sent_twice_is_one_dossier_and_burns_no_number(place: Place) -> None:
    intake = place.intake()
    first = receive([intake], by=place.clerk, at=at("2026-11-20 09:00"))[0]
    again = receive([intake], by=place.clerk, at=at("2026-11-20 09:01"))[0]
    assert (again.id, again.code, again.repeated) == (first.id, first.code, True)
    assert place.received("2026-11-20 09:02").code == "H99.01-261120-0002"


def test_a_set_of_any_size_takes_the_same_number_of_statements(place: Place) -> None:
    place.received()
    with CaptureQueriesContext(
        connection,
    ) as one:
        receive([place.intake()], by=place.clerk, at=at("2026-11-20 10:00"))
    with CaptureQueriesContext(connection) as many:
        receive([place.intake() for _ in range(200)], by=place.clerk, at=at("2026-11-20 10:00"))
    counts = [sum("SAVEPOINT" not in q["sql"] for q in told.captured_queries) for told in (one, many)]
    assert counts == [2, 2]


def test_sql_and_html_in_every_text_field_are_kept_as_typed(place: Place) -> None:
    nasty = "'; DROP TABLE x; -- <script>alert(1)</script> \\ \" {} %s %(at)s"
    person = Person(nasty, nasty[:30], nasty[:30], nasty, nasty)
    made = place.received(owner=nasty, submitter=person, summary=nasty, papers=(PaperIn(nasty),))
    kept = Dossier.objects.get(pk=made.id)
    assert (kept.owner_name, kept.summary, kept.submitter_name) == (nasty, nasty, nasty)


def test_decomposed_vietnamese_is_kept_composed_and_found_without_diacritics(place: Place) -> None:
    decomposed = "Nguye\u0302\u0303n Thi\u0323 Ha\u0323nh"
    kept = Dossier.objects.get(pk=place.received(owner=decomposed).id)
    assert kept.owner_name == "Nguyễn Thị Hạnh"
    assert "nguyen thi hanh" in kept.search_text


def test_only_a_clerk_of_the_unit_receives(place: Place) -> None:
    for actor in (place.specialist, place.stranger_clerk, place.admin):
        with pytest.raises(Refused):
            receive([place.intake()], by=actor, at=at("2026-11-20 10:00"))


def test_a_draft_version_and_an_unknown_unit_are_refused(place: Place) -> None:
    with pytest.raises(Refused, match="chưa được công bố"):
        place.received(version_id=10**9)
    with pytest.raises(Refused, match="không tồn tại"):
        place.received(competent_unit_id=10**9)


def test_keys_old_and_new_in_one_set_are_refused_whole(place: Place) -> None:
    old = place.intake(intake_key=uuid4())
    receive([old], by=place.clerk, at=at("2026-11-20 09:00"))
    with pytest.raises(Refused, match="đã được nhận"):
        receive([old, place.intake()], by=place.clerk, at=at("2026-11-20 09:05"))
    assert Dossier.objects.count() == 1

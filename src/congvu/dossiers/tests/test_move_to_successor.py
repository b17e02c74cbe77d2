"""What a merged unit left open: told by unit, shown before, moved to the unit that took over, in one decision."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.move_to_successor import move_to_successor
from congvu.dossiers.actions.note_left_open import note_left_open
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep
from congvu.dossiers.queries.stranded import left_by_units
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, an_actor, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import Unit
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
WHY = "Nghị quyết 15/NQ-HĐND sáp nhập Sở Nội vụ vào Sở Y tế."
MOVED_AT = at("2026-11-20 14:00")
PAGE = "/ho-so/don-vi-da-giai-the/"


def handed(place: Place) -> int:
    made = place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    return made.id


@pytest.fixture
def merged(office: Office) -> tuple[Place, list[int], Unit]:
    """Three dossiers at home affairs (one past it, one withdrawn), which then goes into health."""
    place, heir = office.place, Unit.objects.get(code="H99.09")
    ids = [handed(place) for _ in range(3)]
    complete_step([ids[1]], by=place.specialist, at=at("2026-11-17 09:00")).only()
    withdraw([ids[2]], "Rút.", by=place.specialist, at=at("2026-11-17 09:00")).only()
    merge(
        [place.home_affairs.pk],
        heir.pk,
        effective=date(2026, 11, 19),
        decision=Decision("15/NQ-HĐND", date(2026, 11, 10), "HĐND tỉnh"),
        by=place.admin,
        at=at("2026-11-18 09:00"),
    )
    return place, ids, heir


def left(place: Place) -> list[tuple[int, int, int]]:
    living = [node.unit_id for node in picture().tree(date(2026, 11, 20))]
    found = left_by_units(visible_to(SYSTEM, date(2026, 11, 20)), living)
    return [(one.unit_id, one.dossiers, one.steps) for one in found]


def test_what_is_left_open_is_told_by_unit_and_gone_once_moved(merged: Any) -> None:
    place, ids, heir = merged
    old = place.home_affairs.pk
    assert left(place) == [(old, 2, 1)], "two open dossiers name it, one of them waits there"
    outcome = move_to_successor(old, heir.pk, WHY, by=place.chairman, at=MOVED_AT)
    assert {one.dossier_id for one in outcome.done} == set(ids[:2]) and not outcome.refused
    assert left(place) == []
    assert move_to_successor(old, heir.pk, WHY, by=place.chairman, at=MOVED_AT).done == ()


def test_open_steps_move_with_a_new_term_and_the_past_stays(merged: Any) -> None:
    place, ids, heir = merged
    before = {one.pk: one.due_on for one in Dossier.objects.filter(pk__in=ids)}
    move_to_successor(place.home_affairs.pk, heir.pk, WHY, by=place.chairman, at=MOVED_AT)
    waiting, further, ended = (Dossier.objects.get(pk=one) for one in ids)
    assert (waiting.competent_unit_id, further.competent_unit_id) == (heir.pk, heir.pk)
    assert ended.competent_unit_id == place.home_affairs.pk, "an ended dossier is the past"
    assert {one.pk: one.due_on for one in (waiting, further, ended)} == before
    step = DossierStep.objects.get(dossier=waiting, state=1)
    assert (step.unit_id, step.due_on) == (heir.pk, date(2026, 11, 25)), "two working days, past the 24th"
    done = DossierStep.objects.get(dossier=further, position=2)
    assert (done.unit_id, done.state) == (place.home_affairs.pk, 2)
    event = DossierEvent.objects.filter(dossier=waiting).latest("id")
    assert (event.verb, event.reason, event.actor_id) == ("move_to_successor", WHY, place.chairman.account_id)
    entry = AuditEntry.objects.filter(object_kind="dossier", object_id=waiting.pk).latest("id")
    assert entry.before == {"competent_unit": "Sở Nội vụ (H99.08)"}
    newcomer = an_actor(9, "Võ Y Tế", "specialist", heir)
    complete_step([waiting.pk], by=newcomer, at=at("2026-11-20 15:00")).only()


def test_a_dissolution_without_an_heir_leaves_a_note_in_the_log_of_the_unit(office: Office) -> None:
    from congvu.config.wiring import REACTIONS
    from congvu.foundation.happenings.models import Happening
    from congvu.organisation.actions.recording import EVENTS_RECORDED

    place, heir = office.place, Unit.objects.get(code="H99.09")
    for _ in range(2):
        handed(place)
    dissolve(
        place.home_affairs.pk,
        under={},
        effective=date(2026, 11, 19),
        decision=Decision("15/NQ-HĐND", date(2026, 11, 10), "HĐND tỉnh"),
        by=place.admin,
        at=at("2026-11-18 09:00"),
    )
    happened = Happening.objects.get(kind=EVENTS_RECORDED)
    for reaction in REACTIONS[EVENTS_RECORDED]:
        reaction(happened.payload, MOVED_AT)
    (noted,) = AuditEntry.objects.filter(verb="organisation.left_open")
    assert (noted.object_kind, noted.object_id) == ("unit", place.home_affairs.pk)
    assert noted.after == {"dossiers": 2, "steps": 2}
    assert note_left_open([heir.pk, 10**9], at=MOVED_AT) == note_left_open([], at=MOVED_AT) == 0


def test_what_is_refused_says_why(merged: Any) -> None:
    place, _, heir = merged
    old = place.home_affairs.pk

    def refusal(*args: Any, by: Any = None) -> str:
        with pytest.raises(Refused) as told:
            move_to_successor(*args, by=by or place.chairman, at=MOVED_AT)
        return told.value.what

    assert "Chưa ghi căn cứ" in refusal(old, heir.pk, " ")
    assert "đang hoạt động" in refusal(place.police.pk, heir.pk, WHY)
    assert "Không có quyết định nào" in refusal(old, place.police.pk, WHY)
    for actor in (place.clerk, place.police_officer, place.auditor, place.admin):
        assert "Việc của lãnh đạo" in refusal(old, heir.pk, WHY, by=actor)
    assert left(place) == [(old, 2, 1)]


def test_a_leader_sees_before_and_moves_on_the_screen(office: Office, merged: Any) -> None:
    place, ids, heir = merged
    client = office.enter(place.chairman)
    with CaptureQueriesContext(connection) as captured:
        shown = client.get(PAGE).content.decode()
    assert len(captured) <= 8
    assert "Sở Nội vụ" in shown and "Xem trước" in shown and "Sở Y tế" in shown
    where = {"tu": place.home_affairs.pk, "den": heir.pk}
    preview = client.get(PAGE, where).content.decode()
    codes = list(Dossier.objects.filter(pk__in=ids[:2]).values_list("code", flat=True))
    assert all(code in preview for code in codes) and "Thẩm định" in preview
    kept = client.post(PAGE, where | {"reason": ""})
    assert kept.status_code == 422 and "Chưa ghi căn cứ" in kept.content.decode()
    assert "Đã chuyển 2 hồ sơ." in client.post(PAGE, where | {"reason": WHY}, follow=True).content.decode()
    assert "Không có hồ sơ đang mở nào" in client.get(PAGE).content.decode()
    assert client.get(PAGE, {"tu": "' OR 1=1", "den": "-1"}).status_code == 200
    assert office.enter(place.clerk).get(PAGE).status_code == 403

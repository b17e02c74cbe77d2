"""What a unit that ends leaves at the one-stop goes to the unit that takes over, on the day of the event, once."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep, Envelope
from congvu.dossiers.queries.stranded import left_by_units
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, an_actor, at
from congvu.dossiers.tests.make_group import a_group
from congvu.dossiers.tests.test_envelope_online import FORM, filled
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.identity.models import Grant
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import Handover, HandoverLine, Unit, UnitEvent
from congvu.organisation.queries import picture
from congvu.organisation.rules.changes import NewUnit

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)
PAPER = Decision("15/NQ-HĐND", date(2026, 11, 10), "HĐND tỉnh")
AFTER = at("2026-11-20 14:00")


def handed(place: Place) -> int:
    made = place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    return made.id


def finished(place: Place) -> int:
    one = handed(place)
    for number, who in enumerate((place.specialist, place.police_officer)):
        complete_step([one], by=who, at=at(f"2026-11-17 09:0{number}")).only()
    finish([one], by=place.chairman, at=at("2026-11-17 10:00")).only()
    return one


def lines(**of: Any) -> dict[str, tuple[int, int]]:
    return {
        one.kind: (one.found, one.moved)
        for one in HandoverLine.objects.filter(handover__in=Handover.objects.filter(**of))
    }


def stranded() -> list[Any]:
    living = [node.unit_id for node in picture().tree(date(2026, 11, 20))]
    return left_by_units(visible_to(SYSTEM, date(2026, 11, 20)), living)


@pytest.fixture
def merged(office: Office) -> tuple[Place, list[int], Unit]:
    """Three dossiers at home affairs: one waits there, one is past it, one is withdrawn; then it goes into health."""
    place, heir = office.place, Unit.objects.get(code="H99.09")
    ids = [handed(place) for _ in range(3)]
    complete_step([ids[1]], by=place.specialist, at=at("2026-11-17 09:00")).only()
    withdraw([ids[2]], "Rút.", by=place.specialist, at=at("2026-11-17 09:00")).only()
    merge(
        [place.home_affairs.pk],
        heir.pk,
        effective=DAY,
        decision=PAPER,
        by=place.admin,
        at=at("2026-11-18 09:00"),
    )
    return place, ids, heir


def test_nothing_moves_before_the_day_and_all_of_it_on_the_day(merged: Any) -> None:
    place, ids, heir = merged
    assert carry_out(at=at("2026-11-18 23:00")) == 0
    assert {one.competent_unit_id for one in Dossier.objects.filter(pk__in=ids)} == {place.home_affairs.pk}
    due = DossierStep.objects.get(dossier=ids[0], state=1).due_on
    assert carry_out(at=at("2026-11-19 00:05")) == 1
    waiting, further, ended = (Dossier.objects.get(pk=one) for one in ids)
    assert (waiting.competent_unit_id, further.competent_unit_id) == (heir.pk, heir.pk)
    assert ended.competent_unit_id == place.home_affairs.pk, "what ended is the past"
    step = DossierStep.objects.get(dossier=waiting, state=1)
    assert (step.unit_id, step.due_on) == (heir.pk, due), "the work goes on, it does not begin anew"
    assert DossierStep.objects.get(dossier=further, position=2).unit_id == place.home_affairs.pk
    assert stranded() == []
    assert lines() == {
        "dossier": (2, 2),
        "task": (1, 1),
        "role": (2, 2),
    }
    event = DossierEvent.objects.filter(dossier=waiting).latest("id")
    assert (event.verb, event.reason) == ("go_along", "15/NQ-HĐND, hiệu lực 19/11/2026")
    assert carry_out(at=AFTER) == 0, "once"
    newcomer = an_actor(9, "Võ Y Tế", "specialist", heir)
    complete_step([waiting.pk], by=newcomer, at=AFTER).only()


def test_whoever_had_a_step_in_hand_keeps_it_when_he_came_along(merged: Any) -> None:
    place, ids, _ = merged
    DossierStep.objects.filter(dossier=ids[0], state=1).update(officer=place.specialist.account_id)
    DossierStep.objects.filter(dossier=ids[1], state=1).update(officer=place.chairman.account_id)
    carry_out(at=AFTER)
    assert DossierStep.objects.get(dossier=ids[0], state=1).officer_id == place.specialist.account_id


def test_results_that_wait_at_a_counter_go_to_the_counter_that_takes_over(office: Office) -> None:
    place, other = office.place, Unit.objects.get(code="H99.09")
    made, given = (finished(place) for _ in range(2))
    return_result([given], by=place.clerk, at=at("2026-11-17 11:00")).only()
    dissolve(
        place.centre.pk,
        under={},
        heir=other.pk,
        effective=DAY,
        decision=PAPER,
        by=place.admin,
        at=at("2026-11-18 09:00"),
    )
    carry_out(at=AFTER)
    waits, gone = Dossier.objects.get(pk=made), Dossier.objects.get(pk=given)
    assert (waits.receiving_unit_id, waits.competent_unit_id) == (other.pk, place.home_affairs.pk)
    assert gone.receiving_unit_id == place.centre.pk, "what was given back is the past"
    assert lines()["result"] == (1, 1)
    return_result([made], by=place.stranger_clerk, at=AFTER).only()


def test_work_of_a_unit_dissolved_without_an_heir_stays_for_a_decision(office: Office) -> None:
    place = office.place
    one = handed(place)
    dissolve(
        place.home_affairs.pk,
        under={},
        effective=DAY,
        decision=PAPER,
        by=place.admin,
        at=at("2026-11-18 09:00"),
    )
    assert carry_out(at=AFTER) == 0 and not Handover.objects.exists()
    assert Dossier.objects.get(pk=one).competent_unit_id == place.home_affairs.pk
    assert [left.dossiers for left in stranded()] == [1]


def test_an_opinion_owed_on_a_dossier_that_is_over_holds_no_handing_over_up(office: Office) -> None:
    place, health, one = office.place, Unit.objects.get(code="H99.09"), handed(office.place)
    ask_opinion(
        [one], [health.pk], "Cho ý kiến", date(2026, 11, 25), by=place.specialist, at=at("2026-11-17 08:00")
    )
    withdraw([one], "Rút.", by=place.specialist, at=at("2026-11-17 09:00")).only()
    how: Any = {"effective": DAY, "decision": PAPER, "by": place.admin, "at": at("2026-11-18 09:00")}
    merge([health.pk], place.home_affairs.pk, **how)
    assert carry_out(at=at("2026-11-19 00:05")) == 1
    assert Handover.objects.get().moved_at is not None


def test_a_dossier_given_on_since_is_not_noted_as_brought_back(merged: Any) -> None:
    place, ids, _ = merged
    carry_out(at=at("2026-11-19 00:05"))
    Dossier.objects.filter(pk=ids[0]).update(competent_unit=place.police)
    DossierStep.objects.filter(dossier=ids[0], state=1).update(unit=place.police)
    undo_event(
        UnitEvent.objects.get(kind="SAP_NHAP").pk, why="Quyết định bị bãi bỏ", by=place.admin, at=AFTER
    )
    carry_out(at=AFTER)
    told = DossierEvent.objects.filter(verb="go_back").values_list("dossier_id", flat=True)
    assert ids[0] not in told and ids[1] in told


def test_an_event_undone_brings_back_what_went_and_leaves_what_was_ended_meanwhile(merged: Any) -> None:
    place, ids, heir = merged
    carry_out(at=at("2026-11-19 00:05"))
    newcomer = an_actor(9, "Võ Y Tế", "specialist", heir)
    complete_step([ids[0]], by=newcomer, at=at("2026-11-19 10:00")).only()
    withdraw([ids[1]], "Rút.", by=newcomer, at=at("2026-11-19 10:00")).only()
    with pytest.raises(Refused, match="Chưa ghi lý do"):
        undo_event(UnitEvent.objects.get().id, why=" ", by=place.admin, at=AFTER)
    undone = UnitEvent.objects.get()
    new = undo_event(undone.id, why="QĐ 20/QĐ-UBND bãi bỏ.", by=place.admin, at=AFTER)
    assert (new.kind, new.corrects_id) == ("HOAN_TAC", undone.id)
    known = picture()
    assert known.at(place.home_affairs.pk, date(2026, 12, 1)) is not None and not known.flows
    assert carry_out(at=AFTER) == 1
    working, ended = (Dossier.objects.get(pk=one) for one in ids[:2])
    assert working.competent_unit_id == place.home_affairs.pk
    assert ended.competent_unit_id == heir.pk, "what ended there is its past"
    assert DossierStep.objects.get(dossier=working, position=2).unit_id == heir.pk
    assert DossierEvent.objects.filter(dossier=working).latest("id").verb == "go_back"
    held = Grant.objects.filter(
        account_id=place.specialist.account_id, unit_id=place.home_affairs.pk, valid_to=None
    )
    assert [one.valid_from for one in held] == [AFTER.date()]
    assert not Grant.objects.filter(
        account_id=place.specialist.account_id, unit_id=heir.pk, valid_to=None
    ).exists()
    assert carry_out(at=AFTER) == 0 and stranded() == []


def test_a_planned_event_undone_never_moves_anything(merged: Any) -> None:
    place, ids, _ = merged
    early = at("2026-11-18 15:00")
    undo_event(UnitEvent.objects.get().id, why="Nhầm ngày.", by=place.admin, at=early)
    carry_out(at=early)
    carry_out(at=AFTER)
    assert Dossier.objects.get(pk=ids[0]).competent_unit_id == place.home_affairs.pk
    held = Grant.objects.filter(account_id=place.specialist.account_id, valid_to=None)
    assert [(one.unit_id, one.valid_from) for one in held] == [(place.home_affairs.pk, date(2020, 1, 1))]


def test_an_event_that_made_a_unit_with_work_of_its_own_is_not_undone(office: Office) -> None:
    place = office.place
    made = merge(
        [place.home_affairs.pk],
        NewUnit("H99.30", "Sở Nội vụ mới", "SO", "TINH", place.province.pk),
        effective=DAY,
        decision=PAPER,
        by=place.admin,
        at=at("2026-11-18 09:00"),
    )
    carry_out(at=AFTER)
    new = Unit.objects.get(code="H99.30")
    own = place.received("2026-11-20 08:00", competent_unit_id=new.pk)
    with pytest.raises(Refused, match="đã có thêm 1 hồ sơ của riêng mình"):
        undo_event(made.id, why="Nhầm.", by=place.admin, at=AFTER)
    hand_over([own.id], by=place.clerk, at=at("2026-11-20 09:00")).only()
    withdraw([own.id], "Rút.", by=an_actor(9, "Võ Mới", "specialist", new), at=AFTER).only()
    undo_event(made.id, why="Nhầm.", by=place.admin, at=AFTER)
    assert not picture().of(new.pk)
    with pytest.raises(Refused, match=r"Mã H99\.30 đã cấp"):
        establish(
            [NewUnit("H99.30", "Tên khác", "SO", "TINH", place.province.pk)],
            effective=DAY, decision=PAPER, by=place.admin, at=AFTER,
        )  # fmt: skip


def test_an_envelope_sent_online_waits_at_the_counter_that_takes_over(office: Office) -> None:
    a_group()
    assert office.enter(office.citizen).post(FORM, filled(office)).status_code == 302
    place, other = office.place, Unit.objects.get(code="H99.09")
    said: Any = {"decision": PAPER, "by": place.admin, "at": at("2026-11-20 15:00")}
    event = dissolve(place.centre.pk, under={}, heir=other.pk, effective=date(2026, 11, 20), **said)
    carry_out(at=at("2026-11-20 15:01"))
    assert Envelope.objects.get().receiving_unit_id == other.pk
    undo_event(event.id, why="Nhầm.", by=place.admin, at=at("2026-11-20 16:00"))
    carry_out(at=at("2026-11-20 16:01"))
    assert Envelope.objects.get().receiving_unit_id == place.centre.pk

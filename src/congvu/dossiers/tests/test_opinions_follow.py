"""Opinions asked go with a unit that ends, and are back exactly as they were when its event is undone."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.end_opinion import answer_opinion
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import DossierStep, OpinionRequest
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import an_actor, at
from congvu.foundation.identity.actor import Actor
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import Handover, HandoverLine, Unit, UnitEvent
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import TINH

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)
PAPER = Decision("15/NQ-HĐND", date(2026, 11, 10), "HĐND tỉnh")
UNITS = 4
ASKED = st.lists(  # (the unit that handles a dossier, those it asks, whether the first of them has answered)
    st.tuples(st.integers(0, UNITS - 1), st.sets(st.integers(0, UNITS - 1), min_size=1), st.booleans()),
    min_size=1,
    max_size=4,
)


@given(
    ASKED, st.sets(st.integers(0, UNITS - 1), min_size=1, max_size=3), st.integers(0, UNITS), st.booleans()
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_event_undone_leaves_every_opinion_as_it_was(
    office: Office, asked: list[Any], ending: set[int], heir: int, dissolved: bool
) -> None:
    with transaction.atomic():
        units = _units(office)
        _ask(office, units, asked)
        before = _opinions()
        said: Any = {"effective": DAY, "decision": PAPER, "by": office.place.admin}
        said["at"] = at("2026-11-18 09:00")
        sources = [units[n] for n in sorted(ending - {heir})] or [units[0] if heir else units[1]]
        if dissolved and heir < UNITS:
            dissolve(sources[0], under={}, heir=units[heir], **said)
        elif heir < UNITS:
            merge(sources, units[heir], **said)
        else:
            merge(sources, NewUnit("H99.60", "Sở mới", "SO", TINH, office.place.province.pk), **said)
        carry_out(at=at("2026-11-19 00:05"))
        ended = set(Handover.objects.values_list("from_unit_id", flat=True))
        assert ended and not any(one["asked_unit_id"] in ended for one in _opinions() if _open(one))
        undo_event(UnitEvent.objects.get().pk, why="Nhầm.", by=office.place.admin, at=at("2026-11-19 15:00"))
        carry_out(at=at("2026-11-19 15:01"))
        assert not Handover.objects.filter(moved_at=None).exists()
        assert _opinions() == before
        transaction.set_rollback(True)


def test_what_was_answered_meanwhile_stays_answered_and_the_record_counts_the_rest(office: Office) -> None:
    units = _units(office)
    _ask(office, units, [(0, {2}, False), (1, {2}, False)])
    said: Any = {"effective": DAY, "decision": PAPER, "by": office.place.admin}
    event = merge([units[2]], units[3], at=at("2026-11-18 09:00"), **said)
    carry_out(at=at("2026-11-19 00:05"))
    answered = OpinionRequest.objects.order_by("id")[0]
    answer_opinion([answered.pk], "Thống nhất", by=_someone(units[3]), at=at("2026-11-19 10:00")).only()
    undo_event(event.pk, why="Nhầm.", by=office.place.admin, at=at("2026-11-19 15:00"))
    carry_out(at=at("2026-11-19 15:01"))
    assert [one.asked_unit_id for one in OpinionRequest.objects.order_by("id")] == [units[3], units[2]]
    told = HandoverLine.objects.get(kind="opinion", handover__undoes__isnull=False)
    assert (told.found, told.moved) == (2, 1)


def test_an_opinion_asked_anew_meanwhile_is_not_asked_twice(office: Office) -> None:
    units = _units(office)
    _ask(office, units, [(0, {1}, False)])
    said: Any = {"effective": DAY, "decision": PAPER, "by": office.place.admin}
    event = merge([units[1]], units[0], at=at("2026-11-18 09:00"), **said)
    carry_out(at=at("2026-11-19 00:05"))
    ended = OpinionRequest.objects.get()
    assert ended.withdrawn_at is not None, "nobody asks himself"
    undo_event(event.pk, why="Nhầm.", by=office.place.admin, at=at("2026-11-19 15:00"))
    ask_opinion(
        [ended.dossier_id], [units[1]], "Hỏi lại", date(2026, 11, 26),
        by=_someone(units[0]), at=at("2026-11-19 15:00"),
    ).only()  # fmt: skip
    carry_out(at=at("2026-11-19 15:01"))
    assert [one.content for one in OpinionRequest.objects.filter(withdrawn_at=None)] == ["Hỏi lại"]


def _units(office: Office) -> list[int]:
    place = office.place
    more, _ = Unit.objects.get_or_create(code="H99.09")
    return [place.home_affairs.pk, place.police.pk, more.pk, place.centre.pk]


def _someone(unit: int) -> Actor:
    return an_actor(70 + unit, "Cán bộ", "specialist", Unit.objects.get(pk=unit))


def _ask(office: Office, units: list[int], asked: list[Any]) -> None:
    place = office.place
    for handler, others, answered in asked:
        one = place.received("2026-11-16 08:00", competent_unit_id=units[handler]).id
        hand_over([one], by=place.clerk, at=at("2026-11-16 09:00")).only()
        DossierStep.objects.filter(dossier=one, state=1).update(unit=units[handler])
        wanted = sorted(others - {handler})
        if not wanted:
            continue
        asking, when = _someone(units[handler]), at("2026-11-17 08:00")
        ask_opinion(
            [one], [units[n] for n in wanted], "Cho ý kiến", date(2026, 11, 25), by=asking, at=when
        ).only()
        if answered:
            by, owed = (
                _someone(units[wanted[0]]),
                OpinionRequest.objects.get(dossier=one, asked_unit=units[wanted[0]]),
            )
            answer_opinion([owed.pk], "Thống nhất", by=by, at=at("2026-11-17 09:00")).only()


def _opinions() -> list[dict[str, Any]]:
    return list(OpinionRequest.objects.order_by("id").values())


def _open(one: dict[str, Any]) -> bool:
    return one["answered_at"] is None and one["withdrawn_at"] is None

"""Posts, people and dossiers are conserved by any sequence of events, nobody and nothing stays in a unit that is no more,
and no code is given twice. Found by search, in the database."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.config.wiring import FOLLOWERS, REACTIONS
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier, DossierStep
from congvu.dossiers.tests.conftest import Office
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.happenings.actions import work_off
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.move import move
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rehearse import conserving
from congvu.organisation.actions.rename import rename
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import Handover, Unit, UnitEvent
from congvu.organisation.queries import picture_now
from congvu.organisation.queries.following import choices_of, province_totals
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import TINH
from congvu.people.tests.make import a_person
from congvu.staffing.tests.make import a_decision, a_line

KINDS = ("merge", "new", "chia", "tach", "dissolve", "rename", "move", "transfer", "undo")


@dataclass(frozen=True)
class Step:
    """One event to try: a kind, and which of the units standing that day it concerns."""

    kind: str
    one: int
    other: int
    third: int


STEPS = st.lists(
    st.builds(Step, st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=6,
)


@given(STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_posts_people_and_dossiers_are_conserved_by_any_sequence_of_events(
    office: Office, steps: list[Step]
) -> None:
    with transaction.atomic():
        _play(office, steps)
        transaction.set_rollback(True)


def _play(office: Office, steps: list[Step]) -> None:
    place = office.place
    units = [place.home_affairs.pk, place.police.pk, Unit.objects.get(code="H99.09").pk]
    for nth, unit in enumerate(units):
        a_person(unit, f"Nguyễn Văn {nth}", at=_at(1, 7))
    a_decision(*(a_line(unit, 7) for unit in units), effective=date(2026, 1, 1), at=_at(1, 7))
    made = [place.received("2026-11-02 08:00", competent_unit_id=unit) for unit in units for _ in range(2)]
    hand_over([one.id for one in made[:4]], by=place.clerk, at=_at(2, 9)).only()
    before, open_steps = _totals(2), DossierStep.objects.filter(state=1).count()
    codes = set(Unit.objects.values_list("code", flat=True))
    for nth, step in enumerate(steps, 3):
        with suppress(Refused), transaction.atomic():
            _record(step, nth, place.province.pk)
        work_off(REACTIONS, at=_at(nth, 10))
        carry_out(at=_at(nth, 11))
        assert not Handover.objects.filter(moved_at=None, cancelled_at=None).exists()
        assert _totals(nth) == before, "posts and people of the province"
        assert (
            Dossier.objects.count() == len(made) and DossierStep.objects.filter(state=1).count() == open_steps
        )
        _nothing_is_left_behind(nth)
    now = list(Unit.objects.values_list("code", flat=True))
    assert len(now) == len(set(now)) and codes <= set(now), "codes are given once and never taken away"


def _nothing_is_left_behind(day: int) -> None:
    """Units that handed over are empty; only what nobody was named for may wait in a unit that is no more."""
    known = picture_now()
    gone = {
        one.from_unit_id
        for one in Handover.objects.filter(undoes=None, undone_by=None, chosen=None)
        if known.at(one.from_unit_id, date(2026, 11, day)) is None
    }
    for area in FOLLOWERS:
        assert not any(area.left(sorted(gone), date(2026, 11, day)).values())


def _record(step: Step, day: int, root: int) -> None:
    known, on = picture_now(), date(2026, 11, day)
    standing = [node.unit_id for node in known.tree(on) if node.parent_id == root and node.code != "H99.01"]
    if not standing:
        return  # the last one is gone too
    one, other, third = (standing[n % len(standing)] for n in (step.one, step.other, step.third))
    said: dict[str, Any] = {
        "effective": on,
        "decision": Decision(f"{day}/QĐ-UBND"),
        "by": SYSTEM,
        "at": _at(day, 8),
    }
    new = NewUnit(f"H99.5{day}", f"Sở Mới {day}", "SO", TINH, root)
    match step.kind:
        case "merge":
            conserving(lambda: merge([one], other, **said), on)
        case "new":
            conserving(lambda: merge({one, other}, new, **said), on)
        case "chia":
            parts = [Receiver(other, Fraction(1, 3), _some(one, step)), Receiver(new, Fraction(2, 3))]
            heir = (None, 0, 1)[step.third % 3]
            conserving(lambda: split(one, parts, ceases=True, under={}, heir=heir, **said), on)
        case "tach":
            conserving(
                lambda: split(
                    one, [Receiver(new, Fraction(1, 3), _some(one, step))], ceases=False, under={}, **said
                ),
                on,
            )
        case "transfer":
            conserving(lambda: transfer_function("Hội", one, other, chosen=_some(one, step), **said), on)
        case "dissolve":
            conserving(lambda: dissolve(one, under={}, heir=third if step.other % 2 else None, **said), on)
        case "rename":
            conserving(lambda: rename(one, f"Tên mới {day}", **said), on)
        case "move":
            conserving(lambda: move(one, other, **said), on)
        case "undo":
            last = UnitEvent.objects.filter(superseded_at=None).order_by("-recorded_at", "id").first()
            if last is not None:
                conserving(lambda: undo_event(last.id, why="Nhầm.", by=SYSTEM, at=_at(day, 8)), on)


def _some(unit: int, step: Step) -> tuple[str, ...]:
    """One of what may go from the unit while it goes on, or nothing."""
    return tuple(one.code for one in choices_of(unit)[step.third : step.third + 1])


def _totals(day: int) -> dict[str, int]:
    return province_totals(date(2026, 11, day), picture_now())


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=LEGAL_ZONE)

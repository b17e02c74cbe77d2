"""After any sequence of events, on any date: no overlap, no circle, no orphan. Found by search, not by example."""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.actions.correct import correct_event, correct_version
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.move import move
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rename import rename
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.models import UnitEvent, UnitVersion
from congvu.organisation.rules import changes
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.draft import Draft
from congvu.organisation.rules.kinds import TINH
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.soundness import problems

DAYS = [date(2020 + month // 12, month % 12 + 1, 1) for month in range(0, 84, 7)]
MANY = int(os.environ.get("CONGVU_EXAMPLES", "150"))


@dataclass
class Step:
    """One event to try: a kind, a day, and which units (by position) it concerns."""

    kind: str
    day: date
    one: int
    other: int
    third: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["establish", "rename", "move", "merge", "chia", "tach", "dissolve"]),
        st.sampled_from(DAYS),
        st.integers(0, 11),
        st.integers(0, 11),
        st.integers(0, 11),
    ),
    min_size=1,
    max_size=25,
)


def _new(number: int, parent: int | None) -> NewUnit:
    return NewUnit(f"H99.{number}", f"Đơn vị {number}", "SO", TINH, parent)


def _three(units: list[int], step: Step) -> tuple[int, int, int]:
    """Three units, different ones as long as there are three."""
    first = units.pop(step.one % len(units))
    second = units.pop(step.other % len(units))
    return first, second, units[step.third % len(units)]


def _first_units() -> list[NewUnit]:
    return [_new(1, None), *(_new(number, None if number < 4 else number % 3 + 1) for number in range(2, 9))]


def _try(draft: Draft, step: Step, number: int) -> None:
    one, other, third = _three(list(draft.picture().unit_ids), step)
    below = {s.unit_id for s in draft.picture().spans() if s.parent_id == one and s.reaches_past(step.day)}
    match step.kind:
        case "establish":
            changes.establish(draft, number, _new(number, one), step.day)
        case "rename":
            changes.rename(draft, one, step.day, f"Tên mới {number}")
        case "move":
            changes.move(draft, one, step.day, other if step.third % 4 else None)
        case "merge":
            changes.merge(draft, [one, third], other, step.day)
        case "chia" | "tach":
            parts = [changes.Part(other, Fraction(1, 3)), changes.Part(third, Fraction(2, 3))]
            if step.kind == "tach":
                parts = parts[:1]
            places = dict.fromkeys(below, other)
            changes.split(draft, one, parts, step.day, ceases=step.kind == "chia", under=places)
        case "dissolve":
            changes.dissolve(draft, one, step.day, dict.fromkeys(below, other))


@given(STEPS)
@settings(max_examples=MANY, deadline=None)
def test_any_sequence_of_changes_leaves_a_sound_tree_on_every_date(steps: list[Step]) -> None:
    sound = Draft(Picture([]))
    for unit_id, unit in enumerate(_first_units(), start=1):
        changes.establish(sound, unit_id, unit, DAYS[0])
    for number, step in enumerate(steps, start=20):
        trial = Draft(sound.picture())
        with suppress(Refused):
            _try(trial, step, number)
            sound = trial
        picture = sound.picture()
        assert problems(picture) == []
    for day in DAYS:
        standing = {span.unit_id for span in picture.spans() if span.covers(day)}
        tree = picture.tree(day)
        assert {node.unit_id for node in tree} == standing, "a circle would hide units from the tree"
        assert all(node.parent_id is None or node.parent_id in standing for node in tree)


def _record(step: Step, number: int, at: datetime) -> None:
    picture = queries.picture()
    units = sorted(picture.unit_ids)
    one, other, third = _three(list(units), step)
    below = [s.unit_id for s in picture.spans() if s.parent_id == one and s.reaches_past(step.day)]
    common: dict[str, Any] = {
        "effective": step.day,
        "decision": Decision(f"{number}/QĐ-UBND"),
        "by": SYSTEM,
        "at": at,
    }
    match step.kind:
        case "establish":
            establish([_new(number, one)], **common)
        case "rename":
            rename(one, f"Tên mới {number}", **common)
        case "move":
            move(one, other, **common)
        case "merge" if step.third % 2:
            merge([one, third], other, **common)
        case "merge":
            merge([one], _new(number, picture.of(one)[-1].parent_id), **common)
        case "chia" | "tach":
            receivers = [Receiver(other, Fraction(1, 4)), Receiver(_new(number, units[0]), Fraction(3, 4))]
            ceases = step.kind == "chia"
            split(
                one, receivers[0 if ceases else 1 :], ceases=ceases, under=dict.fromkeys(below, 0), **common
            )
        case "dissolve" if step.third % 3 == 0:
            _correct(step, number, at)
        case "dissolve":
            dissolve(one, under=dict.fromkeys(below, other), **common)


def _correct(step: Step, number: int, at: datetime) -> None:
    events = list(UnitEvent.objects.filter(superseded_at=None).order_by("id"))
    versions = list(UnitVersion.objects.filter(superseded_at=None).order_by("id"))
    if step.other % 2:
        correct_event(
            events[step.one % len(events)].id, effective=step.day, why="nhầm ngày", by=SYSTEM, at=at
        )
    else:
        found = versions[step.one % len(versions)]
        correct_version(found.id, {"name": f"Tên đúng {number}"}, why="nhầm tên", by=SYSTEM, at=at)


def _seen(known_at: datetime) -> list[Any]:
    return [tuple(queries.picture_as_known(known_at).tree(day)) for day in DAYS[::3]]


@pytest.mark.django_db
@given(STEPS)
@settings(
    max_examples=max(8, MANY // 10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_was_known_at_a_moment_never_changes_and_the_rows_stay_sound(steps: list[Step]) -> None:
    with transaction.atomic():
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        first = Decision("1/QĐ-UBND")
        roots = establish(_first_units()[:3], effective=DAYS[0], decision=first, by=SYSTEM, at=moment)
        ids = [part.unit_id for part in roots.parts.order_by("id")]
        rest = [replace(new, parent_id=ids[new.parent_id - 1]) for new in _first_units()[3:]]
        establish(rest, effective=DAYS[0], decision=first, by=SYSTEM, at=moment)
        remembered: list[tuple[datetime, list[Any]]] = []
        for number, step in enumerate(steps[:12], start=20):
            moment = moment.replace(day=number - 10)
            remembered.append((moment.replace(hour=1), []))
            with suppress(Refused), transaction.atomic():
                _record(step, number, moment)
            remembered[-1] = (moment.replace(hour=1), _seen(moment.replace(hour=1)))
        for then, seen in remembered:
            assert _seen(then) == seen
        assert problems(queries.picture()) == []
        assert list(queries.picture().tree(DAYS[-1])) == list(queries.picture_now().tree(DAYS[-1]))
        transaction.set_rollback(True)

"""What happened is told once, and survives a reaction that fails."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from congvu.foundation import clock
from congvu.foundation.happenings.actions import MOST_TRIES, emit, work_off
from congvu.foundation.happenings.models import Happening

pytestmark = pytest.mark.django_db


def test_each_happening_is_told_once_in_order() -> None:
    told: list[int] = []

    def hear(payload: Mapping[str, Any], at: datetime) -> None:
        told.append(payload["n"])

    for n in range(3):
        emit("area.done", {"n": n}, at=clock.now())
    assert work_off({"area.done": (hear,)}, at=clock.now()) == 3
    assert work_off({"area.done": (hear,)}, at=clock.now()) == 0
    assert told == [0, 1, 2]


def test_a_reaction_that_fails_leaves_nothing_and_is_tried_again() -> None:
    emit("area.done", {}, at=clock.now())
    broken = [True]

    def hear(payload: Mapping[str, Any], at: datetime) -> None:
        emit("area.echo", {}, at=at)
        if broken:
            broken.pop()
            raise RuntimeError("hỏng")

    reactions = {"area.done": (hear,)}
    assert work_off(reactions, at=clock.now()) == 0
    waiting = Happening.objects.get()
    assert (waiting.tries, "hỏng" in waiting.problem) == (1, True)
    assert work_off(reactions, at=clock.now()) == 2


def test_a_hopeless_one_is_left_alone_and_does_not_block_the_rest() -> None:
    emit("area.bad", {}, at=clock.now())
    emit("area.good", {}, at=clock.now())

    def fail(payload: Mapping[str, Any], at: datetime) -> None:
        raise RuntimeError

    for _ in range(MOST_TRIES + 2):
        work_off({"area.bad": (fail,)}, at=clock.now())
    assert Happening.objects.get(kind="area.bad").tries == MOST_TRIES
    assert Happening.objects.get(kind="area.good").handled_at is not None

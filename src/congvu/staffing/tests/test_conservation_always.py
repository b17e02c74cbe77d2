"""Whatever happens to units and whatever is decided, through the database: no post is lost or made by an event, no
decision takes more than there is, and a ledger as it was known at a moment is the same for ever."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
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
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.move import move
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import TINH
from congvu.staffing.actions.issue import issue
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.queries.ledger import balances, organisation_known
from congvu.staffing.queries.table import table
from congvu.staffing.rules.kinds import BO_SUNG, CHUYEN_DEN, CHUYEN_DI, ISSUED, THU_HOI
from congvu.staffing.rules.lines import Line
from congvu.staffing.tests.make import a_draft, a_line

DAYS = [date(2020 + n // 4, n % 4 * 3 + 1, 1) for n in range(0, 24, 3)]
MANY = int(os.environ.get("CONGVU_EXAMPLES", "150"))


@dataclass
class Step:
    """One thing to try: what, when, which units (by position), how many posts."""

    what: str
    day: date
    one: int
    other: int
    posts: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(
            ["merge", "into-new", "chia", "chia-unknown", "tach", "move", "dissolve", "give", "give", "take", "transfer",
             "correct"]
        ),
        st.sampled_from(DAYS),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(1, 40),
    ),
    min_size=3,
    max_size=14,
)  # fmt: skip


def _new(number: int, parent: int | None) -> NewUnit:
    return NewUnit(f"H99.{number}", f"Đơn vị {number}", "SO", TINH, parent)


def _two(step: Step) -> tuple[int, int, list[int]]:
    units = sorted(queries.picture().unit_ids)
    one = units.pop(step.one % len(units))
    return one, units[step.other % len(units)], units


def _organise(step: Step, number: int, at: datetime) -> None:
    one, other, units = _two(step)
    below = [s.unit_id for s in queries.picture().spans() if s.parent_id == one and s.reaches_past(step.day)]
    common: dict[str, Any] = {
        "effective": step.day,
        "decision": Decision(f"{number}/NQ"),
        "by": SYSTEM,
        "at": at,
    }
    match step.what:
        case "merge":
            merge([one], other, **common)
        case "into-new":
            merge([one, other], _new(number, units[0]), **common)
        case "chia" | "tach" | "chia-unknown":
            share = None if step.what == "chia-unknown" else Fraction(1, 3)
            rest = None if step.what == "chia-unknown" else Fraction(2, 3)
            parts = [Receiver(other, share), Receiver(_new(number, units[0]), rest)]
            ceases = step.what != "tach"
            split(one, parts[0 if ceases else 1 :], ceases=ceases, under=dict.fromkeys(below, 0), **common)
        case "move":
            move(one, other, **common)
        case "dissolve":
            dissolve(one, under=dict.fromkeys(below, other), **common)


def _decide(step: Step, number: int, at: datetime) -> None:
    one, other, _ = _two(step)
    corrects = None
    match step.what:
        case "give":
            lines = [a_line(one, step.posts, BO_SUNG)]
        case "take":
            lines = [a_line(one, step.posts, THU_HOI)]
        case "transfer":
            lines = [a_line(one, step.posts, CHUYEN_DI), a_line(other, step.posts, CHUYEN_DEN)]
        case _:
            issued = list(QuotaDecision.objects.filter(state=ISSUED).order_by("id"))
            wrong = issued[step.other % len(issued)]
            corrects = wrong.id
            held = QuotaLine.objects.filter(decision=wrong).order_by("place")
            lines = [Line(line.unit_id, line.pool, line.kind, step.posts) for line in held]
    drafted = a_draft(*lines, number=f"{number}/QĐ", effective=step.day, at=at, corrects=corrects)
    issue([drafted.id], by=SYSTEM, at=at)


def _decided(on: date) -> int:
    """What the decisions in force give in all, added up the plain way."""
    replaced = QuotaDecision.objects.filter(state=ISSUED, corrects__isnull=False).values("corrects_id")
    lines = QuotaLine.objects.filter(decision__state=ISSUED, decision__effective__lte=on)
    return sum(line.delta for line in lines.exclude(decision_id__in=replaced))


def _seen(known_at: datetime) -> list[Mapping[Any, int]]:
    return [one.posts for one in balances(DAYS[::3], organisation_known(known_at), known_at)]


@pytest.mark.django_db
@given(STEPS)
@settings(max_examples=max(8, MANY // 8), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_posts_are_conserved_whatever_happens(steps: list[Step]) -> None:
    with transaction.atomic():
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        new = [_new(n, None) for n in range(1, 7)]
        first = establish(new, effective=DAYS[0], decision=Decision("1/QĐ"), by=SYSTEM, at=moment)
        units = [part.unit_id for part in first.parts.order_by("id")]
        start = a_draft(
            *(a_line(unit, 20 + unit % 7) for unit in units), number="1/QĐ", effective=DAYS[0], at=moment
        )
        issue([start.id], by=SYSTEM, at=moment)
        remembered: list[tuple[datetime, list[Mapping[Any, int]]]] = []
        for number, step in enumerate(steps, start=10):
            moment = moment.replace(day=number - 8)
            with suppress(Refused), transaction.atomic():
                act = _decide if step.what in ("give", "take", "transfer", "correct") else _organise
                act(step, number, moment)
            then = moment.replace(hour=1)
            remembered.append((then, _seen(then)))
        known = queries.picture()
        last = DAYS[-1]
        walked = balances(DAYS, known, map_on=last, carries=True)
        for day, on_map, merger_by_merger, told in zip(
            DAYS, balances(DAYS, known, map_on=last), walked, balances(DAYS, known), strict=True
        ):
            expected = _decided(day)
            assert on_map.posts == merger_by_merger.posts, "told with the last heir at once, or walked"
            assert sum(told.posts.values()) == expected
            assert sum(on_map.posts.values()) == expected, "the same posts, on the last map"
        shown = table(last, DAYS[0], known, None)
        roots = sum(one.balance for row in shown.rows if row.depth == 0 for one in row.figures.values())
        apart = [shown.own[unit] for unit, above in shown.past.items() if above is None]
        roots += sum(one.balance for figures in apart for one in figures.values())
        assert roots == _decided(last), (
            "the table shows every post once, those left over under the unit above"
        )
        for then, seen in remembered:
            assert _seen(then) == seen
        transaction.set_rollback(True)

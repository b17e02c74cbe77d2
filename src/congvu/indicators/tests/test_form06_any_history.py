"""Random lives of dossiers: the SQL agrees with the count by hand, identities hold, every number opens its records."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from congvu.foundation.identity.actor import SYSTEM, Actor, Held
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.form06 import OF_THE_FORM, By, form06
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import Record, export_form06_records, form06_records
from congvu.indicators.rules.conditions import State, holds
from congvu.indicators.rules.form06 import COLUMNS, COUNTED
from congvu.indicators.tests.make import Ground, Happened, History, moment
from congvu.indicators.tests.oracle import cells_of, counted, state_at

DAY_ONE = date(2026, 9, 1)
TODAY = date(2026, 12, 31)
PAGE = 20
_AFTER = {2: (4,), 4: (5, 6, 7, 8, 9), 5: (4, 7, 8), 6: (4, 7), 8: (4, 10), 9: (10, 6), 7: (), 10: ()}


Pick = Callable[[Sequence[Any]], Any]


def a_life(pick: Pick) -> History:
    """A life the machine of statuses allows, over some ninety days; some never come past the door."""
    day = DAY_ONE + timedelta(days=pick(range(60)))
    channel, field, unit = pick((1, 2, 3)), pick((0, 1, 2)), pick((0, 1, 2))
    if channel == 2 and pick(range(6)) == 0:
        door = [Happened(moment(day), 1)]
        if pick((True, False)):
            door.append(Happened(moment(day, 15), pick((3, 5))))
        return History(channel, None, tuple(door), field, unit)
    due = None if pick(range(7)) == 0 else day + timedelta(days=pick(range(25)))
    status, ended, events = 2, None, [Happened(moment(day, pick(range(7, 16))), 2, due)]
    received = day
    for hour in range(pick(range(8))):
        follow = (*_AFTER[status], 4) if status == 4 else _AFTER[status]  # 4 → 4: an extension, a step done
        if not follow:
            break
        day += timedelta(days=pick(range(13)))
        before, status = status, pick(follow)
        if status == 4 and due is not None and pick((True, False)):
            due += timedelta(days=pick(range(-3, 13)))
            if due == events[0].due_on != events[-1].due_on:
                due += timedelta(days=1)  # a due day once moved does not come back to the first
        if status in (7, 9) or (before, status) == (8, 10):
            ended = day
        elif status in (4, 6):
            ended = None
        last = max(events[-1].at, moment(day, 8 + hour))
        late = pick(range(10)) == 0
        events.append(Happened(last, status, due, ended, moment(day + timedelta(days=9)) if late else None))
    return History(channel, received, tuple(events), field, unit)


@st.composite
def lives(draw: st.DrawFn) -> History:
    return a_life(lambda options: draw(st.sampled_from(options)))


_DAYS = st.integers(0, 100).map(lambda n: DAY_ONE + timedelta(days=n))
_PERIODS = st.tuples(_DAYS, st.integers(0, 60)).map(lambda p: (p[0], p[0] + timedelta(days=p[1])))


class AnyHistory(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(lives(), min_size=1, max_size=25), _PERIODS, st.none() | st.integers(0, 60))
    def test_the_sql_counts_what_a_person_counts_and_opens_it(
        self, histories: list[History], period: tuple[date, date], known_after: int | None
    ) -> None:
        start, end = period
        known = end + timedelta(days=known_after) if known_after is not None else None
        ids = Ground().write(histories)
        form = form06(SYSTEM, start, end, today=TODAY, known_on=known)
        assert form.total.as_dict() == counted(histories, start, end, known)
        assert all(true for _, true in form.identities)
        behind = dict(zip(ids, (cells_of(one, start, end, known) for one in histories), strict=True))
        for column in COLUMNS:
            expected = {pk for pk, cells in behind.items() if column.code in cells}
            rows = list(_opened(form.question, "", column.code))
            assert {row.id for row in rows} == expected
            assert [(row.received_on, row.id) for row in rows] == sorted(
                (row.received_on, row.id) for row in rows
            )

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(lives(), min_size=5, max_size=25), _PERIODS, st.sampled_from(OF_THE_FORM))
    def test_every_cell_of_every_row_opens_as_many_dossiers_as_it_says(
        self, histories: list[History], period: tuple[date, date], by: By
    ) -> None:
        ground = Ground()
        ground.write(histories)
        leader = Actor(1, "Lãnh đạo sở", "leader", "", (Held("leader", ground.units[0].pk),))
        for actor in (SYSTEM, leader):
            form = form06(actor, *period, today=TODAY, by=by)
            for row in form.rows:
                for column in COLUMNS:
                    page = form06_records(
                        actor, form.question, by=by, key=row.key, column=column.code, today=TODAY, limit=100
                    )
                    assert len(page.rows) == getattr(row.counts, column.code)

    @settings(max_examples=200, deadline=None)
    @given(lives(), _PERIODS)
    def test_the_conditions_in_python_say_what_a_person_says(
        self, history: History, period: tuple[date, date]
    ) -> None:
        start, end = period
        now = state_at(history, end)
        if now is None or history.received_on is None:
            return
        state = State(history.received_on, history.channel, now.status, now.due_on, now.ended_on)
        within = holds(COUNTED, state, start, end)
        found = [c.code for c in COLUMNS if within and holds(c.condition, state, start, end)]
        assert sorted(found) == sorted(cells_of(history, start, end))


def _opened(question: Question, key: str, column: str) -> list[Record]:
    """By pages of twenty, and by the export: the same rows."""
    rows: list[Record] = []
    cursor = ""
    while True:
        page = form06_records(
            SYSTEM, question, by=By.FORM, key=key, column=column, cursor=cursor, today=TODAY, limit=PAGE
        )
        rows.extend(page.rows)
        cursor = page.next
        if not cursor:
            break
    with transaction.atomic():
        exported = list(
            export_form06_records(SYSTEM, question, by=By.FORM, key=key, column=column, today=TODAY)
        )
    assert exported == rows
    return rows


@pytest.mark.django_db
def test_six_hundred_lives_over_many_periods() -> None:
    """Each period cuts through lives that went on after it: what counts is the log, not the row of today."""
    rng = random.Random(20261121)
    histories = [a_life(rng.choice) for _ in range(600)]
    Ground().write(histories)
    moved = 0
    for _ in range(25):
        start = DAY_ONE + timedelta(days=rng.randrange(90))
        end = start + timedelta(days=rng.randrange(40))
        known = rng.choice((None, None, end, end + timedelta(days=5)))
        form = form06(SYSTEM, start, end, today=TODAY, known_on=known)
        assert form.total.as_dict() == counted(histories, start, end, known), (start, end, known)
        assert form.total.c3 == sum(len(list(_opened(form.question, "", c))) for c in ("c4", "c5", "c6"))
        now = form06(SYSTEM, start, end, today=TODAY, as_of=TODAY)
        moved += sum(
            state_at(one, end) != one.events[-1] and bool(cells_of(one, start, end)) for one in histories
        )
        assert known is not None or now.total == form.total
    assert moved > 1000  # the log was really needed


@pytest.mark.django_db
@pytest.mark.parametrize("by", [By.CHANNEL, By.PROCEDURE, By.MONTH])
def test_a_grouping_the_form_has_not_is_refused(by: By) -> None:
    with pytest.raises(Refused, match="Biểu 06 không chia theo"):
        form06(SYSTEM, DAY_ONE, DAY_ONE, today=TODAY, by=by)


@pytest.mark.django_db
def test_an_official_counts_only_what_the_predicate_lets_through() -> None:
    ground = Ground()
    life = History(1, DAY_ONE, (Happened(moment(DAY_ONE), 2, DAY_ONE),))
    ground.write([life, History(1, DAY_ONE, life.events, unit=1), History(1, DAY_ONE, life.events, unit=2)])
    period = (DAY_ONE, DAY_ONE)

    def total(actor: Actor) -> int:
        return form06(actor, *period, today=TODAY).total.c3

    assert total(SYSTEM) == 3
    assert total(Actor(1, held=(Held("leader", ground.province.pk),))) == 3
    assert total(Actor(2, held=(Held("specialist", ground.units[0].pk),))) == 1
    assert total(Actor(3, held=(Held("admin", ground.province.pk),))) == 0
    assert total(Actor()) == 0

"""What holds for every term on every calendar, searched for counterexamples by Hypothesis."""

from datetime import date, datetime
from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from congvu.foundation.workdays import (
    Closure,
    Day,
    DayKind,
    Direction,
    Extension,
    OfficeHours,
    Pause,
    PausePolicy,
    Role,
    StartPolicy,
    Term,
    Unit,
    calendar_for,
    due,
)
from congvu.foundation.workdays.days import add_days, add_minutes, days_between, next_day, previous_day
from congvu.foundation.workdays.rules.bulk import BulkTable, due_bulk

settings.register_profile(
    "workdays", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("workdays")

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
MINUTES = (datetime(2027, 12, 31) - datetime(2024, 1, 1)).days * 24 * 60
MOMENTS = st.integers(0, MINUTES).map(lambda n: add_minutes(datetime(2024, 1, 1), n))
LENGTHS = st.integers(1, 60)
DAY_UNITS = st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR])
ANY_UNIT = st.sampled_from([*Unit])
POLICIES = st.sampled_from([*StartPolicy])
HOURS = st.sampled_from(
    [
        OfficeHours(),
        OfficeHours(((450, 690), (780, 1020))),
        OfficeHours(((480, 720),), saturday=((480, 660),), saturday_counts=True),
    ]
)


@st.composite
def calendars(draw):
    """The legal calendar with some days of 2024-2027 decided otherwise, a closure, and one of three office hours."""
    decided = draw(
        st.dictionaries(
            DAYS, st.sampled_from([DayKind.LE, DayKind.LAM_VIEC, DayKind.HOAN_DOI_LAM]), max_size=12
        )
    )
    first = draw(DAYS)
    closures = draw(
        st.sampled_from(
            [
                (),
                (Closure(first, add_days(first, 2), "Bão", "CĐ"),),
                (Closure(first, first, "Mất điện", "CĐ", 500, 900),),
            ]
        )
    )
    edits = [Day(day, kind, "thử", "QĐ") for day, kind in decided.items()]
    return calendar_for((2023, 2028), edits=edits, closures=closures, hours=draw(HOURS))


@st.composite
def ledgers(draw):
    """A start and up to three pauses in order, of any policies."""
    start = draw(MOMENTS)
    moment, pauses = start, []
    for _ in range(draw(st.integers(0, 3))):
        since = add_minutes(moment, draw(st.integers(0, 20_000)))
        moment = add_minutes(since, draw(st.integers(0, 20_000)))
        pauses.append(Pause(since, moment, draw(st.sampled_from([*PausePolicy]))))
    return start, pauses


@given(calendars(), DAYS, DAYS, LENGTHS, DAY_UNITS)
def test_a_later_start_is_never_due_earlier(calendar, one, other, n, unit):
    term = Term(n, unit)
    first, second = sorted((one, other))
    assert due(first, term, calendar).date <= due(second, term, calendar).date


@given(calendars(), MOMENTS, LENGTHS, ANY_UNIT)
def test_a_longer_term_is_never_due_earlier(calendar, start, n, unit):
    assume(unit is not Unit.SAME_DAY)
    shorter, longer = due(start, Term(n, unit), calendar), due(start, Term(n + 1, unit), calendar)
    assert (shorter.moment or shorter.date) <= (longer.moment or longer.date)


@given(calendars(), DAYS, LENGTHS)
def test_working_days_forward_and_backward_agree(calendar, start, n):
    day = calendar.roll(start)
    there = due(day, Term(n, Unit.WORKING_DAY), calendar).date
    assert due(there, Term(n, Unit.WORKING_DAY, Direction.BACKWARD), calendar).date == day
    assert calendar.working_days_between(day, there) == n == -calendar.working_days_between(there, day)


@given(calendars(), MOMENTS, LENGTHS)
def test_working_hours_forward_and_backward_agree(calendar, start, n):
    there = due(start, Term(n, Unit.WORKING_HOUR), calendar).moment
    back = due(there, Term(n, Unit.WORKING_HOUR, Direction.BACKWARD), calendar).moment
    table = calendar.minute_table()
    assert back == table.snap(start)
    assert table.worked(start, there) == n * 60


@given(calendars(), MOMENTS, LENGTHS, ANY_UNIT, POLICIES, st.sampled_from([*Direction]))
def test_the_explanation_sums_to_the_result(calendar, start, n, unit, policy, direction):
    assume(unit is not Unit.SAME_DAY or direction is Direction.FORWARD)
    term = Term(_sensible(n, unit), unit, direction)
    found = due(start, term, calendar, policy=policy)
    _explained(found)
    _counted(found, calendar)


@given(calendars(), ledgers(), LENGTHS, ANY_UNIT, POLICIES, st.none() | st.integers(1, 20))
def test_with_pauses_and_an_extension_the_explanation_still_sums(calendar, ledger, n, unit, policy, extended):
    start, pauses = ledger
    extension = Extension(by=Term(extended, Unit.WORKING_DAY)) if extended else None
    term = Term(_sensible(n, unit), unit)
    found = due(start, term, calendar, policy=policy, pauses=pauses, extension=extension)
    _explained(found)
    _counted(found, calendar)
    assert len(found.moves) == len([p for p in pauses if p.until > start]) + bool(extension)
    for one, following in pairwise(found.moves):
        assert one.after == following.before
    if found.moves:
        assert found.moves[0].before == (found.first_moment or found.first_date)
        assert found.moves[-1].after == (found.moment or found.date)


def _sensible(n, unit):
    """No term of 60 years: its explanation has 20,000 lines, and backwards it leaves the calendar."""
    return {Unit.SAME_DAY: 1, Unit.YEAR: min(n, 3), Unit.MONTH: min(n, 14)}.get(unit, n)


def _explained(found):
    """One line a day without a gap, from the start to the due day; only counted days are numbered, 1, 2, 3…"""
    step = previous_day if found.term.backward else next_day
    assert found.trace[0].date == found.start.date()
    for one, following in pairwise(found.trace):
        assert following.date == step(one.date)
    assert found.trace[-1].date == found.date
    counted = [line for line in found.trace if line.counts]
    assert [line.number for line in counted] == list(range(1, len(counted) + 1))
    assert all(line.number is None for line in found.trace if not line.counts)
    assert all(line.why for line in found.trace)
    assert all((line.role is Role.TERM) == line.counts for line in found.trace)


def _counted(found, calendar):
    """The counted days (minutes) are the term."""
    counted, unit, n = [line for line in found.trace if line.counts], found.term.unit, found.term.n
    if unit.in_minutes:
        assert sum(line.minutes for line in counted) == n * 60
    elif unit in (Unit.MONTH, Unit.YEAR):
        anchor = previous_day(counted[0].date) if not found.term.backward else next_day(counted[0].date)
        assert len(counted) == abs(days_between(anchor, counted[-1].date))
    else:
        assert len(counted) == n * (7 if unit is Unit.WEEK else 1)
    if unit in (Unit.WORKING_DAY, Unit.SAME_DAY):
        assert all(calendar.works(line.date) for line in counted)


@given(calendars(), ledgers(), LENGTHS, DAY_UNITS)
def test_an_extending_pause_never_shortens_and_a_forward_term_ends_on_a_working_day(
    calendar, ledger, n, unit
):
    start, pauses = ledger
    extending = [p for p in pauses if p.policy is not PausePolicy.RESTART]
    found = due(start, Term(n, unit), calendar, pauses=extending)
    assert found.date >= found.first_date
    assert calendar.works(found.date)


@given(calendars(), ledgers(), LENGTHS, DAY_UNITS)
def test_after_a_restart_only_what_follows_it_counts(calendar, ledger, n, unit):
    start, pauses = ledger
    assume(pauses and pauses[-1].until > start)
    last = Pause(pauses[-1].since, pauses[-1].until, PausePolicy.RESTART)
    again = due(last.until, Term(n, unit), calendar).date
    assert due(start, Term(n, unit), calendar, pauses=[*pauses[:-1], last]).date == again


@given(calendars(), st.lists(st.tuples(DAYS, LENGTHS), min_size=1, max_size=30), DAY_UNITS, st.booleans())
def test_in_bulk_the_answers_are_the_same(calendar, asked, unit, backward):
    starts = np.array([day for day, _ in asked], dtype="datetime64[D]")
    n = np.array([min(n, 3) if unit is Unit.YEAR else n for _, n in asked])
    found = due_bulk(starts, n, unit, calendar, backward=backward)
    direction = Direction.BACKWARD if backward else Direction.FORWARD
    for (day, _), length, answer in zip(asked, n, found, strict=True):
        assert answer.astype(object) == due(day, Term(int(length), unit, direction), calendar).date


@given(calendars(), st.lists(st.tuples(MOMENTS, LENGTHS), min_size=1, max_size=30))
@settings(max_examples=40)  # each example lays out every minute of six years
def test_in_bulk_hours_and_hand_over_days_are_the_same(calendar, asked):
    table = BulkTable(calendar, 2023, 2028)
    starts = np.array([moment for moment, _ in asked], dtype="datetime64[m]")
    ends = table.due_hours(starts, np.array([n for _, n in asked]))
    anchors = {policy: table.anchors(starts, policy) for policy in StartPolicy}
    for i, (moment, n) in enumerate(asked):
        assert ends[i].astype(object) == due(moment, Term(n, Unit.WORKING_HOUR), calendar).moment
        for policy, days in anchors.items():
            term = Term(n, Unit.WORKING_DAY)
            assert (
                due(moment, term, calendar, policy=policy).date
                == due(days[i].astype(object), term, calendar).date
            )

"""People follow their units: nobody is lost and nobody counted twice, whatever the events and their order."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.config.wiring import REACTIONS
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.happenings.actions import work_off
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rename import rename
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.bring_back import bring_back
from congvu.people.models import Appointment
from congvu.people.queries.present import present
from congvu.people.rules.codes import CIVIL, CONCURRENT
from congvu.people.tests.make import a_person, post

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)
AT = datetime(2026, 6, 20, 9, tzinfo=LEGAL_ZONE)
PAPER = Decision("120/NQ-HĐND", date(2026, 6, 15), "HĐND tỉnh")


def total(on: date) -> int:
    return sum(sum(pools.values()) for pools in present(None, on).values())


def test_people_go_with_a_unit_that_is_merged_and_the_log_says_why() -> None:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    old, into = a_unit("H99.09", "Sở Lao động", root), a_unit("H99.08", "Sở Nội vụ", root)
    made = a_person(old, posts=(post(old, "Trưởng phòng"),))
    a_person(into, "Trần Văn Nam")
    merge([old.pk], into.pk, effective=DAY, decision=PAPER, by=SYSTEM, at=AT)
    for _ in range(2):  # told twice, moved once
        work_off(REACTIONS, at=AT)
    assert present(None, date(2026, 6, 30)) == {old.pk: {CIVIL: 1}, into.pk: {CIVIL: 1}}
    assert present(None, DAY) == {into.pk: {CIVIL: 2}}
    now = Appointment.objects.get(person=made, superseded_at=None, valid_to=None)
    assert (now.unit_id, now.position, now.valid_from, now.decision_number) == (
        into.pk, "Trưởng phòng", DAY, "120/NQ-HĐND",
    )  # fmt: skip


def test_a_post_that_begins_after_the_merge_begins_in_the_heir() -> None:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    old, into = a_unit("H99.09", "Sở Lao động", root), a_unit("H99.08", "Sở Nội vụ", root)
    a_person(old, posts=(post(old, valid_from=date(2026, 9, 1)),))
    merge([old.pk], into.pk, effective=DAY, decision=PAPER, by=SYSTEM, at=AT)
    work_off(REACTIONS, at=AT)
    assert present(None, date(2026, 8, 31)) == {}
    assert present(None, date(2026, 9, 1)) == {into.pk: {CIVIL: 1}}


def test_the_people_of_a_unit_without_an_heir_stay_for_a_decision(
    make_person: Any, visit: Any, frozen_clock: Any
) -> None:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    old = a_unit("H99.09", "Ban Dân tộc", root)
    a_person(old)
    keeper = make_person("personnel", root)
    dissolve(old.pk, under={}, effective=DAY, decision=PAPER, by=SYSTEM, at=AT)
    work_off(REACTIONS, at=AT)
    assert present(None, DAY) == {old.pk: {CIVIL: 1}}
    page = visit(keeper).get("/nhan-su/cho-sap-xep/").content.decode()
    assert "Nguyễn Thị Hạnh" in page and "Ban Dân tộc" in page and "01/07/2026" in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    events=st.lists(
        st.tuples(
            st.sampled_from(("merge", "new", "rename")),
            st.integers(0, 9),
            st.integers(0, 9),
            st.integers(0, 40),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_sequence_of_events_loses_or_doubles_anyone(
    events: list[tuple[str, int, int, int]], db: Any
) -> None:
    from django.db import transaction

    class Back(Exception):
        pass

    with pytest.raises(Back), transaction.atomic():
        _play(events)
        raise Back


def _play(events: list[tuple[str, int, int, int]]) -> None:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    units = [a_unit(f"H99.{n:02d}", f"Sở {n}", root).pk for n in range(1, 6)]
    for n, unit in enumerate(units):
        for _ in range(n + 1):
            a_person(unit, at=AT)
    days = [date(2026, 7, 1)]
    before = total(days[0])
    for place, (kind, one, other, gap) in enumerate(events):
        day = date.fromordinal(days[-1].toordinal() + gap)
        source, target = units[one % len(units)], units[other % len(units)]
        if kind == "rename":
            rename(source, f"Sở mới {place}", effective=day, decision=PAPER, by=SYSTEM, at=AT)
        elif source != target and len(units) > 1:
            into: int | NewUnit = target
            if kind == "new":
                into = NewUnit(f"H99.5{place}", f"Sở hợp nhất {place}", "SO", "TINH", root.pk)
            event = merge(
                [source] if kind == "merge" else [source, target],
                into,
                effective=day,
                decision=PAPER,
                by=SYSTEM,
                at=AT,
            )
            gone = {source} if kind == "merge" else {source, target}
            units[:] = [unit for unit in units if unit not in gone]
            if kind == "new":
                units.append(event.parts.get(side="TO").unit_id)
        work_off(REACTIONS, at=AT)
        days.append(day)
    for day in days:
        assert total(day) == before == 15
    here = present(None, days[-1])
    assert set(here) <= set(units), "nobody is left in a unit that is no more"


def test_someone_with_a_post_beside_the_full_one_comes_back_with_both_when_the_event_is_undone() -> None:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    old, into = a_unit("H99.09", "Sở Lao động", root), a_unit("H99.08", "Sở Nội vụ", root)
    held = (post(old, "Trưởng phòng"), post(old, "Trưởng ban", kind=CONCURRENT))
    a_person(old, posts=held)
    event = merge([old.pk], into.pk, effective=DAY, decision=PAPER, by=SYSTEM, at=AT)
    work_off(REACTIONS, at=AT)
    back = datetime(2026, 7, 2, 9, tzinfo=LEGAL_ZONE)
    assert bring_back(event.pk, into.pk, old.pk, why="QĐ 80/QĐ-UBND", at=back) == 2
    now = Appointment.objects.filter(superseded_at=None).order_by("kind")
    assert [(one.unit_id, one.position, one.kind, one.valid_to) for one in now] == [
        (old.pk, "Trưởng ban", CONCURRENT, None), (old.pk, "Trưởng phòng", "full", None),
    ]  # fmt: skip
    assert bring_back(event.pk, into.pk, old.pk, why="QĐ 80/QĐ-UBND", at=back) == 0

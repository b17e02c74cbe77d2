"""Numbers laid on the map of another day: nothing is lost, nothing is guessed, on any history."""

import os
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.organisation.rules.mapping import Laid, Road, Why
from congvu.organisation.rules.picture import Flow, Picture, Span
from congvu.organisation.rules.succession import successors

MANY = int(os.environ.get("CONGVU_EXAMPLES", "200"))
DAYS = [date(2020 + month // 12, month % 12 + 1, 1) for month in range(0, 60, 6)]
FIRST, LAST = date(2019, 1, 1), date(2030, 1, 1)
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@dataclass
class World:
    """A history written by hand: units from a day to a day, and what they handed on."""

    since: dict[int, date] = field(default_factory=dict)
    until: dict[int, date] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    events: int = 0

    def unit(self, unit: int, day: date = FIRST) -> int:
        self.since[unit] = day
        return unit

    def standing(self, day: date) -> list[int]:
        return [one for one, since in self.since.items() if since <= day and one not in self.until]

    def merge(self, day: date, sources: list[int], into: int) -> None:
        self.events += 1
        for one in sources:
            self.flows.append(Flow(self.events, one, into, day, Fraction(1), True))
            self.until[one] = day

    def split(self, day: date, source: int, shares: dict[int, Fraction | None], *, ceases: bool) -> None:
        self.events += 1
        self.flows += [Flow(self.events, source, to, day, share, ceases) for to, share in shares.items()]
        if ceases:
            self.until[source] = day

    def picture(self) -> Picture:
        spans = (
            Span(one, f"H99.{one}", f"Đơn vị {one}", "", None, "TINH", "SO", "", since, self.until.get(one))
            for one, since in self.since.items()
        )
        return Picture(spans, self.flows)


def laid(world: World, then: date, on: date, rows: dict[int, list[int]]) -> dict[int, Laid]:
    return {one.unit_id: one for one in Road(world.picture(), then, on).lay(rows)}


def test_what_went_whole_into_another_stays_whole_numbers() -> None:
    world = World()
    for unit in (1, 2, 3):
        world.unit(unit)
    world.merge(DAYS[2], [1, 2], 3)
    found = laid(world, DAYS[0], DAYS[3], {1: [7, 1], 2: [5, 0], 3: [1, 1]})
    assert found[3].numbers == (13, 2) and all(isinstance(n, int) for n in found[3].numbers)
    assert list(found) == [3] and not found[3].divided and found[3].moved
    assert laid(world, DAYS[0], DAYS[1], {1: [7]})[1].numbers == (7,), "the merger lies after the map's day"


def test_a_divided_unit_gives_by_exact_shares_and_says_so() -> None:
    world = World()
    for unit in (1, 2, 3):
        world.unit(unit)
    world.split(DAYS[2], 1, {2: THIRD, 3: 1 - THIRD}, ceases=True)
    found = laid(world, DAYS[0], DAYS[3], {1: [10], 2: [1]})
    assert found[2].numbers == (Fraction(13, 3),) and found[3].numbers == (Fraction(20, 3),)
    assert found[2].divided and [one.share for one in found[2].origins] == [THIRD, 1]


def test_a_share_nobody_told_is_not_guessed() -> None:
    world = World()
    for unit in (1, 2, 3):
        world.unit(unit)
    world.split(DAYS[2], 1, {2: None, 3: None}, ceases=True)
    found = laid(world, DAYS[0], DAYS[3], {1: [10]})
    assert found[1].numbers == (10,) and found[1].whys == (Why.UNDIVIDED,)


def test_a_unit_that_gave_a_part_and_ended_later_keeps_what_nobody_told() -> None:
    world = World()
    for unit in (1, 2, 3):
        world.unit(unit)
    world.split(DAYS[1], 1, {2: HALF}, ceases=False)
    world.merge(DAYS[3], [1], 3)
    found = laid(world, DAYS[0], DAYS[4], {1: [3]})
    assert found[2].numbers == (Fraction(3, 2),) and found[3].numbers == (Fraction(3, 2),)
    assert laid(world, DAYS[2], DAYS[4], {1: [3]})[3].numbers == (3,), "the split lies before the day told"


def test_numbers_of_a_unit_that_ended_within_the_period_go_where_it_went() -> None:
    world = World()
    for unit in (1, 2):
        world.unit(unit)
    world.merge(DAYS[1], [1], 2)
    found = laid(world, DAYS[2], DAYS[4], {1: [3], 2: [4]})
    assert found[2].numbers == (7,)
    assert laid(world, DAYS[2], DAYS[0], {1: [3]})[1].numbers == (3,), "on an earlier map it is itself"


def test_an_earlier_map_takes_back_only_what_was_made_of_one_unit() -> None:
    world = World()
    for unit in (1, 2, 3):
        world.unit(unit)
    world.unit(4, DAYS[2])
    world.unit(5, DAYS[2])
    world.split(DAYS[2], 1, {4: HALF, 5: HALF}, ceases=True)
    world.unit(6, DAYS[2])
    world.merge(DAYS[2], [2, 3], 6)
    world.unit(7, DAYS[3])
    world.merge(DAYS[4], [7], 5)
    rows = {4: [1], 6: [4], 7: [8]}
    found = laid(world, DAYS[3], DAYS[1], rows)
    assert found[1].numbers == (1,) and found[6].whys == (Why.LATER,) and found[7].whys == (Why.LATER,)
    assert laid(world, DAYS[5], DAYS[3], {5: [9]})[5].whys == (Why.GREW,)


def test_a_unit_dissolved_without_a_successor_keeps_its_numbers() -> None:
    world = World()
    world.unit(1)
    world.until[1] = DAYS[1]
    assert laid(world, DAYS[0], DAYS[2], {1: [5]})[1].whys == (Why.ENDED,)


@st.composite
def worlds(draw: st.DrawFn, *, told: bool = False, merges_only: bool = False) -> World:
    world = World()
    for unit in range(1, 8):
        world.unit(unit)
    kinds = ["merge", "fresh"] if merges_only else ["merge", "fresh", "chia", "tach", "end"]
    for number, day in enumerate(sorted(draw(st.lists(st.sampled_from(DAYS[1:-1]), max_size=9))), start=20):
        order = draw(st.permutations(world.standing(day)))
        if len(order) < 4:
            break
        one, other, third = order[:3]
        unknown = not told and draw(st.integers(0, 4)) == 0
        share = Fraction(draw(st.integers(1, 6)), 7)
        match draw(st.sampled_from(kinds)):
            case "merge":
                world.merge(day, [one, other], third)
            case "fresh":
                world.merge(day, [one, other], world.unit(number, day))
            case "chia":
                shares = {world.unit(number, day): None if unknown else share, other: 1 - share}
                world.split(day, one, shares, ceases=True)
            case "tach":
                world.split(day, one, {other: None if unknown else share}, ceases=False)
            case "end" if not told:
                world.until[one] = day
    return world


ROWS = st.dictionaries(st.integers(1, 7), st.lists(st.integers(0, 999), min_size=3, max_size=3), min_size=1)
A_DAY = st.sampled_from([FIRST, *DAYS, LAST])


@given(worlds(), A_DAY, A_DAY, ROWS)
@settings(max_examples=MANY, deadline=None)
def test_the_total_before_is_the_total_after(
    world: World, then: date, on: date, rows: dict[int, list[int]]
) -> None:
    found = laid(world, then, on, rows)
    for column in range(3):
        assert sum(one.numbers[column] for one in found.values()) == sum(row[column] for row in rows.values())
    known = world.picture()
    for unit, one in found.items():
        assert one.whys or known.at(unit, on) is not None, "who is not on the map says why it is shown"
    for source in rows:
        assert sum(place.share for place in Road(known, then, on).places(source)) == 1


@given(worlds(merges_only=True), A_DAY, A_DAY, ROWS)
@settings(max_examples=MANY, deadline=None)
def test_mergers_never_make_a_fraction(
    world: World, then: date, on: date, rows: dict[int, list[int]]
) -> None:
    for one in laid(world, then, on, rows).values():
        assert all(isinstance(number, int) for number in one.numbers) and not one.divided


@given(worlds(told=True), ROWS, st.tuples(A_DAY, A_DAY))
@settings(max_examples=MANY, deadline=None)
def test_two_maps_one_after_the_other_are_the_later_one(
    world: World, rows: dict[int, list[int]], days: tuple[date, date]
) -> None:
    middle, on = sorted(days)
    known = world.picture()
    halfway = {one.unit_id: one.numbers for one in Road(known, FIRST, middle).lay(rows)}
    twice = {one.unit_id: one.numbers for one in Road(known, middle, on).lay(halfway)}
    assert twice == {one.unit_id: one.numbers for one in Road(known, FIRST, on).lay(rows)}
    for source in rows:
        told = {one.unit_id: one.share for one in successors(known, source, on)}
        assert {place.unit_id: place.share for place in Road(known, FIRST, on).places(source)} == told

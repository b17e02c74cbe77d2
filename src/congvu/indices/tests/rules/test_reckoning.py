"""What always holds of a reckoned sheet, searched."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.refusal import Refused
from congvu.indices.rules.cells import Got, given_score, own_score
from congvu.indices.rules.numbers import fixed, half_up, read_decimal, written
from congvu.indices.rules.results import compared, lifts, ranks
from congvu.indices.rules.scoring import Deduction, Given, Linear, Mean, Ratio, read_rule
from congvu.indices.rules.sets import read_table, table_of
from congvu.indices.rules.tree import EXCLUDE, SPREAD, Node, reckon

quarters = st.integers(0, 16).map(lambda n: Fraction(n, 4))


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Node], dict[str, Got]]:
    """Two to four areas with one to four criteria, each scored, not scored, or not occurred."""
    nodes: list[Node] = []
    gots: dict[str, Got] = {}
    for area in range(1, draw(st.integers(2, 4)) + 1):
        below: list[Node] = []
        for nth in range(1, draw(st.integers(1, 4)) + 1):
            node = Node(f"{area}.{nth}", "x", draw(st.integers(1, 4)) + Fraction(0), read_rule("chấm"))
            below.append(node)
            kind = draw(st.sampled_from(["points", "points", "nothing", "missing"]))
            if kind == "nothing":
                gots[node.code] = Got(None, nothing=True)
            elif kind == "points":
                gots[node.code] = Got(min(draw(quarters), node.maximum or Fraction(0)))
        most = sum((one.maximum or Fraction(0) for one in below), Fraction(0))
        nodes += [Node(str(area), "x", most), *below]
    return nodes, gots


@given(sheets(), st.sampled_from([EXCLUDE, SPREAD]))
def test_a_result_lies_between_nothing_and_everything_and_its_areas_make_it(made, policy: str) -> None:  # type: ignore[no-untyped-def]
    nodes, gots = made
    told = reckon(nodes, gots, policy)
    assert sum((line.points or 0 for line in told.areas), Fraction(0)) == told.points
    assert sum((line.counted for line in told.areas), Fraction(0)) == told.counted
    assert told.index is None or 0 <= told.index <= 100
    assert (told.index is None) == all(got.points is None for got in gots.values())


@given(sheets())
def test_what_lifts_is_what_reckoning_again_gives_and_the_best_stands_first(made) -> None:  # type: ignore[no-untyped-def]
    nodes, gots = made
    found = lifts(nodes, gots, EXCLUDE)
    base = reckon(nodes, gots).index or Fraction(0)
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
    for one in found:
        assert reckon(nodes, {**gots, one.node.code: Got(one.maximum)}).index == base + one.gain


@given(sheets())
def test_a_year_compared_with_itself_changed_nothing(made) -> None:  # type: ignore[no-untyped-def]
    nodes, gots = made
    told = compared(reckon(nodes, gots), reckon(nodes, gots))
    assert (told.only_before, told.only_now) == ((), ())
    assert told.change in (None, 0)


@given(st.dictionaries(st.integers(1, 9), st.none() | quarters, max_size=9))
def test_ranks_leave_out_as_many_as_share(values: dict[int, Fraction | None]) -> None:
    found = ranks(values, 2)
    assert set(found) == {key for key, value in values.items() if value is not None}
    for key, rank in found.items():
        assert rank == 1 + sum((values[other] or 0) > (values[key] or 0) for other in found)


@given(st.fractions(0, 100, max_denominator=1000))
def test_a_number_as_shown_is_read_as_the_same(value: Fraction) -> None:
    assert read_decimal(written(value)) == half_up(value, 2)
    assert read_decimal(fixed(value, 2)) == half_up(value, 2)


@given(sheets())
def test_a_table_typed_and_read_is_the_same_table(made) -> None:  # type: ignore[no-untyped-def]
    nodes, _ = made
    read = read_table(table_of(nodes))
    assert read.problems == ()
    assert list(read.nodes) == nodes


def test_what_is_read_is_what_is_meant() -> None:
    half = Fraction(1, 4)
    for rule, text in (
        (Mean(), "2,04"),
        (Mean(), "4,1/2"),
        (Given(), "1e5"),
        (Given(), "1/3"),
        (Given(), "٣"),
    ):
        with pytest.raises(Refused):
            own_score(rule, None if isinstance(rule, Given) else Fraction(2), half, text)
    assert given_score(
        Mean(), Fraction(2), half, "1,84", own_score(Mean(), Fraction(2), half, "")
    ).points == Fraction(18, 10)
    assert own_score(Given(), None, half, "-1.914581").points == Fraction("-1.914581")
    for text in ("tỷ lệ từ 80 đến 100", "trừ 1 đến 2"):
        with pytest.raises(Refused):
            read_rule(text)
    for rule in (
        Deduction(Fraction(1, 8)),
        Ratio(Fraction(80125, 1000)),
        Linear(Fraction(1, 8), Fraction(3)),
    ):
        assert read_rule(rule.words) == rule
    assert "chỉ dùng cho chỉ số nạp từ tệp" in read_table("1; Ngoài; ; ngoài").problems[0]


def test_an_area_that_keeps_its_maximum_lifts_no_criterion_above_its_own() -> None:
    rule = read_rule("chấm")
    nodes = [
        Node("1", "x", Fraction(4)), Node("1.1", "x", Fraction(2), rule), Node("1.2", "x", Fraction(2), rule),
    ]  # fmt: skip
    told = reckon(nodes, {"1.1": Got(Fraction(2)), "1.2": Got(None, nothing=True)}, SPREAD)
    assert [(line.points, line.counted) for line in told.lines] == [(4, 4), (2, 2), (None, 0)]


def test_a_simulation_of_points_gains_points() -> None:
    nodes = [Node("1", "x", Fraction(4), read_rule("chấm")), Node("2", "x", Fraction(4), read_rule("chấm"))]
    gots = {"1": Got(Fraction(3)), "2": Got(Fraction(4))}
    assert [lift.gain for lift in lifts(nodes, gots, EXCLUDE, "points")] == [1]
    assert [lift.gain for lift in lifts(nodes, gots, EXCLUDE)] == [Fraction(25, 2)]


def test_two_criteria_of_one_origin_count_it_once() -> None:
    rule = read_rule("chấm")
    before = reckon([Node("1", "x", Fraction(2), rule)], {"1": Got(Fraction(1))})
    later = [Node("1", "a", Fraction(2), rule, same_as="1"), Node("2", "b", Fraction(2), rule, same_as="1")]
    told = compared(before, reckon(later, {"1": Got(Fraction(2)), "2": Got(Fraction(2))}))
    assert ([one.code for one in told.common], [one.code for one in told.only_now]) == (["1"], ["2"])

"""The golden examples 12.3 and 12.4, as a jurist reads them."""

from fractions import Fraction

import pytest

from congvu.foundation.refusal import Refused
from congvu.indices.rules.cells import Got, given_score, own_score
from congvu.indices.rules.numbers import fixed
from congvu.indices.rules.scoring import Survey, read_rule
from congvu.indices.rules.sets import band_of, problems_of, read_bands, read_table
from congvu.indices.rules.sheet import gots_of
from congvu.indices.rules.starter.all import STARTERS
from congvu.indices.rules.starter.one_stop import OFFICER, OFFICER_BANDS, ONE_STOP
from congvu.indices.rules.tree import ASK, EXCLUDE, SPREAD, Node, reckon

TWO, QUARTER = Fraction(2), Fraction(1, 4)
BANDS = read_bands(ONE_STOP.bands)


@pytest.mark.parametrize(
    ("stated", "points"),
    [("100/100", "2,00"), ("92/100", "1,84"), ("80/100", "1,60"), ("7999/10000", "0,00"), ("92%", "1,84")],
)
def test_a_share_from_80_percent_is_paid_in_line_and_nothing_below(stated: str, points: str) -> None:
    got = own_score(read_rule("tỷ lệ từ 80"), TWO, QUARTER, stated)
    assert got.points is not None
    assert fixed(got.points, 2) == points


def test_a_share_of_nothing_is_told_as_nothing_and_leaves_the_maximum() -> None:
    got = own_score(read_rule("tỷ lệ từ 80"), TWO, QUARTER, "0/0")
    assert got == Got(None, nothing=True)
    nodes = [_leaf("1.1", 2), _leaf("1.2", 2), _leaf("2.1", 4)]
    areas = [Node("1", "A", Fraction(4)), *nodes[:2], Node("2", "B", Fraction(4)), nodes[2]]
    gots = {"1.1": got, "1.2": Got(Fraction(1)), "2.1": Got(Fraction(4))}
    left_out, spread = reckon(areas, gots, EXCLUDE), reckon(areas, gots, SPREAD)
    assert (left_out.points, left_out.counted, left_out.excluded) == (5, 6, ("1.1",))
    assert (spread.points, spread.counted) == (6, 8)
    assert reckon(areas, gots, ASK).missing == (("1.1", "không phát sinh: hội đồng cho điểm"),)


def test_the_nine_indices_of_a_one_stop_unit_come_to_14_6_which_is_good() -> None:
    nodes = read_table(ONE_STOP.table).nodes
    typed = dict(zip("123456789", ("1,8", "1,7", "1,6", "1,0", "1", "2", "1,5", "100%", "2"), strict=True))
    cells = {code: {"self": text} for code, text in typed.items()}
    told = reckon(nodes, gots_of(nodes, cells, Fraction(1)))
    assert fixed(told.points, 1) == "14,6"
    assert band_of(BANDS, told.points, 1) == "tốt"
    officer = sum(line.points or 0 for line in told.lines if line.node.code in OFFICER)
    assert officer == Fraction(76, 10)


@pytest.mark.parametrize(
    ("points", "band"),
    [("15", "xuất sắc"), ("14.9", "tốt"), ("12", "tốt"), ("11.9", "khá"), ("9", "khá"), ("6", "trung bình"), ("5.9", "yếu")],
)  # fmt: skip
def test_a_band_begins_with_its_number(points: str, band: str) -> None:
    assert band_of(BANDS, Fraction(points), 1) == band


@pytest.mark.parametrize(
    ("points", "grade"), [("5", "100%"), ("4.9", "70% đến"), ("3.5", "70% đến"), ("3.4", "dưới 70%")]
)
def test_an_officer_is_graded_by_five_of_the_nine(points: str, grade: str) -> None:
    assert grade in band_of(read_bands(OFFICER_BANDS), Fraction(points), 1)


def test_each_mean_is_rounded_to_one_decimal_before_it_is_added() -> None:
    got = own_score(read_rule("trung bình"), TWO, Fraction(1), "29/20")  # 1,45
    assert got.points == Fraction(15, 10)


def test_no_score_above_its_maximum_and_none_off_its_step() -> None:
    judged = read_rule("chấm")
    for text in ("2,25", "3"):
        with pytest.raises(Refused, match="cao hơn điểm tối đa"):
            own_score(judged, TWO, QUARTER, text)
        with pytest.raises(Refused, match="cao hơn điểm tối đa"):
            given_score(judged, TWO, QUARTER, text, Got(None))
    with pytest.raises(Refused, match="không theo bước"):
        own_score(judged, TWO, QUARTER, "1,1")


def test_a_missing_group_of_respondents_blocks_and_is_named() -> None:
    rule = read_rule("khảo sát người dân, công chức")
    assert isinstance(rule, Survey)
    one = own_score(rule, Fraction(10), QUARTER, "người dân: 0 0 10 40 50")
    assert (one.points, one.asks) == (None, "thiếu trả lời của nhóm công chức")
    both = own_score(rule, Fraction(10), QUARTER, "người dân: 0 0 0 0 50; công chức: 0 0 10 0 0")
    assert both.points == Fraction(75, 10)


def test_criteria_that_sum_to_101_are_told_with_both_numbers() -> None:
    table = "1; A; 61\n1.1; Một; 61; có/không\n2; B; 40; chấm"
    found = problems_of(read_table(table).nodes, Fraction(100))
    assert found == ("Các lĩnh vực cộng lại 101 điểm, thang của bộ là 100.",)


@pytest.mark.parametrize("starter", STARTERS, ids=lambda one: one.code)
def test_every_set_to_begin_with_adds_up(starter) -> None:  # type: ignore[no-untyped-def]
    read = read_table(starter.table)
    assert read.problems == ()
    assert problems_of(read.nodes, Fraction(starter.whole)) == ()


def _leaf(code: str, maximum: int) -> Node:
    return Node(code, code, Fraction(maximum), read_rule("chấm"))

"""Formulas, silence, samples and questionnaires, each against what may be reckoned by hand or must always hold."""

from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.refusal import Refused
from congvu.surveys.rules.formulas import Z95, Sums, score, stratified
from congvu.surveys.rules.questionnaires import Given, as_text, checked, content_of, parse, stored
from congvu.surveys.rules.samples import allocate, drawn
from congvu.surveys.rules.showing import hidden
from congvu.surveys.rules.starter import QUESTIONNAIRES
from congvu.surveys.tests.make import TEXT


def of_people(pairs: list[tuple[int, int]]) -> Sums:
    """The sums of respondents each bringing a of b."""
    total = Sums()
    for a, b in pairs:
        total += Sums(1, a, b, a * a, a * b, b * b)
    return total


def test_one_question_is_the_share_of_the_textbook() -> None:
    found = score(of_people([(1, 1)] * 60 + [(0, 1)] * 40), frame=500)
    assert found is not None and found.value == Fraction(3, 5)
    assert found.margin is not None
    assert isclose(found.margin, Z95 * sqrt((1 - 100 / 500) * 0.6 * 0.4 / 99))


def test_twenty_answers_of_one_person_are_not_twenty_persons() -> None:
    few = score(of_people([(20, 20)] * 5 + [(0, 20)] * 5))
    many = score(of_people([(1, 1)] * 100 + [(0, 1)] * 100))
    assert few is not None and many is not None and few.margin and many.margin
    assert few.value == many.value and few.margin > 4 * many.margin


def test_a_mean_of_levels() -> None:
    found = score(of_people([(5, 5), (4, 5), (3, 5)]))
    assert found is not None and found.value == Fraction(12, 15)
    assert score(Sums()) is None and score(of_people([(1, 1)])).margin is None  # type: ignore[union-attr]


def test_strata_weigh_what_their_frames_weigh() -> None:
    found = stratified(
        {1: (of_people([(1, 1)] * 30), 900), 2: (of_people([(0, 1)] * 30), 100), 3: (Sums(), 50)}
    )
    assert found is not None and found.value == Fraction(9, 10)
    assert stratified({1: (Sums(), 5)}) is None


def test_a_whole_frame_asked_has_no_margin() -> None:
    found = score(of_people([(1, 1)] * 5 + [(0, 1)] * 5), frame=10)
    assert found is not None and found.margin == 0


counts = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["x", "y", "z"])), st.integers(0, 80), max_size=18
)


@given(counts, st.integers(2, 40))
def test_no_subtraction_gives_back_what_too_few_said(cells: dict[tuple[str, str], int], minimum: int) -> None:
    whole = dict(cells)
    for (row, column), n in cells.items():
        whole[("", column)] = whole.get(("", column), 0) + n
        whole[(row, "")] = max(whole.get((row, ""), 0), n)
        whole[("", "")] = whole.get(("", ""), 0) + n
    gone = hidden(whole, minimum)
    assert all(cell in gone for cell, n in whole.items() if 0 < n < minimum)
    for column in ("x", "y", "z"):
        parts = [cell for cell in cells if cell[1] == column and cells[cell]]
        missing = [cell for cell in parts if cell in gone]
        if missing and ("", column) not in gone:
            assert len(missing) > 1 and sum(cells[cell] for cell in missing) >= minimum
    for row in "abcdef":
        missing = [cell for cell in cells if cell[0] == row and cells[cell] and cell in gone]
        if missing and (row, "") not in gone and whole.get((row, "")):
            assert len(missing) > 1 and max(cells[cell] for cell in missing) >= minimum
    for row, column in (cell for cell in gone if "" in cell):
        if not column:
            across = [cell for cell, n in whole.items() if n and cell[0] == row and cell[1]]
            assert any(cell in gone for cell in across), "a hidden total is not the sum of what is shown"
        if not row:
            down = [cell for cell, n in whole.items() if n and cell[1] == column and cell[0]]
            assert any(cell in gone for cell in down), "a hidden total is not the sum of what is shown"


def test_a_hidden_total_is_not_given_back_by_its_parts() -> None:
    rows = {"a": (40, 40, 40), "b": (10, 10, 10), "c": (41, 39, 39), "d": (90, 90, 90), "": (181, 179, 179)}
    table = {
        (row, column): n for row, line in rows.items() for column, n in zip(("", "x", "y"), line, strict=True)
    }
    gone = hidden(table, 30)
    assert {("b", ""), ("b", "x"), ("b", "y"), ("a", ""), ("c", "x"), ("c", "y"), ("a", "x")} <= gone
    assert ("d", "x") not in gone and ("", "x") not in gone


def test_the_smallest_other_is_hidden_with_a_small_one() -> None:
    table = {("a", "x"): 5, ("b", "x"): 40, ("c", "x"): 90, ("", "x"): 135}
    assert hidden(table, 30) == {("a", "x"), ("b", "x")}
    assert hidden({("a", "x"): 5, ("", "x"): 5}, 30) == {("a", "x"), ("", "x")}
    assert hidden({("a", "x"): 40, ("b", "x"): 0, ("", "x"): 40}, 30) == frozenset()


frames = st.dictionaries(st.integers(1, 30), st.integers(0, 500), min_size=1, max_size=20)


@given(frames, st.integers(1, 800), st.integers(0, 30))
def test_a_sample_is_never_more_than_its_frame_nor_less_than_asked(
    frame: dict[int, int], total: int, least: int
) -> None:
    if not sum(frame.values()):
        with pytest.raises(Refused):
            allocate(total, frame, least)
        return
    found = allocate(total, frame, least)
    assert all(count <= frame[unit] for unit, count in found.items())
    assert all(count >= min(least, frame[unit]) for unit, count in found.items())
    assert sum(found.values()) >= min(total, sum(frame.values()))


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(0, 2**62))
def test_the_same_number_draws_the_same_in_any_order(members: set[int], seed: int) -> None:
    assert drawn(sorted(members), seed, 1) == drawn(sorted(members, reverse=True), seed, 1)
    assert sorted(drawn(members, seed, 1)) == sorted(members)


@pytest.mark.parametrize("text", [TEXT, *(one[2] for one in QUESTIONNAIRES)])
def test_a_questionnaire_is_read_back_as_it_was_written(text: str) -> None:
    content = parse(text)
    assert parse(as_text(content)) == content == content_of(stored(content))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("B1 [5] Câu", "Dòng 1"),
        ("# A Tên\nA1 [9] Câu", "Dòng 2"),
        ("# A Tên\nA1 [5] Câu\nA1 [5] Câu", "Dòng 3"),
        ("# A Tên\nA1 [một] Câu | chỉ một", "Dòng 2"),
        ("# A Tên\nA1 [chữ] Câu", "thang 5 mức"),
        ("@ X\n# A Tên\nA1 [5] Câu", "Dòng 1"),
    ],
)
def test_a_line_that_says_nothing_is_named(text: str, line: str) -> None:
    with pytest.raises(Refused) as told:
        parse(text)
    assert line in told.value.what


@given(
    st.lists(st.integers(-2, 8), max_size=6),
    st.text(max_size=8),
    st.dictionaries(st.sampled_from(["B2", "B1", "zz"]), st.tuples(st.integers(-1, 3)), max_size=2),
)
def test_only_what_is_asked_can_be_answered(
    levels: list[int], group: str, choices: dict[str, tuple[int]]
) -> None:
    content = parse(TEXT)
    try:
        checked(Given(tuple(levels), group, choices), content)
    except Refused:
        return
    assert len(levels) == 3 and any(levels) and all(0 <= level <= 5 for level in levels)
    assert group in ("", "nguoi-dan", "to-chuc") and set(choices) <= {"B2"}

"""Lint: what it says about which row, as a table; and that it never fails on any graph."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.finding import Code, Level
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step
from congvu.procedures.rules.process.lint import errors, lint
from congvu.procedures.rules.process.terms import WholeTerm, longest_way
from congvu.procedures.tests.process.make import (
    AGENCIES,
    OK,
    a_return,
    a_step,
    any_processes,
    choice,
    parallel,
    rework,
)

AGAIN = Condition("ket_luan", "=", "trả lại")
DAY = date(2026, 12, 1)


def two(second: Step, *branches: Branch) -> Process:
    return Process((a_step("a", branches=branches or (Branch((second.key,)),)), second))


WRONG = [
    (Process(()), "NO_STEPS", 0),
    (two(a_return("b", name=" ")), "NAME_EMPTY", 2),
    (two(a_return("a")), "KEY_DUPLICATED", 2),
    (two(a_return("b"), Branch(("x",))), "TARGET_UNKNOWN", 1),
    (Process((a_step("a", "c"), a_step("b", "c"), a_return("c"))), "UNREACHABLE", 2),
    (Process((a_step("a", "b"), a_step("b", "c"), a_step("c", "b"))), "CYCLE", 2),
    (Process((a_step("a", "b"), a_step("b", "c"), a_step("c", "b"))), "NO_WAY_TO_END", 0),
    (Process((a_step("a", branches=(Branch(("b",), (OK,)), Branch(("d",)))), a_step("b", "c"), a_step("c", "b"),
              a_return("d"))), "NO_WAY_TO_END", 2),
    (Process((a_step("a", "b"), a_return("b")), starts=("b", "a")), "START_WAITS", 2),
    (rework(rounds=None), "BACK_UNBOUNDED", 3),
    (rework(rounds=0), "BACK_UNBOUNDED", 3),
    (Process((a_step("a", "b"), a_step("b", branches=(Branch(("a",), back=True, max_rounds=2),)))), "NO_EXIT", 2),
    (two(a_return("b"), Branch(("b",), (AGAIN,), back=True, max_rounds=1), Branch(("b",))), "BACK_ASTRAY", 1),
    (two(a_return("b"), Branch((), (AGAIN,), back=True, max_rounds=1), Branch(("b",))), "BACK_ASTRAY", 1),
    (two(a_return("b"), Branch(("b",), (OK,))), "OTHERWISE_MISSING", 1),
    (two(a_return("b"), Branch(("b",)), Branch(())), "OTHERWISE_TWICE", 1),
    (two(a_return("b"), Branch(("b",), (Condition(""),)), Branch(("b",))), "CONDITION_MISSING", 1),
    (choice("ALL"), "JOIN_NEVER", 4),
    (Process((a_step("a", "b", "c"), a_step("b", branches=(Branch(("d",), (OK,)), Branch(()))), a_step("c", "d"),
              a_return("d"))), "JOIN_MAY_HANG", 4),
    (two(a_return("b", agency=Agency("FIXED"))), "AGENCY_MISSING", 2),
    (two(a_step("b", agency=Agency("FIXED", 9, "H1", "Sở Giao thông vận tải"))), "AGENCY_GONE", 2),
    (Process((a_step("a", agency=AGENCIES[4]),)), "CHOSEN_BY_NOBODY", 1),
    (two(a_step("b", kind="SUB_DOSSIER")), "SUB_PROCEDURE_MISSING", 2),
    (two(a_step("b", kind="SUB_DOSSIER", sub_procedure="9.999")), "SUB_PROCEDURE_MISSING", 2),
    (two(a_return("b", term_n=Decimal(30))), "TERM_EXCEEDED", 2),
]  # fmt: skip


@pytest.mark.parametrize(("process", "code", "row"), WRONG, ids=[f"{c}-{r}" for _, c, r in WRONG])
def test_what_is_wrong_is_an_error_at_its_row_with_what_to_do(process: Process, code: str, row: int) -> None:
    found = lint(
        process,
        term=WholeTerm(Decimal(30), "NGAY_LAM_VIEC"),
        units_on_date={3},
        on=DAY,
        procedures={"1.0001"},
    )
    (one,) = [one for one in found if one.code == code and one.row == row]
    assert one.level is Level.ERROR and one.what.endswith(".") and one.do.endswith(".")


@pytest.mark.parametrize("process", [rework(), parallel(), choice("ANY"), two(a_return("b"))])
def test_a_sound_process_has_no_findings(process: Process) -> None:
    assert lint(process, term=WholeTerm(Decimal(30), "NGAY_LAM_VIEC"), units_on_date=set(), on=DAY) == []


@pytest.mark.parametrize(
    ("process", "code", "row"),
    [
        (parallel("ANY"), "JOIN_ABSORBS", 4),
        (two(a_step("b")), "NO_RETURN", 0),
        (two(a_return("b", agency=AGENCIES[3])), "AGENCY_UNBOUND", 2),
        (two(a_step("b", term_n=None)), "TERM_MISSING", 2),
        (two(a_return("b", term_unit="NGAY")), "TERM_NOT_COMPARABLE", 2),
    ],
)
def test_a_warning_does_not_forbid_publishing(process: Process, code: str, row: int) -> None:
    found = lint(process, term=WholeTerm(Decimal(30), "NGAY_LAM_VIEC"))
    assert (code, row) in {(one.code, one.row) for one in found} and errors(found) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ketluan", "ket_luan"), ("ket_lun", "ket_luan"), ("dien_tic", "dien_tich"), ("ket_luan", None), ("lai", None),
     ("mau_don", None)],
)  # fmt: skip
def test_a_fact_mistyped_is_told_with_the_one_probably_meant(typed: str, meant: str | None) -> None:
    branches = Branch(("b",), (Condition(typed, "=", "đạt"),)), Branch(("b",))
    found = [one for one in lint(two(a_return("b"), *branches)) if one.code == "FACT_MISTYPED"]
    assert [one.row for one in found] == ([1] if meant else [])
    assert all(f"«{meant}»" in one.what and not one.is_error for one in found)


def test_of_two_names_that_differ_by_a_slip_the_later_is_told() -> None:
    first = a_step("a", branches=(Branch(("b",), (Condition("mau_don", "=", "1"),)), Branch(("b",))))
    second = a_step("b", branches=(Branch(("c",), (Condition("mau_dn", "=", "1"),)), Branch(("c",))))
    (found,) = [one for one in lint(Process((first, second, a_return("c")))) if one.code == "FACT_MISTYPED"]
    assert found.row == 2 and "«mau_don»" in found.what


def test_the_excess_over_the_term_names_the_way_and_by_how_much() -> None:
    process = Process(
        (
            a_step("a", "b", "c", term_n=Decimal("0.5")),
            a_step("b", "d", term_n=Decimal(3)),
            a_step("c", "d", term_n=Decimal(20), term_unit="GIO_LAM_VIEC"),
            a_return("d", term_n=Decimal(1)),
        )
    )
    assert longest_way(process).keys == ("a", "b", "d")
    (found,) = lint(process, term=WholeTerm(Decimal(4), "NGAY_LAM_VIEC"))
    assert (found.code, found.row) == ("TERM_EXCEEDED", 2)
    assert found.what == (
        "Các bước 1 → 2 → 4 cộng lại 4,5 ngày làm việc, vượt thời hạn thủ tục 4 ngày làm việc là 0,5 ngày làm việc."
    )
    assert lint(process, term=WholeTerm(Decimal("4.5"), "NGAY_LAM_VIEC")) == []


def test_an_agency_gone_on_the_day_is_named_with_the_day() -> None:
    process = two(a_return("b", agency=Agency("FIXED", 9, "H1", "UBND huyện Bình Gia")))
    (found,) = lint(process, units_on_date={3}, on=DAY)
    assert found.what == "«UBND huyện Bình Gia» không tồn tại vào ngày 01/12/2026."


@settings(max_examples=400, deadline=None)
@given(any_processes())
def test_lint_answers_for_any_graph_at_all(process: Process) -> None:
    for one in lint(process, term=WholeTerm(Decimal(5), "NGAY_LAM_VIEC"), units_on_date={3}, on=DAY):
        assert 0 <= one.row <= len(process.steps) and one.what


def test_a_fact_forms_have_no_name_for_is_told_once_and_a_named_one_is_not() -> None:
    when = (Condition("hien_trang", "=", "xấu"),)
    table = Process(
        (
            a_step("a", branches=(Branch(("b",), when), Branch(("c",)))),
            a_step("b", "c"),
            a_return("c", join="ANY"),
        )
    )
    (told,) = [one for one in lint(table) if one.code == Code.FACT_UNNAMED]
    assert told.row == 1 and "Hien trang" in told.what and not told.is_error
    named = replace(table.steps[1], labels=(("hien_trang", "Hiện trạng"),))
    assert not [
        one
        for one in lint(replace(table, steps=(table.steps[0], named, table.steps[2])))
        if one.code == Code.FACT_UNNAMED
    ]

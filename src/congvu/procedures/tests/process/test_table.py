"""The table officials type, and the process it says: both ways, and refusals at the row."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.checks import StepDraft
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.drafts import from_drafts
from congvu.procedures.rules.process.graph import Branch, Process
from congvu.procedures.rules.process.table import TableRow, from_table, to_table
from congvu.procedures.tests.process.make import (
    a_return,
    a_step,
    choice,
    parallel,
    rework,
    sound_processes,
    wild_processes,
)
from congvu.procedures.tests.process.test_bpmn import plain


def rows(*columns: tuple[str, str]) -> list[TableRow]:
    """Rows a, b, c… with the columns (waits, branches)."""
    return [
        TableRow(name, name, waits=w, branches=b) for name, (w, b) in zip("abcdefgh", columns, strict=False)
    ]


def links(process: Process) -> dict[str, list[tuple[str, str]]]:
    return {
        step.key: [("".join(b.targets) + ("!" if b.back else ""), b.words()) for b in step.branches]
        for step in process.steps
    }


def test_empty_columns_are_one_after_another() -> None:
    process = from_table(rows(("", ""), ("", ""), ("", "")))
    assert links(process) == {"a": [("b", "còn lại")], "b": [("c", "còn lại")], "c": []}
    assert [(row.waits, row.branches) for row in to_table(process)] == [("", "")] * 3


def test_parallel_agencies_and_their_join() -> None:
    process = from_table(rows(("", ""), ("", ""), ("1", ""), ("2, 3", "")))
    assert links(process)["a"] == [("bc", "còn lại")] and process.by_key["d"].join == "ALL"
    assert process == from_table(to_table(process))


def test_branches_loops_and_ends_as_they_are_typed() -> None:
    typed = "nếu ket_luan = không đạt → làm lại 1 (tối đa 3 lần); nếu so_tien >= 10 và kenh = 2 → kết thúc; còn lại → 3, 4"
    process = from_table(rows(("", ""), ("", typed), ("", ""), ("", "")))
    assert process.by_key["b"].branches == (
        Branch(("a",), (Condition("ket_luan", "=", "không đạt"),), True, 3),
        Branch((), (Condition("so_tien", "≥", "10"), Condition("kenh", "=", "2"))),
        Branch(("c", "d")),
    )
    assert to_table(process)[1].branches == typed.replace(">=", "≥")
    assert links(process)["c"] == [] and links(process)["d"] == []


def test_the_first_of_several_and_steps_open_from_the_start() -> None:
    process = from_table(rows(("", ""), ("0", ""), ("1 hoặc 2", "")))
    assert process.first == ("a", "b") and process.by_key["c"].join == "ANY"
    assert [row.waits for row in to_table(process)] == ["", "0", "1 hoặc 2"]


def test_empty_lines_keep_their_numbers_and_rows_keep_their_keys() -> None:
    typed = [TableRow("x", "k1"), TableRow(""), TableRow("y", "k1"), TableRow("z", waits="3")]
    process = from_table(typed)
    assert [step.key for step in process.steps] == ["k1", "buoc-3", "buoc-4"]
    assert links(process) == {"k1": [("buoc-3", "còn lại")], "buoc-3": [("buoc-4", "còn lại")], "buoc-4": []}


@pytest.mark.parametrize(
    ("columns", "where", "word"),
    [
        ([("", ""), ("x", "")], "Bước 2", "Chờ bước"),
        ([("", ""), ("2", "")], "Bước 2", "không có"),
        ([("", ""), ("9", "")], "Bước 2", "không có"),
        ([("", "→ 7"), ("", "")], "Bước 1", "không có"),
        ([("", "→ 1"), ("", "")], "Bước 1", "không có"),
        ([("", "nếu trời mưa → 2"), ("", "")], "Bước 1", "điều kiện"),
        ([("", "ket_luan = đạt → 2"), ("", "")], "Bước 1", "Rẽ nhánh"),
        ([("", "còn lại → hai"), ("", "")], "Bước 1", "Rẽ nhánh"),
        ([("", "còn lại → 3"), ("1", ""), ("", "")], "Bước 2", "không dẫn tới đây"),
        ([("", "còn lại → 3"), ("0", ""), ("2", "")], "Bước 3", "không ghi 1"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_row(columns, where: str, word: str) -> None:
    with pytest.raises(Refused) as caught:
        from_table(rows(*columns))
    assert caught.value.where == where and word in caught.value.what


@pytest.mark.parametrize("process", [rework(), rework(None), parallel(), parallel("ANY"), choice("ANY")])
def test_a_process_is_its_table(process: Process) -> None:
    assert from_table(to_table(process)) == plain(process)


@settings(max_examples=200, deadline=None)
@given(sound_processes())
def test_every_process_of_blocks_is_its_table(process: Process) -> None:
    assert from_table(to_table(process)) == plain(process)


@settings(max_examples=200, deadline=None)
@given(wild_processes())
def test_every_graph_is_its_table(process: Process) -> None:
    assert from_table(to_table(process)) == plain(process)


@pytest.mark.parametrize("value", ["có; không", "đi → về", "ký và đóng dấu", "nếu thì", "a -> b", "1.000"])
def test_values_with_signs_of_the_column_are_kept(value: str) -> None:
    branches = (Branch(("b",), (Condition("x", "=", value),)), Branch(("c",)))
    process = Process((a_step("a", branches=branches), a_step("b"), a_return("c")))
    assert from_table(to_table(process)) == process


def test_drafts_of_old_are_processes() -> None:
    drafts = [
        StepDraft("x", "LEAD", "COMPETENT"),
        StepDraft("y", "LEAD", "COMPETENT"),
        StepDraft("z", "RETURN", "RECEIVER"),
    ]
    assert [step.branches for step in from_drafts(drafts).steps] == [
        (Branch(("buoc-2",)),),
        (Branch(("buoc-3",)),),
        (),
    ]
    wide = [replace(drafts[0], leads_to=(2, 3)), drafts[1], drafts[2]]
    assert from_drafts(wide).steps[0].branches == (Branch(("buoc-2", "buoc-3")),)


@pytest.mark.parametrize("typed", ["Kết luận", "Ket Luan: Kết luận", "ket_luan:", "ket_luan: " + "a" * 81])
def test_a_name_of_a_fact_that_cannot_be_read_is_refused_at_its_row(typed: str) -> None:
    with pytest.raises(Refused, match="Tên dữ kiện") as problem:
        from_table([TableRow("Tiếp nhận"), TableRow("Thẩm định", labels=typed)])
    assert problem.value.where == "Bước 2"


def test_names_of_facts_are_read_a_line_or_a_semicolon_each() -> None:
    made = from_table([TableRow("Thẩm định", labels="ket_luan: Kết luận: lần 1\nso_tien: Số tiền ;")])
    assert made.steps[0].labels == (("ket_luan", "Kết luận: lần 1"), ("so_tien", "Số tiền"))
    assert made.labels["so_tien"] == "Số tiền"

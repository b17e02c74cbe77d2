"""Functions of units: who holds them on a day, how they pass on, what looks alike, what nobody holds."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.actions.correct import correct_event
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.end_entries import end_entries, withdraw_entries
from congvu.organisation.actions.entries import Period
from congvu.organisation.actions.hand_on_functions import hand_on_functions
from congvu.organisation.actions.judge_functions import Likeness, judge_functions
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.record_assigned import NewAssigned, read_assigned, record_assigned
from congvu.organisation.actions.record_functions import NewFunction, record_functions
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.models import (
    AssignedFunction,
    Judgement,
    Unit,
    UnitEvent,
    UnitFunctionVersion,
)
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import as_held, function_history, in_force, judgements
from congvu.organisation.rules.functions import (
    NO,
    YES,
    Asked,
    Held,
    alike,
    compared,
    covers,
    likeness,
    shingles,
    waiting,
)
from congvu.organisation.tests.make import a_unit

AT = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)
DECISION = Decision("12/QĐ-UBND", date(2020, 12, 20), "UBND tỉnh")
SINCE = Period(date(2021, 1, 1))
FAITH = "Quản lý nhà nước về tín ngưỡng, tôn giáo"
WORDS = ("dat", "dai", "moi", "truong", "ton", "giao", "hoi", "quy", "y", "te")
syllables = st.lists(st.sampled_from(WORDS), max_size=9)


@pytest.fixture
def offices(db: None) -> tuple[Unit, Unit, Unit]:
    province = a_unit("H99", "UBND tỉnh", kind="UBND")
    return province, a_unit("H99.08", "Sở Nội vụ", province), a_unit("H99.22", "Sở Dân tộc", province)


def a_function(unit: Unit, text: str = FAITH, field: str = "Tôn giáo") -> UnitFunctionVersion:
    new = NewFunction(unit.pk, field, text, "Nghị định 45/2025/NĐ-CP")
    return record_functions([new], SINCE, decision=DECISION, by=SYSTEM, at=AT)[0]


def holders(on: date) -> list[int]:
    return [row.unit_id for row in in_force(UnitFunctionVersion, on).order_by("function")]


def test_a_transferred_function_is_the_same_function_in_another_unit(offices: Any) -> None:
    _, home, faith = offices
    row = a_function(home)
    a_function(home, "Quản lý hội", "Hội")
    day = date(2025, 3, 1)
    event = transfer_function(
        FAITH.lower(), home.pk, faith.pk, effective=day, decision=DECISION, by=SYSTEM, at=AT
    )
    assert holders(date(2025, 2, 28)) == [home.pk, home.pk]
    assert holders(day) == [faith.pk, home.pk]
    versions = function_history(row.function_id)
    assert [one.unit_id for one in versions] == [home.pk, faith.pk]
    assert versions[1].opened_by_id == event.pk
    assert "chuyển theo 12/QĐ-UBND" in versions[0].ending


def test_functions_follow_a_transfer_whose_day_is_corrected(offices: Any) -> None:
    _, home, faith = offices
    row = a_function(home)
    said = {"by": SYSTEM, "at": AT}
    day = date(2025, 3, 1)
    event = transfer_function(FAITH, home.pk, faith.pk, effective=day, decision=DECISION, **said)
    right = Decision("15/QĐ-UBND", date(2025, 5, 20), "UBND tỉnh")
    later = date(2025, 6, 1)
    new = correct_event(event.pk, why="nhầm ngày", effective=later, decision=right, **said)
    assert holders(date(2025, 5, 31)) == [home.pk]
    assert holders(later) == [faith.pk]
    before, after = function_history(row.function_id)
    assert (after.opened_by_id, after.decision_number) == (new.pk, "15/QĐ-UBND")
    assert before.ending == "chuyển theo 15/QĐ-UBND"
    with pytest.raises(Refused, match="có thay đổi khác"):
        correct_event(new.pk, why="nhầm nữa", effective=date(2020, 6, 1), **said)
    assert holders(later) == [faith.pk]


def test_the_unit_a_dissolution_names_is_proposed(offices: Any, visit: Any, actors: Any) -> None:
    _, home, faith = offices
    a_function(faith)
    said = {"effective": date(2026, 3, 1), "decision": DECISION, "by": SYSTEM, "at": AT}
    dissolve(faith.pk, under={}, heir=home.pk, **said)
    page = visit(actors.personnel).get("/to-chuc/chuc-nang/cho-nhan/").content.decode()
    assert f'<option value="{home.pk}" selected>' in page


def test_a_transfer_names_functions_of_the_giver_and_nothing_else(offices: Any) -> None:
    _, home, faith = offices
    mine, theirs = a_function(home), a_function(faith, "Công tác dân tộc", "Dân tộc")
    said = {"effective": date(2025, 3, 1), "decision": DECISION, "by": SYSTEM, "at": AT}
    with pytest.raises(Refused, match="không giữ"):
        transfer_function("", home.pk, faith.pk, functions=[theirs.function_id], **said)
    assert not UnitEvent.objects.exists()
    event = transfer_function("", home.pk, faith.pk, functions=[mine.function_id], **said)
    assert event.note == FAITH
    with pytest.raises(Refused, match="Chưa ghi chức năng"):
        transfer_function(" ", home.pk, faith.pk, **said)


def test_functions_of_a_merged_unit_wait_until_a_person_accepts_them(offices: Any) -> None:
    _, home, faith = offices
    row = a_function(faith)
    day = date(2026, 3, 1)
    merge([faith.pk], home.pk, effective=day, decision=DECISION, by=SYSTEM, at=AT)
    held = [as_held(one) for one in in_force(UnitFunctionVersion, day)]
    (one,) = waiting(held, picture(), day)
    assert one.ended == day
    assert [heir.unit_id for heir in one.heirs] == [home.pk]
    assert one.proposed == home.pk
    assert waiting(held, picture(), date(2026, 2, 28)) == []
    assert holders(day) == [faith.pk], "nothing is written when a unit merges"
    hand_on_functions([row.function_id], home.pk, effective=day, decision=DECISION, by=SYSTEM, at=AT)
    assert holders(day) == [home.pk]
    assert waiting([as_held(one) for one in in_force(UnitFunctionVersion, day)], picture(), day) == []
    with pytest.raises(Refused, match="không tồn tại"):
        later = date(2026, 4, 1)
        hand_on_functions([row.function_id], faith.pk, effective=later, decision=DECISION, by=SYSTEM, at=AT)


def test_an_entry_ends_by_decision_or_is_withdrawn_and_both_stay_readable(offices: Any) -> None:
    _, home, _ = offices
    row, wrong = a_function(home), a_function(home, "Quản lý hội", "Hội")
    later = datetime(2026, 11, 21, 9, tzinfo=LEGAL_ZONE)
    paper = Decision("99/QĐ-UBND")
    day = date(2026, 1, 1)
    with pytest.raises(Refused, match="trong thời gian hiệu lực"):
        end_entries(
            "chuc-nang", [row.pk], on=date(2020, 1, 1), decision=paper, why="thôi", by=SYSTEM, at=later
        )
    (ended,) = end_entries("chuc-nang", [row.pk], on=day, decision=paper, why="bãi bỏ", by=SYSTEM, at=later)
    assert withdraw_entries("chuc-nang", [wrong.pk], why="ghi nhầm đơn vị", by=SYSTEM, at=later) == 1
    assert ended.ending == "99/QĐ-UBND: bãi bỏ"
    assert holders(day) == []
    assert len(in_force(UnitFunctionVersion, day, AT)) == 2, "as known the day before both still held"
    with pytest.raises(Refused, match="đã được thay"):
        withdraw_entries("chuc-nang", [wrong.pk], why="lần nữa", by=SYSTEM, at=later)
    with pytest.raises((InternalError, ProgrammingError), match="chỉ được thay"), transaction.atomic():
        UnitFunctionVersion.objects.filter(pk=ended.pk).update(text="khác")
    assert AuditEntry.objects.filter(verb__startswith="organisation.", why__contains="ghi nhầm").count() == 1


def test_the_same_words_twice_in_one_unit_are_refused_and_so_is_a_unit_not_there(offices: Any) -> None:
    _, home, _ = offices
    a_function(home)
    with pytest.raises(Refused, match="đã có chức năng"):
        a_function(home, FAITH.upper())
    late = a_unit("H99.90", "Sở Mới", since=date(2025, 1, 1))
    with pytest.raises(Refused, match="không tồn tại vào ngày 01/01/2021"):
        a_function(late)
    with pytest.raises(Refused, match="Căn cứ"):
        new = NewFunction(home.pk, "Hội", "Quản lý hội", " ")
        record_functions([new], SINCE, decision=DECISION, by=SYSTEM, at=AT)


def test_likeness_looks_past_the_usual_openings() -> None:
    one = shingles(fold("Tham mưu giúp Ủy ban nhân dân tỉnh quản lý nhà nước về quy hoạch sử dụng đất"))
    other = shingles(fold("Quản lý nhà nước về sử dụng đất theo quy hoạch"))
    alien = shingles(fold("Quản lý nhà nước về trang thiết bị y tế"))
    assert likeness(one, other) >= 50
    assert likeness(one, alien) < 20
    assert likeness(frozenset(), one) == 0


@given(syllables, syllables)
def test_likeness_is_symmetric_and_whole_only_for_the_same(one: list[str], other: list[str]) -> None:
    a, b = shingles(" ".join(one)), shingles(" ".join(other))
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 100
    if a:
        assert likeness(a, a) == 100
        assert (likeness(a, b) == 100) == (a == b)


@given(st.lists(st.tuples(st.integers(1, 3), syllables), max_size=8))
def test_pairs_found_are_all_pairs_that_are_alike(texts: list[tuple[int, list[str]]]) -> None:
    held = [
        Held(place, unit, "x" * (place % 2), " ".join(words)) for place, (unit, words) in enumerate(texts)
    ]
    found = {(one.one.function, one.other.function): one.score for one in alike(held, lambda a, b: a != b)}
    wanted = {
        (a.function, b.function): likeness(shingles(a.text), shingles(b.text))
        for a in held
        for b in held
        if a.function < b.function and a.unit != b.unit
    }
    assert found == {
        (one, other): score
        for (one, other), score in wanted.items()
        if score >= (25 if one % 2 == other % 2 else 40)
    }


def test_rooms_are_not_compared_with_their_department_nor_communes_with_anyone(offices: Any) -> None:
    province, home, faith = offices
    room = a_unit("H99.08.01", "Phòng", home, kind="PHONG")
    commune = a_unit("H99.31", "UBND xã", province, kind="XA", tier="XA")
    may = compared(picture(), date(2026, 1, 1), "TINH")
    assert may(home.pk, faith.pk)
    assert may(room.pk, faith.pk)
    assert not may(room.pk, home.pk)
    assert not may(province.pk, home.pk)
    assert not may(commune.pk, home.pk)
    assert not may(home.pk, home.pk)


def test_the_same_words_hold_an_assigned_function_and_a_likeness_only_once_said_so() -> None:
    asked = [
        Asked(1, "TINH", "quan ly hoi quy"),
        Asked(2, "TINH", "quan ly dat dai nong thon"),
        Asked(3, "XA", "ho tich"),
    ]
    held = [
        Held(7, 1, "x", "quan ly hoi quy"),
        Held(8, 1, "x", "quan ly dat dai thanh thi"),
        Held(9, 1, "x", "ho tich"),
    ]
    told = covers(asked, held, lambda unit: "TINH", {})
    assert [[one.function for one in cover.holders] for cover in told] == [[7], [], []]
    assert told[1].nearest is not None
    assert told[1].nearest[0].function == 8
    assert told[2].nearest is None, "a function of another tier is not near"
    told = covers(asked, held, lambda unit: "TINH", {(8, 2): YES, (7, 1): NO})
    assert [[one.function for one in cover.holders] for cover in told] == [[], [8], []]


def test_a_judgement_is_kept_and_a_changed_mind_supersedes_it(offices: Any) -> None:
    _, home, faith = offices
    one, other = a_function(home).function_id, a_function(faith).function_id
    said = {"by": SYSTEM, "at": AT}
    first = judge_functions(Likeness(other, one), YES, "cùng nội dung", **said)
    assert (first.function_id, first.other_id, first.score) == (one, other, 100)
    assert judge_functions(Likeness(one, other), YES, "cùng nội dung", **said) == first
    judge_functions(Likeness(one, other), NO, "khác đối tượng", **said)
    assert [(row.verdict, row.reason) for row in judgements()] == [(NO, "khác đối tượng")]
    assert Judgement.objects.count() == 2
    for pair, verdict, reason, words in (
        (Likeness(one, one), YES, "x", "Không có hai chức năng"),
        (Likeness(one, other), "", "x", "Chưa chọn kết luận"),
        (Likeness(one, other), YES, " ", "Lý do"),
        (Likeness(one, assigned=10**9), YES, "x", "Không có hai chức năng"),
    ):
        with pytest.raises(Refused, match=words):
            judge_functions(pair, verdict, reason, **said)


def sheet(*rows: tuple[Any, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


HEAD = ("TT", "Lĩnh vực", "Chức năng, nhiệm vụ", "Cấp", "Căn cứ")


def test_a_sheet_of_assigned_functions_is_taken_whole_or_not_at_all(db: None) -> None:
    good = (1, "Tôn giáo", FAITH, "Tỉnh", "Nghị định 45/2025/NĐ-CP")
    wanted = read_assigned(sheet(("Danh mục",), HEAD, good, (2, "Hộ tịch", "Đăng ký", "Cấp xã", "Luật")))
    assert wanted[0] == NewAssigned("TINH", "Tôn giáo", FAITH, "Nghị định 45/2025/NĐ-CP")
    said = {"decision": DECISION, "by": SYSTEM, "at": AT}
    assert len(record_assigned(wanted, SINCE, **said)) == 2
    assert record_assigned(wanted, SINCE, **said) == []
    assert AssignedFunction.objects.count() == 2
    with pytest.raises(Refused, match=r"dòng 3: cấp là tỉnh hoặc xã; dòng 4: thiếu căn cứ"):
        read_assigned(sheet(HEAD, good, (2, "A", "B", "huyện", "C"), (3, "A", "B", "xã", "")))
    with pytest.raises(Refused, match="Không thấy đủ các cột"):
        read_assigned(sheet(("Lĩnh vực", "Cấp")))
    with pytest.raises(Refused, match="Không đọc được"):
        read_assigned(b"PK not a book")

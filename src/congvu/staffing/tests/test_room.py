"""Nobody is recruited or taken over beyond the posts given; the refusal names the decision."""

from datetime import date, timedelta
from typing import Any

import pytest

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet
from congvu.organisation.queries import picture
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.appoint import appoint, move
from congvu.people.actions.enter import NewPerson, enter
from congvu.people.actions.import_people import import_people
from congvu.people.rules.codes import CONCURRENT
from congvu.people.tests.make import AT, PAPER, a_person, facts, post
from congvu.staffing.queries.table import table
from congvu.staffing.rules.kinds import CONG_CHUC, VIEN_CHUC_TU_BAO_DAM
from congvu.staffing.rules.limits import Room, refusal_beyond
from congvu.staffing.tests.make import a_decision, a_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> tuple[Any, Any, Any]:
    """A department with two posts and one person, in a room of it; another department with five."""
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    home = a_unit("H99.08", "Sở Nội vụ", root)
    room = a_unit("H99.08.01", "Văn phòng Sở", home, kind="PHONG")
    works = a_unit("H99.16", "Sở Xây dựng", root)
    a_decision(a_line(home, 2), a_line(works, 5), number="38/QĐ-UBND")
    a_person(room, "Trần Một")
    return home, room, works


def recruit(unit: Any, name: str, **more: Any) -> Any:
    one = NewPerson(facts(name), (post(unit, valid_from=date(2026, 11, 20), **more),))
    return enter([one], decision=PAPER, by=SYSTEM, at=AT, recruiting=True)


def test_the_last_free_post_is_filled_and_the_next_one_is_refused_with_its_decision(office: Any) -> None:
    home, room, _ = office
    recruit(home, "Lê Hai")
    with pytest.raises(Refused) as said:
        recruit(room, "Vũ Ba")
    assert "Sở Nội vụ, biên chế công chức: được giao 2 theo Quyết định 38/QĐ-UBND" in said.value.what
    assert "đang có mặt 2; không còn chỗ để nhận thêm 1 người" in said.value.what


def test_a_set_is_refused_as_a_whole(office: Any) -> None:
    home, _, _ = office
    two = [NewPerson(facts(name), (post(home),)) for name in ("Lê Hai", "Vũ Ba")]
    with pytest.raises(Refused, match="chỉ còn 1 để nhận thêm 2 người"):
        enter(two, decision=PAPER, by=SYSTEM, at=AT, recruiting=True)


def test_accepting_from_elsewhere_needs_a_free_post_moving_within_does_not(office: Any) -> None:
    home, room, works = office
    mine, theirs = a_person(home, "Lê Hai"), a_person(works, "Vũ Ba")
    with pytest.raises(Refused, match="không còn chỗ"):
        move([(theirs.id, post(home, valid_from=date(2026, 11, 20)))], decision=PAPER, by=SYSTEM, at=AT)
    assert move([(mine.id, post(room, valid_from=date(2026, 11, 20)))], decision=PAPER, by=SYSTEM, at=AT) == 1
    assert (
        move([(mine.id, post(works, valid_from=date(2026, 11, 21)))], decision=PAPER, by=SYSTEM, at=AT) == 1
    )


def test_who_only_serves_beside_another_post_takes_none(office: Any) -> None:
    home, _, works = office
    a_person(home, "Lê Hai")
    beside = post(home, kind=CONCURRENT, valid_from=date(2026, 11, 20))
    assert appoint([(a_person(works, "Vũ Ba").id, beside)], decision=PAPER, by=SYSTEM, at=AT) == 1


def test_who_was_there_before_the_register_is_written_down_and_shown_as_too_many(office: Any) -> None:
    home, _, _ = office
    for name in ("Lê Hai", "Vũ Ba"):
        a_person(home, name)
    told = table(date(2026, 11, 20), date(2022, 12, 31), picture(), None)
    figures = next(row.figures[CONG_CHUC] for row in told.rows if row.node.unit_id == home.pk)
    assert (figures.balance, figures.present, figures.free) == (2, 3, -1)


def test_where_the_ledger_is_not_kept_or_the_unit_decides_itself_nobody_is_refused(office: Any) -> None:
    home, _, works = office
    recruit(works, "Lê Hai", pool="hop_dong_111")
    a_decision(a_line(home, 1, pool=VIEN_CHUC_TU_BAO_DAM), number="2/QĐ")
    recruit(home, "Vũ Ba", pool=VIEN_CHUC_TU_BAO_DAM)
    recruit(home, "Ngô Bốn", pool=VIEN_CHUC_TU_BAO_DAM)


@pytest.mark.parametrize(
    ("present", "wanted", "refused"), [(9, 1, False), (10, 1, True), (8, 3, True), (12, 1, True)]
)
def test_the_limit_itself(present: int, wanted: int, refused: bool) -> None:
    room = Room("Sở Nội vụ", "Biên chế công chức", 10, present, "Quyết định 1/QĐ ngày 01/01/2022")
    said = refusal_beyond(room, wanted)
    assert (said is not None) == refused
    assert said is None or "Quyết định 1/QĐ" in said.what


def test_a_post_with_an_end_takes_a_place_until_then(office: Any) -> None:
    home, _, _ = office
    recruit(home, "Lê Hai", valid_to=date(2028, 1, 1))
    with pytest.raises(Refused, match="38/QĐ-UBND"):
        recruit(home, "Vũ Ba", valid_to=date(2027, 1, 1))
    late = NewPerson(facts("Vũ Ba"), (post(home, valid_from=date(2028, 1, 1)),))
    assert enter([late], decision=PAPER, by=SYSTEM, at=AT, recruiting=True)


def test_a_post_that_begins_when_the_register_was_kept_already_needs_a_free_one_whoever_writes_it(
    office: Any,
) -> None:
    home, room, _ = office
    later = AT + timedelta(days=3)
    people = [
        NewPerson(facts(name), (post(room, valid_from=date(2026, 11, 22)),)) for name in ("Lê Hai", "Vũ Ba")
    ]
    with pytest.raises(Refused, match="chỉ còn 1 để nhận thêm 2 người"):
        enter(people, decision=PAPER, by=SYSTEM, at=later)
    assert enter(people[:1], decision=PAPER, by=SYSTEM, at=later)
    a_person(home, "Ngô Bốn", at=later)  # since 2021: there before the register, only written down


def test_a_sheet_answers_by_row_who_has_no_post_and_by_which_decision(office: Any) -> None:
    heads = ("Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chức vụ", "Nhận vị trí từ ngày")
    rows = [
        (f"Lê Thị {name}", "12/03/1990", "Nữ", code, "Chuyên viên", since)
        for name, code, since in (
            ("Hai", "H99.08.01", "20/11/2026"), ("Ba", "H99.08", "20/11/2026"), ("Bốn", "H99.08", "1/5/2020"),
            ("Năm", "H99.16", "20/11/2026"), ("Sáu", "H99.08", "1/1/2027"),
        )
    ]  # fmt: skip
    read = Sheet("ds", (heads, *rows))
    for dry_run in (True, False):
        told = import_people(read, dry_run=dry_run, decision=PAPER, by=SYSTEM, at=AT)
        assert [one.ok for one in told.rows] == [True, False, True, True, False]
        ((field, why),) = told.rows[1].problems
        assert (
            field == "post" and "Sở Nội vụ, biên chế công chức: được giao 2 theo Quyết định 38/QĐ-UBND" in why
        )
    assert told.entered == 3

"""A resolution's sheet of old and new communes: what is certain becomes events, the rest becomes questions."""

import csv
import io
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import Workbook

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.reorganise import communes_before, reorganise
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.kinds import HUYEN, TINH, XA
from congvu.organisation.rules.lists import read_listing
from congvu.organisation.rules.reorganisation import (
    DIVIDED,
    SEVERAL,
    UNKNOWN,
    UNSAID,
    Plan,
    Share,
    committee,
    plan,
)
from congvu.organisation.rules.reorganisation_answers import read_answers
from congvu.organisation.tests.make import a_unit

DAY = date(2025, 7, 1)
ACT: dict[str, Any] = {
    "effective": DAY,
    "decision": Decision("1672/NQ-UBTVQH15", date(2025, 6, 16)),
    "by": SYSTEM,
    "at": datetime(2025, 6, 20, 9, tzinfo=LEGAL_ZONE),
}
SHEET = """wardCode,district,ward,newWardCode,newWard,isDividedWard
1,Huyện Đông,Xã An,101,Xã An Bình,False
2,Huyện Đông,Xã Bình,101,Xã An Bình,False
3,Huyện Đông,Xã Chia,101,Xã An Bình,True
3,Huyện Đông,Xã Chia,102,Phường Mới,True
4,Huyện Tây,Thị trấn Tây,102,Phường Mới,False
5,Huyện Tây,Xã Dũng,105,Xã Dũng Tiến,False
6,Huyện Tây,Xã An,106,Xã An Tây,False
7,Huyện Tây,Xã Em,106,Xã An Tây,False
"""
ANSWERS = b"wardCode,newWardCode,share\n3,102,2/3\n00003,101,\n"


@pytest.fixture
def communes() -> dict[str, int]:
    """Two districts of a province, with two communes both called Xã An; one commune has a room."""
    root = a_unit("H98", "UBND tỉnh", kind="UBND", tier=TINH)
    east, west = (
        a_unit(f"H98.D{n}", f"UBND huyện {name}", root, "HUYEN", tier=HUYEN)
        for n, name in ((1, "Đông"), (2, "Tây"))
    )
    found = {
        name: a_unit(f"H98.D{district}.{nth:02}", f"UBND {name}", east if district == 1 else west, kind, tier=XA).id
        for nth, (name, district, kind) in enumerate(
            (("xã An", 1, "XA"), ("xã Bình", 1, "XA"), ("xã Chia", 1, "XA"), ("thị trấn Tây", 2, "THI_TRAN"),
             ("xã Dũng", 2, "XA"), ("xã Em", 2, "XA")), start=1)
    }  # fmt: skip
    found["xã An, Tây"] = a_unit("H98.D2.09", "UBND xã An", west, "XA", tier=XA).id
    found["phòng"] = a_unit("H98.D1.03.01", "Phòng Kinh tế", found["xã Chia"], "PHONG", tier=XA).id
    return found


def planned(sheet: str = SHEET, answers: bytes = b"wardCode,newWardCode,share\n") -> Plan:
    went = read_listing(sheet.encode(), "bảng").went
    return plan(went, communes_before(DAY), read_answers(answers, "trả lời"))


def names(on: date) -> dict[str, str]:
    return {node.code: node.name for node in queries.tree(on)}


@pytest.mark.django_db
def test_a_divided_commune_is_a_question_with_its_choices_and_nothing_is_written_while_it_is_open(
    communes: dict[str, int],
) -> None:
    found = planned()
    assert [(one.kind, one.name, one.choices) for one in found.questions] == [
        (DIVIDED, "Xã Chia", (("00101", "Xã An Bình"), ("00102", "Phường Mới")))
    ]
    with pytest.raises(Refused, match="Còn 1 câu hỏi"):
        reorganise(found, **ACT)
    assert not UnitEvent.objects.exists()


@pytest.mark.django_db
def test_the_answered_sheet_becomes_events_and_every_old_commune_has_heirs(communes: dict[str, int]) -> None:
    done = reorganise(planned(answers=ANSWERS), **ACT)
    assert (done.made, done.kept, done.divided, done.ended, done.left) == (3, 1, 1, 2, ())
    assert names(DAY) == {
        "H98": "UBND tỉnh", "H98.00101": "UBND xã An Bình", "H98.00102": "UBND phường Mới",
        "H98.00106": "UBND xã An Tây", "H98.D1.03.01": "Phòng Kinh tế", "H98.D2.05": "UBND xã Dũng Tiến",
    }  # fmt: skip
    known = queries.picture()
    heirs = {known.name(one.unit_id, DAY): one.share for one in queries.successors(communes["xã Chia"], DAY)}
    assert heirs == {"UBND phường Mới": Fraction(2, 3), "UBND xã An Bình": None}, (
        "an unknown part stays unknown"
    )
    for name, new in (("xã An", "H98.00101"), ("xã An, Tây", "H98.00106"), ("thị trấn Tây", "H98.00102")):
        assert [known.of(one.unit_id)[0].code for one in queries.successors(communes[name], DAY)] == [new]
    room = known.at(communes["phòng"], DAY)
    assert room is not None and known.name(room.parent_id or 0, DAY) == "UBND phường Mới", (
        "the first answer takes it"
    )
    assert names(date(2025, 6, 30))["H98.D1.02"] == "UBND xã Bình", "the past stays"


@pytest.mark.django_db
def test_units_not_found_and_names_that_fit_several_are_questions(communes: dict[str, int]) -> None:
    sheet = SHEET.replace("1,Huyện Đông,Xã An,", "1,,Xã An,").replace("Xã Bình", "Xã Vắng")
    kinds = {one.code: one.kind for one in planned(sheet, ANSWERS).questions}
    assert kinds == {"00001": SEVERAL, "00002": UNKNOWN}


@pytest.mark.django_db
def test_a_part_without_the_rest_is_asked_and_an_answer_must_name_every_part(
    communes: dict[str, int],
) -> None:
    alone = SHEET.replace("3,Huyện Đông,Xã Chia,102,Phường Mới,True\n", "")
    assert [one.kind for one in planned(alone, ANSWERS).questions] == [UNSAID]
    half = b"wardCode,newWardCode,share\n3,102,2/3\n"
    assert [one.kind for one in planned(SHEET, half).questions] == [DIVIDED]


@pytest.mark.django_db
def test_shares_that_do_not_make_one_are_refused_and_nothing_is_kept(communes: dict[str, int]) -> None:
    wrong = b"wardCode,newWardCode,share\n3,102,0.5\n3,101,40%\n"
    with pytest.raises(Refused, match="9/10"):
        reorganise(planned(SHEET, wrong), **ACT)
    assert not UnitEvent.objects.exists() and "H98.00101" not in names(DAY)


@pytest.mark.django_db
def test_a_district_that_still_holds_an_office_is_left_to_a_person(communes: dict[str, int]) -> None:
    east = queries.unit_by_code("H98.D1")
    a_unit("H98.D1.90", "Phòng Nội vụ huyện", east, "PHONG", tier=HUYEN)
    done = reorganise(planned(answers=ANSWERS), **ACT)
    assert (done.ended, done.left) == (1, ("H98.D1",))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("3,102,1/0", "không phải một phần"),
        ("3,102,1.5", "không phải một phần"),
        ("x,102,", "không phải mã xã"),
        ("3,,", "không phải mã xã"),
    ],
)
def test_an_answer_that_cannot_be_read_names_its_line(line: str, word: str) -> None:
    with pytest.raises(Refused, match=word) as why:
        read_answers(f"wardCode,newWardCode,share\n3,101,\n{line}\n".encode(), "tra-loi.csv")
    assert why.value.where == "tra-loi.csv, dòng 3"


def test_answers_are_read_as_they_are_typed() -> None:
    found = read_answers(b'wardCode,newWardCode,share\n3.0,102,40%\n3,101,"0,6"\n', "tệp")
    assert found == {"00003": (Share("00102", Fraction(2, 5)), Share("00101", Fraction(3, 5)))}


@pytest.mark.parametrize(
    ("old", "unit", "new"),
    [
        ("Xã An", "UBND xã An", "UBND phường Mới"),
        ("Xã An", "Ủy ban nhân dân Xã An", "Ủy ban nhân dân Phường Mới"),
        ("Xã An", "Xã An", "Phường Mới"),
        ("Xã An", "Văn phòng khác", "Phường Mới"),
    ],
)
def test_the_new_unit_is_named_after_the_pattern_of_an_old_one(old: str, unit: str, new: str) -> None:
    assert committee("Phường Mới", old, unit) == new


def test_a_sheet_of_excel_is_read_alike_and_a_merged_cell_is_answered_by_its_lines() -> None:
    book = Workbook()
    for line in csv.reader(io.StringIO(SHEET)):
        book.active.append(line)
    plain = _packed(book)
    assert read_listing(plain, "bảng.xlsx").went == read_listing(SHEET.encode(), "bảng.csv").went
    book.active.merge_cells("A2:A3")
    refused = [
        where for where, why in read_listing(_packed(book), "bảng.xlsx").rejected if "ô gộp A2:A3" in why
    ]
    assert refused == ["dòng 2", "dòng 3"]


def _packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""The screen of a resolution's sheet: questions are asked, the preview writes nothing, what is typed stays."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.organisation import queries
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.kinds import HUYEN, XA
from congvu.organisation.tests.make import a_unit

URL = "/to-chuc/su-kien/sap-xep/"
SHEET = """wardCode,district,ward,newWardCode,newWard,isDividedWard
1,Huyện Đông,Xã An,101,Xã An Bình,False
2,Huyện Đông,Xã Chia,101,Xã An Bình,True
2,Huyện Đông,Xã Chia,102,Phường Mới,True
"""
RESOLUTION = {
    "effective": "01/07/2025",
    "decision": "1672/NQ-UBTVQH15",
    "signed_on": "16/06/2025",
    "decided_by": "",
}


@pytest.fixture
def admin(visit: Any, actors: Any) -> Any:
    east = a_unit("H98.D1", "UBND huyện Đông", actors.province, "HUYEN", tier=HUYEN)
    a_unit("H98.D1.01", "UBND xã An", east, "XA", tier=XA)
    a_unit("H98.D1.02", "UBND xã Chia", east, "XA", tier=XA)
    return visit(actors.admin)


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def sent(admin: Any, **more: Any) -> Any:
    return admin.post(URL, {**RESOLUTION, "buoc": "xem", **more})


def sheet(content: str = SHEET) -> SimpleUploadedFile:
    return SimpleUploadedFile("bang.csv", content.encode())


@pytest.mark.django_db
def test_the_sheet_is_read_asked_about_previewed_and_recorded(admin: Any) -> None:
    assert "Đọc bảng" in text_of(admin.get(URL))
    read = text_of(sent(admin, sheet=sheet()))
    assert (
        "Còn <b>1</b> câu hỏi" in read
        and "Xã Chia, Huyện Đông" in read
        and "Ghi sắp xếp</button>" not in read
    )
    answered = {"text": SHEET, "nhan-00002": "00102", "phan-00002-00102": "2/3", "phan-00002-00101": "1/3"}
    shown = text_of(sent(admin, **answered))
    assert "Ghi sắp xếp</button>" in shown and 'value="2/3"' in shown
    assert not UnitEvent.objects.exists(), "a preview records nothing"
    found = re.search(r'name="da_xem" value="(\w+)"', shown)
    assert found
    other = {**answered, "phan-00002-00101": ""}
    again = text_of(sent(admin, **other, buoc="ghi", da_xem=found[1]))
    assert "Ghi sắp xếp</button>" in again and not UnitEvent.objects.exists(), (
        "another answer is looked at first"
    )
    done = sent(admin, **answered, buoc="ghi", da_xem=found[1])
    assert (done.status_code, done.url) == (302, "/to-chuc/su-kien/")
    assert queries.unit_by_code("H98.00101") and queries.unit_by_code("H98.00102")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Chưa chọn bảng"),
        ({"text": "a,b\n1,2\n"}, "không"),
        ({"text": SHEET, "phan-00002-00102": "9/3"}, "không phải một phần"),
        ({"text": SHEET, "phan-00002-00102": "1/3"}, "Chưa chọn nơi nhận"),
        ({"text": SHEET, "nhan-00002": "00102", "phan-00002-00102": "1/3", "phan-00002-00101": "1/3"}, "2/3"),
        ({"text": SHEET, "decision": ""}, "Chưa nhập số, ký hiệu nghị quyết"),
    ],
)
def test_what_cannot_be_taken_says_why_and_keeps_what_was_typed(admin: Any, more: Any, words: str) -> None:
    answer = sent(admin, **more)
    assert answer.status_code == 422 and words in text_of(answer)
    for name, value in more.items():
        if name.startswith("phan"):
            assert f'value="{value}"' in text_of(answer)
    assert not UnitEvent.objects.exists()


@pytest.mark.django_db
def test_names_out_of_the_sheet_are_escaped_and_units_not_found_are_listed(admin: Any) -> None:
    answer = sent(admin, sheet=sheet(SHEET.replace("Xã An,", "Xã <b>Lạ</b>,")))
    assert "<b>Lạ</b>" not in answer.content.decode()
    assert "Chưa khớp với cây tổ chức" in text_of(answer)

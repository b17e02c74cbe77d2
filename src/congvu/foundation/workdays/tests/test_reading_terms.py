"""Terms as people write them, read or refused in words."""

import unicodedata

import pytest

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays import Direction, Term, Unit, parse_term

READ = [
    ("5 ngày làm việc", Term(5, Unit.WORKING_DAY)),
    ("05 (năm) ngày làm việc", Term(5, Unit.WORKING_DAY)),
    ("05(năm)ngày làm việc", Term(5, Unit.WORKING_DAY)),
    ("5ngày làm việc", Term(5, Unit.WORKING_DAY)),
    ("  5   NGÀY  LÀM VIỆC.", Term(5, Unit.WORKING_DAY)),
    ("5 ngay lam viec", Term(5, Unit.WORKING_DAY)),
    ("Trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", Term(5, Unit.WORKING_DAY)),
    ("Không quá 03 ngày làm việc", Term(3, Unit.WORKING_DAY)),
    ("Tối đa là 15 ngày", Term(15, Unit.DAY)),
    ("8 giờ làm việc", Term(8, Unit.WORKING_HOUR)),
    ("8 giờ", Term(8, Unit.HOUR)),
    ("1,5 giờ làm việc", Term(1, Unit.WORKING_HOUR, minutes=30)),
    ("0,5 ngày làm việc", Term(4, Unit.WORKING_HOUR)),
    ("0.25 ngày làm việc", Term(2, Unit.WORKING_HOUR)),
    ("nửa ngày làm việc", Term(4, Unit.WORKING_HOUR)),
    ("3,0 ngày làm việc", Term(3, Unit.WORKING_DAY)),
    ("30 ngày", Term(30, Unit.DAY)),
    ("2 tuần", Term(2, Unit.WEEK)),
    ("1 tháng", Term(1, Unit.MONTH)),
    ("nửa tháng", Term(15, Unit.DAY)),
    ("1 năm", Term(1, Unit.YEAR)),
    ("nửa năm", Term(6, Unit.MONTH)),
    ("10.000 ngày", Term(10_000, Unit.DAY)),
    ("10000 ngày làm việc", Term(10_000, Unit.WORKING_DAY)),
    ("chậm nhất là 20 ngày trước ngày khai mạc", Term(20, Unit.DAY, Direction.BACKWARD)),
    ("5 ngày làm việc trước", Term(5, Unit.WORKING_DAY, Direction.BACKWARD)),
    ("10 ngày sau khi ký", Term(10, Unit.DAY)),
    ("trong ngày", Term(1, Unit.SAME_DAY)),
    ("Ngay trong ngày làm việc", Term(1, Unit.SAME_DAY)),
]


@pytest.mark.parametrize(("text", "term"), READ)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_text_reads_as(text, term, form):
    assert parse_term(unicodedata.normalize(form, text)) == term


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Chưa ghi thời hạn"),
        ("   ", "Chưa ghi thời hạn"),
        ("ngày làm việc", "không có số"),
        ("Không quy định", "không có số"),
        ("5", "không có đơn vị"),
        ("135 VNĐ", "không có đơn vị"),
        ("0 ngày làm việc", "phải từ 1"),
        ("0,0 ngày", "phải từ 1"),
        ("-5 ngày", "số âm"),
        ("20001 ngày làm việc", "dài quá mức"),
        ("36501 ngày", "dài quá mức"),
        ("101 năm", "dài quá mức"),
        ("9" * 200 + " ngày", "dài quá mức"),
        ("2,5 ngày", "phần lẻ"),
        ("1,5 tháng", "phần lẻ"),
        ("0,333 giờ làm việc", "lẻ hơn một phút"),
        ("1..5 giờ", "phần lẻ"),
        ("1 năm 6 tháng", "một con số và một đơn vị"),
        ("5 đến 7 ngày", "một con số và một đơn vị"),
        ("1/2 ngày", "một con số và một đơn vị"),
        ("ngày 15 tháng 6 năm 2026", "một con số và một đơn vị"),
        ("7 giờ sáng", "một con số và một đơn vị"),
        ("5 ngày'; DROP TABLE x; --", "một con số và một đơn vị"),
        ("<b>5</b> ngày", "một con số và một đơn vị"),
        ("٥ ngày", "không có số"),
        ("nửa ngày", "Không rõ"),
        ("5 ngày " * 100, "quá dài"),
    ],
)
def test_what_is_no_term_is_refused_in_words(text, said):
    with pytest.raises(Refused, match=said) as refused:
        parse_term(text)
    assert refused.value.where == "thời hạn" and refused.value.do


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term(5, Unit.WORKING_DAY), "5 ngày làm việc"),
        (Term(1, Unit.WORKING_HOUR, minutes=30), "1 giờ 30 phút làm việc"),
        (Term(20, Unit.DAY, Direction.BACKWARD), "20 ngày trước"),
        (Term(1, Unit.SAME_DAY), "trong ngày"),
    ],
)
def test_a_term_says_itself(term, words):
    assert term.words() == words


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.SAME_DAY])
def test_what_a_term_says_reads_back_as_the_same_term(unit):
    for term in (Term(7, unit), Term(7, unit, Direction.BACKWARD)):
        assert parse_term(term.words()) == term


def test_minutes_belong_to_hours_only():
    for unit, minutes in ((Unit.DAY, 30), (Unit.WORKING_HOUR, 60)):
        with pytest.raises(Refused, match="phút lẻ"):
            Term(1, unit, minutes=minutes)

"""Dossier codes: the rows of law-and-practice 12.13 and more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.rules.codes import DossierCode, code_in, format_code, parse_code
from congvu.foundation.refusal import Refused


@pytest.mark.parametrize(
    "text", ["000.00.12.H37-261120-0001", "H37.12-261120-0001", "H37-261120-0123", " H99.08-261120-12345 "]
)
def test_codes_of_both_orders_are_read(text: str) -> None:
    assert str(parse_code(text)) == text.strip()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("H37.12-261320-0001", "tháng 13"),
        ("H37.12-260230-0001", "ngày 30/02/2026"),
        ("h37.12-261120-0001", "in hoa"),
        ("H37.12-261120-001", "không đúng dạng"),
        ("H37.12-261120-0000", "0001"),
        ("H37.12.ABCDE.ABCDE.ABCDE.ABCDE.ABCDE.A-261120-0001", "không đúng dạng"),
        ("Z01ABC-261120-0001", "không đúng dạng"),
        ("'; DROP TABLE dossiers_dossier; --", "không đúng dạng"),
        ("", "không đúng dạng"),
    ],
)
def test_a_wrong_code_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_code(text)
    assert says in refusal.value.sentence()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 999_999))
def test_what_is_made_is_read_back(day: date, number: int) -> None:
    assert parse_code(format_code("H99.08", day, number)) == DossierCode("H99.08", day, number)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("NOP PHI 000.01.02.H99-261120-0001", "000.01.02.H99-261120-0001"),
        ("mbvcb nop phi h99.01-261120-0001 GD 12", "H99.01-261120-0001"),
        ("(H99.01-261120-0001), H99.01-261120-0001.", "H99.01-261120-0001"),
        ("H99.01-261120-0001-CHUYEN TIEN", "H99.01-261120-0001"),
        ("H99.01-261120-0001 H99.01-261120-0002", ""),
        ("NOP PHI 00.01.02.H99-261120-0001", ""),
        ("000.01.02-H99-261120-0001", ""),
        ("PHIH99-261120-0001", ""),
        ("H99.01-261120-00010001", ""),
        ("H99.01-LT-261120-0001", ""),
        ("tien an trua", ""),
    ],
)
def test_a_code_among_other_words_is_whole_or_it_is_none(content: str, code: str) -> None:
    assert code_in(content) == code

"""Amounts in words: golden examples, and every amount read back from its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.rules.spelled import spelled, spelled_dong

GOLDEN = {
    0: "không", 1: "một", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm",
    20: "hai mươi", 21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 44: "bốn mươi tư", 100: "một trăm",
    101: "một trăm linh một", 105: "một trăm linh năm", 110: "một trăm mười", 115: "một trăm mười lăm",
    555: "năm trăm năm mươi lăm",
    1_000: "một nghìn", 1_001: "một nghìn không trăm linh một", 1_010: "một nghìn không trăm mười",
    2_021: "hai nghìn không trăm hai mươi mốt", 10_000: "mười nghìn", 150_000: "một trăm năm mươi nghìn",
    1_000_000: "một triệu", 1_000_005: "một triệu không trăm linh năm",
    1_005_021: "một triệu không trăm linh năm nghìn không trăm hai mươi mốt", 21_000_000: "hai mươi mốt triệu",
    1_000_000_000: "một tỷ", 1_000_000_001: "một tỷ không trăm linh một",
    2_015_000_000: "hai tỷ không trăm mười lăm triệu", 1_000_000_000_000: "một nghìn tỷ",
    1_500_000_000_000: "một nghìn năm trăm tỷ",
}  # fmt: skip


@pytest.mark.parametrize(("number", "words"), GOLDEN.items())
def test_a_number_is_spelled_as_papers_write_it(number: int, words: str) -> None:
    assert spelled(number) == words


def test_a_receipt_says_the_amount_as_a_sentence() -> None:
    assert spelled_dong(150_000) == "Một trăm năm mươi nghìn đồng"
    with pytest.raises(ValueError, match="no place"):
        spelled(-1)


VALUES = {
    word: n
    for n, words in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm", "sáu", "bảy", "tám", "chín")
    )
    for word in words.split()
}


def read_back(words: str) -> int:
    """A second reading, from the words alone: a stack of scales, not the arithmetic of `spelled`."""
    total = group = digit = 0
    billions = 0
    for word in words.split():
        if word in VALUES:
            digit = VALUES[word]
        elif word == "mười":
            group += 10
        elif word in ("mươi", "trăm"):
            group, digit = group + digit * (10 if word == "mươi" else 100), 0
        elif word in ("nghìn", "triệu"):
            total, group, digit = total + (group + digit) * (1000 if word == "nghìn" else 1_000_000), 0, 0
        elif word == "tỷ":
            billions, total, group, digit = billions + total + group + digit, 0, 0, 0
    return billions * 1_000_000_000 + total + group + digit


@given(st.integers(0, 999_999_999_999))
def test_every_amount_can_be_read_back_from_its_words(number: int) -> None:
    assert read_back(spelled(number)) == number


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_two_amounts_never_share_their_words(a: int, b: int) -> None:
    assert (spelled(a) == spelled(b)) == (a == b)

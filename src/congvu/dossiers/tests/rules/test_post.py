"""Tracking numbers of the post and pasted tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.rules.post import Row, check_digit, pasted, plain_tracking, wrong_tracking


@pytest.mark.parametrize(
    ("serial", "digit"),
    [("47312482", 9), ("12345678", 5), ("00000000", 5), ("00000007", 6), ("00000008", 0)],
)
def test_the_check_digit_is_that_of_the_standard(serial: str, digit: int) -> None:
    """47312482 is the example of UPU S10 itself."""
    assert check_digit(serial) == digit


@pytest.mark.parametrize(
    "number", ["RN473124829GB", "EA123456785VN", "VTP99012345678", "12345", "SPX2026ABCDE"]
)
def test_good_numbers_and_those_of_other_carriers_are_taken(number: str) -> None:
    assert wrong_tracking(number) == ""


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "Chưa ghi"),
        ("EA123456786VN", "chữ số kiểm tra"),
        ("EA123456875VN", "chữ số kiểm tra"),  # two digits swapped, as fingers do
        ("EA12", "từ 5 đến 40"),
        ("A" * 41, "từ 5 đến 40"),
        ("EA/12345678", "chỉ gồm"),
        ("ĐA123456785", "chỉ gồm"),
    ],
)
def test_a_wrong_number_is_told_why(number: str, says: str) -> None:
    assert says in wrong_tracking(number)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 9))
def test_of_ten_last_digits_one_is_right(serial: str, last: int) -> None:
    right = check_digit(serial)
    assert (wrong_tracking(f"EA{serial}{last}VN") == "") == (last == right)


def test_a_number_is_read_as_people_write_it() -> None:
    assert plain_tracking(" ea 123 456 785 vn ") == "EA123456785VN"
    assert plain_tracking("EA-123.456.785-VN") == "EA123456785VN"


CODE, OTHER = "H99.01-261120-0001", "H99.01-261120-0002"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{CODE}\tEA123456785VN\n{OTHER}\tEA 473 124 829 VN\n", [Row(CODE, "EA123456785VN"), Row(OTHER, "EA473124829VN")]),
        (f"Mã hồ sơ\tSố hiệu\n\n{CODE}\tEA123456785VN", [Row(CODE, "EA123456785VN")]),
        (f"EA123456785VN; {CODE.lower()}", [Row(CODE, "EA123456785VN")]),
        (f"{CODE} ea 123 456 785 vn", [Row(CODE, "EA123456785VN")]),
        (f"{CODE}\t99012345678\tViettel Post", [Row(CODE, "99012345678", "Viettel Post")]),
        (f"{CODE}", [Row(CODE, "")]),
        ("không phải mã 123", [Row("KHÔNG", "PHẢIMÃ123")]),
        ("\r\n \r\n", []),
    ],
)  # fmt: skip
def test_a_table_is_read_as_it_was_copied(text: str, rows: list[Row]) -> None:
    assert pasted(text) == rows


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read(text: str) -> None:
    assert len(pasted(text)) <= len(text.splitlines())

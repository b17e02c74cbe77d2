"""What a person's numbers may look like."""

import pytest

from congvu.dossiers.rules.people import plain_number, plain_phone, read_card, wrong_id_number, wrong_phone


@pytest.mark.parametrize("number", ["", "099190000123", "123456789", "C1234567", "AB123456"])
def test_numbers_a_citizen_may_have(number: str) -> None:
    assert wrong_id_number(number) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [("12345", "đang có 5"), ("0991900001234", "đang có 13"), ("ABC", "chữ số"), ("12a", "chữ số")],
)
def test_numbers_a_citizen_may_not_have(number: str, words: str) -> None:
    assert words in wrong_id_number(number)


@pytest.mark.parametrize(
    ("number", "ok"), [("0101234567", True), ("0101234567001", True), ("01012345", False)]
)
def test_tax_codes_of_enterprises(number: str, ok: bool) -> None:
    assert (wrong_id_number(number, 2) == "") is ok


def test_decisions_of_organisations_are_taken_as_they_are() -> None:
    assert wrong_id_number("12/QĐ-UBND", 4) == wrong_id_number("x", 3) == ""


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("099 190 000 123", "099190000123"),
        ("099.190-000.123", "099190000123"),
        (" c1234567 ", "C1234567"),
        ("12/QĐ", "12/QĐ"),
    ],
)
def test_spaces_between_digits_are_the_readers_not_the_numbers(typed: str, plain: str) -> None:
    assert plain_number(typed) == plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("+84 90 000 0123", "0900000123"), ("84900000123", "0900000123"), ("0900.000.123", "0900000123")],
)
def test_phones_are_written_from_zero(typed: str, plain: str) -> None:
    assert plain_phone(typed) == plain and wrong_phone(plain) == ""


@pytest.mark.parametrize("phone", ["123", "0123456789", "09000001234", "09o0000123"])
def test_phones_nobody_has(phone: str) -> None:
    assert wrong_phone(phone)


def test_the_square_code_of_a_card() -> None:
    card = read_card("099190000123|123456789|Trần Văn Thẻ|01011990|Nam|12 Đông Kinh|01012021")
    assert card and (card.number, card.name, card.address) == ("099190000123", "Trần Văn Thẻ", "12 Đông Kinh")
    assert read_card("099190000123") is None and read_card("a|b|c|d|e|f") is None

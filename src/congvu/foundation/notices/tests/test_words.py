"""Lengths of SMS, places in templates, masks, waiting: the pure part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.notices.rules.filling import checked, filled, places
from congvu.foundation.notices.rules.masks import is_email, is_mobile, masked
from congvu.foundation.notices.rules.sms import length, unmarked
from congvu.foundation.notices.rules.waiting import MOST_TRIES, seconds_until_next
from congvu.foundation.refusal import Refused


@pytest.mark.parametrize(
    ("text", "unicode", "used", "parts", "room"),
    [
        ("", False, 0, 0, 160),
        ("a" * 160, False, 160, 1, 160),
        ("a" * 161, False, 161, 2, 306),
        ("a" * 306, False, 306, 2, 306),
        ("a" * 307, False, 307, 3, 459),
        ("ạ" * 70, True, 70, 1, 70),
        ("ạ" * 71, True, 71, 2, 134),
        ("ạ" * 134, True, 134, 2, 134),
        ("ạ" * 135, True, 135, 3, 201),
        ("a" * 69 + "đ", True, 70, 1, 70),
        ("[" * 80, False, 160, 1, 160),
        ("à" * 160, False, 160, 1, 160),  # in the 7-bit alphabet, unlike "á" with its friends ả, ạ, ã
        ("😀" * 35, True, 70, 1, 70),
    ],
)
def test_an_sms_is_counted_as_the_network_counts(
    text: str, unicode: bool, used: int, parts: int, room: int
) -> None:
    found = length(text)
    assert (found.unicode, found.used, found.parts, found.room) == (unicode, used, parts, room)


def test_no_letter_is_cut_between_parts() -> None:
    assert (
        length("a" * 152 + "[" + "a" * 152).parts == 3
    )  # the bracket takes two places and starts the second part
    assert length("ạ" * 66 + "😀" + "ạ" * 66).parts == 3


def test_without_marks_a_message_more_than_doubles_its_room() -> None:
    marked = "Hồ sơ H99.01-261120-0001 đã được tiếp nhận. Hẹn trả kết quả ngày 30/11/2026 – mời bạn đến."
    plain = unmarked(marked)
    assert (
        plain == "Ho so H99.01-261120-0001 da duoc tiep nhan. Hen tra ket qua ngay 30/11/2026 - moi ban den."
    )
    assert (length(marked).parts, length(plain).parts) == (2, 1)


@given(st.text(max_size=400))
def test_without_marks_every_text_fits_the_small_alphabet(text: str) -> None:
    plain = unmarked(text)
    assert not length(plain).unicode
    assert unmarked(plain) == plain


@given(st.text(max_size=700))
def test_parts_hold_what_they_are_given(text: str) -> None:
    found = length(text)
    assert 0 <= found.used <= found.room
    assert (found.parts == 0) == (text == "")


def test_a_place_that_is_not_known_is_named() -> None:
    with pytest.raises(Refused) as told:
        checked("Hồ sơ {ma_ho_so}, cán bộ {ten_can_bo}", ("ma_ho_so", "ngay_hen"), where="text")
    assert "{ten_can_bo}" in told.value.what
    assert "{ma_ho_so}, {ngay_hen}" in told.value.do
    assert told.value.where == "text"


@pytest.mark.parametrize("words", ["{ma_ho_so", "ma_ho_so}", "{{ma_ho_so}}", "{ma_ho_so.code}", "{0}", "{}"])
def test_half_a_place_and_an_expression_are_refused(words: str) -> None:
    with pytest.raises(Refused):
        checked(words, ("ma_ho_so",), where="text")


def test_what_is_filled_in_is_never_read_as_a_place() -> None:
    assert filled("{a} và {b}", {"a": "{b}", "b": "2"}) == "{b} và 2"
    assert places("{a} {b} {a}") == ["a", "b"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("mau.nguyen@example.com", "m•••@example.com"),
        ("0900000123", "0900•••123"),
        ("12", "•••"),
    ],
)
def test_an_address_is_recognised_but_not_usable(address: str, shown: str) -> None:
    assert masked(address) == shown


@pytest.mark.parametrize(
    "address",
    [
        "a@b.vn\nBcc: x@y.vn",
        "a@b.vn, c@d.vn",
        "a b@c.vn",
        "a@b",
        "@b.vn",
        "<a@b.vn>",
        "ạ@b.vn",
        "a" * 200 + "@b.vn",
    ],
)
def test_no_mail_goes_to_what_is_not_one_plain_address(address: str) -> None:
    assert not is_email(address)


def test_real_addresses_are_taken() -> None:
    assert is_email("nguyen.thi-mau+1@so-noi-vu.example.vn")
    assert is_mobile("0900000123")
    assert not is_mobile("0243825000")  # a landline takes no SMS


def test_waiting_grows_and_ends() -> None:
    waits = [seconds_until_next(n) for n in range(1, MOST_TRIES + 1)]
    assert waits[:5] == [60, 240, 960, 3840, 15360]
    assert waits[-2:] == [21600, None]

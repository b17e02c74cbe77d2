"""What banks read and write: the text of a VietQR code, a signed report, a day file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.rules.bank_file import read_bank_file
from congvu.dossiers.rules.payment_report import NotTheBank, Told, read_report, signed
from congvu.dossiers.rules.vietqr import crc16, plain, vietqr
from congvu.foundation.refusal import Refused

PUBLISHED = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA"
    "530370454061200005802VN62170813ung ho lu lut6304C15C"
)
SECRET = "x" * 32
NOW = 1_795_000_000


def test_a_published_example_comes_out_letter_for_letter() -> None:
    assert vietqr("970415", "0011001932418", 120_000, "ủng hộ lũ lụt") == PUBLISHED
    assert crc16(b"123456789") == 0x29B1  # the check value of CRC-16/CCITT-FALSE


@pytest.mark.parametrize(
    ("bank", "account", "amount"),
    [("97041", "1", 5), ("970415", "", 5), ("970415", "1 2", 5), ("970415", "1", 0)],
)
def test_what_cannot_be_transferred_is_not_drawn(bank: str, account: str, amount: int) -> None:
    with pytest.raises(ValueError):
        vietqr(bank, account, amount, "x")


@given(st.text(max_size=80), st.integers(1, 10**11))
def test_a_code_can_be_taken_apart_again(content: str, amount: int) -> None:
    text, found, at = vietqr("970415", "0011001932418", amount, content), {}, 0
    while at < len(text):
        size = int(text[at + 2 : at + 4])
        found[text[at : at + 2]] = text[at + 4 : at + 4 + size]
        at += 4 + size
    assert found["54"] == str(amount) and found["62"][4:] == plain(content) and len(plain(content)) <= 25
    assert plain("CV0123ABCDEF") == "CV0123ABCDEF"


def report(**more: object) -> bytes:
    return json.dumps({"reference": "CV0123456789", "transaction": "FT1", "amount": 5, **more}).encode()


def test_a_report_is_read_only_from_the_holder_of_the_key_and_only_now() -> None:
    body, moment = report(), str(NOW)
    good = signed(SECRET, moment, body)
    assert read_report(body, moment, good, secret=SECRET, now=NOW + 299) == Told("CV0123456789", "FT1", 5)
    wrong = [
        (body, moment, signed("y" * 32, moment, body), SECRET, NOW), (body + b" ", moment, good, SECRET, NOW),
        (body, str(NOW + 1), good, SECRET, NOW), (body, moment, "", SECRET, NOW), (body, moment, "ký", SECRET, NOW),
        (body, moment, good, SECRET, NOW + 301), (body, moment, good, SECRET, NOW - 301),
        (body, moment, signed("", moment, body), "", NOW), (body, "x", signed(SECRET, "x", body), SECRET, NOW),
    ]  # fmt: skip
    for said, when, signature, secret, now in wrong:
        with pytest.raises(NotTheBank):
            read_report(said, when, signature, secret=secret, now=now)


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'"x"', report(amount=0), report(amount="5"), report(amount=True), report(amount=1.5), report(reference="CV1"),
     report(transaction=" "), report(transaction="x" * 101)],
)  # fmt: skip
def test_a_report_that_says_nothing_usable_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        read_report(body, str(NOW), signed(SECRET, str(NOW), body), secret=SECRET, now=NOW)


FILE = """Ngày;Mã giao dịch;Ghi có;Nội dung
20/11/2026;FT1;150.000;MBVCB cv0123456789 chuyen tien
20/11/2026;FT2;1,250,000.00;Nop phi H99.01-261120-0001
20/11/2026;FT3;-5.000;Phi dich vu
20/11/2026;;5.000;Khong so
20/11/2026;FT5;nhieu;Gi do
20/11/2026;FT6

20/11/2026;FT7;5000 VND;Tien gi
"""


def test_every_line_of_a_day_file_comes_out() -> None:
    lines = read_bank_file(("\ufeff" + FILE).encode())
    assert [(one.row, one.amount, one.reference, one.code) for one in lines] == [
        (2, 150_000, "CV0123456789", ""), (3, 1_250_000, "", "H99.01-261120-0001"), (4, None, "", ""), (5, None, "", ""),
        (6, None, "", ""), (7, None, "", ""), (9, 5_000, "", ""),
    ]  # fmt: skip
    assert [one.why for one in lines if one.why] == [
        "Không phải tiền vào.", "Dòng không có mã giao dịch dùng được.", "Không đọc được số tiền «nhieu».", "Dòng thiếu cột.",
    ]  # fmt: skip
    for wrong in (b"", b"a,b\n1,2", "Mã".encode("utf-16")):
        with pytest.raises(Refused):
            read_bank_file(wrong)
    assert len(read_bank_file(b'credit,transaction,content\n5,x,"a, b"')) == 1


DIRTY = [
    "Mã giao dịch,Ghi có,Nội dung",
    'FT1,5000,"Nop phi',
    "FT2,6000,Tien gi",
    'FT3,7000,"Cong ty ""A""\n nop\n phi"',
    'FT4,8000,"Cong ty "B" nop"',
    f"FT5,9000,{'x' * 140_000}",
    "FT6,1000,so\0khong",
    'FT7,2000,"',
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_dirty_line_answers_for_itself_and_takes_no_other_with_it(end: str) -> None:
    lines = read_bank_file(end.join(one.replace("\n", end) for one in DIRTY).encode())
    assert [(one.row, one.transaction, one.amount) for one in lines] == [
        (2, "", None), (3, "FT2", 6000), (4, "FT3", 7000), (7, "FT4", 8000), (8, "", None), (9, "", None), (10, "", None),
    ]  # fmt: skip
    assert lines[2].content == 'Cong ty "A"\n nop\n phi'
    assert ["ngoặc kép" in one.why for one in lines] == [True, False, False, False, True, False, True]
    assert lines[5].why == "Dòng có ký tự hỏng." and "\0" not in "".join(one.raw for one in lines)


@given(st.lists(st.text("FT1234567890,;.\"' \0-\n", max_size=30), max_size=12))
def test_no_line_of_a_file_is_without_an_answer(body: list[str]) -> None:
    whole = "\n".join(("credit,transaction,content", *body)).rstrip()
    lines = read_bank_file(whole.encode())
    told = "\n".join(one.raw for one in lines).replace("\N{REPLACEMENT CHARACTER}", "\0")
    asked = [one for one in whole.split("\n")[1:] if one.replace(",", "").strip()]
    assert [one for one in told.split("\n") if one.replace(",", "").strip()] == asked

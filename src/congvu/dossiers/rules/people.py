"""What a person's numbers may look like: ID cards, tax codes, phones; and the square code of an ID card."""

import re
from dataclasses import dataclass

CITIZEN, ENTERPRISE = 1, 2
_SPACES = re.compile(r"[\s.\-]+")
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")
_LANDLINE, _MOBILE = re.compile(r"02\d{8,9}"), re.compile(r"0[35789]\d{8}")


@dataclass(frozen=True, slots=True)
class Card:
    """What the square code of an ID card says (số căn cước, họ tên, địa chỉ)."""

    number: str
    name: str
    address: str


def read_card(scanned: str) -> Card | None:
    """The fields of a scanned card: `number|old number|name|birth|sex|address|issued`; None for anything else."""
    parts = [part.strip() for part in scanned.split("|")]
    if len(parts) < 6 or not (parts[0].isdigit() and len(parts[0]) == 12):
        return None
    return Card(parts[0], parts[2], parts[5])


def plain_number(typed: str) -> str:
    """Digits without the spaces, dots and dashes people put between them; other text only trimmed."""
    bare = _SPACES.sub("", typed)
    return (
        bare
        if bare.isdigit()
        else typed.strip().upper()
        if _PASSPORT.fullmatch(bare.upper())
        else typed.strip()
    )


def wrong_id_number(number: str, subject: int = CITIZEN) -> str:
    """What is wrong with an identification number (already plain), "" when nothing is.

    Citizens: 12 digits (căn cước), 9 (old chứng minh nhân dân) or a passport. Enterprises: tax code of 10 or 13.
    State bodies and others: whatever their decision says.
    """
    if not number:
        return ""
    if subject == ENTERPRISE:
        ok = number.isdigit() and len(number) in (10, 12, 13)
        return "" if ok else f"Mã số thuế có 10 hoặc 13 chữ số; đang có {_count(number)}. Kiểm tra lại."
    if subject != CITIZEN:
        return ""
    if number.isdigit():
        ok = len(number) in (9, 12)
        return (
            "" if ok else f"Số căn cước có 12 chữ số (chứng minh cũ 9); đang có {len(number)}. Kiểm tra lại."
        )
    if _PASSPORT.fullmatch(number):
        return ""
    return "Số giấy tờ chỉ gồm chữ số, hoặc là số hộ chiếu (ví dụ C1234567). Kiểm tra lại."


def _count(number: str) -> str:
    digits = sum(one.isdigit() for one in number)
    return f"{digits} chữ số"


def plain_phone(typed: str) -> str:
    """A phone number as digits from 0: "+84 90 000 0123" -> "0900000123"."""
    bare = re.sub(r"[\s.\-()]+", "", typed)
    if bare.startswith("+84"):
        return "0" + bare[3:]
    return "0" + bare[2:] if bare.startswith("84") and len(bare) == 11 else bare


def wrong_phone(phone: str) -> str:
    """What is wrong with a plain phone number, "" when nothing is."""
    if not phone or _MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone):
        return ""
    if not phone.isdigit():
        return "Số điện thoại chỉ gồm chữ số. Kiểm tra lại."
    return f"Số điện thoại có 10 chữ số, bắt đầu bằng 0; đang có {len(phone)}. Kiểm tra lại."

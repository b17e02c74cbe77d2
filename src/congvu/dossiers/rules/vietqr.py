"""The text of a VietQR code for a transfer to an account: EMVCo merchant-presented mode as NAPAS lays it out.

Fields: 00 format, 01 dynamic (12), 38 the account (A000000727, bank and account number, QRIBFTTA), 53 đồng, 54 amount, 58
country, 62.08 content of the transfer, 63 CRC-16/CCITT-FALSE over all that stands before it, its own "6304" included.
"""

from congvu.foundation.text import fold

_NAPAS, _TO_ACCOUNT = "A000000727", "QRIBFTTA"
LONGEST_CONTENT = 25  # of field 62.08


def vietqr(bank_bin: str, account: str, amount: int, content: str) -> str:
    """The text to be drawn. Raises ValueError for a bank, account or amount that has no place in it."""
    if not (len(bank_bin) == 6 and bank_bin.isdigit()):
        raise ValueError(f"{bank_bin!r} is not the six digits of a bank")
    if not (0 < len(account) <= 19 and account.isascii() and account.isalnum()):
        raise ValueError(f"{account!r} is not an account number")
    if amount <= 0:
        raise ValueError(f"{amount} cannot be transferred")
    receiver = _field("00", bank_bin) + _field("01", account)
    text = "".join((
        _field("00", "01"), _field("01", "12"),
        _field("38", _field("00", _NAPAS) + _field("01", receiver) + _field("02", _TO_ACCOUNT)),
        _field("53", "704"), _field("54", str(amount)), _field("58", "VN"), _field("62", _field("08", plain(content))), "6304",
    ))  # fmt: skip
    return text + f"{crc16(text.encode()):04X}"


def plain(content: str) -> str:
    """What banks carry: letters without marks, digits, single spaces, at most 25. A reference stays as it is."""
    letters = content if content.isascii() and content.isalnum() else fold(content)
    return " ".join(letters.split())[:LONGEST_CONTENT].strip()


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, from 0xFFFF, nothing reflected."""
    found = 0xFFFF
    for byte in data:
        found ^= byte << 8
        for _ in range(8):
            found = (found << 1 ^ 0x1021 if found & 0x8000 else found << 1) & 0xFFFF
    return found


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02}{value}"

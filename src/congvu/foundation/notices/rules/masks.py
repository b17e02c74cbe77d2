"""Addresses shown to those who need to recognise them but not to use them. Pure."""

import re

_EMAIL = re.compile(r"[^@\s,;<>\"()]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MOBILE = re.compile(r"0[35789]\d{8}")
DOTS = "•••"


def masked(address: str) -> str:
    """ "mau.nguyen@example.com" -> "m•••@example.com"; "0900000123" -> "0900•••123"."""
    name, at, host = address.rpartition("@")
    if at:
        return f"{name[:1]}{DOTS}@{host}"
    return f"{address[:4]}{DOTS}{address[-3:]}" if len(address) >= 9 else DOTS


def is_email(address: str) -> bool:
    """Whether a mail can be addressed so: one plain address in ASCII, no line break, no list."""
    return len(address) <= 200 and address.isascii() and _EMAIL.fullmatch(address) is not None


def is_mobile(number: str) -> bool:
    """Whether an SMS can reach it: a Vietnamese mobile number as ten digits. A landline takes none."""
    return _MOBILE.fullmatch(number) is not None

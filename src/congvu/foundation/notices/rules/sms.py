"""How long an SMS is, and the same words without diacritics. Pure.

3GPP TS 23.038: a message in the 7-bit alphabet holds 160 letters, in parts 153 each; one letter outside it (any with a
Vietnamese mark) makes the whole message UCS-2: 70, in parts 67.
"""

import unicodedata
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # two places each
_PLAIN = str.maketrans({
    "đ": "d", "Đ": "D", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "«": '"', "»": '"', "…": "...",
    "•": "-", "·": "-", "₫": "d", "\u00a0": " ", "\t": " ", "`": "'",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Length:
    """How a text would travel. `used` counts places, `room` how many the parts hold."""

    unicode: bool
    used: int
    parts: int
    room: int

    @property
    def left(self) -> int:
        return self.room - self.used


def length(text: str) -> Length:
    """Places and parts of a text. No letter is cut in two between parts."""
    unicode = not all(letter in _BASIC or letter in _EXTENDED for letter in text)
    whole, part = (70, 67) if unicode else (160, 153)
    sizes = [_size(letter, unicode) for letter in text]
    used = sum(sizes)
    if used <= whole:
        return Length(unicode, used, 1 if text else 0, whole)
    parts, filled = 1, 0
    for size in sizes:
        if filled + size > part:
            parts, filled = parts + 1, 0
        filled += size
    return Length(unicode, used, parts, parts * part)


def _size(letter: str, unicode: bool) -> int:
    if unicode:
        return 2 if ord(letter) > 0xFFFF else 1
    return 2 if letter in _EXTENDED else 1


def unmarked(text: str) -> str:
    """The text without Vietnamese marks, fit for the 7-bit alphabet: "Đã tiếp nhận" -> "Da tiep nhan".

    A letter of another script that the alphabet has not becomes "?".
    """
    split = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).translate(_PLAIN))
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return "".join(letter if letter in _BASIC or letter in _EXTENDED else "?" for letter in bare)

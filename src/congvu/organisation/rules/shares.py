"""Shares as decisions write them: "1/3", "40%", "0,4"."""

import re
from fractions import Fraction

from congvu.foundation.refusal import Refused

_RATIO = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})")
_DECIMAL = re.compile(r"(\d{1,3})(?:[.,](\d{1,6}))?\s*(%?)")


def share_of(text: str) -> Fraction | None:
    """The share meant; None when nothing is written (not known). Refuses what is no share, zero, or above the whole."""
    clean = text.strip()
    if not clean:
        return None
    share = _parsed(clean)
    if share is None or not 0 < share <= 1:
        raise Refused(
            f"«{clean[:30]}» không phải một phần.",
            where="shares",
            do="Ghi dạng 1/3, 40% hoặc 0,4; để trống nếu quyết định không nói.",
        )
    return share


def _parsed(text: str) -> Fraction | None:
    ratio, decimal = _RATIO.fullmatch(text), _DECIMAL.fullmatch(text)
    if ratio and int(ratio.group(2)):
        return Fraction(int(ratio.group(1)), int(ratio.group(2)))
    if decimal:
        whole, part, percent = decimal.groups()
        number = Fraction(f"{whole}.{part or 0}")
        return number / 100 if percent else number
    return None

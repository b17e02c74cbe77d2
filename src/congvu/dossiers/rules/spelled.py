"""Amounts in words, as receipts and decisions write them: 1.005 → "một nghìn không trăm linh năm".

The usage of the North and of official papers: nghìn, linh, mốt after mươi, lăm after mười and mươi, tư after mươi.
"""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_LAST = {1: "mốt", 4: "tư", 5: "lăm"}  # after "mươi"
BILLION = 1_000_000_000


def spelled(number: int) -> str:
    """A whole number from 0 in words. Raises ValueError below zero."""
    if number < 0:
        raise ValueError(f"{number} has no place on a receipt")
    return " ".join(_words(number, inside=False)) or _DIGITS[0]


def spelled_dong(amount: int) -> str:
    """The words of an amount as a sentence of a receipt: "Một trăm năm mươi nghìn đồng"."""
    words = spelled(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def _words(number: int, *, inside: bool) -> list[str]:
    """The words of a number; `inside` one: zeros in front are said ("không trăm linh năm")."""
    tops, rest = divmod(number, BILLION)
    found: list[str] = []
    if tops:
        found += [*_words(tops, inside=inside), "tỷ"]
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            found += _group(group, inside=bool(found) or inside)
            found += [_SCALES[place]] if _SCALES[place] else []
    return found


def _group(group: int, *, inside: bool) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    found: list[str] = []
    if hundreds or inside:
        found += [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        return found + ((["linh"] if found else []) + [_DIGITS[ones]] if ones else [])
    found += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        found.append("lăm" if ones == 5 else _LAST.get(ones, _DIGITS[ones]) if tens > 1 else _DIGITS[ones])
    return found

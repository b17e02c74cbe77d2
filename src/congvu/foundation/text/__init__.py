"""Vietnamese text for machines: composed form, folded form for search, sorting."""

import re
import unicodedata

_WORD = re.compile(r"[0-9a-z]+")


def composed(text: str) -> str:
    """`text` in NFC with runs of white space made single: typed decomposed Unicode compares equal."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """`text` without diacritics, lower case, words separated by one space.

    "Nguyễn Thị Hạnh" -> "nguyen thi hanh"; "Đăng ký" -> "dang ky". Same result for NFC and NFD.
    """
    lowered = text.lower().replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare))


def phrase_query(text: str) -> str:
    """A `to_tsquery('simple', …)` string: the folded words of `text` in order, the last as a prefix.

    "nguyen thi h" -> "nguyen <-> thi <-> h:*"; "" when nothing searchable was typed.
    """
    words = fold(text).split()
    if not words:
        return ""
    return " <-> ".join([*words[:-1], f"{words[-1]}:*"])

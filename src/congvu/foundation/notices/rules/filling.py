"""Words with places to be filled: `{ma_ho_so}`. A place is a name and nothing more: no expression is read. Pure."""

import re
from collections.abc import Collection, Mapping

from congvu.foundation.refusal import Refused

_PLACE = re.compile(r"\{([^{}]*)\}")


def places(words: str) -> list[str]:
    """The places named, in order, each once."""
    return list(dict.fromkeys(_PLACE.findall(words)))


def checked(words: str, known: Collection[str], *, where: str) -> str:
    """`words` as they stand when each place is known; a refusal that names the first one that is not."""
    for name in places(words):
        if name not in known:
            told = ", ".join(f"{{{one}}}" for one in known)
            raise Refused(
                f"Không có chỗ điền {{{name}}} trong loại thông báo này.",
                where=where,
                do=f"Dùng được: {told}.",
            )
    if "{" in _PLACE.sub("", words) or "}" in _PLACE.sub("", words):
        raise Refused("Có dấu ngoặc nhọn lẻ.", where=where, do="Mỗi chỗ điền viết trọn trong một cặp { và }.")
    return words


def filled(words: str, values: Mapping[str, str]) -> str:
    """`words` with every place filled; what is filled in is never read as a place again. KeyError for an unknown one."""
    return _PLACE.sub(lambda found: values[found[1]], words)

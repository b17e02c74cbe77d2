"""What is known of a paper: how it came, whether a stored result is that paper, whether it may still be used."""

from collections.abc import Iterable
from datetime import date

from congvu.foundation.text import fold

# words around the name of a paper that do not change which paper it is
_AROUND = frozenset(
    {"ban", "sao", "chinh", "chup", "trich", "luc", "co", "chung", "thuc", "cua", "cap", "da"}
)


def forms_of(originals: int, certified: int, copies: int, *, scanned: bool, reused: bool) -> tuple[str, ...]:
    """How a paper came, in the words of the counter; a paper may have come in several ways at once."""
    said = (
        (reused, "dùng lại dữ liệu đã có"),
        (originals > 0 and not reused, "đã đối chiếu bản chính"),
        (certified > 0, "bản có chứng thực"),
        (copies > 0 and not reused and not scanned, "bản chụp"),
        (scanned and not reused, "đã quét"),
    )
    return tuple(words for holds, words in said if holds)


def names(paper: str, result: str) -> bool:
    """Whether a paper asked for is the kind of a stored result, by their names: every word of the result's name that says
    which paper it is stands, in order, in the paper's ("Bản sao Giấy khai sinh của trẻ" is a "Giấy khai sinh").

    Only an offer: the one who receives looks at the result and chooses it, or takes the paper as before.
    """
    asked, wanted = _telling(paper), _telling(result)
    if len(wanted) < 2:
        return False
    return any(asked[at : at + len(wanted)] == wanted for at in range(len(asked) - len(wanted) + 1))


def usable(valid_until: date | None, on: date) -> bool:
    """Whether a result may still be used on a day; its last day counts."""
    return valid_until is None or on <= valid_until


def _telling(name: str) -> list[str]:
    return [word for word in _words(fold(name)) if word not in _AROUND]


def _words(folded: str) -> Iterable[str]:
    return "".join(sign if sign.isalnum() else " " for sign in folded).split()

"""Keyset pages: a cursor is the sort key of the last row shown, so page 10,000 costs what page 1 costs."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from congvu.foundation.refusal import Refused

Row = TypeVar("Row")
Key = Sequence[str | int | None]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page and the way on. `next` is "" on the last page; `first` is false past the first."""

    rows: list[Row]
    next: str = ""
    first: bool = True


def page_of(found: Sequence[Row], limit: int, key: Callable[[Row], Key], *, first: bool = True) -> Page[Row]:
    """A page from a query that asked for `limit + 1` rows: the extra row only says that more follow."""
    rows = list(found[:limit])
    following = encode(key(rows[-1])) if len(found) > limit and rows else ""
    return Page(rows, following, first)


def page_after(rows: Sequence[Row], limit: int, key: Callable[[Row], int], cursor: str) -> Page[Row]:
    """A page of rows that are all at hand in their order, from the one after that which `cursor` names."""
    after = decode_numbers(cursor, 1)
    begin = next((at for at, row in enumerate(rows, 1) if after is not None and key(row) == after[0]), 0)
    return page_of(rows[begin : begin + limit + 1], limit, lambda row: (key(row),), first=begin == 0)


def encode(key: Key) -> str:
    """The cursor of a sort key: text, numbers and None. Not secret, only unfit for hand editing."""
    return (
        base64.urlsafe_b64encode(json.dumps(list(key), separators=(",", ":")).encode()).decode().rstrip("=")
    )


def decode(cursor: str, length: int) -> list[Any] | None:
    """The sort key of `cursor`, None when there is none. Refused when it is not one of ours."""
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key = json.loads(raw)
        if not isinstance(key, list) or len(key) != length:
            raise ValueError(cursor)
        if not all(part is None or isinstance(part, (str, int)) for part in key):
            raise ValueError(cursor)
    except ValueError as wrong:
        raise _not_ours() from wrong
    return key


def decode_numbers(cursor: str, length: int) -> list[int] | None:
    """The sort key of a list by numbers alone, None when there is none. Refused when it is not one of ours."""
    key = decode(cursor, length)
    if key is None:
        return None
    try:
        return [int(str(part)) for part in key]
    except ValueError as wrong:
        raise _not_ours() from wrong


def decode_dated(cursor: str) -> tuple[date, int] | None:
    """The sort key of a list by day and id, None when there is none. Refused when it is not one of ours."""
    key = decode(cursor, 2)
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key[0])), int(str(key[1]))
    except ValueError as wrong:
        raise _not_ours() from wrong


def _not_ours() -> Refused:
    return Refused("Dấu trang trong địa chỉ không đúng.", where="sau", do="Mở lại danh sách từ đầu.")

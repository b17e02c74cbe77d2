"""Lines of a decision as people type or paste them from a sheet: unit, pool, what happens, how many, note.

    H99.08	Công chức	Giao	62
    Sở Xây dựng	công chức	cắt giảm	3	theo lộ trình 2026
    H99.08	công chức	chuyển	5	H99.16          (to whom: two lines are made of it)
    H99.08	công chức	tổng	60                      (the new total: the difference is worked out)

Every row is answered: read, or refused with its number and the reason; none is dropped.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from congvu.foundation.text import composed, fold
from congvu.staffing.rules.kinds import (
    BO_SUNG,
    CAT_GIAM,
    CHUYEN_DEN,
    CHUYEN_DI,
    GIAO,
    LINE_KINDS,
    THU_HOI,
)
from congvu.staffing.rules.lines import MOST_POSTS, Line

TOTAL, TRANSFER = "TONG", "CHUYEN"
MOST_ROWS = 5_000
_SEPARATOR = re.compile(r"\t|;|\|")
_NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")
_KINDS = {
    **{fold(words): kind for kind, words in LINE_KINDS.items()},
    "giao moi": GIAO, "tang": BO_SUNG, "bo sung them": BO_SUNG, "giam": CAT_GIAM, "cat": CAT_GIAM, "tinh gian": CAT_GIAM,
    "thu": THU_HOI, "chuyen di": CHUYEN_DI, "chuyen den": CHUYEN_DEN, "nhan": CHUYEN_DEN, "chuyen": TRANSFER,
    "dieu chuyen": TRANSFER, "tong": TOTAL, "tong so": TOTAL, "tong giao": TOTAL, "con": TOTAL,
}  # fmt: skip
_HEADINGS = {"don vi", "ma don vi", "ten don vi", "ma", "stt"}
KIND_WORDS = "giao, bổ sung, thu hồi, cắt giảm, chuyển (ghi đơn vị nhận ở cột 5), tổng"


@dataclass(frozen=True, slots=True)
class Names:
    """What words may stand for: units by code and by folded name (None: several have that name), pools by word."""

    codes: Mapping[str, int]
    units: Mapping[str, int | None]
    pools: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row understood. `kind` one of the lines' kinds, TOTAL or TRANSFER (then `to_id` receives)."""

    row: int
    unit_id: int
    pool: str
    kind: str
    posts: int
    note: str = ""
    to_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read, and what was not, row by row."""

    wanted: list[Wanted]
    problems: list[str]


def read_rows(rows: Iterable[Sequence[str]], names: Names) -> Pasted:
    """Rows of cells, numbered from 1 as the reader sees them; blank ones and headings are passed over."""
    wanted, problems = [], []
    for number, cells in enumerate(rows, 1):
        clean = [composed(str(cell)) for cell in cells]
        if not any(clean) or fold(clean[0]) in _HEADINGS:
            continue
        if number > MOST_ROWS:
            problems.append(f"Quá {MOST_ROWS} dòng; chia thành nhiều quyết định.")
            break
        found = _row(number, clean, names)
        if isinstance(found, Wanted):
            wanted.append(found)
        else:
            problems.append(f"Dòng {number}: {found}")
    return Pasted(wanted, problems)


def read_text(text: str, names: Names) -> Pasted:
    """Typed or pasted text: a line a row, cells divided by tabs, semicolons or bars."""
    return read_rows((_SEPARATOR.split(line) for line in text.splitlines()), names)


def sheet_line(cells: Iterable[object]) -> str:
    """A row of a sheet as a typed line: 62.0 is 62, an empty cell nothing."""
    words = (
        "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        for cell in cells
    )
    return "\t".join(composed(word) for word in words).rstrip("\t")


def _row(number: int, cells: list[str], names: Names) -> Wanted | str:
    """The row, or what is wrong with it."""
    if len(cells) < 4:
        return f"cần 4 cột (đơn vị, nhóm, loại, số), chỉ có {len(cells)}."
    unit = _unit(cells[0], names)
    if isinstance(unit, str):
        return unit
    pool, kind = names.pools.get(fold(cells[1])), _KINDS.get(fold(cells[2]))
    if pool is None:
        return f"không có nhóm «{cells[1][:40]}»."
    if kind is None:
        return f"không hiểu loại «{cells[2][:40]}»; ghi {KIND_WORDS}."
    posts = int(re.sub(r"[. ]", "", cells[3])) if _NUMBER.fullmatch(cells[3]) else -1
    if not (0 < posts <= MOST_POSTS or (posts == 0 and kind == TOTAL)):
        return f"«{cells[3][:40]}» không phải số nguyên lớn hơn 0."
    note = cells[4] if len(cells) > 4 else ""
    if kind != TRANSFER:
        return Wanted(number, unit, pool, kind, posts, note)
    to = _unit(note, names) if note else "chuyển đi đâu? Ghi đơn vị nhận ở cột 5."
    if isinstance(to, str):
        return to
    if to == unit:
        return "đơn vị nhận trùng đơn vị chuyển."
    return Wanted(number, unit, pool, TRANSFER, posts, cells[5] if len(cells) > 5 else "", to)


def _unit(text: str, names: Names) -> int | str:
    by_code = names.codes.get(text.upper())
    if by_code is not None:
        return by_code
    word = fold(text)
    if word not in names.units:
        return f"không có đơn vị «{text[:60]}» vào ngày hiệu lực."
    found = names.units[word]
    return found if found is not None else f"nhiều đơn vị tên «{text[:60]}»; hãy ghi mã."


def settled(wanted: Iterable[Wanted], held: Mapping[tuple[int, str], int]) -> list[Line]:
    """Lines of a decision: transfers as their two sides, totals as the difference from what is `held`; a total that is
    held already makes no line. Lines of the same unit, pool and kind become one."""
    lines: dict[tuple[int, str, str], Line] = {}
    for one in wanted:
        for line in _lines(one, held):
            key = (line.unit_id, line.pool, line.kind)
            before = lines.get(key)
            both = ", ".join(
                dict.fromkeys(note for note in (before.note if before else "", line.note) if note)
            )
            lines[key] = Line(*key[:2], key[2], line.posts + (before.posts if before else 0), both)
    return list(lines.values())


def _lines(one: Wanted, held: Mapping[tuple[int, str], int]) -> list[Line]:
    if one.kind == TRANSFER and one.to_id is not None:
        return [
            Line(one.unit_id, one.pool, CHUYEN_DI, one.posts, one.note),
            Line(one.to_id, one.pool, CHUYEN_DEN, one.posts, one.note),
        ]
    if one.kind != TOTAL:
        return [Line(one.unit_id, one.pool, one.kind, one.posts, one.note)]
    before = held.get((one.unit_id, one.pool), 0)
    if one.posts == before:
        return []
    kind = CAT_GIAM if one.posts < before else BO_SUNG if before > 0 else GIAO
    return [Line(one.unit_id, one.pool, kind, abs(one.posts - before), one.note)]

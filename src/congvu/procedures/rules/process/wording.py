"""The two columns that make a step table a graph, as officials type them.

Waits ("Chờ bước"): empty is the row before, "2, 3" all of them, "2 hoặc 3" the first of them, "0" opens at reception,
"?" not yet linked. Branches ("Rẽ nhánh"): empty goes on to whoever waits for the step; else
"nếu ket_luan = không đạt → làm lại 2 (tối đa 3 lần); còn lại → 4, 5"; "→ kết thúc" ends the way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.procedures.rules.process.conditions import Condition, is_fact, read_condition
from congvu.procedures.rules.process.facts import LONGEST_LABEL, Labels
from congvu.procedures.rules.process.graph import Branch
from congvu.procedures.rules.words import Join

END_WORDS, AT_ONCE, UNLINKED = "kết thúc", "0", "?"
_PARTS = re.compile(r'(?:[^;"\n]|"[^"]*"|")+')
_ARROW = re.compile(r'((?:[^"]|"[^"]*"|")*?)\s*(?:→|->|\bthì\b)\s*(.+)', re.IGNORECASE)
_AND = re.compile(r"\s+và\s+(?=\?|[a-z][a-z0-9_]*\s*[=≠<>≤≥!])")
_OTHERWISE = ("còn lại", "khác", "ngược lại", "")
_AGAIN = re.compile(
    r"(?:làm lại|về|quay lại)(?:\s+bước)?\s+(\d{1,3})(?:\s*\(?\s*tối đa\s+(\d{1,3})\s*lần\s*\)?)?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*")


@dataclass(frozen=True, slots=True)
class Waits:
    """What a row waits for. `rows` None: the row before; `linked` False: nothing leads here yet."""

    rows: tuple[int, ...] | None = None
    join: str = Join.ALL.value
    at_once: bool = False
    linked: bool = True


@dataclass(frozen=True, slots=True)
class TypedBranch:
    """A branch as typed, its targets by row."""

    rows: tuple[int, ...] = ()
    when: tuple[Condition, ...] = ()
    back: bool = False
    max_rounds: int | None = None


def read_waits(text: str, where: str) -> Waits:
    """Read the column "Chờ bước". Refuses what is neither numbers of rows nor one of the signs."""
    typed = composed(text)
    if not typed:
        return Waits()
    if typed == AT_ONCE:
        return Waits((), at_once=True)
    if typed == UNLINKED:
        return Waits((), linked=False)
    either = re.split(r"\s+hoặc\s+|\s*\|\s*", typed, flags=re.IGNORECASE)
    parts = either if len(either) > 1 else re.split(r"\s*[,;]\s*|\s+và\s+", typed)
    if not all(part.isascii() and part.isdigit() and 0 < int(part) < 1000 for part in parts):
        raise Refused(
            f"Không đọc được «{typed[:40]}» ở cột Chờ bước.",
            where=where,
            do="Ghi số bước: «2, 3» chờ cả hai, «2 hoặc 3» chờ bước xong trước, «0» mở ngay từ đầu.",
        )
    join = Join.ANY if len(either) > 1 else Join.ALL
    return Waits(tuple(dict.fromkeys(int(part) for part in parts)), join.value)


def write_waits(waits: Waits) -> str:
    """The other way round."""
    if waits.rows is None:
        return ""
    if waits.at_once:
        return AT_ONCE
    if not waits.linked:
        return UNLINKED
    between = " hoặc " if waits.join == Join.ANY.value and len(waits.rows) > 1 else ", "
    return between.join(str(row) for row in waits.rows)


def read_branches(text: str, where: str) -> tuple[TypedBranch, ...]:
    """Read the column "Rẽ nhánh"; () when nothing is typed. Refuses what cannot be read, saying which part."""
    return tuple(_branch(composed(part), where) for part in _PARTS.findall(text) if composed(part))


def write_branches(branches: tuple[Branch, ...], row_of: Callable[[str], int]) -> str:
    """The other way round. A lone branch without conditions needs no words unless it goes back."""
    made = []
    for branch in branches:
        if branch.when:
            said = "nếu " + branch.words() + " → "
        else:
            said = "còn lại → " if len(branches) > 1 else ""
        rows = ", ".join(str(row_of(to)) for to in branch.targets)
        if branch.back:
            most = f" (tối đa {branch.max_rounds} lần)" if branch.max_rounds is not None else ""
            made.append(f"{said}làm lại {rows}{most}")
        else:
            made.append(said + (rows or END_WORDS))
    return "; ".join(made)


def read_labels(text: str, where: str) -> Labels:
    """Read what forms call the facts of a step: "ket_luan: Kết luận thẩm định; so_tien: Số tiền". Refuses the unreadable."""
    found: dict[str, str] = {}
    for part in filter(None, (composed(one) for one in re.split(r"[;\n]", text))):
        fact, colon, label = (one.strip() for one in part.partition(":"))
        if not (colon and label and is_fact(fact)) or len(label) > LONGEST_LABEL:
            raise Refused(
                f"Không đọc được «{part[:60]}» ở cột Tên dữ kiện.",
                where=where,
                do="Ghi như: ket_luan: Kết luận thẩm định; so_tien: Số tiền phải nộp.",
            )
        found[fact] = label
    return tuple(found.items())


def write_labels(labels: Labels) -> str:
    """The other way round."""
    return "; ".join(f"{fact}: {label}" for fact, label in labels)


def _branch(part: str, where: str) -> TypedBranch:
    found = _ARROW.fullmatch(part)
    condition, to = (found[1].strip(), found[2].strip()) if found else ("", part)
    lowered = condition.casefold()
    if lowered in _OTHERWISE:
        when: tuple[Condition, ...] = ()
    elif lowered.startswith("nếu "):
        when = tuple(read_condition(one, where) for one in _AND.split(condition[4:].strip()))
    else:
        raise _unread(part, where)
    if to.casefold() == END_WORDS:
        return TypedBranch((), when)
    again = _AGAIN.fullmatch(to)
    if again is not None:
        return TypedBranch((int(again[1]),), when, True, int(again[2]) if again[2] else None)
    if _NUMBERS.fullmatch(to) is None:
        raise _unread(part, where)
    return TypedBranch(tuple(dict.fromkeys(int(one) for one in re.split(r"\s*,\s*", to))), when)


def _unread(part: str, where: str) -> Refused:
    return Refused(
        f"Không đọc được «{part[:60]}» ở cột Rẽ nhánh.",
        where=where,
        do="Ghi như: nếu ket_luan = không đạt → làm lại 2 (tối đa 3 lần); còn lại → 4.",
    )

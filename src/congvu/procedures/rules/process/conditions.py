"""Conditions of branches: a comparison of one recorded fact with a value, read and written as officials type it.

A fact is what a step recorded when it was completed ("ket_luan" = "không đạt"). A fact that was not recorded satisfies
no condition, so that nothing is decided from silence: the dossier takes the "otherwise" branch.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

Facts = Mapping[str, str]
OPERATORS = ("≠", "≤", "≥", "=", "<", ">")
_SPELLINGS = {"!=": "≠", "<>": "≠", "<=": "≤", ">=": "≥", "==": "="}
_FACT = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CONDITION = re.compile(r"\s*(\S+?)\s*(!=|<>|<=|>=|==|≠|≤|≥|=|<|>)\s*(.+?)\s*", re.DOTALL)
_NEEDS_QUOTES = re.compile(r";|→|->|\bvà\b|\bthì\b", re.IGNORECASE)  # they part branches and conditions
LONGEST_VALUE = 100


@dataclass(frozen=True, slots=True)
class Condition:
    """`fact operator value`. An empty fact: a branch whose condition nobody has written yet."""

    fact: str
    operator: str = "="
    value: str = ""

    @property
    def missing(self) -> bool:
        """Whether the condition is still to be written."""
        return not self.fact

    def words(self) -> str:
        """As officials type it: `ket_luan = không đạt`; `?` when it is still to be written."""
        if self.missing:
            return "?"
        value = f'"{self.value}"' if _NEEDS_QUOTES.search(self.value) else self.value
        return f"{self.fact} {self.operator} {value}"

    def holds(self, facts: Facts) -> bool:
        """Whether the recorded facts satisfy it. Numbers compare as numbers, other values as text without case."""
        given = facts.get(self.fact)
        if self.missing or given is None:
            return False
        left, right = _number(given), _number(self.value)
        if left is not None and right is not None:
            return _compare(self.operator, (left > right) - (left < right))
        same = composed(given).casefold() == composed(self.value).casefold()
        return same if self.operator == "=" else self.operator == "≠" and not same


def read_condition(text: str, where: str) -> Condition:
    """Read `ket_luan = không đạt`; `?` is a condition to be written later. Refuses what is neither."""
    if composed(text) == "?":
        return Condition("")
    found = _CONDITION.fullmatch(composed(text))
    if found is None or not _FACT.fullmatch(found[1]) or len(found[3]) > LONGEST_VALUE:
        raise Refused(
            f"Không đọc được điều kiện «{composed(text)[:60]}».",
            where=where,
            do="Ghi như: ket_luan = không đạt. Tên dữ kiện viết thường, không dấu, nối bằng _.",
        )
    value = found[3][1:-1].strip() if re.fullmatch(r'"[^"]+"', found[3]) else found[3]
    return Condition(found[1], _SPELLINGS.get(found[2], found[2]), value)


def is_fact(name: str) -> bool:
    """Whether `name` may name a recorded fact: small letters without marks, digits, underscore."""
    return _FACT.fullmatch(name) is not None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _compare(operator: str, sign: int) -> bool:
    return {
        "=": sign == 0,
        "≠": sign != 0,
        "<": sign < 0,
        "≤": sign <= 0,
        ">": sign > 0,
        "≥": sign >= 0,
    }[operator]

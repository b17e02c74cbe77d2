"""What became of a locality: one answer, a question, or nothing known. Never a guess.

One old commune may have been divided among several new ones; which of them an address lies in is then asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Heir:
    """A locality of today's map to which an old one went; `divided`: only part of the old one went there."""

    id: int
    code: str
    path: str
    divided: bool
    share: Decimal | None = None
    inferred: bool = False  # read out of a note, not given by code


@dataclass(frozen=True, slots=True)
class One:
    """The whole old locality lies in this one."""

    new: Heir


@dataclass(frozen=True, slots=True)
class Ask:
    """It was divided: the address lies in one of these, and only a person can say in which."""

    candidates: tuple[Heir, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is recorded, or only a part of where it went."""

    why: str


Resolution = One | Ask | Unknown


def resolve(heirs: Iterable[Heir], *, unmapped: int = 0) -> Resolution:
    """`heirs`: where the locality, or the communes in it, went; `unmapped`: how many of these have no record."""
    found = {heir.id: heir for heir in heirs}
    if not found:
        return Unknown("Chưa có bảng chuyển đổi cho địa bàn này.")
    if len(found) == 1 and not unmapped:
        (only,) = found.values()
        if only.divided:
            return Unknown(f"Một phần đã vào {only.path}; phần còn lại chưa có ghi nhận.")
        return One(only)
    return Ask(tuple(sorted(found.values(), key=lambda heir: heir.code)))

"""Grade structure (cơ cấu ngạch): how many of a unit's people hold a grade of each rank, beside its cap. Pure.

A share is compared as an exact fraction and rounded once, when shown: 1 of 2 is 50 % and exceeds no cap of 50.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvu.people.rules.codes import RANKS, REST_RANK, rank_of
from congvu.staffing.rules.change import HUNDRED

ALL_RANKS = (*RANKS, REST_RANK)
Caps = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class RankShare:
    """So many of `whole` hold a grade of the rank. `cap` in per cent, None when the law table has none."""

    rank: str
    count: int
    whole: int
    cap: Fraction | None

    @property
    def percent(self) -> Fraction | None:
        return Fraction(HUNDRED * self.count, self.whole) if self.whole else None

    @property
    def over(self) -> bool:
        return self.cap is not None and HUNDRED * self.count > self.cap * self.whole

    @property
    def allowed(self) -> int | None:
        """The most people the cap lets hold it: rounded down, a part of a person is none."""
        return None if self.cap is None else int(self.cap * self.whole / HUNDRED)


def caps_of(value: Mapping[str, Mapping[str, str]], kind: str) -> Caps:
    """The caps of a kind of unit out of the law table's row; none for a kind it does not name."""
    return {rank: Fraction(str(cap)) for rank, cap in value.get(kind, {}).items() if rank in ALL_RANKS}


def shares(counts: Mapping[str, int], caps: Caps) -> list[RankShare]:
    """Every rank in order, the highest first. `counts` by rank."""
    whole = sum(counts.values())
    return [RankShare(rank, counts.get(rank, 0), whole, caps.get(rank)) for rank in ALL_RANKS]


def by_rank(holders: Mapping[str, int]) -> dict[str, int]:
    """Holders by grade, summed by rank."""
    found: dict[str, int] = {}
    for grade, count in holders.items():
        found[rank_of(grade)] = found.get(rank_of(grade), 0) + count
    return found

"""How much a balance changed since the base year: exact numbers, rounded once, when shown.

giảm % = (gốc − nay) / gốc × 100; the base is the balance of the origin year, never the year before. A target is met by
posts, not by rounded percentages: 10 % of 274.848 is 27.484,8; with 27.504 posts less it is exceeded by 19,2 posts.
"""

from dataclasses import dataclass
from fractions import Fraction

from congvu.organisation.rules.mapping import Number

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Change:
    """From `base` to `now`, as exact numbers."""

    base: Number
    now: Number

    @property
    def posts(self) -> Number:
        return self.now - self.base

    @property
    def percent(self) -> Fraction | None:
        """Of the base, below zero when fewer; None when there was no base."""
        return Fraction(HUNDRED * self.posts) / self.base if self.base else None

    @property
    def percent_written(self) -> str:
        """ "-2750400/274848": the same without reducing, so that both numbers can be found again; "" without a base."""
        return f"{HUNDRED * self.posts}/{self.base}" if self.base else ""


def beyond_target(change: Change, target_percent: Fraction) -> Fraction:
    """By how many posts a cut of `target_percent` of the base is exceeded; below zero: still missing."""
    return -change.posts - change.base * target_percent / HUNDRED

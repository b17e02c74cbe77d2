"""How answers become an index, and how sure it is. Pure.

Every formula is one ratio: each respondent i brings a_i of b_i, the index is R = sum a / sum b. Six sums are enough for R and
its margin, and they add up over units:

* share of the satisfied: a = answers «hài lòng» and «rất hài lòng», b = answers;
* mean level: a = sum of levels, b = 5 x answers (sum k n_k / 5n).

The respondent is what was drawn, not the answer to one question: twenty questions of one person are not twenty persons. So the
variance is that of a ratio estimator with finite population correction,

    v(R) = (1 - n/N) / (n (n - 1) b_mean^2) * sum (a_i - R b_i)^2        (Cochran, Sampling Techniques, 3rd ed., 1977, eq. 6.13)

which for a single question is the textbook (1 - n/N) p (1 - p) / (n - 1) (eq. 3.8). Over strata with weights W = N_h/N

    R_st = sum W_h R_h,   v = sum W_h^2 v(R_h)                            (eq. 5.1, 5.7)

and the margin is 1,96 times the root: 95 in 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

POSITIVE, MEAN = "positive", "mean"
FORMULAS = {
    POSITIVE: "Tỷ lệ hài lòng và rất hài lòng, gộp các câu",
    MEAN: "Điểm trung bình trên thang 5",
}
Z95 = 1.959963984540054  # of the standard normal distribution, 97.5 in 100


@dataclass(frozen=True, slots=True)
class Sums:
    """Of `n` respondents: sums of a, b and of their products."""

    n: int = 0
    a: int = 0
    b: int = 0
    aa: int = 0
    ab: int = 0
    bb: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.n + other.n, self.a + other.a, self.b + other.b,
            self.aa + other.aa, self.ab + other.ab, self.bb + other.bb,
        )  # fmt: skip

    @property
    def ratio(self) -> Fraction | None:
        """The index as a share of one; None when nobody answered."""
        return Fraction(self.a, self.b) if self.b else None


@dataclass(frozen=True, slots=True)
class Score:
    """An index as a share of one, exact, and half the width of its interval; None for a single respondent."""

    value: Fraction
    margin: float | None


def _variance(sums: Sums, frame: int | None) -> float | None:
    if sums.n < 2 or not sums.b:
        return None
    ratio = Fraction(sums.a, sums.b)
    spread = sums.aa - 2 * ratio * sums.ab + ratio * ratio * sums.bb
    mean = Fraction(sums.b, sums.n)
    share = min(Fraction(1), Fraction(sums.n, frame)) if frame else Fraction(0)
    return float((1 - share) * spread / (sums.n * (sums.n - 1) * mean * mean))


def score(sums: Sums, frame: int | None = None) -> Score | None:
    """The index of one group. `frame`: how many there were to be asked, when that is known."""
    ratio = sums.ratio
    if ratio is None:
        return None
    found = _variance(sums, frame)
    return Score(ratio, None if found is None else Z95 * sqrt(max(0.0, found)))


def stratified(strata: Mapping[int, tuple[Sums, int]]) -> Score | None:
    """The index over strata (sums, size of the frame), each weighing what its frame weighs. Strata without an answer have
    no weight: whoever shows this says which they are."""
    told = {key: one for key, one in strata.items() if one[0].b and one[1] > 0}
    total = sum(frame for _, frame in told.values())
    if not total:
        return None
    value, variance = Fraction(0), 0.0
    sure = True
    for sums, frame in told.values():
        weight = Fraction(frame, total)
        value += weight * Fraction(sums.a, sums.b)
        found = _variance(sums, frame)
        if found is None:
            sure = False
        else:
            variance += float(weight) ** 2 * found
    return Score(value, Z95 * sqrt(variance) if sure else None)

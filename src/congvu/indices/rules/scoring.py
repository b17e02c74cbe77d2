"""How a criterion is scored: what may be stated of it and the points that gives. Pure, exact.

A rule has a written form a set is typed in and shown with: «có/không», «tỷ lệ từ 80», «tuyến tính 50-100»,
«bậc 100:2 90:1,5», «khảo sát người dân, công chức», «trừ 0,5», «trung bình», «chấm», «ngoài».
"""

from dataclasses import dataclass
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.indices.rules.numbers import HUNDRED, half_up, read_decimal, written


@dataclass(frozen=True, slots=True)
class YesNo:
    """Done: all points; not done: none."""

    words: str = "có/không"


@dataclass(frozen=True, slots=True)
class Ratio:
    """The share of the maximum that was reached; nothing below the floor (percent)."""

    floor: Fraction = Fraction(0)

    @property
    def words(self) -> str:
        return f"tỷ lệ từ {written(self.floor, 3)}" if self.floor else "tỷ lệ"


@dataclass(frozen=True, slots=True)
class Linear:
    """Nothing below `low`, all from `high`, in a straight line between."""

    low: Fraction
    high: Fraction

    @property
    def words(self) -> str:
        return f"tuyến tính {written(self.low, 3)}-{written(self.high, 3)}"


@dataclass(frozen=True, slots=True)
class Steps:
    """Points of the highest step that was reached; nothing below the lowest."""

    steps: tuple[tuple[Fraction, Fraction], ...]  # (from, points), the highest first

    @property
    def words(self) -> str:
        return "bậc " + " ".join(f"{written(least, 3)}:{written(points, 3)}" for least, points in self.steps)


@dataclass(frozen=True, slots=True)
class Survey:
    """What respondents answered, by group; the groups weigh the same and none may be missing."""

    groups: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"khảo sát {', '.join(self.groups)}"


@dataclass(frozen=True, slots=True)
class Deduction:
    """All points, less `each` for every time; never below nothing."""

    each: Fraction

    @property
    def words(self) -> str:
        return f"trừ {written(self.each, 3)}"


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of points given one by one, rounded to one decimal before anything is added (TT 01/2018, Điều 14)."""

    words: str = "trung bình"


@dataclass(frozen=True, slots=True)
class Judged:
    """Points by judgement, in steps of the set."""

    words: str = "chấm"


@dataclass(frozen=True, slots=True)
class Given:
    """A number somebody else published; has no maximum of ours."""

    words: str = "ngoài"


Rule = YesNo | Ratio | Linear | Steps | Survey | Deduction | Mean | Judged | Given
RULE_WORDS = (
    ("có/không", "Có: đủ điểm; không: 0"),
    ("tỷ lệ từ 80", "Tỷ lệ đạt × điểm tối đa; dưới 80% là 0"),
    ("tuyến tính 50-100", "Dưới 50 là 0, từ 100 đủ điểm, ở giữa theo đường thẳng"),
    ("bậc 100:2 90:1,5", "Từ 100 được 2; từ 90 được 1,5; thấp hơn là 0"),
    ("khảo sát người dân, công chức", "Điểm từ trả lời của từng nhóm"),
    ("trừ 0,5", "Đủ điểm, trừ 0,5 cho mỗi lần"),
    ("trung bình", "Trung bình điểm từng hồ sơ, làm tròn 1 chữ số"),
    ("chấm", "Người chấm cho điểm theo bước của bộ"),
)


def read_rule(text: str) -> Rule:
    """The rule in its written form. Refuses what is none."""
    bare = " ".join(text.split())
    word = fold(bare)
    plain: dict[str, Rule] = {
        "co khong": YesNo(), "ty le": Ratio(), "trung binh": Mean(), "cham": Judged(), "ngoai": Given(),
    }  # fmt: skip
    if word in plain:
        return plain[word]
    parts = bare.split()
    if word.startswith("ty le tu ") and len(parts) == len(["tỷ", "lệ", "từ", "80"]):
        return Ratio(_number(parts[-1].rstrip("%"), bare))
    if word.startswith("tuyen tinh "):
        low, _, high = bare.split(" ", 2)[2].partition("-")
        rule = Linear(_number(low.strip(), bare), _number(high.strip(), bare))
        if rule.low >= rule.high:
            raise _not_a_rule(bare)
        return rule
    if word.startswith("bac "):
        pairs = [one.partition(":") for one in bare.split()[1:]]
        steps = sorted(((_number(a, bare), _number(b, bare)) for a, _, b in pairs), reverse=True)
        return Steps(tuple(steps))
    if word.startswith("khao sat "):
        groups = tuple(one.strip() for one in bare.split(" ", 2)[2].split(",") if one.strip())
        if groups and len({fold(one) for one in groups}) == len(groups):
            return Survey(groups)
    if word.startswith("tru ") and len(parts) == len(["trừ", "0,5"]):
        return Deduction(_number(parts[-1], bare))
    raise _not_a_rule(bare)


def problem_of(rule: Rule, maximum: Fraction | None) -> str:
    """Why a rule does not suit a maximum, "" when it does."""
    if isinstance(rule, Given):
        return "" if maximum is None else "chỉ số bên ngoài không có điểm tối đa của ta"
    if maximum is None or maximum <= 0:
        return "thiếu điểm tối đa"
    if isinstance(rule, Steps) and any(points > maximum for _, points in rule.steps):
        return f"có bậc cao hơn điểm tối đa {written(maximum)}"
    if isinstance(rule, Deduction) and rule.each > maximum:
        return "mỗi lần trừ nhiều hơn điểm tối đa"
    return ""


def of_share(rule: Rule, maximum: Fraction, percent: Fraction) -> Fraction:
    """The points of a percentage (or of a number, by steps and lines)."""
    match rule:
        case Ratio(floor):
            return Fraction(0) if percent < floor else min(percent, Fraction(HUNDRED)) * maximum / HUNDRED
        case Linear(low, high):
            if percent < low:
                return Fraction(0)
            return min((percent - low) / (high - low), Fraction(1)) * maximum
        case Steps(steps):
            return next((points for least, points in steps if percent >= least), Fraction(0))
    raise ValueError(rule)


def of_times(rule: Deduction, maximum: Fraction, times: int) -> Fraction:
    return max(maximum - rule.each * times, Fraction(0))


def of_mean(total: Fraction, count: int) -> Fraction:
    return half_up(total / count, 1)


def of_answers(maximum: Fraction, groups: list[tuple[int, ...]]) -> Fraction:
    """Σ (level × its share) × maximum, the mean of the groups. Each group: how many answered each of the levels, from the
    lowest; three or five levels."""
    means = [
        Fraction(sum(place * n for place, n in enumerate(counts)), (len(counts) - 1) * sum(counts))
        for counts in groups
    ]
    return sum(means, Fraction(0)) / len(means) * maximum


def _number(text: str, whole: str) -> Fraction:
    found = read_decimal(text)
    if found is None:
        raise _not_a_rule(whole)
    return found


def _not_a_rule(text: str) -> Refused:
    return Refused(
        f"Không hiểu cách chấm «{text[:60]}».",
        where="rule",
        do="Ghi như: có/không; tỷ lệ từ 80; bậc 100:2 90:1; khảo sát người dân; trừ 0,5; chấm.",
    )

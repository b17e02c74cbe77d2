"""What a figure is: a numerator and, for a share, a denominator, each a count of records; never a stored number.

One definition is asked by every screen, command and report. A share is kept as its two numbers and rounded once, half up,
by whoever shows it. Counts of different things are different measures and are never added. A number nobody computed says so
by its flag; a rate whose two numbers are not known stays a rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from congvu.indicators.rules.conditions import Condition
from congvu.organisation.rules.mapping import Number, plain

HUNDRED = 100
OVER = " chia cho "  # between the two counts of a share, in its words


class Measure(StrEnum):
    """What is counted. Numbers of two measures have no sum (220 posts and 101 people are not 321 of anything)."""

    DOSSIERS = "hồ sơ"
    POSTS = "biên chế"
    PEOPLE = "người"
    UNITS = "đơn vị"
    PROCEDURES = "thủ tục"
    PAPERS = "giấy tờ"
    PAYMENTS = "khoản thu"
    ONE_STOPS = "bộ phận một cửa"
    SYSTEMS = "hệ thống quản lý chất lượng"
    FUNCTIONS = "chức năng"
    POWERS = "việc phân cấp, ủy quyền"
    SCHEMES = "đề án"
    DECISIONS = "quyết định"
    PLANS = "kế hoạch"
    TASKS = "nhiệm vụ"
    TEXTS = "văn bản"
    INSPECTIONS = "cuộc kiểm tra"
    MEETINGS = "hội nghị, cuộc họp"
    PLACES = "điểm cầu"
    COLLECTIVES = "tập thể"
    PERSONS = "cá nhân"
    AWARDS = "lượt khen thưởng"
    YEARS = "năm"
    ANSWERS = "phiếu"
    COMPLAINTS = "phản ánh, kiến nghị"
    PARTICIPANTS = "lượt tham gia"
    POINTS = "điểm"
    MONEY = "đồng"
    HOURS = "giờ"
    OTHERS = "mục"


class Flag(StrEnum):
    """How a number came to be; whoever shows the number shows this beside it, unless it is computed."""

    COMPUTED = "computed"
    HAND = "hand-entered"  # by a person, from a paper that is named
    QUOTED = "quoted"  # from somebody's report
    RATE_ONLY = "rate-only"  # «88,3%»: the two numbers are not known
    APPROXIMATE = "approximate"  # «gần 95%»
    UNKNOWN_COUNT = "unknown-count"  # «một số sở»
    MISSING = "missing"  # nobody entered it for this period

    @property
    def words(self) -> str:
        return _FLAG_WORDS[self]


_FLAG_WORDS = {
    Flag.COMPUTED: "Máy tính từ hồ sơ",
    Flag.HAND: "Nhập tay",
    Flag.QUOTED: "Trích báo cáo",
    Flag.RATE_ONLY: "Chỉ có tỷ lệ",
    Flag.APPROXIMATE: "Số xấp xỉ",
    Flag.UNKNOWN_COUNT: "Không rõ số lượng",
    Flag.MISSING: "Chưa có số liệu",
}
ENTERED_FLAGS = (Flag.HAND, Flag.QUOTED, Flag.RATE_ONLY, Flag.APPROXIMATE, Flag.UNKNOWN_COUNT)


class Subject(StrEnum):
    """Under which heading a figure stands in the list."""

    DOSSIERS = "Giải quyết thủ tục hành chính"
    ONLINE = "Trực tuyến, thanh toán, số hóa"
    CATALOGUE = "Danh mục thủ tục"
    ORGANISATION = "Tổ chức bộ máy"
    POSTS = "Biên chế"
    PEOPLE = "Đội ngũ"
    OWN = "Số liệu của cơ quan"


Where = tuple[tuple[str, tuple[str, ...]], ...]  # (field, the values it may have), in the order of the fields


@dataclass(frozen=True, slots=True)
class Dossiers:
    """The dossiers of a period (received by its end and open then, or ended within it) for which a condition holds."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a statistic by unit, added: all of one measure."""

    statistic: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """The records of a population (rules/populations.py) whose fields have one of the values asked for."""

    population: str
    where: Where = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """A number people enter by hand for a period: `whole` is the one a share is of."""

    code: str
    whole: bool = False


Count = Dossiers | Columns | Among | Entered


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `words`: how it is reckoned, in words. `out_of` None: a count; else a share of it. `of_day`: told of the
    last day alone, not of the days of a period. `empty`: what is said of a share of nothing. `own`: an office defined it.
    `overlaps`: records may be counted by more than one of its siblings, so these are not to be added; why."""

    code: str
    name: str
    name_en: str
    subject: Subject
    measure: Measure
    words: str
    source: str
    evidence: str
    counted: Count
    out_of: Count | None = None
    of_day: bool = False
    empty: str = "không phát sinh"
    own: bool = False
    overlaps: str = ""

    def __post_init__(self) -> None:
        if self.out_of is not None and type(self.out_of) is not type(self.counted):
            raise ValueError(f"{self.code}: a share is of its own kind of records")

    @property
    def parts(self) -> tuple[str, ...]:
        """What each of its numbers counts, in words."""
        return tuple(part[:1].upper() + part[1:] for part in self.words.split(OVER))

    @property
    def counts(self) -> tuple[Count, ...]:
        return (self.counted,) if self.out_of is None else (self.counted, self.out_of)

    @property
    def by_hand(self) -> bool:
        return isinstance(self.counted, Entered)


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure came to. Exact: on another map of the units fractions may stand there. `numerator` None: the number is
    not known (a rate alone, an unknown count, nothing entered); `rate`: the percentage as a paper gives it; `words`: the
    number as the paper prints it («gần 95%»)."""

    numerator: Number | None
    denominator: Number | None = None
    flag: Flag = Flag.COMPUTED
    rate: Decimal | None = None
    words: str = ""

    @property
    def share(self) -> Fraction | None:
        """In percent, exact; None for a count, for a share of nothing and for what is not known."""
        if self.numerator is None:
            return Fraction(self.rate) if self.rate is not None else None
        if not self.denominator:
            return None
        return Fraction(HUNDRED * self.numerator) / Fraction(self.denominator)

    @property
    def known(self) -> bool:
        """Whether its number stands there, so that it may be added to others."""
        return self.numerator is not None

    def __add__(self, other: "Value") -> "Value":
        """Both together: numerators and denominators are added, percentages never. The flag is the weaker of both."""
        if self.numerator is None or other.numerator is None:
            raise ValueError("a rate alone and an unknown count have no sum")
        if (self.denominator is None) != (other.denominator is None):
            raise ValueError("a count and a share have no sum")
        whole = None if self.denominator is None else plain(self.denominator + (other.denominator or 0))
        return Value(plain(self.numerator + other.numerator), whole, weaker(self.flag, other.flag))


def weaker(one: Flag, other: Flag) -> Flag:
    """Of two flags the one that says less is known."""
    order = list(Flag)
    return max(one, other, key=order.index)


def total_of(values: Iterable[Value], *, share: bool) -> Value | None:
    """All together; None when one of them has no number to add. Of nothing: 0."""
    found = Value(0, 0 if share else None)
    for one in values:
        if not one.known:
            return None
        found = found + one
    return found


__all__ = [
    "ENTERED_FLAGS", "HUNDRED", "OVER", "Among", "Columns", "Count", "Dossiers", "Entered", "Figure", "Flag", "Measure",
    "Subject", "Value", "Where", "total_of", "weaker",
]  # fmt: skip

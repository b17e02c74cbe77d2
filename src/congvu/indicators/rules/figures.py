"""Figures as questions: a numerator and, for a share, a denominator, each a count of records; never a stored number.

One definition is asked by every screen, command and report. A share is kept as its two numbers and rounded once, half up,
by whoever shows it. Counts of different things are different measures and are never added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from congvu.dossiers.rules.status import Channel
from congvu.indicators.rules.conditions import Bound, Compare, Condition, Fact, every
from congvu.indicators.rules.form06 import BY_CODE
from congvu.indicators.rules.on_time import ENDED_IN_PERIOD, ENDED_LATE, ENDED_ON_TIME
from congvu.organisation.rules.mapping import Number, plain

HUNDRED = 100
OVER = " chia cho "  # between the two counts of a share, in its words


class Measure(StrEnum):
    """What is counted. Numbers of two measures have no sum (220 posts and 101 people are not 321 of anything)."""

    DOSSIERS = "hồ sơ"
    POSTS = "biên chế"
    PEOPLE = "người"


class Flag(StrEnum):
    """How a number came to be; whoever shows the number shows this beside it, unless it is computed."""

    COMPUTED = "computed"
    HAND = "hand-entered"  # by a person, from a paper that is named
    QUOTED = "quoted"  # from somebody's report
    RATE_ONLY = "rate-only"  # «88,3%»: the two numbers are not known
    APPROXIMATE = "approximate"  # «gần 95%»
    UNKNOWN_COUNT = "unknown-count"  # «một số sở»


class Subject(StrEnum):
    """Under which heading a figure stands in the list."""

    DOSSIERS = "Giải quyết thủ tục hành chính"
    POSTS = "Biên chế"
    PEOPLE = "Đội ngũ"


@dataclass(frozen=True, slots=True)
class Dossiers:
    """The dossiers of a period (received by its end and open then, or ended within it) for which a condition holds."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a statistic by unit, added: all of one measure."""

    statistic: str
    codes: tuple[str, ...]


Count = Dossiers | Columns


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `words`: how it is reckoned, in words. `out_of` None: a count; else a share of it. `of_day`: told of the
    last day alone, not of the days of a period. `empty`: what is said of a share of nothing."""

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


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure came to. Exact: on another map of the units fractions may stand there."""

    numerator: Number
    denominator: Number | None = None
    flag: Flag = Flag.COMPUTED

    @property
    def share(self) -> Fraction | None:
        """In percent, exact; None for a count and for a share of nothing."""
        if not self.denominator:
            return None
        return Fraction(HUNDRED * self.numerator) / Fraction(self.denominator)

    def __add__(self, other: "Value") -> "Value":
        """Both together: numerators and denominators are added, percentages never."""
        if (self.denominator is None) != (other.denominator is None):
            raise ValueError("a count and a share have no sum")
        whole = None if self.denominator is None else plain(self.denominator + (other.denominator or 0))
        return Value(plain(self.numerator + other.numerator), whole, self.flag)


_FORM06, _LAW61 = "Biểu 06/VPCP/KSTT (TT 01/2020/TT-VPCP)", "Nghị định 61/2018/NĐ-CP, Điều 30.2.c"
_RECEIVED_NEW = Dossiers(Compare(Fact.RECEIVED, ">=", Bound.FIRST))
_ONLINE = Dossiers(
    every(Compare(Fact.RECEIVED, ">=", Bound.FIRST), Compare(Fact.CHANNEL, "=", Channel.ONLINE))
)
_SOLVED, _IN_TIME, _LATE = Dossiers(ENDED_IN_PERIOD), Dossiers(ENDED_ON_TIME), Dossiers(ENDED_LATE)
_COUNTED, _PENDING, _PENDING_LATE = (Dossiers(BY_CODE[code].condition) for code in ("c3", "c11", "c13"))
_EARLY = Dossiers(every(ENDED_IN_PERIOD, BY_CODE["c8"].condition))
_CIVIL = ("cong_chuc",)
_PUBLIC = ("vien_chuc_nsnn",)
_D, _P, _H = Subject.DOSSIERS, Subject.POSTS, Subject.PEOPLE

FIGURES: tuple[Figure, ...] = (
    Figure(
        "ho-so.nhan-giai-quyet", "Hồ sơ nhận giải quyết", "Dossiers to be handled", _D, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ và từ kỳ trước chuyển sang", _FORM06, "IMPL", _COUNTED,
    ),
    Figure(
        "ho-so.tiep-nhan", "Hồ sơ tiếp nhận trong kỳ", "Dossiers received", _D, Measure.DOSSIERS,
        "Hồ sơ có ngày tiếp nhận trong kỳ", _FORM06, "IMPL", _RECEIVED_NEW,
    ),
    Figure(
        "ho-so.truc-tuyen", "Tỷ lệ hồ sơ trực tuyến", "Share of dossiers filed online", _D, Measure.DOSSIERS,
        "Hồ sơ nộp trực tuyến chia cho hồ sơ tiếp nhận trong kỳ", _FORM06, "IMPL", _ONLINE, _RECEIVED_NEW,
    ),
    Figure(
        "ho-so.da-giai-quyet", "Hồ sơ đã giải quyết", "Dossiers solved", _D, Measure.DOSSIERS,
        "Hồ sơ kết thúc giải quyết trong kỳ", _FORM06, "IMPL", _SOLVED,
    ),
    Figure(
        "ho-so.dung-han", "Tỷ lệ giải quyết đúng hạn", "Share solved on time", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong trước hạn và đúng hạn chia cho hồ sơ đã giải quyết trong kỳ", _FORM06, "IMPL", _IN_TIME,
        _SOLVED,
    ),
    Figure(
        "ho-so.dung-han-tiep-nhan", "Tỷ lệ đúng hạn trên số nhận giải quyết", "Share on time of all to be handled", _D,
        Measure.DOSSIERS, "Hồ sơ giải quyết xong trước hạn và đúng hạn chia cho hồ sơ nhận giải quyết", _LAW61, "TXT",
        _IN_TIME, _COUNTED,
    ),
    Figure(
        "ho-so.truoc-han", "Tỷ lệ giải quyết trước hạn", "Share solved before the due day", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong trước ngày hẹn chia cho hồ sơ đã giải quyết trong kỳ", _FORM06, "IMPL", _EARLY, _SOLVED,
    ),
    Figure(
        "ho-so.giai-quyet-qua-han", "Hồ sơ giải quyết quá hạn", "Dossiers solved late", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong sau ngày hẹn", _FORM06, "IMPL", _LATE,
    ),
    Figure(
        "ho-so.dang-giai-quyet", "Hồ sơ đang giải quyết", "Dossiers open", _D, Measure.DOSSIERS,
        "Hồ sơ còn mở vào cuối ngày cuối kỳ", _FORM06, "IMPL", _PENDING, of_day=True,
    ),
    Figure(
        "ho-so.ton-qua-han", "Hồ sơ tồn quá hạn", "Dossiers open and late", _D, Measure.DOSSIERS,
        "Hồ sơ còn mở vào cuối ngày cuối kỳ mà đã quá ngày hẹn, không kể hồ sơ tạm dừng", _FORM06, "IMPL", _PENDING_LATE,
        of_day=True,
    ),
    Figure(
        "bien-che.cong-chuc", "Biên chế công chức được giao", "Civil-service posts", _P, Measure.POSTS,
        "Cộng các dòng quyết định của nhóm công chức đến hết ngày", "Sổ biên chế", "IMPL", Columns("bien-che", _CIVIL),
        of_day=True,
    ),
    Figure(
        "bien-che.vien-chuc", "Số người làm việc hưởng lương ngân sách được giao", "Public-employee posts on budget", _P,
        Measure.POSTS, "Cộng các dòng quyết định của nhóm viên chức hưởng lương ngân sách đến hết ngày", "Sổ biên chế",
        "IMPL", Columns("bien-che", _PUBLIC), of_day=True,
    ),
    Figure(
        "doi-ngu.co-mat", "Người có mặt", "People present", _H, Measure.PEOPLE,
        "Người giữ vị trí việc làm vào cuối ngày", "Hồ sơ cán bộ, công chức, viên chức", "IMPL",
        Columns("doi-ngu", ("tong",)), of_day=True,
    ),
    Figure(
        "doi-ngu.nu", "Tỷ lệ nữ", "Share of women", _H, Measure.PEOPLE,
        "Nữ chia cho người có mặt vào cuối ngày", "Hồ sơ cán bộ, công chức, viên chức", "IMPL", Columns("doi-ngu", ("nu",)),
        Columns("doi-ngu", ("tong",)), of_day=True,
    ),
)  # fmt: skip
BY_FIGURE: Mapping[str, Figure] = {one.code: one for one in FIGURES}

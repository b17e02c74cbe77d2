"""Biểu số 06/VPCP/KSTT (TT 01/2020/TT-VPCP, 21/10/2020): what each of its thirteen columns counts.

Read from the form and from systems in use (evidence IMPL, see docs/law/form-06.md). Days are compared, not hours.
The period is `first`..`last`; the state is that at the end of `last`.

* A dossier is counted when it was received by `last` and is open then, or was ended within the period.
* Registered or refused dossiers (statuses 1 and 3) are nowhere.
* A withdrawn dossier is answered on time; so is one without a due day. A paused one (5, 6, 8) is in time.
* Ended is not returned: a result ready on its day and collected later is on time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from congvu.dossiers.rules.status import ENDED, OPEN, PAUSED, Channel, Status
from congvu.indicators.rules.conditions import Absent, Bound, Compare, Condition, Fact, OneOf, every, some
from congvu.organisation.rules.mapping import Number

_WITHDRAWN = OneOf(Fact.STATUS, (Status.WITHDRAWN,))
_ANSWERED = OneOf(Fact.STATUS, tuple(sorted(ENDED - {Status.WITHDRAWN})))
_RUNNING = OneOf(Fact.STATUS, tuple(sorted(OPEN - PAUSED)))
_PAUSED = OneOf(Fact.STATUS, tuple(sorted(PAUSED)))
_NO_DUE = Absent(Fact.DUE)
_NEW = Compare(Fact.RECEIVED, ">=", Bound.FIRST)

SOLVED = every(
    OneOf(Fact.STATUS, tuple(sorted(ENDED))),
    Compare(Fact.ENDED, ">=", Bound.FIRST),
    Compare(Fact.ENDED, "<=", Bound.LAST),
)
PENDING = OneOf(Fact.STATUS, tuple(sorted(OPEN)))
COUNTED = every(Compare(Fact.RECEIVED, "<=", Bound.LAST), some(SOLVED, PENDING))


class Part(StrEnum):
    """The three blocks of the form."""

    RECEIVED = "Nhận giải quyết"
    SOLVED = "Đã giải quyết"
    PENDING = "Đang giải quyết"


@dataclass(frozen=True, slots=True)
class Column:
    """A numbered column: a question asked of every counted dossier. Unit: dossiers. `late`: bold and red."""

    number: int
    code: str
    part: Part
    heading: str
    meaning: str
    condition: Condition
    late: bool = False


COLUMNS: tuple[Column, ...] = (
    Column(3, "c3", Part.RECEIVED, "Tổng", "hồ sơ nhận giải quyết", COUNTED),
    Column(
        4, "c4", Part.RECEIVED, "Trực tuyến", "hồ sơ nhận trong kỳ, nộp trực tuyến",
        every(_NEW, Compare(Fact.CHANNEL, "=", Channel.ONLINE)),
    ),
    Column(
        5, "c5", Part.RECEIVED, "Trực tiếp, bưu chính", "hồ sơ nhận trong kỳ, nộp trực tiếp hoặc qua bưu chính",
        every(_NEW, OneOf(Fact.CHANNEL, (Channel.DIRECT, Channel.POST))),
    ),
    Column(
        6, "c6", Part.RECEIVED, "Kỳ trước", "hồ sơ từ kỳ trước chuyển sang", Compare(Fact.RECEIVED, "<", Bound.FIRST)
    ),
    Column(7, "c7", Part.SOLVED, "Tổng", "hồ sơ đã giải quyết trong kỳ", SOLVED),
    Column(
        8, "c8", Part.SOLVED, "Trước hạn", "hồ sơ giải quyết xong trước ngày hẹn trả",
        every(_ANSWERED, Compare(Fact.ENDED, "<", Fact.DUE)),
    ),
    Column(
        9, "c9", Part.SOLVED, "Đúng hạn",
        "hồ sơ giải quyết xong đúng ngày hẹn trả, không có ngày hẹn, hoặc công dân rút",
        some(_WITHDRAWN, every(_ANSWERED, some(_NO_DUE, Compare(Fact.ENDED, "=", Fact.DUE)))),
    ),
    Column(
        10, "c10", Part.SOLVED, "Quá hạn", "hồ sơ giải quyết xong sau ngày hẹn trả",
        every(_ANSWERED, Compare(Fact.ENDED, ">", Fact.DUE)), late=True,
    ),
    Column(11, "c11", Part.PENDING, "Tổng", "hồ sơ đang giải quyết", PENDING),
    Column(
        12, "c12", Part.PENDING, "Trong hạn",
        "hồ sơ đang giải quyết, chưa đến hẹn trả, không có hẹn trả hoặc đang tạm dừng",
        some(_PAUSED, every(_RUNNING, some(_NO_DUE, Compare(Fact.DUE, ">=", Bound.LAST)))),
    ),
    Column(
        13, "c13", Part.PENDING, "Quá hạn", "hồ sơ đang giải quyết, đã quá ngày hẹn trả",
        every(_RUNNING, Compare(Fact.DUE, "<", Bound.LAST)), late=True,
    ),
)  # fmt: skip
CODES = tuple(column.code for column in COLUMNS)
CONDITIONS = tuple(column.condition for column in COLUMNS)
BY_CODE: Mapping[str, Column] = {column.code: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Counts:
    """One row of the form, columns 3 to 13; on another map of the units exact fractions may stand there."""

    c3: Number = 0
    c4: Number = 0
    c5: Number = 0
    c6: Number = 0
    c7: Number = 0
    c8: Number = 0
    c9: Number = 0
    c10: Number = 0
    c11: Number = 0
    c12: Number = 0
    c13: Number = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, code) + getattr(other, code) for code in CODES))

    @property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(getattr(self, code) for code in CODES)

    def as_dict(self) -> dict[str, Number]:
        return {code: getattr(self, code) for code in CODES}

    @property
    def on_time(self) -> Number:
        """Ended before or on the due day: the numerator of both wordings."""
        return self.c8 + self.c9


def summed(rows: Iterable[Counts]) -> Counts:
    """The rows added up; all zero for none."""
    return sum(rows, Counts())


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation the form must satisfy: `whole` is the sum of `parts`."""

    whole: int
    parts: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"({self.whole}) = {' + '.join(f'({part})' for part in self.parts)}"

    def holds(self, row: Counts) -> bool:
        return self.left(row) == sum(self.right(row))

    def left(self, row: Counts) -> Number:
        whole: Number = getattr(row, f"c{self.whole}")
        return whole

    def right(self, row: Counts) -> tuple[Number, ...]:
        return tuple(getattr(row, f"c{part}") for part in self.parts)


IDENTITIES = (Identity(3, (4, 5, 6)), Identity(7, (8, 9, 10)), Identity(11, (12, 13)), Identity(3, (7, 11)))


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share kept as its two numbers; whoever shows it rounds it once. `article` says whose wording it is."""

    code: str
    name: str
    numerator: Number
    denominator: Number
    of: str
    article: str


def ratios(row: Counts) -> tuple[Ratio, Ratio]:
    """On time by the form's wording (of those solved) and by NĐ 61/2018, art. 30.2.c (of those received)."""
    return (
        Ratio(
            "on_time_solved", "Đúng hạn trên số đã giải quyết", row.on_time, row.c7, "đã giải quyết",
            "Biểu 06/VPCP/KSTT",
        ),
        Ratio(
            "on_time_received", "Đúng hạn trên số tiếp nhận", row.on_time, row.c3, "tiếp nhận",
            "NĐ 61/2018, Điều 30.2.c",
        ),
    )  # fmt: skip

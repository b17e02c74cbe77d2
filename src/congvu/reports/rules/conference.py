"""A conference as its file tells it: the event, the units of then, the records, the figures, the sentences. Pure.

A sentence names figures; a figure is counted over records, put together of other figures, or entered by hand with a flag
that says what is not known of it. Nothing here belongs to one conference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from congvu.indicators.rules.definitions import Flag

HAND_FLAGS = (Flag.HAND, Flag.QUOTED, Flag.RATE_ONLY, Flag.APPROXIMATE, Flag.UNKNOWN_COUNT)
FORMS = {"truc-tuyen": "trực tuyến", "truc-tiep": "trực tiếp"}
PERIOD_KINDS = {
    "chuong-trinh": "chương trình",
    "ke-hoach": "kế hoạch",
    "nhiem-ky": "nhiệm kỳ",
    "nam": "năm",
    "quy": "quý",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed; `weekday` as printed too, "" when the text names none."""

    printed: str
    day: date
    weekday: str
    line: int


@dataclass(frozen=True, slots=True)
class Span:
    """A period the text names; `first` and `last` are years."""

    code: str
    printed: str
    kind: str
    first: int
    last: int
    years: int | None  # how many years the text says it has
    line: int


@dataclass(frozen=True, slots=True)
class UnitOf:
    """A unit of a group; `under`: the code of the unit above, "" for none."""

    code: str
    name: str
    under: str


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one class: as many as there are names."""

    code: str
    words: str
    tier: str
    kind: str
    since: date
    units: tuple[UnitOf, ...]
    assumed: bool  # the text does not name them
    line: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which units: the first `first` of a class, or all but some, or those named by their codes."""

    group: str
    first: int | None
    without: tuple[str, ...]
    codes: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """Something that was recorded in an area about some units: `area` says which, `facts` are that area's own."""

    area: str
    units: Chosen
    since: date
    until: date | None
    paper: str
    signed: date
    issuer: str
    facts: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class PostLine:
    unit: str
    pool: str
    kind: str
    posts: int
    note: str


@dataclass(frozen=True, slots=True)
class Posts:
    """A decision of the staffing ledger."""

    number: str
    signed: date
    issuer: str
    effective: date
    title: str
    lines: tuple[PostLine, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Records of a population for which `where` holds; with `units` only those of the units of these classes."""

    population: str
    where: Mapping[str, Any]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """A number entered by hand: what is known of it, and from which paper."""

    flag: Flag
    numerator: int | None
    denominator: int | None
    rate: Decimal | None
    paper: str
    reason: str
    entries: tuple[str, ...]  # the records it counts, by name
    assumed: bool  # the text does not name them


@dataclass(frozen=True, slots=True)
class FigureIs:
    """A figure of the file. Exactly one of `counted`, `figure`, `sums`, `hand` says where its numbers come from."""

    code: str
    name: str
    name_en: str
    measure: str
    printed: str
    first: date
    last: date
    counted: Counted | None
    less: Counted | None  # what is taken off what is counted: posts given, less posts taken
    out_of: Counted | None
    owed: bool  # each unit it is a share of should have a record: who has none is named
    figure: str  # the code of one the catalogue has
    sums: tuple[str, ...]  # figures of one measure whose numbers are added
    hand: Hand | None
    unit: str  # of which unit alone
    target: Decimal | None  # at least so many per cent
    parts: tuple[str, ...]  # figures that must make this one
    overlaps: tuple[str, ...]  # figures that may count the same thing
    note: str
    awaits: str  # the area that will count it one day
    line: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, in few words of the text or in ours, and the figures it names."""

    code: str
    words: str
    quoted: bool
    figures: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Noise:
    """Something on the page that says nothing of the conference."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Conference:
    """Everything a file says."""

    code: str
    name: str
    place: str
    organiser: str
    form: str
    held: Day
    posted: Day | None
    year: int
    next_year: int | None
    subjects: tuple[str, ...]
    source: str
    home: str  # the code of the unit whose conference it is
    days: tuple[Day, ...]
    spans: tuple[Span, ...]
    groups: tuple[Group, ...]
    records: tuple[Record, ...]
    posts: tuple[Posts, ...]
    figures: tuple[FigureIs, ...]
    sentences: tuple[Sentence, ...]
    noise: tuple[Noise, ...]
    readings: tuple[tuple[str, str], ...]  # as printed, as it is to be read

    def figure(self, code: str) -> FigureIs:
        return next(one for one in self.figures if one.code == code)

    def codes_of(self, classes: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of the units of these classes."""
        return tuple(unit.code for group in self.groups if group.code in classes for unit in group.units)

    def chosen(self, units: Chosen) -> tuple[str, ...]:
        """The codes of the units chosen, in the order of the file."""
        if units.codes:
            return units.codes
        group = next(one for one in self.groups if one.code == units.group)
        kept = [one.code for one in group.units if one.code not in units.without]
        return tuple(kept if units.first is None else kept[: units.first])

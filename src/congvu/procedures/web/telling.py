"""A version in plain words: what the public page and the draft preview say."""

from dataclasses import dataclass
from datetime import date, datetime

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.due import due
from congvu.foundation.workdays.rules.term import Term, Unit
from congvu.procedures.rules.content import CaseContent, ChannelLine, Content, FeeLine, PaperLine
from congvu.procedures.rules.differences import fee_words, term_words
from congvu.procedures.rules.fees import SMALLEST_BELIEVABLE
from congvu.procedures.rules.words import Channel, FeeKind, Tier


@dataclass(frozen=True, slots=True)
class FeeTold:
    """A fee in words; `odd` when the amount is too small to be believed and wears the amber mark."""

    kind: str
    words: str
    text: str
    odd: bool


@dataclass(frozen=True, slots=True)
class ChannelTold:
    """How to hand in: the channel, its term in words, an example due day, its fees, what else is said."""

    name: str
    term: str
    promised: bool
    example: date | None
    example_at: datetime | None
    fees: tuple[FeeTold, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers under one heading; `name` is "" for papers without one."""

    name: str
    papers: tuple[PaperLine, ...]

    @property
    def is_note(self) -> bool:
        """Whether these are remarks ("Lưu ý"), not papers to bring."""
        return not any(paper.required for paper in self.papers)


@dataclass(frozen=True, slots=True)
class CaseTold:
    key: str
    name: str
    channels: tuple[ChannelTold, ...]
    groups: tuple[PaperGroup, ...]

    @property
    def shared_note(self) -> str:
        """What every channel's note says; "" when they say different things."""
        notes = {one.note for one in self.channels}
        return notes.pop() if len(notes) == 1 else ""

    @property
    def first_example(self) -> ChannelTold | None:
        """The channel whose example opens the page: the counter's, else the first with one."""
        return next((one for one in self.channels if one.example), None)


def case_told(case: CaseContent, *, handed_in: datetime, calendar: Calendar) -> CaseTold:
    """A case with an example: handed in at a moment, due when. No SQL."""
    groups: dict[str, list[PaperLine]] = {}
    for paper in case.papers:
        groups.setdefault(paper.group_name, []).append(paper)
    return CaseTold(
        key=case.stable_key,
        name=case.name,
        channels=tuple(_channel(line, handed_in, calendar) for line in case.channels),
        groups=tuple(PaperGroup(name, tuple(papers)) for name, papers in groups.items()),
    )


def chosen_case(content: Content, key: str) -> CaseContent | None:
    """The case asked for, else the first; None when the version has none."""
    return next(
        (one for one in content.cases if one.stable_key == key), content.cases[0] if content.cases else None
    )


def tier_words(tiers: tuple[str, ...] | list[str]) -> str:
    return ", ".join(Tier(one).label for one in tiers)


def _channel(line: ChannelLine, handed_in: datetime, calendar: Calendar) -> ChannelTold:
    example, example_at = _example(line, handed_in, calendar)
    return ChannelTold(
        name=Channel(line.channel).label,
        term=term_words(line),
        promised=line.term_n is not None,
        example=example,
        example_at=example_at,
        fees=tuple(_fee(fee) for fee in line.fees),
        note=line.note,
    )


def _fee(fee: FeeLine) -> FeeTold:
    kind = "" if fee.kind == FeeKind.CHUNG.value else FeeKind(fee.kind).label
    odd = fee.amount is not None and 0 < fee.amount < SMALLEST_BELIEVABLE
    return FeeTold(kind, fee_words(fee), fee.text if fee.amount is not None else "", odd)


def _example(
    line: ChannelLine, handed_in: datetime, calendar: Calendar
) -> tuple[date | None, datetime | None]:
    if line.term_n is None or line.term_unit is None:
        return None, None
    try:
        answer = due(handed_in, Term(line.term_n, Unit(line.term_unit)), calendar)
    except Refused:  # a term beyond the calendar's years has no example
        return None, None
    return answer.date, answer.moment

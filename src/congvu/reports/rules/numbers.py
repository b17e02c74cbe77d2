"""What the figures of a text came to: exact numbers with their flags, kept as a document that can be digested."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from congvu.foundation.workdays.days import add_months, month_range, next_day
from congvu.indicators.rules.definitions import Flag
from congvu.indicators.rules.periods import Period
from congvu.organisation.rules.mapping import Number
from congvu.reports.rules.text import Asked, FigureRef, Part, Span

COMPUTED = Flag.COMPUTED.value


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as it came to. `gone`: why there is no value, then nothing else counts. `words`: printed as they stand when
    the number itself is not known; `rate`: the percentage a paper gives. `note`: who entered it, why, from which paper.
    `warnings`: parts that disagree with their total, groups that overlap. `digests`: of the sorted codes of the dossiers
    behind numerator and denominator."""

    asked: Asked
    name: str
    measure: str = ""
    first: date | None = None
    last: date | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    flag: str = COMPUTED
    words: str = ""
    formula: str = ""
    source: str = ""
    evidence: str = ""
    empty: str = "không phát sinh"
    unit_name: str = ""
    over_dossiers: bool = False
    share: bool = False
    gone: str = ""
    note: str = ""
    rate: str = ""
    warnings: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()

    @property
    def flagged(self) -> bool:
        return not self.gone and self.flag != COMPUTED

    @property
    def flag_words(self) -> str:
        return Flag(self.flag).words

    @property
    def percent(self) -> Fraction | None:
        """Exact; None for a count, for a share of nothing and for what is not known."""
        if not self.share or (self.numerator is not None and not self.denominator):
            return None
        if self.numerator is None or self.denominator is None:
            return Fraction(self.rate) if self.rate else None
        return Fraction(100 * self.numerator) / Fraction(self.denominator)

    def part(self, wanted: Part | None) -> Part:
        """Which number is printed: a count has no share and no denominator."""
        if not self.share:
            return Part.NUMERATOR
        return wanted or Part.SHARE

    def number(self, wanted: Part | None) -> Number | None:
        """The exact number of a part."""
        part = self.part(wanted)
        if part is Part.SHARE:
            return self.percent
        return self.numerator if part is Part.NUMERATOR else self.denominator


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts beside their whole. `difference` None: nothing to compare with."""

    name: str
    measure: str
    parts: tuple[tuple[str, Told | None], ...]
    whole: Told | None
    total: tuple[Number, Number | None] | None
    missing: int

    @property
    def difference(self) -> Number | None:
        if self.total is None or self.whole is None or self.whole.numerator is None:
            return None
        return _plain_number(Fraction(self.whole.numerator) - Fraction(self.total[0]))


def period_of_span(first: date, last: date, span: Span) -> Period:
    """The days a figure of the report's period `first`..`last` speaks of."""
    if span is Span.LAST_YEAR:
        return Period(_back(first, 12), _back(last, 12))
    if span is Span.FIVE_YEARS:
        return Period(_back(first, 48), last)
    return Period(first, last)


def _back(day: date, months: int) -> date:
    """Months earlier; the end of a month stays the end of a month."""
    moved = add_months(day, -months)
    return month_range(moved.year, moved.month)[1] if next_day(day).day == 1 else moved


def written(one: Told) -> dict[str, Any]:
    """As kept in the version."""
    return {
        "code": one.asked.code, "span": one.asked.span.value, "unit": one.asked.unit, "name": one.name,
        "measure": one.measure, "first": one.first.isoformat() if one.first else None,
        "last": one.last.isoformat() if one.last else None, "numerator": _plain(one.numerator),
        "denominator": _plain(one.denominator), "flag": one.flag, "words": one.words, "formula": one.formula,
        "source": one.source, "evidence": one.evidence, "empty": one.empty, "unit_name": one.unit_name,
        "over_dossiers": one.over_dossiers, "share": one.share, "gone": one.gone, "note": one.note,
        "rate": one.rate, "warnings": list(one.warnings), "digests": list(one.digests),
    }  # fmt: skip


def told_of(kept: Mapping[str, Any]) -> Told:
    """What was kept, as it was."""
    given = dict(kept)
    asked = Asked(given.pop("code"), Span(given.pop("span")), given.pop("unit"))
    for name in ("first", "last"):
        given[name] = date.fromisoformat(given[name]) if given[name] else None
    for name in ("numerator", "denominator"):
        given[name] = _number(given[name])
    for name in ("warnings", "digests"):
        given[name] = tuple(given[name])
    return Told(asked, **given)


def by_place(numbers: Iterable[Mapping[str, Any]]) -> dict[Asked, tuple[int, Told]]:
    """The numbers of a version by what was asked, each with its place in the list (from 1), which its address carries."""
    return {one.asked: (n, one) for n, one in enumerate(map(told_of, numbers), 1)}


def canonical(body: str, numbers: list[dict[str, Any]], charts: Mapping[str, Any]) -> str:
    """The document an approval freezes, written in one way."""
    document = {"body": body, "numbers": numbers, "charts": charts}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def summed(parts: Iterable[tuple[str, Told | None]], whole: Told | None) -> Sum:
    """Parts of units added: only numbers of one measure, numerators and denominators apart, percentages never. A part that
    has no number is counted as missing, so that no sum pretends to be whole."""
    listed = tuple(parts)
    known = [one for _, one in listed if one is not None and one.numerator is not None]
    head = known[0] if known else whole
    total = None
    if known and len({(one.measure, one.share) for one in known}) == 1:
        top = sum((Fraction(one.numerator or 0) for one in known), Fraction(0))
        bottom = (
            sum((Fraction(one.denominator or 0) for one in known), Fraction(0)) if known[0].share else None
        )
        total = (_plain_number(top), None if bottom is None else _plain_number(bottom))
    name, measure = (head.name, head.measure) if head else ("", "")
    return Sum(name, measure, listed, whole, total, len(listed) - len(known))


def _plain(number: Number | None) -> int | str | None:
    return number if number is None or isinstance(number, int) else str(number)


def _number(kept: int | str | None) -> Number | None:
    return kept if kept is None or isinstance(kept, int) else Fraction(kept)


def _plain_number(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def missing(refs: Iterable[FigureRef], kept: Mapping[Asked, tuple[int, Told]]) -> list[Asked]:
    """What the text asks and no number answers: a figure that is gone, or one not reckoned yet. Each once."""
    asked = dict.fromkeys(one.asked for one in refs)
    return [one for one in asked if one not in kept or kept[one][1].gone]

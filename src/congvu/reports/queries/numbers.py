"""What the figures of a report come to: asked of `indicators`, over the report's unit and all under it.

A report tells counts, nobody's file: everyone who reads it reads the same number. Its records are opened through the
access predicate of whoever opens them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.compose import BULK as INDICATORS
from congvu.indicators.queries.counts import BY_UNIT, count_dossiers
from congvu.indicators.queries.figures import by_unit, figure_of
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.records import export_records
from congvu.indicators.queries.statistics import the_province
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.figures import Dossiers, Figure
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import inherited
from congvu.reports.rules.numbers import Told, period_of_span
from congvu.reports.rules.text import Asked, Span

Counts = Mapping[int, tuple[Number, ...]]  # by the unit as it was: numerator, and denominator of a share


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: a unit with all under it, over a period; as known at a moment, when it was approved."""

    unit_id: int
    first: date
    last: date
    today: date
    known_at: datetime | None = None

    def question(self, span: Span) -> Question:
        """Refuses a period that has not begun, or runs backwards."""
        period = period_of_span(self.first, self.last, span)
        return replace(ask(period.first, period.last, today=self.today), known_at=self.known_at)


def reckon(asked: Iterable[Asked], about: About, known: Picture, *, digests: bool = False) -> list[Told]:
    """Each figure asked, in order. All figures over dossiers of one period are 1 statement; others 1-3 each; with `digests`
    1 more for each number over dossiers. Nothing is refused: a figure that is gone says so in its place."""
    wanted = list(asked)
    found: dict[Asked, Told] = {}
    for span in dict.fromkeys(one.span for one in wanted):
        found |= _of_span([one for one in wanted if one.span is span], span, about, known, digests)
    return [found[one] for one in wanted]


def units_of(unit_id: int, on: date, known: Picture) -> tuple[int, ...] | None:
    """A unit with all under it and what it took over; None: the whole province. No statement."""
    span = known.nearest(unit_id, on)
    if span is not None and span.parent_id is None and span.kind == "UBND":
        return None
    under = known.subtree([unit_id], on)
    return tuple(sorted({unit_id, *under, *inherited(known, under, on)}))


def conditions_of(figure: Figure) -> tuple[Condition, ...]:
    """The conditions of a figure over dossiers; none of any other."""
    return tuple(one.condition for one in figure.counts if isinstance(one, Dossiers))


def _of_span(
    asked: Sequence[Asked], span: Span, about: About, known: Picture, digests: bool
) -> dict[Asked, Told]:
    try:
        question = about.question(span)
    except Refused as no:
        return {one: Told(one, one.code, gone=no.what) for one in asked}
    as_known = known if question.known_until is None else organisation_of(question)
    figures: dict[str, Figure] = {}
    gone: dict[Asked, Told] = {}
    for one in asked:
        try:
            figures.setdefault(one.code, figure_of(one.code))
        except Refused:
            gone[one] = Told(one, one.code, gone="Không còn số liệu này trong danh mục.")
    counts = _counts(tuple(figures.values()), question, as_known)
    return gone | {
        one: _told(one, figures[one.code], counts[one.code], question, about, as_known, digests)
        for one in asked
        if one not in gone
    }


def _counts(figures: Sequence[Figure], question: Question, known: Picture) -> dict[str, Counts]:
    everything = the_province(question, known)
    over_dossiers = [one for one in figures if conditions_of(one)]
    conditions = tuple(dict.fromkeys(c for one in over_dossiers for c in conditions_of(one)))
    told: dict[str, Counts] = {}
    if conditions:
        rows = count_dossiers(question, everything.dossiers, conditions, BY_UNIT)
        places = {condition: n for n, condition in enumerate(conditions)}
        for one in over_dossiers:
            at = [places[c] for c in conditions_of(one)]
            told[one.code] = {int(unit): tuple(row[n] for n in at) for (unit, _), row in rows.items()}
    for one in figures:
        if one.code not in told:
            told[one.code] = {
                row.unit.unit_id: _numbers(row.value.numerator, row.value.denominator)
                for row in by_unit(one, question, everything, known)
                if row.unit is not None
            }
    return told


def _numbers(numerator: Number, denominator: Number | None) -> tuple[Number, ...]:
    return (numerator,) if denominator is None else (numerator, denominator)


def _told(
    one: Asked,
    figure: Figure,
    counts: Counts,
    question: Question,
    about: About,
    known: Picture,
    digests: bool,
) -> Told:
    unit_id: int | None = known.by_code(one.unit) if one.unit else about.unit_id
    if unit_id is None:
        return Told(one, figure.name, gone=f"Không có đơn vị mã {one.unit}.")
    units = units_of(unit_id, question.last, known)
    rows = [row for unit, row in counts.items() if units is None or unit in units]
    wide = len(figure.counts)
    sums = [sum((row[n] for row in rows), 0) for n in range(wide)]
    return Told(
        one, figure.name, figure.measure.value, question.first, question.last, sums[0], sums[1] if wide > 1 else None,
        formula=figure.words, source=figure.source, evidence=figure.evidence, empty=figure.empty,
        unit_name=known.name(unit_id, question.last) if one.unit else "",
        over_dossiers=bool(conditions_of(figure)), share=figure.out_of is not None,
        digests=_digests(figure, question, known, units) if digests else (),
    )  # fmt: skip


def _digests(
    figure: Figure, question: Question, known: Picture, units: tuple[int, ...] | None
) -> tuple[str, ...]:
    """Of the sorted codes of the dossiers behind each number, a line each. Needs an open transaction."""
    seen = the_province(question, known).dossiers
    return tuple(
        sha256(
            "\n".join(
                sorted(
                    one.code or str(one.id)
                    for one in export_records(seen, question, condition, by=By.UNIT, key="", units=units)
                )
            ).encode()
        ).hexdigest()
        for condition in conditions_of(figure)
    )


def quiet_moment(at: datetime) -> datetime:
    """The latest moment of which all recording is finished. 1 statement."""
    found: datetime = statement(INDICATORS, "quiet").rows({"at": at})[0][0]
    return found

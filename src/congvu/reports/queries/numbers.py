"""What the figures of a report come to: asked of `indicators`, over the report's unit and all under it.

A report tells counts, nobody's file: everyone who reads it reads the same number. Its records are opened through the
access predicate of whoever opens them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.indicators.queries.answer import Answer, answers, of_units
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.compose import BULK as INDICATORS
from congvu.indicators.queries.digests import records_digest
from congvu.indicators.queries.figures import figures_of
from congvu.indicators.queries.own_figures import entered
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.statistics import Reader, the_province
from congvu.indicators.rules.definitions import Dossiers, Figure, Flag, Value
from congvu.organisation.rules.picture import Picture
from congvu.reports.rules.numbers import Told, period_of_span
from congvu.reports.rules.text import Asked, Span

WITHDRAWN = "Không còn số liệu này trong danh mục."


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
    """Each figure asked, in order. For each period and unit asked the statements of `indicators.queries.answer.answers`, with
    `digests` 1 more for each number over dossiers. Nothing is refused: a figure that is gone says so in its place."""
    return reckon_units(asked, about, [about.unit_id], known, digests=digests)[about.unit_id]


def reckon_units(
    asked: Iterable[Asked], about: About, units: Sequence[int], known: Picture, *, digests: bool = False
) -> dict[int, list[Told]]:
    """The same for many units, each with its own numbers: computed figures are asked once for all of them."""
    wanted = list(asked)
    found: dict[int, dict[Asked, Told]] = {unit: {} for unit in units}
    for span in dict.fromkeys(one.span for one in wanted):
        of_span = [one for one in wanted if one.span is span]
        try:
            question = about.question(span)
        except Refused as no:
            for told in found.values():
                told.update({one: Told(one, one.code, gone=no.what) for one in of_span})
            continue
        for unit, rows in _of_question(of_span, question, about.last, units, known, digests).items():
            found[unit].update(rows)
    return {unit: [told[one] for one in wanted] for unit, told in found.items()}


def below(unit_id: int, on: date, known: Picture) -> tuple[int, ...] | None:
    """A unit with all under it; None: the whole province. No statement."""
    span = known.nearest(unit_id, on)
    if span is not None and span.parent_id is None and span.kind == "UBND":
        return None
    return tuple(sorted({unit_id, *known.subtree([unit_id], on)}))


def quiet_moment(at: datetime) -> datetime:
    """The latest moment of which all recording is finished. 1 statement."""
    found: datetime = statement(INDICATORS, "quiet").rows({"at": at})[0][0]
    return found


@dataclass(frozen=True, slots=True)
class _Got:
    value: Value
    warnings: tuple[str, ...] = ()


def _of_question(
    asked: Sequence[Asked], question: Question, on: date, units: Sequence[int], known: Picture, digests: bool
) -> dict[int, dict[Asked, Told]]:
    """A unit that a figure names must stand under the report's own on the report's last day, whatever the period asked."""
    as_known = known if question.known_until is None else organisation_of(question)
    figures = figures_of(list(dict.fromkeys(one.code for one in asked)))
    places = {
        (unit, one): (as_known.by_code(one.unit) if one.unit else unit) for unit in units for one in asked
    }
    own = {unit: below(unit, on, as_known) for unit in units}
    outside = {
        key for key, place in places.items()
        if key[1].unit and place is not None and (within := own[key[0]]) is not None and place not in within
    }  # fmt: skip
    needed = list(
        dict.fromkeys(place for key, place in places.items() if place is not None and key not in outside)
    )
    got = _values(tuple(figures.values()), needed, question, as_known)
    notes = _notes(figures, question)
    found: dict[int, dict[Asked, Told]] = {unit: {} for unit in units}
    for (unit, one), place in places.items():
        figure = figures.get(one.code)
        if figure is None or place is None:
            why = WITHDRAWN if figure is None else f"Không có đơn vị mã {one.unit}."
            found[unit][one] = Told(one, figure.name if figure else one.code, gone=why)
            continue
        if (unit, one) in outside:
            words = f"Đơn vị {as_known.name(place, on)} không thuộc cơ quan báo cáo."
            found[unit][one] = Told(one, figure.name, gone=words)
            continue
        within = below(place, question.last, as_known)
        told = _told(one, figure, got[place][figure.code], question)
        if one.unit:
            told = replace(told, unit_name=as_known.name(place, question.last))
        note = notes.get((figure.code, None if within is None else place), "")
        made = _digests(figure, question, as_known, within) if digests else ()
        found[unit][one] = replace(told, note=note, digests=made)
    return found


def _values(
    figures: Sequence[Figure], units: Sequence[int], question: Question, known: Picture
) -> Mapping[int, Mapping[str, _Got]]:
    reader = the_province(question, known)
    whole = [unit for unit in units if below(unit, question.last, known) is None]
    parts = [unit for unit in units if unit not in whole]
    found: dict[int, dict[str, _Got]] = {}
    if whole:
        told = _got(answers([one.code for one in figures], question, reader, known))
        found |= dict.fromkeys(whole, told)
    if parts:
        computed = [one for one in figures if not one.by_hand]
        for unit, values in of_units(computed, question, reader, known, parts).items():
            found[unit] = {code: _Got(value) for code, value in values.items()}
            found[unit] |= _entered(figures, unit, question, reader, known)
    return found


def _entered(
    figures: Sequence[Figure], unit: int, question: Question, reader: Reader, known: Picture
) -> dict[str, _Got]:
    codes = [one.code for one in figures if one.by_hand]
    return _got(answers(codes, question, reader, known, unit=unit)) if codes else {}


def _got(told: Mapping[str, Answer]) -> dict[str, _Got]:
    return {code: _Got(one.value, one.warnings) for code, one in told.items()}


def _told(one: Asked, figure: Figure, got: _Got, question: Question) -> Told:
    value = got.value
    missing = value.flag is Flag.MISSING
    return Told(
        one, figure.name, figure.measure.value, question.first, question.last, value.numerator, value.denominator,
        flag=value.flag.value, words=value.words, formula=figure.words, source=figure.source, evidence=figure.evidence,
        empty=figure.empty, over_dossiers=isinstance(figure.counted, Dossiers), share=figure.out_of is not None,
        gone=f"Chưa ai nhập số này cho kỳ {question.period}." if missing else "",
        rate="" if value.rate is None else str(value.rate), warnings=got.warnings,
    )  # fmt: skip


def _notes(figures: Mapping[str, Figure], question: Question) -> dict[tuple[str, int | None], str]:
    """Who entered a number, why and from which paper, by figure and unit (None: the province)."""
    rows = entered([code for code, one in figures.items() if one.by_hand], question)
    return {
        (code, row.unit_id): f"{row.paper}. {row.reason}. Người nhập: {row.by}."
        for code, kept in rows.items()
        for row in kept
    }


def _digests(
    figure: Figure, question: Question, known: Picture, units: tuple[int, ...] | None
) -> tuple[str, ...]:
    """Of the sorted codes of the dossiers behind each number, a line each."""
    seen = the_province(question, known).dossiers
    return tuple(
        records_digest(seen, question, count.condition, units)
        for count in figure.counts
        if isinstance(count, Dossiers)
    )

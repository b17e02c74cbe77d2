"""Figures offices define themselves, and the numbers people enter for a period."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q

from congvu.indicators.models import DefinedFigure, HandFigure
from congvu.indicators.queries.question import Question
from congvu.indicators.rules.definitions import (
    Among,
    Count,
    Entered,
    Figure,
    Flag,
    Measure,
    Subject,
    Value,
    Where,
    total_of,
)
from congvu.organisation.rules.mapping import Number, plain
from congvu.organisation.rules.picture import Picture

MISSING = Value(None, flag=Flag.MISSING)


def defined_figures(codes: Collection[str] | None = None) -> dict[str, Figure]:
    """The figures offices defined that are not withdrawn, of these codes or all, by code. 1 statement."""
    rows = DefinedFigure.objects.filter(withdrawn_at=None)
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return {row.code: as_figure(row) for row in rows.order_by("code")}


def as_figure(row: DefinedFigure) -> Figure:
    """The row as a figure like those of the catalogue. No statement."""
    counted: Count = Entered(row.code)
    whole: Count | None = Entered(row.code, whole=True)
    if row.population:
        counted, whole = Among(row.population, _where(row.where)), Among(row.population, _where(row.out_of))
    return Figure(
        row.code, row.name, row.name_en or row.name, Subject.OWN, Measure(row.measure), row.words, row.source, row.evidence,
        counted, whole if row.share else None, of_day=row.of_day, own=True, overlaps=row.overlaps,
    )  # fmt: skip


def _where(kept: Mapping[str, list[str]]) -> Where:
    return tuple((field, tuple(values)) for field, values in kept.items())


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """A number as entered: which row it stands in, of which unit (None: the province), its value, its paper, who and why."""

    id: int
    code: str
    unit_id: int | None
    first: date
    last: date
    value: Value
    paper: str
    reason: str
    by: str


def entered(codes: Iterable[str], question: Question) -> dict[str, list[EnteredRow]]:
    """The rows that answer for the period, by figure: those entered for exactly its days; of a figure told of a day, those
    entered for the last day. As known by the question. 1 statement, none when nothing is asked."""
    wanted = list(codes)
    if not wanted:
        return {}
    until = question.known_until
    later = HandFigure.objects.filter(replaces=OuterRef("pk"))
    rows = HandFigure.objects.filter(figure__code__in=wanted)
    if until is not None:
        later, rows = later.filter(recorded_at__lt=until), rows.filter(recorded_at__lt=until)
    whole_period = Q(figure__of_day=False, first=question.first, last=question.period.last)
    found: dict[str, list[EnteredRow]] = {}
    asked = rows.filter(whole_period | Q(figure__of_day=True, last=question.last)).filter(~Exists(later))
    for row in asked.select_related("figure").order_by("unit_id", "-first"):
        kept = found.setdefault(row.figure.code, [])
        if all(one.unit_id != row.unit_id for one in kept):
            kept.append(as_row(row))
    return found


def as_row(row: HandFigure) -> EnteredRow:
    """The row with its value. No statement when the figure is read with it."""
    value = Value(_plain(row.numerator), _plain(row.denominator), Flag(row.flag), row.rate, row.words)
    return EnteredRow(
        row.pk,
        row.figure.code,
        row.unit_id,
        row.first,
        row.last,
        value,
        row.paper,
        row.reason,
        row.recorded_by,
    )


def _plain(number: Decimal | None) -> Number | None:
    return None if number is None else plain(Fraction(number))


def whole_of(
    figure: Figure, rows: Iterable[EnteredRow], known: Picture, on: date, unit: int | None = None
) -> Value:
    """The number of the province (or of `unit`) as entered, else what the numbers of the units under it come to; missing when
    nobody entered any. A unit's own number holds what stands under it on the day. No statement."""
    kept = list(rows)
    own = next((one for one in kept if one.unit_id == unit), None)
    if own is not None:
        return own.value
    below = None if unit is None else known.subtree([unit], on)
    of_units = [one for one in kept if one.unit_id is not None and (below is None or one.unit_id in below)]
    of_units = _uppermost(of_units, known, on)
    if len(of_units) == 1:
        return of_units[0].value
    if not of_units:
        return MISSING
    return total_of((one.value for one in of_units), share=figure.out_of is not None) or Value(
        None, flag=Flag.UNKNOWN_COUNT, words=f"{len(of_units)} đơn vị đã nhập, không cộng được"
    )


def _uppermost(rows: Sequence[EnteredRow], known: Picture, on: date) -> list[EnteredRow]:
    """Those that stand under no other unit with a number: added up, nothing is counted twice."""
    units = {one.unit_id for one in rows}
    return [
        one
        for one in rows
        if one.unit_id is None or units.isdisjoint(span.unit_id for span in known.ancestors(one.unit_id, on))
    ]


def difference(figure: Figure, rows: Iterable[EnteredRow], known: Picture, on: date) -> str:
    """What is said when the units' numbers do not come to the one entered for the province; "" when they do. Shown, never
    corrected. No statement."""
    kept = list(rows)
    province = next((one.value for one in kept if one.unit_id is None), None)
    of_units = _uppermost([one for one in kept if one.unit_id is not None], known, on)
    if province is None or not of_units or province.numerator is None:
        return ""
    together = total_of((one.value for one in of_units), share=figure.out_of is not None)
    if together is None or together.numerator is None or together.numerator == province.numerator:
        return ""
    gap = plain(province.numerator - together.numerator)
    return (
        f"Số của toàn tỉnh là {_said(province.numerator)}, cộng các đơn vị được {_said(together.numerator)}: "
        f"chênh {_said(gap)} {figure.measure.value}."
    )


def _said(number: Number) -> str:
    return f"{float(number):,.10g}".replace(",", "§").replace(".", ",").replace("§", ".")

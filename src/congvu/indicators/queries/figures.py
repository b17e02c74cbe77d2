"""Figures answered live: those over dossiers through the access predicate and together, those over posts and people by
their statistic. As a whole or by unit (as the units were, or on the map of a day), by tier, by field.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.by_unit import UnitRow, unit_rows
from congvu.indicators.queries.counts import BY_FIELD, BY_TIER, BY_UNIT, WHOLE, count_dossiers
from congvu.indicators.queries.form06 import By, field_names
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import DOSSIERS, STAFF, Reader, statistic_of
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.figures import (
    BY_FIGURE,
    FIGURES,
    Columns,
    Count,
    Dossiers,
    Figure,
    Subject,
    Value,
)
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture
from congvu.procedures.rules.words import Tier

_KEYS = {By.UNIT: BY_UNIT, By.TIER: BY_TIER, By.FIELD: BY_FIELD}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row: a unit, a tier or a field, by its code. `unit`: which units it is made of."""

    key: str
    name: str
    value: Value
    unit: UnitRow | None = None


def figure_of(code: str) -> Figure:
    """Refuses a code that is no figure."""
    found = BY_FIGURE.get(code)
    if found is None:
        raise Refused(f"Không có số liệu «{code[:60]}».", where="ma", do="Xem danh mục: congvu figures.")
    return found


def offered(actor: Actor) -> tuple[Figure, ...]:
    """The figures an actor may ask; each is counted over what he sees. No statement."""
    roles = {Subject.DOSSIERS: DOSSIERS, Subject.POSTS: STAFF, Subject.PEOPLE: STAFF}
    return tuple(one for one in FIGURES if actor.system or actor.has(*roles[one.subject]))


def values(figures: Sequence[Figure], question: Question, reader: Reader, known: Picture) -> dict[str, Value]:
    """Each figure over all that the reader sees, by code. 1 statement for those over dossiers whatever their number; those over
    posts or people 1-3 for each statistic they ask. `known`: the organisation as the question
    knows it."""
    asked = _asked(figures)
    whole: dict[Count, Number] = {}
    conditions = _conditions(asked)
    if conditions:
        found = count_dossiers(question, reader.dossiers, conditions, WHOLE).get(
            (0, 0), (0,) * len(conditions)
        )
        whole |= dict(zip((Dossiers(one) for one in conditions), found, strict=True))
    for rows in _statistics(asked, question, reader, known).values():
        for count, by_unit in rows.items():
            whole[count] = sum(by_unit.values())
    return {one.code: _value(one, lambda count: whole.get(count, 0)) for one in figures}


def by_unit(
    figure: Figure, question: Question, reader: Reader, known: Picture, map_on: date | None = None
) -> tuple[FigureRow, ...]:
    """A figure by unit, as the units were or on the map of a day. 1 statement; over posts or people 1-3."""
    counts = figure.counts
    if isinstance(figure.counted, Dossiers):
        found = count_dossiers(question, reader.dossiers, _conditions(counts), BY_UNIT)
        numbers: dict[int, Sequence[Number]] = {int(unit): row for (unit, _), row in found.items()}
    else:
        told = next(iter(_statistics(counts, question, reader, known).values()))
        units = dict.fromkeys(unit for count in counts for unit in told[count])
        numbers = {unit: [told[count].get(unit, 0) for count in counts] for unit in units}
    numbers = {unit: row for unit, row in numbers.items() if any(row)}
    rows = unit_rows(numbers, known, question.last, map_on) if numbers else ()
    return tuple(FigureRow(one.key, one.name, _of(one.numbers), one) for one in rows)


def cut(figure: Figure, question: Question, reader: Reader, by: By) -> tuple[FigureRow, ...]:
    """A figure over dossiers by tier or by field. 1-2 statements. Refuses one that has no such cut."""
    if not isinstance(figure.counted, Dossiers) or by not in (By.TIER, By.FIELD):
        raise Refused("Số liệu này không chia theo cấp, lĩnh vực.", where="theo", do="Chia theo đơn vị.")
    found = count_dossiers(question, reader.dossiers, _conditions(figure.counts), _KEYS[by])
    rows = {key: _of(numbers) for (key, _), numbers in found.items() if any(numbers)}
    if by is By.TIER:
        tiers = {tier.value: tier.label for tier in Tier}
        return tuple(FigureRow(code, name, rows[code]) for code, name in tiers.items() if code in rows)
    named = field_names(int(key) for key in rows)
    return tuple(FigureRow(code, name, rows[pk]) for pk, (code, name) in named.items())


def _value(figure: Figure, number: Callable[[Count], Number]) -> Value:
    return Value(number(figure.counted), None if figure.out_of is None else number(figure.out_of))


def _of(numbers: Sequence[Number]) -> Value:
    return Value(numbers[0], numbers[1] if len(numbers) > 1 else None)


def _asked(figures: Iterable[Figure]) -> tuple[Count, ...]:
    return tuple(dict.fromkeys(count for one in figures for count in one.counts))


def _conditions(asked: Iterable[Count]) -> tuple[Condition, ...]:
    return tuple(one.condition for one in asked if isinstance(one, Dossiers))


def _statistics(
    asked: Iterable[Count], question: Question, reader: Reader, known: Picture
) -> dict[str, dict[Count, Mapping[int, int]]]:
    """The columns asked of each statistic, by unit as the units were."""
    wanted: dict[str, list[Columns]] = {}
    for one in asked:
        if isinstance(one, Columns):
            wanted.setdefault(one.statistic, []).append(one)
    told: dict[str, dict[Count, Mapping[int, int]]] = {}
    for code, columns in wanted.items():
        statistic = statistic_of(code)
        rows = statistic.by_unit(question, known, reader)
        places = {one: [statistic.codes.index(name) for name in one.codes] for one in columns}
        told[code] = {
            one: {unit: sum(row[at] for at in places[one]) for unit, row in rows.items()} for one in columns
        }
    return told

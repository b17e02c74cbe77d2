"""Figures answered live: those over dossiers through the access predicate and together, those over posts and people by
their statistic, those over other records by their population, those people enter as entered. As a whole or by unit (as the
units were, or on the map of a day), by tier, by field.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.rules.status import Channel
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.by_unit import UnitRow, unit_rows
from congvu.indicators.queries.counts import (
    BY_CHANNEL,
    BY_FIELD,
    BY_PROCEDURE,
    BY_TIER,
    BY_UNIT,
    WHOLE,
)
from congvu.indicators.queries.form06 import By, field_names
from congvu.indicators.queries.own_figures import EnteredRow, defined_figures, entered, whole_of
from congvu.indicators.queries.populations import ByUnit, population_of, source_of
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.sql_source import SqlSource, count_all
from congvu.indicators.queries.statistics import DOSSIERS, STATISTICS, Reader, statistic_of
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.definitions import (
    Among,
    Columns,
    Count,
    Dossiers,
    Figure,
    Value,
    Where,
    total_of,
)
from congvu.indicators.rules.figures import BY_FIGURE, FIGURES
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture
from congvu.procedures.models import Procedure
from congvu.procedures.rules.words import Tier

_KEYS = {By.TIER: BY_TIER, By.FIELD: BY_FIELD, By.CHANNEL: BY_CHANNEL, By.PROCEDURE: BY_PROCEDURE}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row: a unit, a tier or a field, by its code. `unit`: which units it is made of."""

    key: str
    name: str
    value: Value
    unit: UnitRow | None = None


def figure_of(code: str) -> Figure:
    """A figure of the catalogue, or one an office defined. 1 statement for the latter. Refuses a code that is no figure."""
    found = BY_FIGURE.get(code) or defined_figures([code]).get(code)
    if found is None:
        raise Refused(f"Không có số liệu «{code[:60]}».", where="ma", do="Xem danh mục: congvu figures.")
    return found


def figures_of(codes: Sequence[str]) -> dict[str, Figure]:
    """The figures there are of these codes; a code that is gone is left out. 1 statement at most."""
    others = [code for code in codes if code not in BY_FIGURE]
    own = defined_figures(others) if others else {}
    return {code: (BY_FIGURE.get(code) or own[code]) for code in codes if code in BY_FIGURE or code in own}


def readers_of(figure: Figure) -> tuple[str, ...] | None:
    """The roles that may ask the figure; None: every official. No statement."""
    match figure.counted:
        case Dossiers():
            return DOSSIERS
        case Columns(statistic, _):
            return STATISTICS[statistic].readers
        case Among(population, _):
            return population_of(population).readers
    return None


def may_ask(actor: Actor, figure: Figure) -> bool:
    """Whether the figure is offered to the actor; it is counted over what he sees. No statement."""
    roles = readers_of(figure)
    return actor.system or roles is None or actor.has(*roles)


def offered(actor: Actor, *, own: bool = True) -> tuple[Figure, ...]:
    """The figures an actor may ask; each is counted over what he sees. With those offices defined 1 statement, else none."""
    defined = defined_figures().values() if own else ()
    every = (*FIGURES, *(one for one in defined if one.code not in BY_FIGURE))
    return tuple(one for one in every if may_ask(actor, one))


def values(figures: Sequence[Figure], question: Question, reader: Reader, known: Picture) -> dict[str, Value]:
    """Each figure over all that the reader sees, by code. 1 statement for those over dossiers whatever their number; those over
    posts or people 1-3 for each statistic they ask; 1 for all over other records, 1 for all entered. `known`: the
    organisation as the question knows it."""
    asked = _asked(figures)
    _refuse_unless_counted(asked, reader)
    whole: dict[Count, Number] = {}
    conditions = _conditions(asked)
    if conditions:
        found = reader.count(question, reader.dossiers, conditions, WHOLE).get((0, 0), (0,) * len(conditions))
        whole |= dict(zip((Dossiers(one) for one in conditions), found, strict=True))
    for rows in _statistics(asked, question, reader, known).values():
        for count, of_units in rows.items():
            whole[count] = sum(of_units.values())
    for among, counted in _populations(asked, question, reader, known).items():
        whole[among] = sum(counted.values())
    by_hand = entered([one.code for one in figures if one.by_hand], question)
    return {
        one.code: whole_of(one, by_hand.get(one.code, ()), known, question.last)
        if one.by_hand
        else _value(one, lambda count: whole.get(count, 0))
        for one in figures
    }


def by_unit(
    figure: Figure, question: Question, reader: Reader, known: Picture, map_on: date | None = None
) -> tuple[FigureRow, ...]:
    """A figure by unit, as the units were or on the map of a day; what is no unit's stands in a last row without key. Numbers
    entered by hand stay with the units they were entered for. 1 statement; over posts or people 1-3."""
    if figure.by_hand:
        return _entered_rows(entered([figure.code], question).get(figure.code, []), known, question)
    numbers = unit_numbers([figure], question, reader, known)[figure.code]
    nobodys = numbers.pop(None, None)
    placed = {unit: row for unit, row in numbers.items() if unit is not None}
    rows = unit_rows(placed, known, question.last, map_on) if placed else ()
    found = [FigureRow(one.key, one.name, _of(one.numbers), one) for one in rows]
    if nobodys is not None:
        found.append(FigureRow("", "Không của riêng đơn vị nào", _of(nobodys)))
    return tuple(found)


def unit_numbers(
    figures: Sequence[Figure], question: Question, reader: Reader, known: Picture
) -> dict[str, dict[int | None, Sequence[Number]]]:
    """The numbers of computed figures by the units as they were, by code; units without any are left out. Statements as
    `values`."""
    asked = _asked([one for one in figures if not one.by_hand])
    _refuse_unless_counted(asked, reader)
    told: dict[Count, ByUnit] = {}
    conditions = _conditions(asked)
    if conditions:
        found = reader.count(question, reader.dossiers, conditions, BY_UNIT)
        for place, condition in enumerate(conditions):
            told[Dossiers(condition)] = {int(unit): row[place] for (unit, _), row in found.items()}
    for rows in _statistics(asked, question, reader, known).values():
        told |= {count: dict(of_units.items()) for count, of_units in rows.items()}
    told |= _populations(asked, question, reader, known)
    return {one.code: _together([told[count] for count in one.counts]) for one in figures if not one.by_hand}


def _together(counts: Sequence[ByUnit]) -> dict[int | None, Sequence[Number]]:
    units = dict.fromkeys(unit for count in counts for unit, n in count.items() if n)
    return {unit: [count.get(unit, 0) for count in counts] for unit in units}


def _entered_rows(rows: Sequence[EnteredRow], known: Picture, question: Question) -> tuple[FigureRow, ...]:
    order = {node.unit_id: place for place, node in enumerate(known.tree(question.last))}
    found = []
    for one in sorted(
        (one for one in rows if one.unit_id is not None),
        key=lambda row: order.get(row.unit_id or 0, len(order)),
    ):
        span = known.nearest(one.unit_id or 0, question.last)
        found.append(FigureRow(span.code if span else str(one.unit_id), span.name if span else "", one.value))
    return tuple(found)


def sum_of(figure: Figure, rows: Iterable[FigureRow]) -> Value | None:
    """All rows together; None when a row has no number to add. No statement."""
    return total_of((row.value for row in rows), share=figure.out_of is not None)


def cut(figure: Figure, question: Question, reader: Reader, by: By) -> tuple[FigureRow, ...]:
    """A figure over dossiers by tier, field, channel or procedure. 1-2 statements. Refuses one that has no such cut."""
    if not isinstance(figure.counted, Dossiers) or by not in _KEYS:
        raise Refused("Số liệu này không chia theo cấp, lĩnh vực.", where="theo", do="Chia theo đơn vị.")
    found = reader.count(question, reader.dossiers, _conditions(figure.counts), _KEYS[by])
    rows = {key: _of(numbers) for (key, _), numbers in found.items() if any(numbers)}
    if by is By.TIER:
        tiers = {tier.value: tier.label for tier in Tier}
        return tuple(FigureRow(code, name, rows[code]) for code, name in tiers.items() if code in rows)
    if by is By.CHANNEL:
        return tuple(FigureRow(str(one.value), one.label, rows[one]) for one in Channel if one in rows)
    keys = [int(key) for key in rows]
    named = field_names(keys) if by is By.FIELD else procedure_names(keys)
    return tuple(FigureRow(code, name, rows[pk]) for pk, (code, name) in named.items())


def procedure_names(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(code, name) of procedures, in the order of their names without diacritics. 1 statement."""
    found = Procedure.objects.filter(id__in=set(ids)).order_by("name_folded", "id")
    return {pk: (code, name) for pk, code, name in found.values_list("id", "code", "name")}


def _value(figure: Figure, number: Callable[[Count], Number]) -> Value:
    return Value(number(figure.counted), None if figure.out_of is None else number(figure.out_of))


def _of(numbers: Sequence[Number]) -> Value:
    return Value(numbers[0], numbers[1] if len(numbers) > 1 else None)


def _asked(figures: Iterable[Figure]) -> tuple[Count, ...]:
    return tuple(dict.fromkeys(count for one in figures for count in one.counts))


def _refuse_unless_counted(asked: Iterable[Count], reader: Reader) -> None:
    """The facts tell of dossiers alone."""
    if not reader.live and not all(isinstance(one, Dossiers) for one in asked):
        raise Refused(
            "Số liệu này không đếm hàng loạt được: bảng dữ kiện chỉ có hồ sơ.",
            where="engine",
            do="Dùng cách tính trực tiếp (live).",
        )


def _conditions(asked: Iterable[Count]) -> tuple[Condition, ...]:
    return tuple(one.condition for one in asked if isinstance(one, Dossiers))


def _populations(
    asked: Iterable[Count], question: Question, reader: Reader, known: Picture
) -> dict[Count, ByUnit]:
    """The records of each population asked, by unit: 1 statement for all that a `.sql` file tells, 1 for each other."""
    wanted = [one for one in asked if isinstance(one, Among)]
    sources = {one.population: source_of(one.population) for one in wanted}
    in_sql = [(source, one) for one in wanted if isinstance(source := sources[one.population], SqlSource)]
    found = count_all([(source, one.where) for source, one in in_sql], question, reader)
    told: dict[Count, ByUnit] = {one: found[(one.population, one.where)] for _, one in in_sql}
    others: dict[str, list[Where]] = {}
    for one in wanted:
        if one not in told:
            others.setdefault(one.population, []).append(one.where)
    for code, wheres in others.items():
        counts = sources[code].count(wheres, question, reader, known)
        told |= {Among(code, where): count for where, count in zip(wheres, counts, strict=True)}
    return told


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

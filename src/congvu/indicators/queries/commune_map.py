"""A figure of every commune of a map's day, with what stands behind it and what lies outside the communes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.by_unit import UnitRow, unit_rows
from congvu.indicators.queries.figures import figure_of, may_ask, offered, unit_numbers
from congvu.indicators.queries.own_figures import defined_figures
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import STATISTICS, Reader, Statistic, reader_of
from congvu.indicators.rules.definitions import Among
from congvu.indicators.rules.definitions import Figure as Defined
from congvu.indicators.rules.map_figures import CATALOGUE, PARTS, SHARES, Figure, Value, of_catalogue
from congvu.organisation.queries.boundaries import communes
from congvu.organisation.rules.kinds import HUYEN
from congvu.organisation.rules.mapping import Number, plain
from congvu.organisation.rules.picture import Node, Picture

NOBODYS = (
    "procedures",
    "used_procedures",
    "published",
    "unit_events",
)  # populations whose records are no unit's


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the map. `rows`: the rows of it and of its rooms; `group`: where it lies, for a map without outlines."""

    node: Node
    value: Value
    rows: tuple[UnitRow, ...]
    group: str

    @property
    def told(self) -> bool:
        """Whether it rests on shares, or holds what no decision placed."""
        return any(row.told for row in self.rows)

    @property
    def sources(self) -> tuple[int, ...]:
        """The units as they were whose records stand behind the figure."""
        return tuple(dict.fromkeys(unit for row in self.rows for unit in row.source_ids))


@dataclass(frozen=True, slots=True)
class CommuneMap:
    """`outside`: what the units that are no communes hold (agencies of the province, units no decision placed)."""

    figure: Figure
    asked: Statistic
    question: Question
    map_on: date
    communes: tuple[Commune, ...]
    outside: Value
    total: Value

    def commune(self, code: str) -> Commune:
        """Refuses a code that is no commune of the day."""
        found = next((one for one in self.communes if one.node.code == code), None)
        if found is None:
            raise Refused(
                f"Ngày này không có xã mã «{code[:30]}».", where="xa", do="Chọn một xã trên bản đồ."
            )
        return found


def figures_for(actor: Actor, asked: str = "") -> Mapping[str, Figure]:
    """The figures an actor may see, by code: shares first, then those of the catalogue that have units, then every column of
    every statistic; with the one `asked` for when an office defined it. 1 statement for that one, else none."""
    allowed = {code for code, one in STATISTICS.items() if actor.system or actor.has(*one.readers)}
    columns = tuple(
        Figure(f"{one.code}:{code}", words, one.code, (code,))
        for one in STATISTICS.values()
        for code, words in one.columns
    )
    figures = [one for one in offered(actor, own=False) if has_units(one)]
    known = {one.code: one for one in (*SHARES, *columns) if one.statistic in allowed}
    found = {code: one for code, one in known.items() if ":" not in code} | {
        one.code: of_catalogue(one) for one in figures
    }
    found |= known
    if asked and asked not in found and ":" not in asked:
        own = defined_figures([asked]).values()
        found |= {one.code: of_catalogue(one) for one in own if may_ask(actor, one) and has_units(one)}
    return found


def has_units(figure: Defined) -> bool:
    """Whether its records are units' own: procedures and decisions are the province's."""
    return not figure.by_hand and not (
        isinstance(figure.counted, Among) and figure.counted.population in NOBODYS
    )


def statistic_behind(figure: Figure) -> Statistic:
    """What counts the figure by unit. 1 statement for one that an office defined."""
    if figure.statistic != CATALOGUE:
        return STATISTICS[figure.statistic]
    defined = figure_of(figure.code)

    def by_unit(question: Question, known: Picture, reader: Reader) -> Mapping[int, tuple[int, ...]]:
        numbers = unit_numbers([defined], question, reader, known)[defined.code]
        return {unit: tuple(int(n) for n in row) for unit, row in numbers.items() if unit is not None}

    words = (*defined.parts, defined.words)[:2] if defined.out_of is not None else (defined.words,)
    columns = tuple(zip(PARTS, words, strict=False))
    return Statistic(CATALOGUE, defined.subject.value, columns, by_unit, of_day=defined.of_day)


def commune_map(
    actor: Actor, figure: Figure, question: Question, known: Picture, map_on: date, *, today: date
) -> CommuneMap:
    """The figure of every commune of `map_on`, counted over what the actor may see. 1-3 statements."""
    asked = statistic_behind(figure)
    reader = reader_of(actor, today, known)
    rows = unit_rows(asked.by_unit(question, known, reader), known, question.last, map_on)
    places = {code: place for place, code in enumerate(asked.codes)}
    below = _below(known, map_on)
    held: dict[int, list[UnitRow]] = {}
    outside: list[UnitRow] = []
    for row in rows:
        commune = below.get(row.unit_id)
        if commune is None:
            outside.append(row)
        else:
            held.setdefault(commune, []).append(row)
    groups = _groups(known, map_on)
    shown = tuple(
        Commune(
            node,
            _value(figure, held.get(node.unit_id, []), places),
            tuple(held.get(node.unit_id, ())),
            groups.get(node.unit_id, ""),
        )
        for node in communes(known, map_on)
    )
    return CommuneMap(
        figure,
        asked,
        question,
        map_on,
        shown,
        _value(figure, outside, places),
        _value(figure, list(rows), places),
    )


def _value(figure: Figure, rows: list[UnitRow], places: Mapping[str, int]) -> Value:
    def added(codes: tuple[str, ...]) -> Number:
        return plain(sum(row.numbers[places[code]] for row in rows for code in codes))

    return Value(added(figure.part), added(figure.whole) if figure.whole else None)


def _below(known: Picture, on: date) -> dict[int, int]:
    """Every unit that stands in a commune, itself included -> the commune."""
    tops = {node.unit_id for node in communes(known, on)}
    found: dict[int, int] = {}
    for node in known.tree(on):  # parents come first
        if node.unit_id in tops:
            found[node.unit_id] = node.unit_id
        elif node.parent_id in found:
            found[node.unit_id] = found[node.parent_id]
    return found


def _groups(known: Picture, on: date) -> dict[int, str]:
    """Where a commune lies, in words: the district above it, or the last district above what it was made of. Districts ended
    on 1/7/2025, but people still know by them which communes are neighbours."""
    made_of: dict[int, list[int]] = {}
    for flow in known.flows:
        if flow.effective <= on:
            made_of.setdefault(flow.to_id, []).append(flow.from_id)
    found: dict[int, str] = {}
    for node in communes(known, on):
        waiting, seen = [node.unit_id], {node.unit_id}
        while waiting:
            unit = waiting.pop(0)
            above = next(
                (s.parent_id for s in reversed(known.of(unit)) if _is_district(known, s.parent_id)), None
            )
            if above is not None:
                found[node.unit_id] = place_name(known.of(above)[-1].name)
                break
            waiting += [one for one in made_of.get(unit, ()) if one not in seen]
            seen.update(waiting)
    return found


def place_name(office: str) -> str:
    """ "UBND huyện Yên Thủy" -> "Huyện Yên Thủy": the place whose committee it is."""
    name = office.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
    return name[:1].upper() + name[1:]


def _is_district(known: Picture, unit: int | None) -> bool:
    return unit is not None and bool(known.of(unit)) and known.of(unit)[-1].tier == HUYEN

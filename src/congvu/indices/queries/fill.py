"""What bound criteria say of themselves: figures asked of the period of a round, of each unit with all under it."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.indicators.queries.answer import of_units
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.figures import figures_of, values
from congvu.indicators.queries.own_figures import entered
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import the_province
from congvu.indicators.rules.definitions import Dossiers, Figure, Value
from congvu.indices.queries.one_stop import dossier_points
from congvu.indices.rules.cells import NOTHING, own_score
from congvu.indices.rules.numbers import written
from congvu.indices.rules.one_stop import TOLD
from congvu.indices.rules.tree import Node


def texts_of(
    nodes: Iterable[Node], units: Sequence[int], first: date, last: date, today: date
) -> dict[int, dict[str, str]]:
    """{unit: {code of a criterion: its cell}}: "46/50" for a share, "92%" when only the rate is known, "46" for a count. A
    criterion has none when its figure is not offered, says nothing of the unit, or does not suit the rule: it is written
    by hand. 5-14 statements, whatever the number of units and figures."""
    bound = [one for one in nodes if one.figure and one.rule is not None and one.maximum is not None]
    found: dict[int, dict[str, str]] = {unit: {} for unit in units}
    if not bound or today < first:
        return found
    question = ask(first, last, today=today)
    own = [one.figure for one in bound if one.figure in TOLD]
    known = organisation_of(question)
    figures = figures_of(list(dict.fromkeys(one.figure for one in bound)))
    reader = the_province(question, known)
    told = of_units(list(figures.values()), question, reader, known, units)
    roots = [
        unit for unit in units if (span := known.nearest(unit, last)) is not None and span.parent_id is None
    ]
    if roots:  # the province itself also has what is no unit's own
        whole = values([one for one in figures.values() if not one.by_hand], question, reader, known)
        told |= dict.fromkeys(roots, whole)
    members = {unit: known.subtree([unit], question.last) | {unit} for unit in units}
    points = dossier_points(members, question.first, question.last) if own else {}
    by_hand = entered([one.code for one in figures.values() if one.by_hand], question)
    for unit in units:
        said = dict(told[unit])
        said |= {row.code: row.value for rows in by_hand.values() for row in rows if row.unit_id == unit}
        for node in bound:
            own_text = points.get(unit, {}).get(node.figure, "")
            if own_text and _suits(node, own_text):
                found[unit][node.code] = own_text
            if (
                node.figure in said
                and (text := _cell(figures[node.figure], said[node.figure]))
                and _suits(node, text)
            ):
                found[unit][node.code] = text
    return found


def _cell(figure: Figure, value: Value) -> str:
    """The value as it would be typed; "" when it is not known. No dossier of a unit has not occurred; of other records that
    no unit has, it is for a person to say."""
    if value.numerator is None:
        return f"{written(value.share, 4)}%" if value.share is not None else ""
    if figure.out_of is None and value.denominator is None:
        return str(value.numerator)
    if value.denominator:
        return f"{value.numerator}/{value.denominator}"
    return NOTHING if isinstance(figure.counted, Dossiers) else ""


def _suits(node: Node, text: str) -> bool:
    """Whether the rule of a criterion can take what its figure says (a count has no share)."""
    if node.rule is None:
        return False
    try:
        own_score(node.rule, node.maximum, Fraction(0), text)
    except Refused:
        return False
    return True

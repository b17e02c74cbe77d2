"""A sheet: what stands in its columns, what each criterion comes to, what is still wanted of it. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.indices.rules.cells import UNSCORED, Got, given_score, own_score
from congvu.indices.rules.rounds import APPRAISAL, COUNCIL, SECOND, SELF
from congvu.indices.rules.scoring import Survey
from congvu.indices.rules.tree import Node, leaves

Cells = Mapping[str, Mapping[str, str]]  # code -> column -> what is typed there
GIVING = (COUNCIL, SECOND, APPRAISAL)  # the last word first


def score_of(node: Node, columns: Mapping[str, str], step: Fraction) -> Got:
    """What a criterion comes to: the council's points, else those of the last appraisal, else the unit's own."""
    if node.rule is None:
        return UNSCORED
    own = (
        _stated(node, columns, step)
        if any(columns.get(one) for one in GIVING)
        else own_of(node, columns, step)
    )
    for column in GIVING:
        if columns.get(column):
            return given_score(node.rule, node.maximum, step, columns[column], own)
    return own


def own_of(node: Node, columns: Mapping[str, str], step: Fraction) -> Got:
    if node.rule is None:
        return UNSCORED
    return own_score(node.rule, node.maximum, step, columns.get(SELF, ""))


def column_score(node: Node, columns: Mapping[str, str], column: str, step: Fraction) -> Got:
    """What one column says. Refuses what cannot stand there."""
    if node.rule is None or column == SELF:
        return own_of(node, columns, step)
    return given_score(node.rule, node.maximum, step, columns.get(column, ""), _stated(node, columns, step))


def _stated(node: Node, columns: Mapping[str, str], step: Fraction) -> Got:
    """`own_of` to whoever gives points: what cannot be read keeps nobody from giving others."""
    try:
        return own_of(node, columns, step)
    except Refused as wrong:
        return Got(None, asks=wrong.told())


def gots_of(nodes: Sequence[Node], cells: Cells, step: Fraction) -> dict[str, Got]:
    """What every criterion comes to. A cell that cannot be read (any more) is asked for, it breaks no page."""
    found: dict[str, Got] = {}
    for one in leaves(nodes):
        try:
            found[one.code] = score_of(one, cells.get(one.code, {}), step)
        except Refused as wrong:
            found[one.code] = Got(None, asks=wrong.told())
    return found


def wanted_of(nodes: Sequence[Node], cells: Cells, column: str, step: Fraction) -> list[tuple[Node, str]]:
    """The criteria that keep a sheet from going on from a step, each with what is wanted. A unit does not state what its
    respondents say; who appraises writes every row."""
    found: list[tuple[Node, str]] = []
    for one in leaves(nodes):
        if column == SELF and isinstance(one.rule, Survey):
            continue
        columns = cells.get(one.code, {})
        if column == APPRAISAL and not columns.get(APPRAISAL):
            found.append((one, "chưa thẩm định"))
            continue
        got = own_of(one, columns, step) if column == SELF else score_of(one, columns, step)
        if got.missing:
            found.append((one, got.asks))
    return found

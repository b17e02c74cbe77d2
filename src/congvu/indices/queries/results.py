"""Results of a round: every sheet reckoned, ranked, and as the document that is published."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu.indices.models import IndexSet, Round, Sheet
from congvu.indices.queries.sets import bands_of, criteria_of, nodes_of
from congvu.indices.queries.sheets import cells_of, standing
from congvu.indices.rules.numbers import fixed
from congvu.indices.rules.results import ranks, value_of
from congvu.indices.rules.sets import PLACES, POINTS, Bands, band_of
from congvu.indices.rules.sheet import gots_of
from congvu.indices.rules.tree import Node, Result, reckon


@dataclass(frozen=True, slots=True)
class Row:
    """A participant's result. `rank` None: nothing to rank by. `band` is told of a whole result alone."""

    sheet: Sheet
    result: Result
    value: Fraction | None
    rank: int | None
    band: str

    @property
    def provisional(self) -> bool:
        return bool(self.result.missing)


@dataclass(frozen=True, slots=True)
class Table:
    of: IndexSet
    nodes: tuple[Node, ...]
    rows: tuple[Row, ...]


def result_of(of: IndexSet, nodes: Sequence[Node], cells: dict[str, dict[str, str]]) -> Result:
    """One sheet. No statement."""
    return reckon(nodes, gots_of(nodes, cells, Fraction(of.step)), of.policy)


def table_of(one: Round, sheets: Sequence[Sheet]) -> Table:
    """Every given sheet of a round, the best first. 2 statements."""
    nodes = nodes_of(criteria_of([one.set_id]).get(one.set_id, ()))
    lines = standing([sheet.pk for sheet in sheets])
    results = {sheet.pk: result_of(one.set, nodes, cells_of(lines.get(sheet.pk, {}))) for sheet in sheets}
    places = PLACES[one.set.measure]
    values = {key: value_of(result, one.set.measure) for key, result in results.items()}
    order, bands = ranks(values, places), bands_of(one.set)
    rows = [
        Row(
            sheet, results[sheet.pk], values[sheet.pk], order.get(sheet.pk),
            band_named(one.set, results[sheet.pk], values[sheet.pk], bands, places),
        )
        for sheet in sheets
    ]  # fmt: skip
    last = len(rows) + 1
    rows = sorted(rows, key=lambda row: (row.rank or last, row.sheet.name, row.sheet.pk))
    return Table(one.set, nodes, tuple(rows))


def band_named(of: IndexSet, result: Result, value: Fraction | None, bands: Bands, places: int) -> str:
    """The band of a result; of a sum of points only when every criterion is in it: its steps are of the full sum."""
    if result.missing or (of.measure == POINTS and result.excluded):
        return ""
    return band_of(bands, value, places)


def document(table: Table, one: Round) -> str:
    """The results as they are published: canonical, exact, the same whenever it is made again. No statement."""
    places = PLACES[one.set.measure]
    told = {
        "set": [one.set.code, one.set.edition],
        "period": [one.first.isoformat(), one.last.isoformat()],
        "sheets": [
            {
                "code": row.sheet.code, "name": row.sheet.name, "rank": row.rank, "band": row.band,
                "value": None if row.value is None else fixed(row.value, places),
                "points": str(row.result.points), "counted": str(row.result.counted),
                "excluded": list(row.result.excluded),
                "lines": [
                    [line.node.code, None if line.points is None else str(line.points), str(line.counted)]
                    for line in row.result.lines
                ],
            }
            for row in table.rows
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

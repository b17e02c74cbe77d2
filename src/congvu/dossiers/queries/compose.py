"""A named `.sql` file with its marked places filled: which conditions a list needs depends on its filters.

Only our own text goes into a place (conditions written in this package, the access predicate); what a person typed
always travels as a parameter. The same filters give the same text, so PostgreSQL keeps its prepared plan.
"""

from congvu.dossiers.access import Visible
from congvu.foundation import sql
from congvu.foundation.sql import Statement, statement

BULK = "congvu.dossiers.bulk"
NAMED_UNITS = 12  # a department and its divisions; planning grows with each


def filled(name: str, **places: str) -> Statement:
    """`bulk/<name>.sql` with each `{place}` filled. Raises ValueError for a place left open."""
    return sql.filled(BULK, name, **places)


def both(*conditions: str) -> str:
    """The conditions that are not empty, joined by AND; TRUE when there is none."""
    return " AND ".join(one for one in conditions if one) or "TRUE"


def inside(sight: Visible, units: tuple[int, ...]) -> str:
    """The access predicate within a walk over what concerns `units`.

    A walk over units the reader sees whole is the predicate already: asking it again of every row costs a join
    (measured: 500 ms against 6). The statement still asks it of the rows it shows.
    """
    return "TRUE" if sight.everything or set(units) <= set(sight.units) else sight.sql("d")


def walks(name: str, units: tuple[int, ...], filters: str, limit: int) -> str:
    """`bulk/<name>.sql` for each unit, joined: what a merged list is made of. The unit numbers are ours, never typed.

    A few units stand in the text, so that the planner knows how much each holds: planned by the average, a unit with
    a thousand open steps was sorted whole (measured: 12 ms against 2). Many units are walked by the average.
    """
    body = "\n".join(line for line in str(statement(BULK, name)).splitlines() if not line.startswith("--"))
    body = body.replace("{filters}", filters).replace("{limit}", str(int(limit)))
    if len(units) <= NAMED_UNITS:
        return " UNION ALL ".join(f"({body.replace('{unit}', f'{int(unit)}::bigint')})" for unit in units)
    rows = ", ".join(str(int(unit)) for unit in units)
    return (
        f"SELECT walk.* FROM unnest(ARRAY[{rows}]::bigint[]) AS u (unit)"  # noqa: S608 our own text and numbers
        f" CROSS JOIN LATERAL ({body.replace('{unit}', 'u.unit')}) walk"
    )

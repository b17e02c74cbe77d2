"""Counting dossiers in the state of a day: any conditions at once, cut by any key, in one statement."""

from collections.abc import Callable, Sequence

from congvu.dossiers.access import Visible
from congvu.foundation.sql import Statement
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.states import states
from congvu.indicators.rules.conditions import Condition

# The two keys of a row: what the dossiers are cut by.
WHOLE = "0 AS k1, 0 AS k2"
BY_UNIT = "s.competent_unit_id AS k1, 0 AS k2"
BY_TIER = "s.tier AS k1, 0 AS k2"
BY_FIELD = "s.field_id AS k1, 0 AS k2"
BY_TIER_AND_FIELD = "s.tier AS k1, s.field_id AS k2"

Key = tuple[str | int, int]
Counting = Callable[[Question, Visible, Sequence[Condition], str], dict[Key, tuple[int, ...]]]


def statement_of(visible: str, conditions: Sequence[Condition], keys: str, *, as_known: bool) -> Statement:
    """The one statement that counts, for an access predicate on the alias d. No statement."""
    columns = ", ".join(f"count(*) FILTER (WHERE {sql_of(one)}) AS c{n}" for n, one in enumerate(conditions))
    pieces = "\nUNION ALL\n".join(
        str(filled("form06_piece", keys=keys, columns=columns, state=state, counted=counted))
        for state, counted in states(visible, as_known=as_known, counting=True)
    )
    return filled("form06", sums=", ".join(f"sum(x.c{n})" for n in range(len(conditions))), pieces=pieces)


def count_dossiers(
    question: Question, seen: Visible, conditions: Sequence[Condition], keys: str
) -> dict[Key, tuple[int, ...]]:
    """How many dossiers of the period each condition holds for, by key. 1 statement."""
    text = statement_of(seen.sql("d"), conditions, keys, as_known=question.known_until is not None)
    rows = text.rows({**question.params, **seen.params})
    return {(row[0], row[1]): tuple(int(n) for n in row[2:]) for row in rows}

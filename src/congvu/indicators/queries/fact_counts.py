"""Counting dossiers of the whole province from the facts: any conditions, any number of periods, any key, in one statement.

The same numbers as from the rows (queries/counts.py), which answer for whoever sees a part and for what was known earlier.
"""

from collections.abc import Sequence
from typing import Any

from congvu.foundation.sql import Statement
from congvu.indicators.queries.compose import filled, fragment, sql_of
from congvu.indicators.queries.facts import NEAR
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.states import states
from congvu.indicators.rules.conditions import Condition, some
from congvu.indicators.rules.form06 import PENDING, SOLVED

Found = dict[tuple[str | int, int], tuple[int, ...]]

# Each fact is in one of three indexes, whose conditions these repeat word for word. Of the short ones, those that hold a day end
# within a month of it.
_SPANS = (
    "a.till = '9999-12-31'::date AND a.ended_on IS NOT NULL AND a.ended_on BETWEEN p.opens AND p.closes",
    "a.till <= (a.since + 31) AND a.till > p.closes AND a.till <= p.closes + 31",
    "a.till > (a.since + 31) AND (a.till < '9999-12-31'::date OR a.ended_on IS NULL) AND a.till > p.closes",
)
_OF_PERIOD = {
    "%(first)s::date": "p.opens",
    "%(last)s::date": "p.closes",
    "%(until)s::timestamptz": "p.until",
}
_NEAR = "(SELECT n.yes FROM near n)"
# An array, that each named dossier is looked up by its number: the planner takes it for ten.
_FRESH = f"{_NEAR} AND d.id = ANY(ARRAY(SELECT f.dossier_id FROM fresh f))"  # noqa: S608 our own text
_OTHERWISE = f"(NOT {_NEAR})"


def count_in_province(
    questions: Sequence[Question], conditions: Sequence[Condition], keys: str, *, near: int = NEAR
) -> list[Found]:
    """How many dossiers of the province each condition holds for as known now, by key, in each period. 1 statement.
    `near`: how many events not yet in the facts are read from the rows beside them; when there are more, all is."""
    found: list[Found] = [{} for _ in questions]
    if not questions or not conditions:
        return found
    params: dict[str, Any] = {"near": near}
    for at, question in enumerate(questions):
        params |= {f"{name}_{at}": value for name, value in question.params.items()}
    for period, k1, k2, *numbers in _statement(len(questions), conditions, keys).rows(params):
        found[period][k1, k2] = tuple(int(n) for n in numbers)
    return found


def _statement(periods: int, conditions: Sequence[Condition], keys: str) -> Statement:
    columns = ", ".join(f"count(*) FILTER (WHERE {sql_of(one)}) AS c{n}" for n, one in enumerate(conditions))
    facts = fragment("fact_states")
    pieces = [(facts.replace("{span}", span), sql_of(some(SOLVED, PENDING))) for span in _SPANS]
    pieces += states(_FRESH, as_known=False, counting=True)
    text = [
        _of_periods(filled("fact_piece", keys=keys, columns=columns, state=state, counted=counted), periods)
        for state, counted in pieces
    ]
    # All the rows are read period by period: each day of its own tells the planner where to look.
    for at in range(periods):
        for state, counted in states(_OTHERWISE, as_known=False, counting=True):
            piece = filled("fact_piece", keys=keys, columns=columns, state=state, counted=counted)
            text.append(_of_periods(piece, 1, at))
    sums = ", ".join(f"sum(x.c{n})" for n in range(len(conditions)))
    return filled("fact_counts", sums=sums, pieces="\nUNION ALL\n".join(text))


def _of_periods(piece: Statement, many: int, after: int = 0) -> str:
    """The piece for so many periods: their days are columns of its rows."""
    text = str(piece)
    for name, column in _OF_PERIOD.items():
        text = text.replace(name, column)
    rows = ", ".join(
        f"({at}, %(first_{at})s::date, %(last_{at})s::date, %(until_{at})s::timestamptz)"
        for at in range(after, after + many)
    )
    return text.replace("{periods}", rows)

"""Conditions as an ibis expression over the facts: what `compose.sql_of` is to the live tables. One expression is compiled
to DuckDB's words or to Spark's.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis
from ibis.backends.sql.compilers import DuckDBCompiler, PySparkCompiler

from congvu.indicators.queries.counts import BY_FIELD, BY_TIER, BY_TIER_AND_FIELD, BY_UNIT, WHOLE
from congvu.indicators.queries.question import Question
from congvu.indicators.rules.conditions import (
    SIGNS,
    Absent,
    All,
    Bound,
    Compare,
    Condition,
    Fact,
    OneOf,
    Some,
    Value,
    some,
)
from congvu.indicators.rules.form06 import PENDING, SOLVED

FACTS = "facts"
COLUMNS: dict[str, str] = {
    "dossier_id": "int64", "since": "date", "till": "date", "unit_id": "int64", "tier": "string", "field_id": "int64",
    "channel": "int16", "received_on": "date", "status": "int16", "due_on": "date", "ended_on": "date",
}  # fmt: skip
_KEYS: dict[str, tuple[str | None, str | None]] = {
    WHOLE: (None, None),
    BY_UNIT: ("unit_id", None),
    BY_TIER: ("tier", None),
    BY_FIELD: ("field_id", None),
    BY_TIER_AND_FIELD: ("tier", "field_id"),
}
_COMPILERS = {"duckdb": DuckDBCompiler, "spark": PySparkCompiler}


def condition_of(condition: Condition, facts: Any, question: Question) -> Any:
    """The condition on the columns of `facts`, the bounds of the period written in."""
    match condition:
        case Compare(fact, sign, value):
            return SIGNS[sign](facts[fact.value], _operand(value, facts, question))
        case OneOf(fact, values):
            return facts[fact.value].isin([_plain(one) for one in values])
        case Absent(fact):
            return facts[fact.value].isnull()
        case All(parts):
            told = [condition_of(part, facts, question) for part in parts]
            return reduce(and_, told) if told else ibis.literal(True)
        case Some(parts):
            return reduce(or_, [condition_of(part, facts, question) for part in parts])


def counted(conditions: Sequence[Condition], questions: Sequence[Question], keys: str) -> Any:
    """One table: for every question (its place in `period`) and key, how many dossiers each condition holds for."""
    facts = ibis.table(COLUMNS, name=FACTS)
    return (
        ibis.union(*pieces) if len(pieces := _pieces(facts, conditions, questions, keys)) > 1 else pieces[0]
    )


def _pieces(
    facts: Any, conditions: Sequence[Condition], questions: Sequence[Question], keys: str
) -> list[Any]:
    found = []
    for place, question in enumerate(questions):
        last = ibis.literal(question.last)
        there = facts.filter(
            facts.since <= last, facts.till > last, condition_of(some(SOLVED, PENDING), facts, question)
        )
        first, second = (there[column] if column else ibis.literal(0, type="int64") for column in _KEYS[keys])
        sums = {
            f"c{n}": there.count(where=condition_of(one, there, question)) for n, one in enumerate(conditions)
        }
        grouped = there.group_by(k1=first, k2=second).aggregate(**sums)
        found.append(grouped.mutate(period=ibis.literal(place, type="int64")))
    return found


def text_of(expression: Any, engine: str) -> str:
    """The expression in the words of an engine."""
    compiler = _COMPILERS[engine]()
    return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect))


def _operand(value: Value, facts: Any, question: Question) -> Any:
    match value:
        case Fact():
            return facts[value.value]
        case Bound.FIRST:
            return ibis.literal(question.first)
        case Bound.LAST:
            return ibis.literal(question.last)
    return ibis.literal(_plain(value))


def _plain(value: object) -> object:
    """A number or a text without the name it has among ours."""
    return str(value) if isinstance(value, str) else int(value)  # type: ignore[call-overload]

"""Conditions as an ibis expression over the facts: what `compose.sql_of` is to the live tables. One expression is compiled
to DuckDB's words or to Spark's.
"""

from collections.abc import Sequence
from functools import lru_cache, reduce
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

FACTS, PERIODS = "facts", "periods"
COLUMNS: dict[str, str] = {
    "dossier_id": "int64", "since": "date", "till": "date", "unit_id": "int64", "tier": "string", "field_id": "int64",
    "channel": "int16", "received_on": "date", "status": "int16", "due_on": "date", "ended_on": "date",
}  # fmt: skip
PERIOD_COLUMNS = {"period": "int64", "opens": "date", "closes": "date"}
KEYS: dict[str, tuple[str | None, str | None]] = {
    WHOLE: (None, None),
    BY_UNIT: ("unit_id", None),
    BY_TIER: ("tier", None),
    BY_FIELD: ("field_id", None),
    BY_TIER_AND_FIELD: ("tier", "field_id"),
}
_COMPILERS = {"duckdb": DuckDBCompiler, "spark": PySparkCompiler}


def condition_of(condition: Condition, row: Any) -> Any:
    """The condition on the columns of `row`: a fact beside the period it is asked for."""
    match condition:
        case Compare(fact, sign, value):
            return SIGNS[sign](row[fact.value], _operand(value, row))
        case OneOf(fact, values):
            return row[fact.value].isin([_plain(one) for one in values])
        case Absent(fact):
            return row[fact.value].isnull()
        case All(parts):
            told = [condition_of(part, row) for part in parts]
            return reduce(and_, told) if told else ibis.literal(True)
        case Some(parts):
            return reduce(or_, [condition_of(part, row) for part in parts])


def counted(conditions: Sequence[Condition], keys: str) -> Any:
    """One table: for every period and key, how many dossiers each condition holds for. Each fact is joined to the periods on
    whose last day it stood, so that all periods are one reading."""
    facts, periods = ibis.table(COLUMNS, name=FACTS), ibis.table(PERIOD_COLUMNS, name=PERIODS)
    there = facts.join(periods, [facts.since <= periods.closes, facts.till > periods.closes])
    there = there.filter(condition_of(some(SOLVED, PENDING), there))
    first, second = (there[column] if column else ibis.literal(0, type="int64") for column in KEYS[keys])
    sums = {f"c{n}": there.count(where=condition_of(one, there)) for n, one in enumerate(conditions)}
    return there.group_by(period=there.period, k1=first, k2=second).aggregate(**sums)


@lru_cache(maxsize=64)
def text_of(conditions: tuple[Condition, ...], keys: str, engine: str) -> str:
    """The same in the words of an engine; written once, whatever the periods."""
    compiler = _COMPILERS[engine]()
    return str(compiler.to_sqlglot(counted(conditions, keys)).sql(dialect=compiler.dialect))


def periods_of(questions: Sequence[Question]) -> str:
    """The periods as rows, in words both engines know."""
    rows = ", ".join(
        f"({place}, DATE '{one.first.isoformat()}', DATE '{one.last.isoformat()}')"
        for place, one in enumerate(questions)
    )
    return f"SELECT * FROM (VALUES {rows}) AS t ({', '.join(PERIOD_COLUMNS)})"  # noqa: S608 days and places


def _operand(value: Value, row: Any) -> Any:
    match value:
        case Fact():
            return row[value.value]
        case Bound.FIRST:
            return row.opens
        case Bound.LAST:
            return row.closes
    return ibis.literal(_plain(value))


def _plain(value: object) -> object:
    """A number or a text without the name it has among ours."""
    return str(value) if isinstance(value, str) else int(value)  # type: ignore[call-overload]

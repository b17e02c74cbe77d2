"""Conditions as SQL text, and named `.sql` files with their `{places}` filled.

Only text written in this package goes into a place: conditions, columns, the access predicate. Whatever a person
typed travels as a parameter.
"""

from functools import lru_cache

from congvu.foundation import sql
from congvu.foundation.sql import Statement, statement
from congvu.indicators.rules.conditions import (
    Absent,
    All,
    Bound,
    Compare,
    Condition,
    Fact,
    OneOf,
    Some,
    Value,
)
from congvu.procedures.rules.words import Tier

BULK = "congvu.indicators.bulk"


def filled(name: str, **places: str) -> Statement:
    """`bulk/<name>.sql` with each `{place}` filled, in the order given. Raises ValueError for a place it has not."""
    return sql.filled(BULK, name, **places)


def fragment(name: str) -> str:
    """The text of `bulk/<name>.sql` without its head comment, to stand inside another statement."""
    lines = str(statement(BULK, name)).strip().splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


@lru_cache(maxsize=256)
def sql_of(condition: Condition, alias: str = "s") -> str:
    """The condition on the columns of `alias`; the period's bounds are the parameters `first` and `last`."""
    match condition:
        case Compare(fact, sign, value):
            return f"{alias}.{fact.value} {sign} {_operand(value, alias)}"
        case OneOf(fact, values):
            return f"{alias}.{fact.value} IN ({', '.join(str(int(value)) for value in values)})"
        case Absent(fact):
            return f"{alias}.{fact.value} IS NULL"
        case All(parts):
            return "(" + (" AND ".join(sql_of(part, alias) for part in parts) or "TRUE") + ")"
        case Some(parts):
            return "(" + " OR ".join(sql_of(part, alias) for part in parts) + ")"


def _operand(value: Value, alias: str) -> str:
    if isinstance(value, Fact):
        return f"{alias}.{value.value}"
    if isinstance(value, Bound):
        return f"%({value.value})s::date"
    if isinstance(value, str):
        return f"'{Tier(value).value}'"
    return str(int(value))

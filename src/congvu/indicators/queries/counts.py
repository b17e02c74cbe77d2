"""Counting dossiers in the state of a day: any conditions at once, cut by any key, in one statement."""

from collections.abc import Callable, Sequence
from typing import Any

from congvu.dossiers.access import Visible
from congvu.foundation.sql import Statement
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.fact_counts import count_in_province
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.states import states
from congvu.indicators.rules.conditions import Condition

# The two keys of a row: what the dossiers are cut by.
WHOLE = "0 AS k1, 0 AS k2"
BY_UNIT = "s.competent_unit_id AS k1, 0 AS k2"
BY_TIER = "s.tier AS k1, 0 AS k2"
BY_FIELD = "s.field_id AS k1, 0 AS k2"
BY_CHANNEL = "s.channel AS k1, 0 AS k2"
BY_PROCEDURE = "(SELECT y.procedure_id FROM dossiers_dossier y WHERE y.id = s.id) AS k1, 0 AS k2"
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
    """How many dossiers of the period each condition holds for, by key. 1 statement: of the whole province as known now over the
    facts, else over the rows."""
    if _from_facts([question], seen):
        return count_in_province([question], conditions, keys)[0]
    return count_rows(question, seen, conditions, keys)


def count_rows(
    question: Question, seen: Visible, conditions: Sequence[Condition], keys: str
) -> dict[Key, tuple[int, ...]]:
    """The same over the rows and their log, whoever asks. 1 statement."""
    text = statement_of(seen.sql("d"), conditions, keys, as_known=question.known_until is not None)
    rows = text.rows({**question.params, **seen.params})
    return {(row[0], row[1]): tuple(int(n) for n in row[2:]) for row in rows}


def count_by_period(
    questions: Sequence[Question], seen: Visible, conditions: Sequence[Condition]
) -> list[tuple[int, ...]]:
    """How many dossiers each condition holds for, in each of several periods (as known at one moment). 1 statement: one reading
    of the facts for the whole province as known now; else over the rows, which costs what as many single ones would."""
    nothing = (0,) * len(conditions)
    if not questions or not conditions:
        return [nothing for _ in questions]
    if _from_facts(questions, seen):
        return [one.get((0, 0), nothing) for one in count_in_province(questions, conditions, WHOLE)]
    one = str(statement_of(seen.sql("d"), conditions, WHOLE, as_known=questions[0].known_until is not None))
    params: dict[str, Any] = {**questions[0].params, **seen.params}
    pieces = []
    for at, question in enumerate(questions):
        pieces.append(str(filled("of_period", at=str(at), place="0", piece=renamed(one, at))))
        params |= {f"{name}_{at}": value for name, value in question.params.items()}
    found = {
        row[0]: tuple(int(n) for n in row[4:])
        for row in Statement("periods", "\nUNION ALL\n".join(pieces)).rows(params)
    }
    return [found.get(at, nothing) for at in range(len(questions))]


def _from_facts(questions: Sequence[Question], seen: Visible) -> bool:
    """Facts are of the whole province and know what is known now; who sees a part, or asks what was known, is told from rows."""
    return seen.everything and all(one.known_until is None for one in questions)


def renamed(text: str, at: int) -> str:
    """A statement that asks for the days of the period numbered `at`."""
    for name in ("first", "last", "until"):
        text = text.replace(f"%({name})s", f"%({name}_{at})s")
    return text

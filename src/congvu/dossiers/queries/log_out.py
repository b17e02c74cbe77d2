"""Dossiers as event logs tell them: streamed one by one, in the order they were opened, in constant memory.

Past cases taken from other logs are left out: their own log tells them better.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.rules.eventlog_out.told import Document, Entry, Happened, StepTold, Told, activity
from congvu.dossiers.rules.status import Channel, Status
from congvu.foundation.clock import legal
from congvu.foundation.sql import stream
from congvu.foundation.workdays.days import day_start, next_day

_AT_ONCE = 100  # rows fetched together: a dossier is some kilobytes


@dataclass(frozen=True, slots=True)
class LogAsked:
    """Which dossiers: opened (registered online, or received) from `first` to `last`, both included; of a procedure."""

    first: date | None = None
    last: date | None = None
    procedure: str = ""


@contextmanager
def one_picture() -> Iterator[None]:
    """A transaction whose statements all see the database of one moment, so that no event names what no object tells.

    Inside another transaction that one goes on, and its isolation decides.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def told(sight: Visible, asked: LogAsked) -> Iterator[Told]:
    """Every dossier asked for that may be seen. Needs an open transaction. 1 statement."""
    if sight.nothing:
        return
    condition, params = _conditions(sight, asked, "d")
    other, _ = _conditions(sight, asked, "o")
    text = str(filled("log_told", asked=condition, other=other))
    for row in stream(text, params, _AT_ONCE):
        yield _told(row)


def citizens(sight: Visible, asked: LogAsked) -> Iterator[tuple[str, str]]:
    """(number, name) of each owner once. Needs an open transaction. 1 statement."""
    if sight.nothing:
        return
    condition, params = _conditions(sight, asked, "d")
    yield from stream(str(filled("log_citizens", asked=condition)), params)


def event_types(sight: Visible, asked: LogAsked) -> list[str]:
    """The types of all events of the dossiers asked for, verbs first. 1 statement."""
    if sight.nothing:
        return []
    condition, params = _conditions(sight, asked, "d")
    found: dict[str, None] = {}
    for kind, name, *ways in filled("log_types", asked=condition).rows(params):
        said = activity(name) if kind == "verb" else name
        for lifecycle, happens in zip(("start", "complete", "ate_abort"), ways, strict=True):
            if happens:
                found[_type(said, lifecycle)] = None
    return list(found)


def _type(name: str, lifecycle: str) -> str:
    return Entry("", name, datetime.min, lifecycle, None, None).type


def _conditions(sight: Visible, asked: LogAsked, alias: str) -> tuple[str, dict[str, Any]]:
    """The access predicate and the choice as one condition on `alias`. The text holds nothing that was typed."""
    params: dict[str, Any] = dict(sight.params)
    found = [sight.sql(alias), f"{alias}.imported_id IS NULL"]
    if asked.first is not None:
        found.append(f"{alias}.opened_at >= %(since)s::timestamptz")
        params["since"] = legal(day_start(asked.first))
    if asked.last is not None:
        found.append(f"{alias}.opened_at < %(until)s::timestamptz")
        params["until"] = legal(day_start(next_day(asked.last)))
    if asked.procedure:
        found.append(
            f"{alias}.procedure_id = (SELECT q.id FROM procedures_procedure q WHERE q.code = %(procedure)s)"  # noqa: S608 the alias is ours
        )
        params["procedure"] = asked.procedure
    return " AND ".join(found), params


def _told(row: tuple[Any, ...]) -> Told:
    (pk, code, procedure_code, procedure, field, channel, status, opened_at, due_on, ended_on, receiving, competent,
     number, name, other_id, other_code, events, steps, papers, results) = row  # fmt: skip
    return Told(
        pk, code, procedure_code, procedure, field, Channel(channel).label, Status(status).label, opened_at, due_on,
        ended_on, receiving, competent, number, name, (other_id, other_code) if other_id is not None else None,
        tuple(_happened(one) for one in events or ()),
        tuple(_step(one) for one in steps or ()),
        tuple(_document(one) for one in (*(papers or ()), *(results or ()))),
    )  # fmt: skip


def _happened(x: list[Any]) -> Happened:
    return Happened(_at(x[0]), x[1], Status(x[2]).label, date.fromisoformat(x[3]) if x[3] else None, *x[4:])


def _step(x: list[Any]) -> StepTold:
    position, name, unit_id, role, state, opened_at, due_on, done_at, officer_id, late = x
    return StepTold(
        position, name, unit_id, role, state, _at(opened_at) if opened_at else None,
        date.fromisoformat(due_on) if due_on else None, _at(done_at) if done_at else None, officer_id, bool(late),
    )  # fmt: skip


def _document(x: list[Any]) -> Document:
    kind, pk, name, typed, added_at = x
    return Document(kind, pk, name, typed, _at(added_at))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)

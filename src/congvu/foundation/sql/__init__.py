"""SQL as a first-class citizen: one named statement per `.sql` file, loaded once, run prepared.

A statement file begins with `--` lines that say what it does, when it runs, how many rows, which index.
Parameters are by name, `%(name)s`. Statements run on Django's connection, inside whatever transaction is open,
with server-side parameters and prepared plans: on the one-stop's verbs planning would cost more than the work.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from time import perf_counter
from typing import Any

import psycopg
from django.db import connection


class Statement:
    """One SQL statement with a name. Every method is one round trip."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def rows(self, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run and return all rows."""
        with _cursor() as cursor:
            _run(cursor, self, params)
            return cursor.fetchall() if cursor.description else []

    def dicts(self, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Run and return all rows as dictionaries by column name."""
        with _cursor() as cursor:
            _run(cursor, self, params)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def run(self, params: Mapping[str, Any] | None = None) -> int:
        """Run and return the number of rows touched."""
        with _cursor() as cursor:
            _run(cursor, self, params)
            return cursor.rowcount

    def with_condition(self, condition: str) -> "Statement":
        """The statement with its `/*visible*/` mark replaced by an access predicate (our text, never a user's)."""
        return _filled(self.name, self.text, condition)

    def __str__(self) -> str:
        return self.text


@cache
def _filled(name: str, text: str, condition: str) -> Statement:
    if "/*visible*/" not in text:
        raise ValueError(f"{name} has no /*visible*/ mark")
    return Statement(name, text.replace("/*visible*/", condition))


@cache
def statement(package: str, name: str) -> Statement:
    """The statement in `<package>/<name>.sql`, e.g. statement("congvu.dossiers.bulk", "receive")."""
    path = resources.files(package).joinpath(f"{name}.sql")
    return Statement(f"{package}.{name}", path.read_text(encoding="utf-8"))


def stream(text: str, params: Mapping[str, Any] | None = None, size: int = 2000) -> Iterator[tuple[Any, ...]]:
    """Rows of a long query through a server-side cursor: constant memory. Needs an open transaction."""
    with psycopg.ServerCursor(raw_connection(), "congvu_stream") as cursor:
        cursor.itersize = size
        cursor.execute(text, params)
        yield from cursor


def raw_connection() -> "psycopg.Connection[tuple[Any, ...]]":
    """The psycopg connection under Django's, opened if needed; for COPY and streams in `bulk/`."""
    connection.ensure_connection()
    return connection.connection


def _cursor() -> "psycopg.Cursor[tuple[Any, ...]]":
    if connection.needs_rollback:
        connection.validate_no_broken_transaction()
    return psycopg.Cursor(raw_connection())


def _run(cursor: "psycopg.Cursor[tuple[Any, ...]]", wanted: Statement, params: Mapping[str, Any] | None) -> None:
    """Execute as Django would: its errors are Django's, and query budgets in tests see the statement."""
    started = perf_counter()
    try:
        with connection.wrap_database_errors:
            cursor.execute(wanted.text, params, prepare=True)
    finally:
        if connection.queries_logged:
            connection.queries_log.append(
                {"sql": f"/* {wanted.name} */ {wanted.text}", "time": f"{perf_counter() - started:.3f}"}
            )


__all__ = ["Statement", "raw_connection", "statement", "stream"]

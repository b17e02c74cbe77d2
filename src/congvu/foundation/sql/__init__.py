"""SQL as a first-class citizen: one named statement per `.sql` file, loaded once.

A statement file begins with `--` lines that say what it does, when it runs, how many rows, which index.
Parameters are by name, `%(name)s`, each with its type (`%(ids)s::bigint[]`). Statements run on Django's connection,
inside whatever transaction is open; query budgets in tests see them.

A file whose head says `-- Hot` is prepared and planned once per connection (the connection asks for generic plans):
for the one-stop's verbs planning would cost more than the work. All others are planned for their values each time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import resources
from time import perf_counter
from typing import Any

import psycopg
from django.db import connections

from congvu.foundation.sql.hot import hot_line

Params = Mapping[str, Any]


class Statement:
    """One SQL statement with a name. Every method is one round trip."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.hot = text.startswith("-- Hot") or "\n-- Hot" in text

    def rows(self, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Run and return all rows."""
        if self.hot:
            return self._run_hot(params or {})
        cursor = self._run(params)
        return cursor.fetchall() if cursor.pgresult is not None and cursor.pgresult.nfields else []

    def run(self, params: Params | None = None) -> int:
        """Run and return the number of rows touched."""
        return self._run(params).rowcount

    def with_condition(self, condition: str) -> "Statement":
        """The statement with its `/*visible*/` mark replaced by an access predicate (our text, never a user's)."""
        return _filled(self.name, self.text, "/*visible*/", condition)

    def with_part(self, mark: str, part: str) -> "Statement":
        """The statement with its `/*mark*/` replaced by more of our own SQL, or by nothing."""
        return _filled(self.name, self.text, f"/*{mark}*/", part)

    def __str__(self) -> str:
        return self.text

    def _run(self, params: Params | None) -> "psycopg.Cursor[tuple[Any, ...]]":
        """Execute as Django would: its errors are Django's, and its log of queries sees the statement."""
        cursor = psycopg.ClientCursor(raw_connection())
        with self._told():
            cursor.execute(self.text, params, prepare=False)
        return cursor

    def _run_hot(self, params: Params) -> list[tuple[Any, ...]]:
        told = connections["default"]
        raw = told.connection
        if raw is None or told.needs_rollback:
            raw = raw_connection()
        if told.queries_logged:
            with self._told():
                return list(hot_line(raw).rows(raw, self.text, params))
        try:
            return hot_line(raw).rows(raw, self.text, params)
        except psycopg.Error:
            with told.wrap_database_errors:
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        told, started = connections["default"], perf_counter()
        try:
            with told.wrap_database_errors:
                yield
        finally:
            if told.queries_logged:
                told.queries_log.append(
                    {"sql": f"/* {self.name} */ {self.text}", "time": f"{perf_counter() - started:.3f}"}
                )


@cache
def statement(package: str, name: str) -> Statement:
    """The statement in `<package>/<name>.sql`, e.g. statement("congvu.dossiers.bulk", "receive")."""
    path = resources.files(package).joinpath(f"{name}.sql")
    return Statement(f"{package}.{name}", path.read_text(encoding="utf-8"))


@cache
def _filled(name: str, text: str, mark: str, part: str) -> Statement:
    if mark not in text:
        raise ValueError(f"{name} has no {mark} mark")
    return Statement(name, text.replace(mark, part))


@cache
def filled(package: str, name: str, **places: str) -> Statement:
    """`<package>/<name>.sql` with each `{place}` filled by our own SQL; ValueError for a place it has not."""
    found = statement(package, name)
    for place, words in places.items():
        found = _filled(found.name, found.text, "{" + place + "}", words)
    return found


def stream(text: str, params: Params | None = None, size: int = 2000) -> Iterator[tuple[Any, ...]]:
    """Rows of a long query through a server-side cursor: constant memory. Needs an open transaction."""
    with psycopg.ServerCursor(raw_connection(), "congvu_stream") as cursor:
        cursor.itersize = size
        cursor.execute(text, params)
        yield from cursor


def raw_connection() -> "psycopg.Connection[tuple[Any, ...]]":
    """The psycopg connection under Django's, opened if needed; for COPY and streams in `bulk/`."""
    connection = connections["default"]
    connection.ensure_connection()
    if connection.needs_rollback:
        connection.validate_no_broken_transaction()
    opened: psycopg.Connection[tuple[Any, ...]] = connection.connection
    return opened


__all__ = ["Statement", "filled", "raw_connection", "statement", "stream"]

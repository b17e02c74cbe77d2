"""Statements run so often that asking costs more than the work: prepared once a connection, straight through libpq.

psycopg's cursor reads the text of a statement, its parameters' names and types anew at each call; that took longer than
the database's part of a verb. Here a statement is read once, and values travel through psycopg's own adapters.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus

Row = tuple[Any, ...]
_NAMED = re.compile(r"%\((\w+)\)s")
_COMMENT = re.compile(r"--[^\n]*")


class HotLine:
    """The hot statements of one connection: which are prepared, and how each type is read and written."""

    def __init__(self, raw: "psycopg.Connection[Row]") -> None:
        self._adapters = Transformer(raw)
        self._prepared: dict[str, tuple[bytes, tuple[str, ...], list[PyFormat]]] = {}

    def rows(self, raw: "psycopg.Connection[Row]", text: str, params: Mapping[str, Any]) -> Sequence[Row]:
        """Run the statement; its rows, or psycopg's error as a cursor would raise it. 1 round trip, 4 the first time."""
        line = raw.pgconn
        if not raw.autocommit and line.transaction_status == TransactionStatus.IDLE:
            line.exec_(b"BEGIN")
        fresh = text not in self._prepared
        name, names, formats = self._prepare(line, text) if fresh else self._prepared[text]
        values = self._adapters.dump_sequence([_plain(params[one]) for one in names], formats)
        if fresh:  # it is planned now, perhaps on empty tables: a plan that reads a whole table would be kept as they grow
            line.exec_(b"SET enable_seqscan = off")
        answer = line.exec_prepared(name, values)  # type: ignore[arg-type]  # None is NULL; the stub forgot it
        if fresh:
            line.exec_(b"SET enable_seqscan = on")
        if answer.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            raise psycopg.errors.error_from_result(answer)
        self._adapters.set_pgresult(answer)
        return self._adapters.load_rows(0, answer.ntuples, tuple)

    def _prepare(
        self, line: "psycopg.pq.abc.PGconn", text: str
    ) -> tuple[bytes, tuple[str, ...], list[PyFormat]]:
        numbered, names = _numbered(text)
        name = b"hot_%d" % len(self._prepared)
        answer = line.prepare(name, numbered)
        if answer.status != ExecStatus.COMMAND_OK:
            raise psycopg.errors.error_from_result(answer)
        found = self._prepared[text] = (name, names, [PyFormat.TEXT] * len(names))
        return found


def _plain(value: Any) -> Any:
    """A list of whole numbers as the text of its array: asking each number for its adapter costs ten times as much."""
    if type(value) is list and value and all(type(one) is int for one in value):
        return "{" + ",".join(map(str, value)) + "}"
    return value


_lines: "WeakKeyDictionary[psycopg.Connection[Any], HotLine]" = WeakKeyDictionary()


def hot_line(raw: "psycopg.Connection[Row]") -> HotLine:
    """The hot statements of this connection."""
    found = _lines.get(raw)
    if found is None:
        found = _lines[raw] = HotLine(raw)
    return found


@cache
def _numbered(text: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1` for the first name, as the database wants it, and the names in order."""
    bare = _COMMENT.sub("", text)
    names = tuple(dict.fromkeys(_NAMED.findall(bare)))
    place = {name: f"${nth}" for nth, name in enumerate(names, 1)}
    return _NAMED.sub(lambda found: place[found[1]], bare).replace("%%", "%").encode(), names

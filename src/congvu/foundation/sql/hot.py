"""Statements run so often that asking costs more than the work: prepared once a connection, straight through libpq.

psycopg's cursor reads the text of a statement, its parameters' names and types anew at each call; that took longer than
the database's part of a verb. Here a statement is read once, and values travel through psycopg's own adapters.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus

Row = tuple[Any, ...]
_NAMED = re.compile(r"%\((\w+)\)s")
_COMMENT = re.compile(r"--[^\n]*")


class _Prepared:
    """A statement the connection knows: its name there, how its values are taken from the parameters, and how its rows are
    read, which is asked of psycopg once."""

    __slots__ = ("loads", "name", "values")

    def __init__(self, name: bytes, names: tuple[str, ...]) -> None:
        self.name = name
        self.values: Callable[[Mapping[str, Any]], Sequence[Any]] = _taker(names)
        self.loads: Any = None  # a Transformer


class HotLine:
    """The hot statements of one connection: which are prepared, and how each type is read and written."""

    def __init__(self, raw: "psycopg.Connection[Row]") -> None:
        self._written = _Written(Transformer(raw))
        self._prepared: dict[str, _Prepared] = {}

    def rows(self, raw: "psycopg.Connection[Row]", text: str, params: Mapping[str, Any]) -> list[Row]:
        """Run the statement; its rows, or psycopg's error as a cursor would raise it. 1 round trip, 4 the first time."""
        line = raw.pgconn
        if not raw.autocommit and line.transaction_status == TransactionStatus.IDLE:
            line.exec_(b"BEGIN")
        known = self._prepared.get(text)
        fresh = known is None
        if known is None:
            known = self._prepare(line, text)
        written = self._written
        values = [None if one is None else written[type(one)](one) for one in known.values(params)]
        if fresh:  # it is planned now, perhaps on empty tables: a plan that reads a whole table would be kept as they grow
            line.exec_(b"SET enable_seqscan = off")
        answer = line.exec_prepared(known.name, values)  # type: ignore[arg-type]  # None is NULL; the stub forgot it
        if fresh:
            line.exec_(b"SET enable_seqscan = on")
        if answer.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            raise psycopg.errors.error_from_result(answer)
        if known.loads is None:
            known.loads = Transformer(raw)
            known.loads.set_pgresult(answer)
        else:
            known.loads.set_pgresult(answer, set_loaders=False)
        found: list[Row] = known.loads.load_rows(0, answer.ntuples, tuple)
        return found

    def _prepare(self, line: "psycopg.pq.abc.PGconn", text: str) -> _Prepared:
        numbered, names = _numbered(text)
        name = b"hot_%d" % len(self._prepared)
        answer = line.prepare(name, numbered)
        if answer.status != ExecStatus.COMMAND_OK:
            raise psycopg.errors.error_from_result(answer)
        found = self._prepared[text] = _Prepared(name, names)
        return found


def _taker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """The values of these names, in order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda params: [params[one] for one in names]


class _Written(dict[type, Callable[[Any], Any]]):
    """How a value of a type is written as text for the database. The types of the hot statements are written here, which
    takes a fifth of psycopg's time; all others by psycopg."""

    def __init__(self, adapters: Any) -> None:
        super().__init__({
            int: b"%d".__mod__, bool: {True: b"t", False: b"f"}.__getitem__, str: _text, date: _iso, datetime: _iso,
            list: self._list,
        })  # fmt: skip
        self._adapters = adapters

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        self[kind] = b"%d".__mod__ if issubclass(kind, int) else self._by_psycopg
        return self[kind]

    def _by_psycopg(self, value: Any) -> Any:
        return self._adapters.dump_sequence([value], [PyFormat.TEXT])[0]

    def _list(self, value: list[Any]) -> Any:
        """A list of whole numbers as the text of its array: asking each number for its adapter costs ten times as much."""
        if value and all(type(one) is int for one in value):
            return ("{" + ",".join(map(str, value)) + "}").encode()
        return self._by_psycopg(value)


def _text(value: str) -> bytes:
    if "\0" in value:  # where libpq would end the text
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return value.encode()


def _iso(value: date) -> bytes:
    return value.isoformat().encode()


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

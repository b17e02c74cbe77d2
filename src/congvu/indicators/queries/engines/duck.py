"""DuckDB in this process, over the Parquet file of the facts; threads and memory bounded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from congvu.indicators.queries.engines.expression import COLUMNS, FACTS, PERIODS

MEMORY = "1GB"
THREADS = 2
# The facts are read as they lie and each laid beside the few periods; left to itself DuckDB sorts them all for the join of days.
# Of 22 million facts that took 28 seconds of CPU, this 22.
_AS_THEY_LIE = "SET nested_loop_join_threshold = 1000"
_TYPES = {"int64": "BIGINT", "int16": "SMALLINT", "date": "DATE", "string": "VARCHAR"}


@contextmanager
def opened() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of its own, in memory, that fetches nothing from outside."""
    with duckdb.connect(
        config={"threads": THREADS, "memory_limit": MEMORY, "autoinstall_known_extensions": False}
    ) as found:
        yield found


def run(text: str, path: Path, periods: str) -> list[tuple[Any, ...]]:
    """The rows of a statement over `facts` and `periods`."""
    with opened() as duck:
        duck.execute(_AS_THEY_LIE)
        duck.execute(f"CREATE VIEW {FACTS} AS SELECT * FROM read_parquet({quoted(path)})")  # noqa: S608 our own path
        duck.execute(f"CREATE TABLE {PERIODS} AS {periods}")
        return duck.execute(text).fetchall()


def write_parquet(csv: str, path: Path) -> int:
    """CSV in the order of COLUMNS (a pipe will do) becomes a Parquet file. How many rows."""
    columns = ", ".join(f"'{name}': '{_TYPES[kind]}'" for name, kind in COLUMNS.items())
    reading = f"read_csv({quoted(csv)}, auto_detect = false, header = false, columns = {{{columns}}})"
    with opened() as duck:
        written = duck.execute(
            f"COPY (SELECT * FROM {reading}) TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 ours
        ).fetchone()
    return int(written[0]) if written else 0


def quoted(text: str | Path) -> str:
    return "'" + str(text).replace("'", "''") + "'"

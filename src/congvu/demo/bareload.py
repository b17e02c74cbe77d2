"""Loading without indexes, unique, foreign and exclusion keys: dropped before, put back and checked after, in one transaction.

Building an index once over a million rows, and checking a key by one join, costs a fraction of doing it row by row.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE contype IN ('u', 'f', 'x') AND conrelid = ANY(%s::regclass[]) ORDER BY contype DESC, conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  FROM pg_index i WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
   AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('u', 'x')) ORDER BY 1
"""


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """The tables with nothing but primary keys and checks inside the block. Needs an open transaction; if the block
    fails, the roll-back puts everything back. Rows that break a key make the end of the block fail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # rows written earlier must not wait for a dropped key
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(_KEYS, [list(tables)])
        keys = cursor.fetchall()
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with connection.cursor() as cursor:
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(f"ANALYZE {table}")

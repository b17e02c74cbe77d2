"""The state of the tables against the code: what waits, and applying it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK_NUMBER = 0x0C09_0001  # one migration at a time on a database, whichever machine starts it


def is_new_database() -> bool:
    """Whether no migration ever ran here. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
        return bool(cursor.fetchone()[0])


def pending() -> list[str]:
    """The migrations the code has and the database lacks, as "area.name", in order. 2 statements."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in plan]


def migrate() -> list[str]:
    """Apply what waits, under a lock; returns what was applied.

    A step that cannot get its table lock in 20 seconds stops the run instead of stopping the office behind it.
    """
    with _alone():
        waiting = pending()
        if waiting:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")
            call_command("migrate", interactive=False, verbosity=0)
        return waiting


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])

"""Databases of the benchmarks: a fresh one per run, and a loaded province kept between runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

from harness import ROOT

# The loaded province stands still at this moment: its work list, its due days, its month are asked as of it.
NOON = "2026-11-20T14:00"


def loaded_at() -> datetime:
    """The moment up to which a loaded province lived."""
    from congvu.foundation.clock import LEGAL_ZONE

    return datetime.fromisoformat(NOON).replace(tzinfo=LEGAL_ZONE)


@contextmanager
def scratch_database(name: str, *, like: str = "") -> Iterator[str]:
    """Point Django's connection at a fresh, migrated database, or at a copy of database `like`; dropped at the end.

    Yields its libpq DSN.
    """
    from django.core.management import call_command

    database = f"bench_{name}"
    _drop(database)
    _create(database, like)
    try:
        with _pointed_at(database) as dsn:
            if not like:
                call_command("migrate", verbosity=0)
            yield dsn
    finally:
        _drop(database)


@contextmanager
def province(dossiers: int) -> Iterator[str]:
    """Point Django's connection at a loaded province of `dossiers` dossiers; read only what is there.

    Loaded by the demo's flood the first time (a minute for each 100,000) and kept, so that the work list, Form 06 and
    the recomputing share one load. Another schema or another flood makes another load. Yields the database's name.
    """
    database = f"bench_cache_{dossiers}_{_fingerprint()}"
    if database not in _databases():
        for stale in _databases():
            if stale.startswith(f"bench_cache_{dossiers}_"):
                _drop(stale)
        _load(database, dossiers)
    with _pointed_at(database):
        yield database


def _load(database: str, dossiers: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from congvu.demo import build

    print(f"bench: loading {dossiers} dossiers, kept for the next time …", file=sys.stderr, flush=True)
    building = f"{database}_new"  # takes its name only when it is whole
    _drop(building)
    _create(building)
    with _pointed_at(building):
        call_command("migrate", verbosity=0)
        size = f"bench {dossiers}"
        build.SIZES[size], build.COMMUNES[size] = dossiers, 60
        try:
            build.ensure(size, at=loaded_at())
        finally:
            del build.SIZES[size], build.COMMUNES[size]
        connection.close()
        connection.set_autocommit(True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    _admin(f'ALTER DATABASE "{building}" RENAME TO "{database}"')


def _fingerprint() -> str:
    """What the loaded rows depend on: the tables and the flood."""
    digest = sha256(NOON.encode())
    places = [
        *(ROOT / "src" / "congvu").rglob("migrations/0*.py"), *(ROOT / "src" / "congvu" / "demo").glob("*.py")
    ]  # fmt: skip
    for path in sorted(places):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@contextmanager
def _pointed_at(database: str) -> Iterator[str]:
    from django.db import connection, connections

    settings = connections.databases["default"]
    original = settings["NAME"]
    connection.close()
    settings["NAME"] = connection.settings_dict["NAME"] = database
    _forget()
    try:
        parts = {
            "dbname": database,
            **{key: settings.get(key.upper(), "") for key in ("user", "host", "port", "password")},
        }
        yield " ".join(f"{key}={value}" for key, value in parts.items() if value)
    finally:
        connection.close()
        settings["NAME"] = connection.settings_dict["NAME"] = original
        _forget()


def _forget() -> None:
    """Empty what this process remembers of the database it was on."""
    import gc
    from functools import _lru_cache_wrapper

    from congvu.foundation.workdays.queries import forget_calendars

    forget_calendars()
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and str(found.__module__).startswith("congvu."):
            found.cache_clear()


def _databases() -> set[str]:
    return {str(row[0]) for row in _admin("SELECT datname FROM pg_database")}


def _create(database: str, like: str = "") -> None:
    strategy = f'TEMPLATE "{like}" STRATEGY file_copy' if like else "TEMPLATE template0 ENCODING 'UTF8'"
    _admin(f'CREATE DATABASE "{database}" {strategy}')


def _drop(database: str) -> None:
    _admin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def _admin(statement: str) -> list[Any]:
    import psycopg
    from django.db import connection

    params = {**connection.get_connection_params(), "dbname": os.environ.get("CONGVU_ADMIN_DB", "postgres")}
    for key in ("prepare_threshold", "cursor_factory", "context", "server_side_binding"):
        params.pop(key, None)
    with psycopg.connect(**params, autocommit=True) as admin:
        found = admin.execute(statement)
        return found.fetchall() if found.description else []

"""Databases of the benchmarks: a fresh one per run, and a loaded province kept between runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

from harness import ROOT

# The loaded province stands still at this moment: its work list, its due days, its month are asked as of it.
NOON = "2026-11-20T14:00"
BASE = 10_000  # dossiers the flood itself makes; more are copies


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

    database = f"bench_{name}_{os.getpid()}"  # two runs may share a server
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

    Up to 10,000 come from the demo's flood; more are that flood many times over, copied in SQL: the same days, units,
    steps and clocks, other people. Kept between runs, so that the work list, Form 06 and the recomputing share one load.
    Another schema or another flood makes another load. Yields the database's name.
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
    from django.db import connection

    building = f"{database}_new"  # takes its name only when it is whole
    _drop(building)
    if dossiers > BASE:
        with province(BASE) as base:
            pass
        _create(building, like=base)
    else:
        _create(building)
    print(f"bench: loading {dossiers} dossiers, kept for the next time …", file=sys.stderr, flush=True)
    with _pointed_at(building):
        if dossiers > BASE:
            _multiply(-(-dossiers // BASE))
        else:
            _flood(dossiers)
        connection.close()
        connection.set_autocommit(True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    _admin(f'ALTER DATABASE "{building}" RENAME TO "{database}"')


def _flood(dossiers: int) -> None:
    from django.core.management import call_command

    from congvu.demo import build

    call_command("migrate", verbosity=0)
    size = f"bench {dossiers}"
    build.SIZES[size], build.COMMUNES[size] = dossiers, 60
    try:
        build.ensure(size, at=loaded_at())
    finally:
        del build.SIZES[size], build.COMMUNES[size]


# What differs from copy to copy; all other columns are copied as they stand. `k` is the number of the copy, 0 the
# first; ids keep the order of reception. Papers and audit rows are not copied: no measured question reads them.
_OTHER_PHONE = "'09' || lpad(((right(b.owner_phone, 8)::bigint + k * 7919) % 100000000)::text, 8, '0')"
_OTHER_NUMBER = "(substring(b.code from '[0-9]+$')::int + 1000 * k)::text"
_COPIED: dict[str, dict[str, str]] = {
    "dossiers_dossier": {
        "intake_key": "md5(b.id || '.' || k)::uuid",
        "code": f"regexp_replace(b.code, '[0-9]+$', '') || lpad({_OTHER_NUMBER}, greatest(4, length({_OTHER_NUMBER})), '0')",
        "owner_phone": f"CASE WHEN b.owner_phone ~ '^[0-9]{{10}}$' THEN {_OTHER_PHONE} ELSE b.owner_phone END",
        "search_text": "CASE WHEN b.owner_phone ~ '^[0-9]{10}$' THEN replace(b.search_text, b.owner_phone, "
        f"{_OTHER_PHONE}) ELSE b.search_text END",
        "corrects_id": "b.corrects_id * {n} + k",
    },
    "dossiers_step": {},
    "dossiers_reach": {},
    "dossiers_event": {},
    "dossiers_pause": {},
    "dossiers_extension": {},
}  # fmt: skip


def _multiply(times: int) -> None:
    """Every dossier of the flood, with its steps, reach, events, pauses and extension, `times` times over. The facts of
    the flood speak of other numbers: they are made anew by who asks for them."""
    from django.db import connection, transaction

    from congvu.demo.bareload import bare
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.actions.keep_facts import forget_facts

    forget_facts(by=SYSTEM, at=loaded_at())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_maintenance_workers = 0")
        for table in _COPIED:
            cursor.execute(
                f"CREATE TEMP TABLE base_{table} ON COMMIT DROP AS SELECT * FROM {table} ORDER BY id"
            )
        cursor.execute(f"TRUNCATE {', '.join(_COPIED)} CASCADE")  # reach has no foreign key to follow
        with bare(tuple(_COPIED)):
            for table, other in _COPIED.items():
                columns = _columns(table)
                values = ", ".join(_value(column, other).replace("{n}", str(times)) for column in columns)
                names = ", ".join(f'"{column}"' for column in columns)
                cursor.execute(
                    f"INSERT INTO {table} ({names}) SELECT {values} FROM base_{table} b,"
                    f" generate_series(0, {times - 1}) AS k"
                )
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )


def _columns(table: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
            " ORDER BY ordinal_position", [table],
        )  # fmt: skip
        return [row[0] for row in cursor.fetchall()]


def _value(column: str, other: Mapping[str, str]) -> str:
    if column in ("id", "dossier_id"):
        return f"b.{column} * {{n}} + k"
    return other.get(column, f'b."{column}"')


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

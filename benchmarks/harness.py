"""What every benchmark shares: a scratch database, medians of alternating runs, one JSON document.

The machine is noisy, so a benchmark measures its floor and its peers in the same run, in turns, and reports ratios.
Nothing here is a timed test.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def prepare_django() -> None:
    """Django on the server of this home (or DATABASE_URL), outside the test settings."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.config.settings")
    from congvu.config.cli.ready import django_ready

    django_ready(migrated=False)


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """Point Django's connection at a fresh, migrated database; dropped at the end. Yields its libpq DSN."""
    from django.core.management import call_command
    from django.db import connection, connections

    settings = connections.databases["default"]
    original = settings["NAME"]
    database = f"bench_{name}"
    _admin(
        f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)',
        f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'",
    )
    connection.close()
    settings["NAME"] = connection.settings_dict["NAME"] = database
    try:
        call_command("migrate", verbosity=0)
        yield " ".join(
            f"{key}={value}"
            for key, value in (
                ("dbname", database), ("user", settings["USER"]), ("host", settings["HOST"]), ("port", settings["PORT"]),
                ("password", settings.get("PASSWORD", "")),
            )
            if value
        )  # fmt: skip
    finally:
        connection.close()
        settings["NAME"] = connection.settings_dict["NAME"] = original
        _admin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def _admin(*statements: str) -> None:
    import psycopg
    from django.db import connection

    params = {**connection.get_connection_params(), "dbname": "postgres"}
    for key in ("prepare_threshold", "cursor_factory", "context", "server_side_binding"):
        params.pop(key, None)
    with psycopg.connect(**params, autocommit=True) as admin:
        for one in statements:
            admin.execute(one)


def in_turns(contenders: dict[str, Callable[[], float]], rounds: int = 3) -> dict[str, float]:
    """Run each contender `rounds` times, in turns; the median of what each returned."""
    seen: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            seen[name].append(run())
    return {name: statistics.median(values) for name, values in seen.items()}


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def report(name: str, measured: dict[str, Any]) -> dict[str, Any]:
    """The document a benchmark prints."""
    return {
        "bench": name,
        "at": time.strftime("%Y-%m-%dT%H:%M:%S"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        **measured,
    }


def print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def peer(script: str, *arguments: str, env: dict[str, str] | None = None) -> dict[str, Any] | None:
    """Run a peer in a process of its own (it may need other settings); None when it is not installed."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "peers" / script), *arguments],
        capture_output=True, text=True, env={**os.environ, **(env or {})}, check=False,
    )  # fmt: skip
    if done.returncode == 3:
        return None
    if done.returncode:
        raise RuntimeError(f"{script}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))

"""The long-running processes as an operator meets them: started, asked, stopped, killed."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from congvu.config.cli.worker import take_up_stalled
from congvu.config.postgres import remove_server, server_status
from congvu.config.postgres.processes import is_alive, wait_until

SAFE = {
    "CONGVU_SECRET_KEY": "V9o2-fj3Kd0sLq8XwZ7aBt5nYc1uEr4hGm6pTi_QxNvDyJkHbS",
    "CONGVU_HOSTS": "127.0.0.1",
    "CONGVU_INSECURE_OK": "1",
    "CONGVU_DATABASE": "embedded",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with an embedded server and all tables."""
    made = tmp_path_factory.mktemp("processes") / "home"
    done = subprocess.run([*CONGVU, "migrate"], env=environment(made), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    yield made
    remove_server(made)


CONGVU = [sys.executable, "-m", "congvu"]


def environment(home: Path, **more: str) -> dict[str, str]:
    ours = ("DATABASE_URL", "CONGVU_TESTING", "CONGVU_DEMO", "PYTEST_ADDOPTS")
    return (
        {key: value for key, value in os.environ.items() if key not in ours}
        | {"CONGVU_HOME": str(home)}
        | more
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(port: int) -> int:
    """The HTTP status of the sign-in page; 0 when nobody answers."""
    try:
        return int(urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/", timeout=10).status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def start_serving(home: Path, port: int) -> "subprocess.Popen[str]":
    order = [*CONGVU, "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(order, env=environment(home, **SAFE), stderr=subprocess.PIPE, text=True)
    assert wait_until(lambda: process.poll() is not None or status(port) != 0, 60)
    assert process.poll() is None, process.stderr and process.stderr.read()
    return process


def test_serve_answers_and_stops_when_told(home: Path) -> None:
    port = free_port()
    process = start_serving(home, port)
    assert status(port) == 200
    process.terminate()
    assert process.wait(30) == 0
    assert status(port) == 0


def test_after_kill_9_the_port_is_free_and_serve_starts_again(home: Path) -> None:
    port = free_port()
    process = start_serving(home, port)
    process.kill()
    process.wait()
    assert wait_until(lambda: status(port) == 0, 20), "worker processes outlived their server"
    again = start_serving(home, port)
    assert status(port) == 200
    again.terminate()
    again.wait(30)


def test_a_killed_database_is_started_again_under_a_running_server(home: Path) -> None:
    port = free_port()
    process = start_serving(home, port)
    before = server_status(home)
    assert before is not None
    os.kill(before.pid, signal.SIGKILL)
    assert wait_until(lambda: (now := server_status(home)) is not None and now.pid != before.pid, 30)
    assert wait_until(lambda: status(port) == 200, 20)
    process.terminate()
    process.wait(30)


def test_serve_refuses_unsafe_settings_by_name_and_opens_no_port(home: Path) -> None:
    port = free_port()
    order = [*CONGVU, "serve", "--port", str(port)]
    done = subprocess.run(order, env=environment(home), capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert all(
        name in done.stderr for name in ("CONGVU_SECRET_KEY", "CONGVU_HOSTS", "CONGVU_HTTPS", "DATABASE_URL")
    )
    assert status(port) == 0


def test_serve_refuses_tables_older_than_the_code(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    try:
        order = [*CONGVU, "serve", "--port", str(free_port())]
        done = subprocess.run(
            order, env=environment(empty, **SAFE), capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 1 and "./congvu migrate" in done.stderr
    finally:
        remove_server(empty)


def test_serve_says_when_the_port_is_taken(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        order = [*CONGVU, "serve", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(
            order, env=environment(home, **SAFE), capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 2 and "--port" in done.stderr


def test_the_worker_ends_in_order_when_told(home: Path) -> None:
    process = subprocess.Popen([*CONGVU, "worker"], env=environment(home), stderr=subprocess.PIPE, text=True)
    assert wait_until(lambda: workers(home) == 1, 60), "it did not begin"
    process.terminate()
    assert process.wait(30) == 0
    assert process.stderr is not None and "đã dừng" in process.stderr.read()
    assert workers(home) == 0, "it took its name off the list"


def workers(home: Path) -> int:
    """How many workers have signed on."""
    server = server_status(home)
    assert server is not None
    with psycopg.connect(server.url) as link:
        return int(link.execute("SELECT count(*) FROM procrastinate_workers").fetchone()[0])


def test_the_worker_runs_what_is_queued_sealing_the_audit_log(home: Path) -> None:
    made = subprocess.run(
        [*CONGVU, "account", "create", "an.le", "--name", "Lê An"], env=environment(home), capture_output=True
    )
    assert made.returncode == 0
    assert unsealed(home) > 0
    server = server_status(home)
    assert server is not None
    with psycopg.connect(server.url) as link:
        link.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'seal_audit', '{\"timestamp\": 0}')"
        )
    done = subprocess.run(
        [*CONGVU, "worker", "--once"], env=environment(home), capture_output=True, timeout=120
    )
    assert done.returncode == 0
    assert unsealed(home) == 0


def unsealed(home: Path) -> int:
    done = subprocess.run([*CONGVU, "audit", "verify", "--json"], env=environment(home), capture_output=True)
    return int(json.loads(done.stdout)["unsealed"])


@pytest.mark.django_db(transaction=True)
def test_jobs_of_a_killed_worker_go_back_into_the_queue_once() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # not Django's table: a flush leaves its rows
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts, queueing_lock) VALUES"
            " ('default', 'lost', '{}', 'doing', 1, NULL),"
            " ('default', 'lost_but_queued_again', '{}', 'doing', 1, 'one'),"
            " ('default', 'lost_but_queued_again', '{}', 'todo', 0, 'one')"
        )
    with ThreadPoolExecutor(
        1
    ) as elsewhere:  # a browser test before us may have left its event loop in this thread
        assert elsewhere.submit(asyncio.run, _take_up()).result() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        assert cursor.fetchall() == [("lost", "todo"), ("lost_but_queued_again", "todo")]


async def _take_up() -> int:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            return await take_up_stalled(app.job_manager)


def test_children_bound_to_a_parent_die_with_it(tmp_path: Path) -> None:
    script = (
        "import signal, subprocess, sys, time\n"
        "from congvu.config.postgres.processes import die_with_parent\n"
        "child = subprocess.Popen(['sleep', '600'], preexec_fn=die_with_parent(signal.SIGTERM))\n"
        "print(child.pid, flush=True); time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert wait_until(lambda: not is_alive(child), 10)

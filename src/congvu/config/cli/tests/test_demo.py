"""`congvu demo`, whole: the province is built, the pages open, and nothing is left when it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from congvu.config.cli.demo import settings_of
from congvu.config.cli.tests.test_processes import environment, free_port, status
from congvu.config.postgres import remove_server, server_status
from congvu.config.postgres.processes import is_alive, wait_until

CONGVU = [sys.executable, "-m", "congvu"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("demo") / "home"
    yield made
    remove_server(made)


def start_demo(home: Path, port: int) -> "subprocess.Popen[str]":
    order = [*CONGVU, "demo", "--port", str(port)]
    process = subprocess.Popen(
        order,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert wait_until(lambda: process.poll() is not None or status(port) == 200, 300)
    assert process.poll() is None, process.stdout and process.stdout.read()
    return process


def children(pid: int) -> list[int]:
    """Processes under `pid`, at any depth."""
    said = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(one): int(two) for one, two in (line.split() for line in said.splitlines())}
    found = [one for one, parent in parents.items() if parent == pid]
    return found + [deeper for one in found for deeper in children(one)]


def test_the_demo_prints_the_address_and_four_sign_ins_and_ends_in_order(home: Path) -> None:
    port = free_port()
    process = start_demo(home, port)
    all_below = children(process.pid)
    assert len(all_below) > 5
    os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C on a terminal: everybody hears it at once
    said, _ = process.communicate(timeout=90)
    assert process.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said
    assert all(
        f"    {name} " in said for name in ("mot-cua", "chuyen-vien", "lanh-dao", "to-chuc", "quan-tri")
    )
    assert "Traceback" not in said and "refused" not in said
    assert server_status(home) is None, "the database it started ends with it"
    assert wait_until(lambda: not [pid for pid in all_below if is_alive(pid)], 20)


def test_an_address_nobody_can_open_stands_in_no_code() -> None:
    assert settings_of("127.0.0.1", 8000)["CONGVU_ADDRESS"] == "http://127.0.0.1:8000"
    everywhere = settings_of("0.0.0.0", 8000)  # noqa: S104 the very case
    assert "CONGVU_ADDRESS" not in everywhere and everywhere["CONGVU_HOSTS"] == "*"
    assert "CONGVU_HOSTS" not in settings_of("::1", 8000)


def test_a_second_start_finds_the_province_and_kill_9_leaves_nothing_behind(home: Path) -> None:
    port = free_port()
    process = start_demo(home, port)
    all_below = children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert wait_until(lambda: not [pid for pid in all_below if is_alive(pid)], 60)
    assert status(port) == 0


def test_serve_refuses_a_database_with_demonstration_accounts(home: Path) -> None:
    from congvu.config.cli.tests.test_processes import SAFE

    order = [*CONGVU, "serve", "--port", str(free_port())]
    done = subprocess.run(order, env=environment(home, **SAFE), capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "trình diễn" in done.stderr and "quan-tri" in done.stderr


def test_another_size_is_not_mixed_in(home: Path) -> None:
    order = [*CONGVU, "demo", "--size", "province", "--port", str(free_port())]
    done = subprocess.run(order, env=environment(home), capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "desk" in done.stderr and "Traceback" not in done.stderr

"""`congvu demo`, whole: the province is built, the pages open, and nothing is left when it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from congvu.config.cli.demo import settings_of
from congvu.config.cli.tests.test_processes import environment, free_port, status
from congvu.config.postgres import remove_server, server_status
from congvu.config.postgres.processes import is_alive, wait_until

CONGVU = [sys.executable, "-m", "congvu"]


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


@dataclass(frozen=True)
class Ended:
    """A demo that was started on an empty home and ended by Ctrl-C: where, what it said, what had run below it."""

    home: Path
    port: int
    code: int
    said: str
    below: list[int]


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    home, port = tmp_path_factory.mktemp("demo") / "home", free_port()
    process = start_demo(home, port)
    below = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C on a terminal: everybody hears it at once
    said, _ = process.communicate(timeout=90)
    yield Ended(home, port, process.returncode, said, below)
    remove_server(home)


def test_the_demo_prints_the_address_and_four_sign_ins_and_ends_in_order(ended: Ended) -> None:
    assert ended.code == 0, ended.said
    assert f"http://127.0.0.1:{ended.port}/" in ended.said
    assert all(
        f"    {name} " in ended.said for name in ("mot-cua", "chuyen-vien", "lanh-dao", "to-chuc", "quan-tri")
    )
    assert "Traceback" not in ended.said and "refused" not in ended.said
    assert len(ended.below) > 5
    assert wait_until(lambda: not [pid for pid in ended.below if is_alive(pid)], 20)
    assert server_status(ended.home) is None, "the database it started ends with it"


def test_an_address_nobody_can_open_stands_in_no_code() -> None:
    assert settings_of("127.0.0.1", 8000)["CONGVU_ADDRESS"] == "http://127.0.0.1:8000"
    everywhere = settings_of("0.0.0.0", 8000)  # noqa: S104 the very case
    assert "CONGVU_ADDRESS" not in everywhere and everywhere["CONGVU_HOSTS"] == "*"
    assert "CONGVU_HOSTS" not in settings_of("::1", 8000)


def test_a_second_start_finds_the_province_and_kill_9_leaves_nothing_behind(ended: Ended) -> None:
    port = free_port()
    process = start_demo(ended.home, port)
    all_below = children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert wait_until(lambda: not [pid for pid in all_below if is_alive(pid)], 60)
    assert status(port) == 0


def test_serve_refuses_a_database_with_demonstration_accounts(ended: Ended) -> None:
    from congvu.config.cli.tests.test_processes import SAFE

    order = [*CONGVU, "serve", "--port", str(free_port())]
    done = subprocess.run(
        order, env=environment(ended.home, **SAFE), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    assert "trình diễn" in done.stderr and "quan-tri" in done.stderr


def test_another_size_is_not_mixed_in(ended: Ended) -> None:
    order = [*CONGVU, "demo", "--size", "province", "--port", str(free_port())]
    done = subprocess.run(order, env=environment(ended.home), capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "desk" in done.stderr and "Traceback" not in done.stderr

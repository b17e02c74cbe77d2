"""Faults under load: no acknowledged dossier is lost, no number is given twice, none is skipped.

Everything is real: an embedded server in a home of its own, counters in processes of their own, SIGKILL.
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from congvu.config.postgres import ensure_server, remove_server

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
pytestmark = pytest.mark.slow


@dataclass
class Home:
    """A home with a server, and the place its counters work at."""

    path: Path
    place: list[str]

    def env(self) -> dict[str, str]:
        kept = {
            key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "CONGVU_TEST_DB")
        }
        return {
            **kept,
            "CONGVU_HOME": str(self.path),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "CONGVU_TESTING": "1",
        }

    def python(self, script: str, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(HERE / script), *words], env=self.env(), stdout=subprocess.PIPE, text=True
        )

    def counters(self, threads: int, count: int) -> "subprocess.Popen[str]":
        return self.python("receiver.py", str(threads), str(count), *self.place)

    def holds(self) -> dict[str, object]:
        out, _ = self.python("audit_of_home.py").communicate(timeout=120)
        return dict(json.loads(out))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "nhà", [])
    ensure_server(made.path)
    try:
        out, _ = made.python("place.py").communicate(timeout=180)
        made.place = out.split()
        yield made
    finally:
        remove_server(made.path)


def acknowledged(text: str) -> dict[str, str]:
    return dict(line.split() for line in text.splitlines() if line.count(" ") == 1 and line[-4:].isdigit())


def first_words(desk: "subprocess.Popen[str]", lines: int) -> str:
    """Wait until the desk has told so many lines: the fault must strike while it works, however slow the machine."""
    assert desk.stdout is not None
    return "".join(itertools.islice(desk.stdout, lines))


def last_words(desk: "subprocess.Popen[str]") -> str:
    """All a desk still has to say. Read through the same buffer as its first words: `communicate` reads past it."""
    assert desk.stdout is not None
    said = desk.stdout.read()
    desk.wait(timeout=60)
    return said


def check(told: dict[str, str], holds: dict[str, object]) -> None:
    kept = holds["dossiers"]
    assert isinstance(kept, dict)
    assert all(kept.get(key) == code for key, code in told.items()), (
        "an acknowledged dossier is lost or renumbered"
    )
    numbers = sorted(int(code[-4:]) for code in kept.values())
    assert numbers == list(range(1, len(kept) + 1)), "a number was given twice or skipped"
    assert holds["events"] == holds["audit"] == len(kept)
    assert holds["steps"] == len(kept), "each has come to its first step, and to no other"
    assert holds["problems"] == []


def test_64_counters_at_once_share_one_series_without_gap_or_repeat(home: Home) -> None:
    desks = [home.counters(16, 5) for _ in range(4)]
    told: dict[str, str] = {}
    for desk in desks:
        told |= acknowledged(desk.communicate(timeout=300)[0])
    assert len(told) == 320
    check(told, home.holds())


def test_kill_9_of_the_server_process_loses_nothing_acknowledged(home: Home) -> None:
    desks = [home.counters(8, 400) for _ in range(2)]
    begun = [first_words(desk, 20) for desk in desks]
    for desk in desks:
        desk.send_signal(signal.SIGKILL)
    told: dict[str, str] = {}
    for words, desk in zip(begun, desks, strict=True):
        told |= acknowledged(words + last_words(desk))
    assert 20 < len(told) < 2 * 8 * 400
    check(told, home.holds())


def test_kill_9_of_postgresql_loses_nothing_acknowledged(home: Home) -> None:
    desk = home.counters(16, 60)
    begun = ""
    for _ in range(2):
        begun += first_words(desk, 50)
        server = ensure_server(home.path)
        os.kill(server.pid, signal.SIGKILL)
        time.sleep(0.5)
        ensure_server(home.path)
    told = acknowledged(begun + last_words(desk))
    assert len(told) == 16 * 60
    check(told, home.holds())

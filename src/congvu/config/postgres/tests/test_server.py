"""The launcher on real servers: made, killed, restarted, doubled, locked out of."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from congvu.config.postgres import (
    Server,
    ServerTrouble,
    ensure_server,
    places,
    remove_server,
    server_status,
    stop_server,
)
from congvu.config.postgres.binaries import DEBIAN
from congvu.config.postgres.processes import children_left_behind, is_alive, wait_until

SOURCE = Path(__file__).resolve().parents[4]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs to become another user")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder under /tmp that other users may walk through; servers in it are stopped and removed."""
    made = Path(tempfile.mkdtemp(prefix="congvu-t-"))
    made.chmod(0o711)
    yield made
    for home in made.iterdir():
        if home.is_dir():
            remove_server(home)
    shutil.rmtree(made)


def start(home: Path) -> Server:
    return ensure_server(home, durable=False)


def write(server: Server, number: int) -> None:
    with psycopg.connect(server.url, autocommit=True) as link:
        link.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        link.execute("INSERT INTO kept VALUES (%s)", [number])


def read(server: Server) -> list[int]:
    with psycopg.connect(server.url) as link:
        return [row[0] for row in link.execute("SELECT n FROM kept ORDER BY n")]


def test_it_starts_is_found_again_and_stops(folder: Path) -> None:
    home = folder / "một nhà có dấu cách"
    assert server_status(home) is None
    first = start(home)
    assert first.started
    write(first, 1)
    again = start(home)
    assert (again.started, again.pid) == (False, first.pid)
    status = server_status(home)
    assert status is not None and status.pid == first.pid
    assert stop_server(home) is True
    assert stop_server(home) is False
    assert server_status(home) is None
    assert read(start(home)) == [1]


def test_the_server_keeps_vietnamese_and_listens_on_no_network(folder: Path) -> None:
    with psycopg.connect(start(folder / "h").url) as link:
        ask = "SELECT lower('ĐỖ'), current_setting('listen_addresses'), current_setting('server_encoding')"
        assert link.execute(ask).fetchone() == ("đỗ", "", "UTF8")
        assert link.execute("SELECT 'Z' < 'a', 'â' > 'z'").fetchone() == (True, True), (
            "order is by code point"
        )


def test_rows_acknowledged_before_kill_9_are_there_after_a_restart(folder: Path) -> None:
    home = folder / "h"
    server = ensure_server(home)  # with fsync, as in production
    for number in range(200):
        write(server, number)
    os.kill(server.pid, signal.SIGKILL)
    again = ensure_server(home)
    assert again.started and again.pid != server.pid
    assert read(again) == list(range(200))


def test_processes_left_by_a_killed_postmaster_are_swept_before_the_restart(folder: Path) -> None:
    home = folder / "h"
    server = start(home)
    write(server, 7)
    with psycopg.connect(server.url) as link, ThreadPoolExecutor(1) as pool:
        busy = pool.submit(link.execute, "SELECT count(*) FROM generate_series(1, 3000000000)")
        assert wait_until(lambda: len(children_left_behind(places(home).data)) > 5, 5)
        os.kill(server.pid, signal.SIGKILL)
        again = start(home)
        with pytest.raises(psycopg.Error):
            busy.result(timeout=30)
    assert read(again) == [7]


def test_a_stale_pid_file_with_the_number_of_another_program_does_not_block(folder: Path) -> None:
    home = folder / "h"
    server = start(home)
    write(server, 1)
    pid_file = places(home).data / "postmaster.pid"
    text = pid_file.read_text().splitlines()
    stop_server(home)
    sleeper = subprocess.Popen(["sleep", "60"])
    try:
        pid_file.write_text("\n".join([str(sleeper.pid), *text[1:]]) + "\n")
        assert read(start(home)) == [1]
        assert sleeper.poll() is None, "the other program was left alone"
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    home = folder / "h"
    half = places(home).data.with_name("pgdata.new")
    half.mkdir(parents=True)
    home.chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    assert start(home).started
    assert not half.exists()


def test_two_homes_run_side_by_side(folder: Path) -> None:
    one, two = start(folder / "a"), start(folder / "b")
    write(one, 1)
    write(two, 2)
    assert (read(one), read(two)) == ([1], [2])
    stop_server(folder / "a")
    assert is_alive(two.pid)
    assert read(two) == [2]


def test_eight_starters_at_once_make_one_server(folder: Path) -> None:
    home = folder / "h"
    order = [sys.executable, "-c", START_AND_TELL, str(home)]
    racing = [
        subprocess.Popen(order, stdout=subprocess.PIPE, text=True, env=_environment()) for _ in range(8)
    ]
    answers = [process.communicate(timeout=120)[0].split() for process in racing]
    assert len({pid for pid, _ in answers}) == 1
    assert sorted(started for _, started in answers) == ["False"] * 7 + ["True"]


def test_the_server_stops_when_the_process_it_should_die_with_is_killed(folder: Path) -> None:
    home = folder / "h"
    order = [sys.executable, "-c", START_AND_TELL + "import time; time.sleep(600)", str(home), "die"]
    starter = subprocess.Popen(order, stdout=subprocess.PIPE, text=True, env=_environment())
    assert starter.stdout is not None
    pid = int(starter.stdout.readline().split()[0])
    assert server_status(home) is not None
    starter.kill()
    starter.wait()
    assert wait_until(lambda: not is_alive(pid), 20), "the server outlived its starter"


def test_a_very_long_home_gets_a_short_socket_and_works(folder: Path) -> None:
    home = folder / ("dài " * 30).strip() / "h"
    home.parent.mkdir()
    server = start(home)
    try:
        write(server, 1)
        assert len(server.host) < 60
        assert read(server) == [1]
    finally:
        remove_server(home)


@as_root
def test_a_home_root_keeps_closed_lives_in_the_system_folder_and_is_removed_from_there(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "h"
    server = start(home)
    write(server, 3)
    assert read(server) == [3]
    assert closed.stat().st_mode & 0o777 == 0o700, "nothing outside our own folders changes its mode"
    outside = places(home).data.parent
    assert outside.exists() and outside.parent == Path("/var/lib/congvu")
    remove_server(home)
    assert not outside.exists()


@as_root
def test_another_user_of_the_machine_is_not_let_in(folder: Path) -> None:
    server = start(folder / "h")
    run_as_daemon = {"user": "daemon", "group": "daemon", "extra_groups": [], "cwd": "/"}
    script = f"import psycopg; psycopg.connect({server.url!r})"
    order = [_python_for_others(), "-c", script]
    env = _environment()
    refused = subprocess.run(order, capture_output=True, text=True, env=env, **run_as_daemon)
    assert refused.returncode != 0 and "Permission denied" in refused.stderr
    Path(server.host).chmod(0o711)  # and were the folder open, the kernel would still name the caller
    (Path(server.host) / ".s.PGSQL.5432").chmod(0o777)
    refused = subprocess.run(order, capture_output=True, text=True, env=env, **run_as_daemon)
    assert refused.returncode != 0 and "Peer authentication failed" in refused.stderr


@as_root
def test_an_ordinary_user_runs_it_too_and_root_may_look_after_that_home(folder: Path) -> None:
    users = folder / "u"
    users.mkdir()
    shutil.chown(users, "daemon", "daemon")
    home = users / "h"
    order = [_python_for_others(), "-c", START_AND_TELL, str(home)]
    options = {"user": "daemon", "group": "daemon", "extra_groups": [], "cwd": "/"}
    told = subprocess.run(order, capture_output=True, text=True, env=_environment(), check=True, **options)
    pid = int(told.stdout.split()[0])
    try:
        assert home.stat().st_mode & 0o777 == 0o700
        server = start(home)
        assert (server.pid, server.started) == (pid, False)
        assert stop_server(home)
        assert start(home).started
        assert places(home).data.stat().st_uid == home.stat().st_uid, "root did not take the data over"
        stop_server(home)
        told = subprocess.run(
            order, capture_output=True, text=True, env=_environment(), check=True, **options
        )
        assert told.stdout.split()[1] == "True", "after root's visit the user can still start it"
    finally:
        remove_server(home)


@as_root
def test_a_user_is_told_in_words_that_a_home_is_roots(folder: Path) -> None:
    start(folder / "h")
    order = [_python_for_others(), "-c", START_AND_TELL, str(folder / "h")]
    told = subprocess.run(
        order,
        capture_output=True,
        text=True,
        env=_environment(),
        user="daemon",
        group="daemon",
        extra_groups=[],
        cwd="/",
    )
    assert told.returncode != 0
    assert "ServerTrouble" in told.stderr and "CONGVU_HOME" in told.stderr


def test_binaries_named_by_hand_that_do_not_run_are_refused_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONGVU_POSTGRES_BIN", str(folder))
    with pytest.raises(ServerTrouble, match="CONGVU_POSTGRES_BIN"):
        start(folder / "h")


def test_data_of_another_major_version_are_not_touched(folder: Path) -> None:
    home = folder / "h"
    start(home)
    stop_server(home)
    version = places(home).data / "PG_VERSION"
    version.write_text("13\n")
    with pytest.raises(ServerTrouble, match="PostgreSQL 13"):
        start(home)


@pytest.mark.skipif(not list(DEBIAN.glob("*/bin/postgres")), reason="no Debian server on this machine")
def test_debians_server_does_as_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    debian = sorted(DEBIAN.glob("*/bin"))[-1]
    monkeypatch.setenv("CONGVU_POSTGRES_BIN", str(debian))
    server = start(folder / "h")
    write(server, 1)
    os.kill(server.pid, signal.SIGKILL)
    again = start(folder / "h")
    assert read(again) == [1]
    monkeypatch.delenv("CONGVU_POSTGRES_BIN")
    stop_server(folder / "h")
    assert start(folder / "h").version == again.version, "data stay with the version that made them"


START_AND_TELL = """
import sys; from pathlib import Path
from congvu.config.postgres import ensure_server
server = ensure_server(Path(sys.argv[1]), durable=False, die_with_me="die" in sys.argv[2:])
print(server.pid, server.started, flush=True)
"""


def _environment() -> dict[str, str]:
    libraries = Path(psycopg.__file__).parents[1]
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{SOURCE}:{libraries}", "PYTHONUTF8": "1"}


def _python_for_others() -> str:
    """An interpreter of this version that any user can run; sys.executable may lie under a closed home."""
    for name in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            probe = subprocess.run(
                [name, "-c", "import psycopg, congvu"],
                capture_output=True,
                env=_environment(),
                user="daemon",
                group="daemon",
                extra_groups=[],
                cwd="/",
            )
        except OSError:
            continue
        if probe.returncode == 0:
            return name
    pytest.skip("no Python here that another user could run")

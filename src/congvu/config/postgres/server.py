"""Start, find and stop the embedded server of a home.

`ensure_server` is idempotent and safe to call from several processes at once: one holds the home's lock, the others
wait and then reuse what it started.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from congvu.config.postgres.binaries import Binaries, find_binaries, readable_for
from congvu.config.postgres.conf import write_conf
from congvu.config.postgres.layout import PORT, SOCKET_NAME, Places, make_home, places, write_record
from congvu.config.postgres.owner import Owner, owner_of_server
from congvu.config.postgres.processes import (
    die_with_parent,
    is_alive,
    is_ready,
    pid_file_lines,
    postmaster,
    sweep,
    wait_until,
    works_in,
)
from congvu.config.postgres.trouble import ServerTrouble

DATABASE = ROLE = "congvu"
START_SECONDS = 180.0  # replaying the log of a killed server can take long; it is watched while it does
STOP_SECONDS = 60.0
LOG_LIMIT = 5 * 2**20


@dataclass(frozen=True)
class Server:
    """A running embedded server. `started` says whether this call started it (the starter should stop it)."""

    host: str
    pid: int
    version: str
    data: Path
    binaries: Path
    log: Path
    started: bool

    @property
    def url(self) -> str:
        """What DATABASE_URL would be for it."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(self.host, safe='')}&port={PORT}"


def ensure_server(home: Path, *, durable: bool = True, die_with_me: bool = False) -> Server:
    """The running server of `home`, started (and first made) if need be. Waits until it takes connections.

    `durable=False` (tests): safe against kill -9, not against a power cut. `die_with_me`: the kernel stops it in
    order when this process dies, however it dies.
    ServerTrouble says in words why not.
    """
    where = _prepare(home)
    with _locked(where):
        owner = owner_of_server(where.data)
        found = find_binaries(where.data)
        pid = _accepting(where)
        started = pid is None
        if pid is None:
            usable = readable_for(found, owner)
            _make_cluster(where, usable, owner, durable=durable)
            write_conf(where, owner, durable=durable)
            _make_run_folder(where, owner)
            pid = _start(where, usable, owner, die_with_me=die_with_me)
        version = _greet(where)
        return Server(str(where.run), pid, version, where.data, found.folder, where.log, started)


def _accepting(where: Places) -> int | None:
    """The running postmaster once it takes connections; None when there is none, or when it is just dying."""
    pid = postmaster(where.data)
    if pid is None:
        return None
    if not wait_until(lambda: is_ready(where.data, pid) or not works_in(pid, where.data), START_SECONDS):
        raise ServerTrouble("Máy chủ đang chạy nhưng không nhận kết nối.", log=last_words(where.log))
    try:
        _greet(where)
    except ServerTrouble:
        if wait_until(lambda: not works_in(pid, where.data), seconds=5):
            return None
        raise
    return pid


def stop_server(home: Path, *, seconds: float = STOP_SECONDS) -> bool:
    """Stop the server of `home` cleanly (open transactions are rolled back). False when none was running."""
    where = places(home)
    if not where.home.is_dir():
        return False
    with _locked(where):
        pid = postmaster(where.data)
        if pid is None:
            sweep(where.data)
            return False
        for order in (signal.SIGINT, signal.SIGQUIT):
            os.kill(pid, order)
            if wait_until(lambda: not is_alive(pid) or postmaster(where.data) is None, seconds):
                sweep(where.data)
                return True
    raise ServerTrouble(f"Máy chủ (pid {pid}) không chịu dừng.", log=last_words(where.log))


def server_status(home: Path) -> Server | None:
    """The running server of `home`, or None. Starts nothing, writes nothing."""
    where = places(home)
    pid = postmaster(where.data)
    if pid is None or not is_ready(where.data, pid):
        return None
    try:
        version = _greet(where)
    except ServerTrouble:
        return None
    return Server(str(where.run), pid, version, where.data, Path(), where.log, started=False)


def remove_server(home: Path) -> None:
    """Stop the server of `home` and delete its data and socket folder for good. For temporary homes of tests."""
    where = places(home)
    stop_server(home)
    for folder in (where.data, where.run):
        shutil.rmtree(folder, ignore_errors=True)
    if where.outside_home:
        shutil.rmtree(where.data.parent, ignore_errors=True)
    where.record.unlink(missing_ok=True)


def last_words(log: Path, lines: int = 15) -> str:
    """The end of the server's log."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def _prepare(home: Path) -> Places:
    """Make the home; a fresh one of root's may be walked through, for the server there is another user."""
    home = home.absolute()
    try:
        make_home(home)
        where = places(home)
        if where.outside_home:
            _make_folder(where.data.parent.parent, 0o755)
            _make_folder(where.data.parent, 0o711)
    except OSError as error:
        raise ServerTrouble(
            f"Không tạo được thư mục làm việc {home}: {error.strerror}.",
            do="Đặt CONGVU_HOME tới một thư mục bạn ghi được.",
        ) from error
    return where


def _make_folder(folder: Path, mode: int) -> None:
    """Make a folder of ours with this very mode, whatever the umask; one that exists keeps its own."""
    if not folder.exists():
        folder.mkdir(mode=mode, exist_ok=True)
        folder.chmod(mode)


@contextlib.contextmanager
def _locked(where: Places) -> Iterator[None]:
    """Hold the home's lock; the kernel lets go when the holder dies."""
    try:
        handle = os.open(where.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ServerTrouble(
            f"Không ghi được vào {where.home}: {error.strerror}.",
            do="Chạy bằng người dùng đã tạo thư mục này, hoặc đặt CONGVU_HOME sang thư mục khác.",
        ) from error
    try:
        _hand_to_home_owner(where, where.lock)
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make_cluster(where: Places, found: Binaries, owner: Owner, *, durable: bool) -> None:
    """initdb beside the final place, then one rename: a killed initdb never looks like a database."""
    if (where.data / "PG_VERSION").exists():
        return
    half = where.data.with_name("pgdata.new")
    said = ""
    for locale in locales(found):
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        owner.give(half)
        order = [found.program("initdb"), "-D", str(half), "-U", ROLE, "-E", "UTF8", "--no-instructions"]
        order += ["--auth=peer", *([] if durable else ["--no-sync"]), *locale]
        done = _run_as(owner, order)
        if done.returncode == 0:
            half.rename(where.data)
            write_record(where)
            _hand_to_home_owner(where, where.record)
            return
        said += done.stderr
    shutil.rmtree(half, ignore_errors=True)
    raise ServerTrouble(
        f"Không tạo được cơ sở dữ liệu trong {where.data}.",
        do="Xem dung lượng đĩa và quyền của thư mục.",
        log=said,
    )


def locales(found: Binaries) -> list[list[str]]:
    """initdb's locale options, best first: code-point order with full Unicode letters, the same on every machine."""
    ctype = ["--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C", "--lc-monetary=C"]
    ctype += ["--lc-numeric=C", "--lc-time=C"]
    if found.major >= 17:
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return [[*builtin, *ctype], [*builtin, "--locale=C"], ["--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=C"]]


def _make_run_folder(where: Places, owner: Owner) -> None:
    """The socket's folder: ours alone. One under /tmp that somebody else made first is refused."""
    with contextlib.suppress(FileExistsError):
        where.run.mkdir(mode=0o700)
    found = where.run.lstat()
    if where.run.is_symlink() or found.st_uid not in (owner.uid, os.geteuid()):
        raise ServerTrouble(
            f"{where.run} là của người khác.", do="Xoá thư mục đó, hoặc đặt CONGVU_HOME ngắn hơn."
        )
    where.run.chmod(0o700)
    owner.give(where.run)
    for stale in (where.run / SOCKET_NAME, where.run / f"{SOCKET_NAME}.lock"):
        stale.unlink(missing_ok=True)  # no postmaster of this home lives, and the folder is this home's alone


def _start(where: Places, found: Binaries, owner: Owner, *, die_with_me: bool) -> int:
    """Start the postmaster and wait until it is ready. Not through pg_ctl: that passes paths through a shell."""
    sweep(where.data)
    _drop_borrowed_pid_file(where.data)
    if where.log.exists() and where.log.stat().st_size > LOG_LIMIT:
        where.log.replace(where.log.with_suffix(".log.1"))
    before = die_with_parent(signal.SIGINT) if die_with_me else None
    with where.log.open("ab") as log:
        _hand_to_home_owner(where, where.log)
        try:
            child = subprocess.Popen(
                [found.program("postgres"), "-D", str(where.data)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
                start_new_session=True,  # Ctrl-C on the terminal is for us; we then stop the server in order
                preexec_fn=before,
                **owner.process_options(),
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ServerTrouble(f"Không chạy được {found.program('postgres')}: {error}.") from error
    ready = wait_until(lambda: child.poll() is not None or is_ready(where.data, child.pid), START_SECONDS)
    if child.poll() is not None:
        raise ServerTrouble("Máy chủ PostgreSQL dừng ngay khi khởi động.", log=last_words(where.log))
    if not ready:
        raise ServerTrouble(f"Sau {START_SECONDS:.0f} giây máy chủ chưa sẵn sàng.", log=last_words(where.log))
    child.returncode = 0  # it outlives this object on purpose; without this Popen warns when collected
    return child.pid


def _greet(where: Places) -> str:
    """Connect, make our database if it is not there, and tell the server's version."""
    import psycopg  # here: commands that need no database should not wait for it
    from psycopg import sql

    try:
        with psycopg.connect(
            host=str(where.run), port=PORT, user=ROLE, dbname="postgres", autocommit=True, connect_timeout=10
        ) as link:
            row = link.execute(
                "SELECT current_setting('server_version'), EXISTS (SELECT FROM pg_database WHERE datname = %s)",
                [DATABASE],
            ).fetchone()
            assert row is not None
            if not row[1]:
                with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                    link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            return str(row[0]).split()[0]
    except psycopg.OperationalError as error:
        raise ServerTrouble(f"Không kết nối được máy chủ ở {where.run}: {error}") from error


def _drop_borrowed_pid_file(data: Path) -> None:
    """Remove a stale pid file whose number is another program's by now: PostgreSQL would take that one for itself.

    Every other stale file stays for PostgreSQL, which checks it against its shared memory.
    """
    lines = pid_file_lines(data)
    if lines and lines[0].strip().isdigit() and is_alive(int(lines[0])) and not works_in(int(lines[0]), data):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _hand_to_home_owner(where: Places, path: Path) -> None:
    """What root makes in somebody's home stays that person's, so that both can run it."""
    kept = where.home.stat()
    if os.geteuid() == 0 and kept.st_uid != 0 and not where.outside_home:
        os.chown(path, kept.st_uid, kept.st_gid)


def _environment() -> dict[str, str]:
    """A bare environment: no PG* variable and no locale of the caller's reaches the server."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "HOME": "/"}


def _run_as(owner: Owner, order: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a program of the server's as its user; says it in words when this root may not become another user."""
    try:
        return subprocess.run(
            order, capture_output=True, text=True, env=_environment(), **owner.process_options()
        )
    except OSError as error:
        raise ServerTrouble(
            f"Không chạy được {order[0]} bằng người dùng số {owner.uid}: {error.strerror}.",
            do="Chạy congvu bằng một người dùng thường, hoặc đặt DATABASE_URL.",
        ) from error

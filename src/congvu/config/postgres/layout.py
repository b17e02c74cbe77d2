"""Where the embedded server of a home keeps its data and its socket.

Usually `<home>/pgdata` and `<home>/run`. Two things can forbid that: root may not run PostgreSQL, so it runs as
`nobody`, who cannot enter a home under /root (0700); and a UNIX socket's path may not be longer than 107 bytes.
Then the data, or only the socket, lie in a folder of ours elsewhere, named after a hash of the home. What was decided
once is written in `<home>/server.json`, so that a later change of modes never hides a database.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

PORT = 5432  # part of the socket's file name only; nothing listens on a network
SOCKET_NAME = f".s.PGSQL.{PORT}"
SOCKET_PATH_LIMIT = 107  # sun_path of Linux: 108 bytes with the closing zero
HARD_TO_QUOTE = frozenset(
    ",'\"\\\n\r"
)  # libpq splits `host` at commas; the rest would need three quotings at once
SYSTEM_FOLDER = Path("/var/lib/congvu")
RECORD = "server.json"


@dataclass(frozen=True)
class Places:
    """The folders of one home's server."""

    home: Path
    data: Path
    run: Path

    @property
    def log(self) -> Path:
        return self.data.parent / "postgres.log"

    @property
    def lock(self) -> Path:
        return self.home / "server.lock"

    @property
    def record(self) -> Path:
        return self.home / RECORD

    @property
    def outside_home(self) -> bool:
        """Whether the data lie elsewhere than in the home."""
        return self.data.parent != self.home


def places(home: Path) -> Places:
    """The places of `home`'s server: as recorded when it was first started, else as they would be decided now."""
    home = home.absolute()
    return _recorded(home) or decide(home)


def make_home(home: Path) -> None:
    """Make the working folder, closed to others. As root it may be walked through: there the server is another user."""
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(exist_ok=True)
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)


def decide(home: Path) -> Places:
    """Where a new server of `home` would live. Touches nothing."""
    base = home if reachable_by_server(home) else SYSTEM_FOLDER / short_hash(home)
    run = base / "run"
    if not fits_a_socket(run):
        run = short_run_folder(home)
    return Places(home, base / "pgdata", run)


def fits_a_socket(run: Path) -> bool:
    """Whether a socket in `run` has a legal path that needs no quoting anywhere."""
    room = SOCKET_PATH_LIMIT - len(SOCKET_NAME) - 1
    return len(os.fsencode(run)) <= room and not HARD_TO_QUOTE.intersection(str(run))


def short_run_folder(home: Path) -> Path:
    """A short folder for the socket alone. Not under XDG_RUNTIME_DIR: that differs between a login and a service."""
    if os.geteuid() == 0:
        return Path("/run") / f"congvu-{short_hash(home)}"
    return Path("/tmp") / f"congvu-{os.geteuid()}-{short_hash(home)}"  # noqa: S108 - made 0700, its owner checked


def reachable_by_server(home: Path) -> bool:
    """Whether the server's user can enter `home`. Only root has the question: it runs the server as `nobody`."""
    if os.geteuid() != 0:
        return True
    if (home / "pgdata").exists():
        return True  # somebody's data already live there; the server runs as their owner
    return all(others_may_enter(folder) for folder in [home, *home.parents] if folder.exists())


def others_may_enter(folder: Path) -> bool:
    """Whether the mode of `folder` lets an unrelated user pass through it."""
    return bool(folder.stat().st_mode & 0o001)


def short_hash(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:16]


def write_record(where: Places) -> None:
    """Keep the decision in the home; replaced whole, so a reader never sees half."""
    text = json.dumps({"home": str(where.home), "data": str(where.data), "run": str(where.run)}, indent=1)
    if where.record.exists() and where.record.read_text(encoding="utf-8") == text:
        return
    fresh = where.record.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o644)
    fresh.replace(where.record)


def _recorded(home: Path) -> Places | None:
    try:
        kept = json.loads((home / RECORD).read_text(encoding="utf-8"))
        old_home, data, run = Path(kept["home"]), Path(kept["data"]), Path(kept["run"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if old_home == home:
        return Places(home, data, run)
    # The home was moved or copied. Data inside it came along; data outside belong to whichever home still stands.
    if data.parent == old_home or (old_home / RECORD).exists():
        return None
    return Places(home, data, run)

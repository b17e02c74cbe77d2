"""The backup file: one tar with the database (pg_dump's own format), the attached files and a page about both.

The database is dumped before the files are read, so every file the dump knows is in the archive. The secret key is
not: with it a stolen backup would open sessions.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import connection

from congvu import __version__
from congvu.config.cli.tables import is_new_database
from congvu.config.postgres.binaries import available
from congvu.foundation.files.actions import files_folder
from congvu.foundation.refusal import Refused

PAGE, DUMP, FILES = "congvu-backup.json", "database.dump", "files"
FORMAT = 1


def write_backup(target: Path, *, at: datetime) -> dict[str, Any]:
    """Write the archive to `target` (0600, whole or not at all); returns the page about it."""
    folder = target.absolute().parent
    if target.exists():
        raise Refused(f"{target} đã có.", do="Chọn tên tệp khác; bản sao lưu cũ không bị ghi đè.")
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Refused(f"Không ghi được vào thư mục {folder}.", do="Chọn thư mục khác.")
    if is_new_database():
        raise Refused(
            "Cơ sở dữ liệu này chưa có bảng nào, không có gì để sao lưu.",
            do="Xem lại CONGVU_HOME hoặc DATABASE_URL.",
        )
    with tempfile.TemporaryDirectory(dir=folder, prefix=".congvu-backup-") as work:
        dump = Path(work) / DUMP
        _run_tool("pg_dump", ["--format=custom", "--compress=6", "--no-owner", "--file", str(dump)])
        page = {
            "format": FORMAT,
            "congvu": __version__,
            "at": at.isoformat(),
            "server": _value("SHOW server_version"),
            "audit_head": _value(
                "SELECT COALESCE((SELECT head FROM audit_auditseal ORDER BY id DESC LIMIT 1), '')"
            ),
            "dump_sha256": _sha256(dump),
            "dump_bytes": dump.stat().st_size,
        }
        whole = Path(work) / "whole.tar"
        with whole.open("xb") as out, tarfile.open(fileobj=out, mode="w") as tar:
            page["files"] = _add_files(tar)
            _add_text(tar, PAGE, json.dumps(page, indent=1), at)
            tar.add(dump, DUMP)
        _settle(whole, target)
    return page


def read_backup(source: Path) -> dict[str, Any]:
    """Put the archive into the empty database and the empty files folder. Refused when either holds something."""
    if not is_new_database():
        raise Refused(
            "Cơ sở dữ liệu này đã có bảng; phục hồi chỉ ghi vào chỗ trống.",
            do="Đặt CONGVU_HOME (hoặc DATABASE_URL) sang một nơi mới rồi phục hồi.",
        )
    folder = files_folder()
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"Thư mục tệp {folder} không trống.", do="Đặt CONGVU_HOME sang một thư mục mới.")
    with _opened(source) as tar, tempfile.TemporaryDirectory(prefix="congvu-restore-") as work:
        page = _page(tar, source)
        tar.extract(DUMP, work, filter="data")
        dump = Path(work) / DUMP
        if _sha256(dump) != page["dump_sha256"]:
            raise Refused(
                f"{source} bị hỏng: phần cơ sở dữ liệu không khớp mã kiểm.", do="Dùng bản sao lưu khác."
            )
        _run_tool("pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", str(dump)])
        restored = _extract_files(tar, folder)
    if restored != page["files"]:
        raise Refused(
            f"{source} thiếu tệp: có {restored}, phải có {page['files']}.", do="Dùng bản sao lưu khác."
        )
    return page


def _add_files(tar: tarfile.TarFile) -> int:
    folder = files_folder()
    count = 0
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        if path.is_file() and not path.name.startswith(
            "tmp"
        ):  # a file still being written has no final name yet
            tar.add(path, f"{FILES}/{path.relative_to(folder)}", recursive=False)
            count += 1
    return count


def _extract_files(tar: tarfile.TarFile, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for member in tar:
        if not member.isfile() or not member.name.startswith(f"{FILES}/"):
            continue
        member.name = member.name.removeprefix(f"{FILES}/")
        tar.extract(member, folder, filter="data")  # refuses paths that lead out of the folder
        count += 1
    return count


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source) as tar:
            yield tar
    except (tarfile.TarError, EOFError, KeyError) as error:
        do = "Dùng tệp do ./congvu backup làm ra."
        raise Refused(f"{source} không phải bản sao lưu của Công Vụ, hoặc bị cụt.", do=do) from error
    except OSError as error:
        raise Refused(f"Không đọc được {source}: {error.strerror}.", do="Xem lại tên tệp.") from error


def _page(tar: tarfile.TarFile, source: Path) -> dict[str, Any]:
    try:
        member: IO[bytes] | None = tar.extractfile(PAGE)
        page = json.loads(member.read()) if member else {}
        if page.get("format") != FORMAT:
            raise KeyError(PAGE)
    except (KeyError, ValueError, AttributeError):
        raise Refused(
            f"{source} không phải bản sao lưu của Công Vụ, hoặc của một bản mới hơn.",
            do="Dùng tệp do ./congvu backup của bản này làm ra.",
        ) from None
    return dict(page)


def _add_text(tar: tarfile.TarFile, name: str, text: str, at: datetime) -> None:
    import io

    body = text.encode()
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = len(body), int(at.timestamp()), 0o600
    tar.addfile(info, io.BytesIO(body))


def _settle(whole: Path, target: Path) -> None:
    with whole.open("rb") as written:
        os.fsync(written.fileno())
    whole.chmod(0o600)
    os.link(whole, target)  # fails, rather than replaces, when somebody made the target meanwhile


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _value(text: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchone()[0]


def _run_tool(name: str, words: list[str]) -> None:
    """Run pg_dump or pg_restore on Django's database; the password goes by the environment, not the command line."""
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "HOME": os.environ.get("HOME", "/")}
    known = connection.settings_dict
    for variable, value in (
        ("PGHOST", known["HOST"]),
        ("PGPORT", known["PORT"]),
        ("PGUSER", known["USER"]),
        ("PGPASSWORD", known["PASSWORD"]),
        ("PGSSLMODE", known["OPTIONS"].get("sslmode")),
        ("PGSSLROOTCERT", known["OPTIONS"].get("sslrootcert")),
    ):
        if value:
            environment[variable] = str(value)
    flag = f"--dbname={known['NAME']}"
    done = subprocess.run([_tool(name), flag, *words], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise Refused(f"{name} không làm được: {done.stderr.strip()[-600:]}", do="Xem ./congvu doctor.")


def _tool(name: str) -> str:
    """The program of a version no older than the server; the system's own first, for it speaks SSL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        server = cursor.fetchone()[0]
    on_path = shutil.which(name)
    if on_path and os.environ.get("DATABASE_URL"):
        said = subprocess.run([on_path, "--version"], capture_output=True, text=True).stdout
        if int(said.split()[-1 if said.split()[-1][0].isdigit() else 2].split(".")[0]) >= server:
            return on_path
    for one in available():
        if one.major >= server and Path(one.program(name)).exists():
            return one.program(name)
    raise Refused(
        f"Không tìm thấy {name} cho PostgreSQL {server}.", do=f"Cài gói Debian postgresql-client-{server}."
    )

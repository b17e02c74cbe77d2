"""Backup and restore, through the command line, between two real homes."""

import json
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from congvu.config.postgres import remove_server, server_status


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("backup")
    yield made
    for home in made.iterdir():
        if home.is_dir():
            remove_server(home)


def congvu(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environ = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTEST_ADDOPTS")
    }
    environ |= {"CONGVU_HOME": str(home), "CONGVU_TESTING": "1"}
    return subprocess.run(
        [sys.executable, "-m", "congvu", *words], capture_output=True, text=True, env=environ
    )


def rows(home: Path, text: str) -> list:  # type: ignore[type-arg]
    server = server_status(home)
    assert server is not None
    with psycopg.connect(server.url) as link:
        return link.execute(text).fetchall()


@pytest.fixture(scope="module")
def kept(folder: Path) -> Path:
    """A home with an account, an attached file, and a backup of it."""
    home = folder / "one"
    made = congvu(home, "account", "create", "hanh.nguyen", "--name", "Nguyễn Thị Hạnh")
    assert made.returncode == 0, made.stderr
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "abcd").write_bytes(b"%PDF-1.7 gi\xe1\xba\xa5y")
    done = congvu(home, "backup", str(folder / "kept.tar"), "--json")
    assert done.returncode == 0, done.stderr
    page = json.loads(done.stdout)
    assert page["files"] == 1 and page["dump_bytes"] > 1000
    return folder / "kept.tar"


def test_what_was_backed_up_is_there_after_restoring_elsewhere(kept: Path, folder: Path) -> None:
    home = folder / "two"
    done = congvu(home, "restore", str(kept), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["applied"] == []
    ask = "SELECT username, name, password FROM identity_account ORDER BY id"
    assert rows(home, ask) == rows(folder / "one", ask) != []
    assert rows(home, "SELECT verb FROM audit_auditentry") == [("create-account",)]
    assert (home / "files" / "ab" / "abcd").read_bytes() == b"%PDF-1.7 gi\xe1\xba\xa5y"


def test_only_the_owner_may_read_a_backup_and_the_key_is_not_in_it(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with tarfile.open(kept) as tar:
        assert "secret_key" not in " ".join(tar.getnames())


def test_a_backup_is_never_overwritten(kept: Path, folder: Path) -> None:
    before = kept.read_bytes()
    done = congvu(folder / "one", "backup", str(kept))
    assert done.returncode == 1 and "đã có" in done.stderr
    assert kept.read_bytes() == before


def test_tables_older_than_the_code_are_backed_up_before_they_are_upgraded(kept: Path, folder: Path) -> None:
    home = folder / "one"
    server = server_status(home)
    assert server is not None
    with psycopg.connect(server.url, autocommit=True) as link:
        link.execute("UPDATE django_migrations SET name = 'x' || name WHERE app = 'portal' OR app = 'tasks'")
        try:
            assert "Sao lưu rồi chạy ./congvu migrate" in congvu(home, "org").stderr
            assert congvu(home, "backup", str(folder / "older.tar")).returncode == 0
        finally:
            link.execute("UPDATE django_migrations SET name = substr(name, 2) WHERE name LIKE 'x%'")


def test_nothing_is_restored_over_a_database_in_use(kept: Path, folder: Path) -> None:
    done = congvu(folder / "one", "restore", str(kept))
    assert done.returncode == 1 and "chỗ trống" in done.stderr


def test_damaged_backups_are_refused_in_words_and_leave_the_place_empty(kept: Path, folder: Path) -> None:
    whole = kept.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "cut": whole[:middle],
        "flipped": whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :],
        "text": b"khong phai tar",
        "empty": b"",
    }
    home = folder / "three"
    for name, content in damaged.items():
        (folder / f"{name}.tar").write_bytes(content)
        done = congvu(home, "restore", str(folder / f"{name}.tar"))
        assert done.returncode == 1 and "Traceback" not in done.stderr, (name, done.stderr)
    assert congvu(home, "restore", str(folder / "not there.tar")).returncode == 1
    assert rows(home, "SELECT to_regclass('django_migrations')") == [(None,)]

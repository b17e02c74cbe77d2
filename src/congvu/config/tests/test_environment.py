"""Settings out of the environment: what is read, what is refused."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from congvu.config.environment import (
    BadSetting,
    database_from,
    env_bool,
    env_list,
    secret_key_from,
    work_home,
)
from congvu.config.postgres import places


def test_without_database_url_the_settings_find_the_socket_the_launcher_uses(tmp_path: Path) -> None:
    for home in (tmp_path / "short", tmp_path / ("n" * 120)):
        found = database_from({}, home)
        assert found["HOST"] == str(places(home).run)
        assert found["PORT"] == "5432", "PGPORT of the caller must not lead elsewhere"


def test_database_url_is_taken_apart() -> None:
    found = database_from(
        {"DATABASE_URL": "postgresql://an:m%40t@db.example:5433/mot_cua?sslmode=verify-full"}, Path("/h")
    )
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "an",
        "m@t",
        "db.example",
        "5433",
    )
    assert found["NAME"] == "mot_cua"
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_a_socket_folder_may_stand_in_the_query_of_database_url() -> None:
    found = database_from({"DATABASE_URL": "postgresql://congvu@/congvu?host=/run/postgresql"}, Path("/h"))
    assert (found["HOST"], found["USER"], found["PORT"]) == ("/run/postgresql", "congvu", "")


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite:///x.db", "congvu", "postgresql://h:notaport/x"])
def test_a_database_url_of_another_kind_is_refused_by_name(url: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        database_from({"DATABASE_URL": url}, Path("/h"))


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("yes", True), ("0", False), ("FALSE", False), ("", True)]
)
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("CONGVU_X", text)
    assert env_bool("CONGVU_X", default=True) is value


def test_a_word_that_is_neither_yes_nor_no_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVU_X", "maybe")
    with pytest.raises(BadSetting, match="CONGVU_X"):
        env_bool("CONGVU_X", default=False)


def test_lists_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVU_X", " a, b ,,c ")
    assert env_list("CONGVU_X", default=[]) == ["a", "b", "c"]


def test_the_home_is_absolute_and_knows_the_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/hanh")
    monkeypatch.setenv("CONGVU_HOME", "~/cong vu")
    assert work_home() == Path("/home/hanh/cong vu")


def test_the_kept_key_is_made_once_closed_to_others_and_never_read_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONGVU_SECRET_KEY", raising=False)
    home = tmp_path / "h"
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(secret_key_from, home).result()
    assert len(first) >= 50
    assert {secret_key_from(home) for _ in range(3)} == {first}
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret_key"]
    assert stat.S_IMODE(home.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)


def test_a_key_from_the_environment_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVU_SECRET_KEY", "k" * 50)
    assert secret_key_from(tmp_path / "h") == "k" * 50
    assert not (tmp_path / "h").exists()

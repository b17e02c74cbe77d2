"""Where a home's server lives: no database needed."""

import json
import os
from pathlib import Path

import pytest

from congvu.config.postgres.layout import (
    SOCKET_NAME,
    SOCKET_PATH_LIMIT,
    SYSTEM_FOLDER,
    decide,
    fits_a_socket,
    places,
    write_record,
)

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")


@pytest.fixture
def open_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home every user may walk to, whatever the mode of pytest's own folder."""
    monkeypatch.setattr("congvu.config.postgres.layout.reachable_by_server", lambda home: True)
    home = tmp_path / "home"
    home.mkdir()
    return home


def test_a_plain_home_holds_its_data_and_its_socket(open_home: Path) -> None:
    where = places(open_home)
    assert (where.data, where.run) == (open_home / "pgdata", open_home / "run")
    assert not where.outside_home


@pytest.mark.parametrize("name", ["x" * 110, "Tỉnh Bình Giang " * 5, "có,phẩy", 'có"nháy', "có'nháy"])
def test_a_home_whose_socket_path_is_too_long_or_unquotable_gets_a_short_socket_folder(
    open_home: Path, name: str
) -> None:
    where = decide(open_home / name)
    assert where.data == open_home / name / "pgdata"
    assert fits_a_socket(where.run)
    assert not where.run.is_relative_to(open_home)


def test_spaces_and_vietnamese_letters_stay_in_the_home(open_home: Path) -> None:
    home = Path("/srv/Công Vụ")
    assert decide(home).run == home / "run"


def test_the_longest_path_that_fits_is_counted_in_bytes_not_letters() -> None:
    room = SOCKET_PATH_LIMIT - len(SOCKET_NAME) - 1
    assert fits_a_socket(Path("/" + "a" * (room - 1)))
    assert not fits_a_socket(Path("/" + "a" * room))
    assert not fits_a_socket(Path("/" + "ụ" * (room // 2)))


@as_root
def test_root_with_a_closed_home_keeps_the_data_in_the_system_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    where = places(closed / "home")
    assert where.outside_home
    assert where.data.is_relative_to(SYSTEM_FOLDER)


@as_root
def test_a_decision_once_made_outlives_a_change_of_modes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    first = places(home)
    write_record(first)
    for folder in [home, *home.parents]:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001) if folder.is_relative_to(tmp_path) else None
    assert places(home) == first


def test_a_moved_home_takes_its_data_along_and_a_copied_one_does_not_share_them(open_home: Path) -> None:
    write_record(places(open_home))
    copied = open_home.parent / "copied"
    copied.mkdir()
    (copied / "server.json").write_text((open_home / "server.json").read_text())
    assert places(copied).data == copied / "pgdata"


def test_a_moved_home_still_finds_data_that_lie_outside(open_home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere" / "pgdata"
    record = {"home": str(tmp_path / "gone"), "data": str(outside), "run": "/run/x"}
    (open_home / "server.json").write_text(json.dumps(record))
    assert places(open_home).data == outside
    record["home"] = str(open_home.parent / "still there")
    (open_home.parent / "still there").mkdir()
    (open_home.parent / "still there" / "server.json").write_text(json.dumps(record))
    (open_home / "server.json").write_text(json.dumps(record))
    assert places(open_home).data == open_home / "pgdata"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"home": 1}', '{"home": "/x"}'])
def test_a_damaged_record_is_as_good_as_none(open_home: Path, text: str) -> None:
    (open_home / "server.json").write_text(text)
    assert places(open_home).data == open_home / "pgdata"

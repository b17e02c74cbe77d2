"""`congvu import units`: what it prints and its exit codes."""

import json
from pathlib import Path

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.organisation.tests.test_localities import MAP_ROWS, NEW, OLD


@pytest.fixture
def files(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        ready, "django_ready", lambda **_: None
    )  # pytest has brought Django and the tables up
    (tmp_path / "old.json").write_text(json.dumps(OLD), encoding="utf-8")
    (tmp_path / "new.json").write_text(json.dumps(NEW), encoding="utf-8")
    (tmp_path / "map.csv").write_text(MAP_ROWS, encoding="utf-8")
    return tmp_path


def test_one_document_with_counts_and_a_second_run_stores_nothing(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(files / name) for name in ("old.json", "new.json", "map.csv")]
    assert main(["import", "units", *names, "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in first["files"]] == ["three_tiers", "two_tiers", "old_to_new"]
    assert (first["read"], first["stored"], first["rejected"]) == (15, 15, [])
    assert main(["import", "units", *names, "--json"]) == 0
    second = json.loads(capsys.readouterr().out)
    assert (second["stored"], second["unchanged"]) == (0, 15)
    assert main(["import", "units", str(files / "new.json"), "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert (alone["provinces"], alone["districts"], alone["communes"]) == (1, 0, 3)
    assert alone["doubts"][0] == {"where": "tỉnh", "why": "danh mục có 1, số công bố là 34"}


def test_rejected_lines_give_1_and_an_unusable_file_2(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "bad.json").write_text(
        json.dumps([{**NEW[0], "Wards": [{"Code": "1", "FullName": "Xã A"}]}]), "utf-8"
    )
    assert main(["import", "units", str(files / "bad.json")]) == 1
    assert "mã «1» không phải 5 chữ số" in capsys.readouterr().err
    (files / "utf16.csv").write_text(MAP_ROWS, encoding="utf-16")
    assert main(["import", "units", str(files / "utf16.csv"), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)["error"]
    assert "không phải UTF-8" in told["what"]
    assert told["do"]
    assert main(["import", "units", str(files / "absent.json"), "--json"]) == 2
    assert "Không có tệp này" in json.loads(capsys.readouterr().out)["error"]["what"]
    assert main(["import", "units", str(files), "--json"]) == 2

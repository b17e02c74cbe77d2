"""`congvu conference`: a file is checked, loaded and reported; what is wrong is said with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.demo.conferences import text_of

pytestmark = pytest.mark.django_db
KEYS = {"sentence", "code", "value", "numerator", "denominator", "printed", "flag", "records", "warnings"}


@pytest.fixture(autouse=True)
def _ready(monkeypatch: Any) -> None:
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "hoi-nghi.toml"
    path.write_text(text_of("son-la-2016"), encoding="utf-8")
    return path


def told(capsys: Any, *words: str, code: int = 0) -> Any:
    assert main(["conference", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_loaded_reported_and_loaded_again(capsys: Any, file: Path) -> None:
    assert told(capsys, "check", str(file))["sentences"] == 20
    first = told(capsys, "load", str(file))
    assert (first["again"], first["counts"]["one_stop"]) == (False, 11)
    entries = told(capsys, "report", "son-la-2016")
    assert all(set(one) == KEYS for one in entries)
    assert [one["sentence"] for one in entries] == [
        "004-8", "004-9", "004-9", "004-11", "004-12", "004-19", "004-19", "004-19",
    ]  # fmt: skip
    assert told(capsys, "load", str(file))["again"] is True
    assert told(capsys, "report", "son-la-2016") == entries
    assert [one["conference"] for one in told(capsys, "list")] == ["son-la-2016"]


def test_a_decimal_comma_is_refused_with_its_line(capsys: Any, file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("rate = 95", "rate = 94,8")
    file.write_text(text, encoding="utf-8")
    line = next(n for n, words in enumerate(text.splitlines(), 1) if "94,8" in words)
    error = told(capsys, "load", str(file), code=1)["error"]
    assert error["what"].casefold().count(f"dòng {line}:") == 1
    assert "dấu phẩy" in error["what"]
    assert error["do"]


def test_a_file_that_is_not_there_and_a_name_nobody_loaded_are_bad_usage(capsys: Any, tmp_path: Path) -> None:
    assert "Không có tệp" in told(capsys, "load", str(tmp_path / "x.toml"), code=2)["error"]["what"]
    assert "Chưa nạp" in told(capsys, "report", "khong-co", code=2)["error"]["what"]
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in told(capsys, "check", str(tmp_path / "b.toml"), code=2)["error"]["what"]


def test_the_report_for_people_is_printed(capsys: Any, file: Path) -> None:
    assert main(["conference", "load", str(file)]) == 0
    assert main(["conference", "report", "son-la-2016"]) == 0
    said = capsys.readouterr().out
    assert "Thứ Bảy, 24/12/2016" in said
    assert "«gần 95%»" in said
    assert "Phụ lục: số nhập tay" in said

"""`congvu export`: what is said of a log written, and of words that cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.dossiers.tests.make import a_place
from congvu.foundation.audit.models import AuditEntry


@pytest.fixture(autouse=True)
def _ready(monkeypatch: Any) -> None:
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)


def ask(capsys: Any, *words: str) -> tuple[int, dict[str, Any]]:
    code = main(["export", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_a_log_is_written_and_counted(capsys: Any, tmp_path: Path) -> None:
    a_place().received("2026-11-20 14:30")
    path = tmp_path / "a.json"
    code, told = ask(capsys, "ocel", str(path), "--from", "2026-11-20", "--to", "20/11/2026")
    assert (code, told["dossiers"], told["events"], told["named"]) == (0, 1, 2, False)
    assert len(json.loads(path.read_text("utf-8"))["events"]) == 2
    code, told = ask(capsys, "xes", str(tmp_path / "a.xes"), "--named", "--reason", "Kiểm tra")
    assert (code, told["named"]) == (0, True)
    assert AuditEntry.objects.filter(verb="export_log").count() == 2


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["ocel", "a.json"], "--from"),
        (["ocel", "a.json", "--from", "2026-02-30", "--to", "2026-03-01"], "--from"),
        (["ocel", "a.json", "--from", "2026-03-02", "--to", "2026-03-01"], "--to"),
        (["xes", "a.xes", "--named"], "--reason"),
        (["xes", "a.xes", "--from", "mai"], "--from"),
    ],
)
def test_words_that_cannot_be_used_are_bad_usage(capsys: Any, words: list[str], what: str) -> None:
    code, told = ask(capsys, *words)
    assert code == 2
    assert told["error"]["what"].startswith(what)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", [["xes", "a.csv"], ["xes", "khong-co/a.xes"], ["xes", "a.xes", "--procedure", "9.9"]]
)
def test_what_the_export_refuses_is_bad_usage_and_writes_nothing(
    capsys: Any, tmp_path: Path, monkeypatch: Any, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, told = ask(capsys, *words)
    assert code == 2
    assert told["error"]["do"]
    assert list(tmp_path.iterdir()) == []

"""`congvu conformance`: its document, and words that cannot be used."""

import json
from typing import Any

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.dossiers.queries.offers import offer, road
from congvu.dossiers.tests.make import a_place, at
from congvu.foundation import clock


@pytest.fixture(autouse=True)
def _ready(monkeypatch: Any) -> None:
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)
    offer.cache_clear()
    road.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["procedure", "unit", "step"])
def test_the_document(capsys: Any, by: str) -> None:
    a_place().received("2026-11-10 08:00")
    with clock.frozen(at("2026-11-20 10:00")):
        code = main(["conformance", "--json", "--from", "2026-11-01", "--to", "30/11/2026", "--by", by])
    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (told["from"], told["to"], told["as_of"], told["by"]) == (
        "2026-11-01",
        "2026-11-30",
        "2026-11-20",
        by,
    )
    numbers = {
        "dossiers": 1, "conforming": 0, "skipped": 0, "added": 0, "out_of_order": 0, "late": 1,
    }  # fmt: skip
    for row in (*told["rows"], told["total"]):
        assert {name: row[name] for name in numbers} == numbers
        assert row["name"]


@pytest.mark.parametrize(
    ("words", "where"),
    [(["--by", "tuoi"], "--by"), (["--from", "hôm qua"], "--from"), (["--to", "2026-13-01"], "--to")],
)
def test_words_that_cannot_be_used_are_bad_usage(capsys: Any, words: list[str], where: str) -> None:
    assert main(["conformance", "--json", *words]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["what"].startswith(where)

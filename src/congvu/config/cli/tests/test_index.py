"""`congvu index score`, `congvu import index`: one document each, and how wrong words are answered."""

import json

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.indices.models import Sheet
from congvu.indices.tests.make import a_round, a_set
from congvu.indices.tests.test_import_index import FILES
from congvu.indices.tests.test_round import through

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(monkeypatch):
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)


def test_the_score_of_a_unit_as_a_document(capsys, actors):
    through(Sheet.objects.get(round=a_round(a_set(), [actors.home])), actors)
    assert main(["index", "score", "thu", "--unit", "h98.08", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (one,) = told["sheets"]
    assert (told["set"], told["edition"], told["evidence"], told["published"]) == (
        "thu",
        "2026",
        "MEM",
        False,
    )
    assert (one["unit"], one["index"], one["points"], one["maximum"], one["rank"]) == (
        "H98.08",
        87.6,
        "219/25",
        "10",
        1,
    )
    lines = {line["code"]: line["points"] for line in one["lines"] if line["leaf"]}
    assert lines == {"1.1": "1", "1.2": "69/25", "2.1": "3/2", "2.2": "7/2"}


def test_a_set_or_a_unit_there_is_not_is_said_with_what_to_do(capsys, actors):
    assert main(["index", "score", "khong", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["what"].startswith("set: Không có bộ chỉ số")
    a_round(a_set(), [actors.home])
    assert main(["index", "score", "thu", "--unit", "H98.01", "--json"]) == 2


def test_a_folder_of_an_outside_index_as_a_document(capsys, tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    assert main(["import", "index", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["stored"], told["blanks"], told["rejected"]) == (2, 9, 3, [])
    assert main(["import", "index", str(tmp_path / "khong"), "--json"]) == 2

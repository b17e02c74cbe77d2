"""`congvu org` and `congvu org lineage`: the tree of a day, and where units went."""

import json
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import TINH
from congvu.organisation.tests.make import a_unit

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {
    "effective": date(2025, 7, 1),
    "decision": Decision("12/NQ-HĐND", date(2025, 6, 20)),
    "by": SYSTEM,
    "at": datetime(2025, 6, 25, 9, tzinfo=LEGAL_ZONE),
}


@pytest.fixture(autouse=True)
def _ready(monkeypatch: Any) -> None:
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)


@pytest.fixture
def province() -> None:
    """Labour and Home Affairs become one new department; Construction gives two thirds to Transport and ends."""
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    home, labour = a_unit("H99.01", "Sở Nội vụ", root), a_unit("H99.02", "Sở Lao động", root)
    a_unit("H99.02.01", "Phòng Việc làm", labour, "PHONG")
    building, roads = a_unit("H99.03", "Sở Xây dựng", root), a_unit("H99.04", "Sở Giao thông", root)
    land = a_unit("H99.05", "Sở Tài nguyên", root)
    merge([home.id, labour.id], NewUnit("H99.06", "Sở Nội vụ mới", "SO", TINH, root.id), **ACT)
    parts = [Receiver(roads.id, Fraction(2, 3)), Receiver(land.id, Fraction(1, 3))]
    split(building.id, parts, ceases=True, under={}, **ACT)


def told(capsys: Any, *words: str) -> Any:
    assert main(["org", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_tree_is_that_of_the_day_asked(province: None, capsys: Any) -> None:
    before, after = told(capsys, "--at", "30/06/2025"), told(capsys, "--at", "2025-07-01")
    assert (before["units"], before["tiers"]) == (7, {"TINH": 7})
    assert [one["code"] for one in before["tree"]] == [
        "H99", "H99.01", "H99.02", "H99.02.01", "H99.03", "H99.04", "H99.05",
    ]  # fmt: skip
    assert [one["code"] for one in after["tree"]] == ["H99", "H99.04", "H99.05", "H99.06", "H99.02.01"]
    room = after["tree"][-1]
    assert (room["parent"], room["depth"], before["tree"][0]["below"]) == ("H99.06", 2, 6)


def test_the_lineage_says_what_a_unit_was_made_of_and_what_stands_for_it(province: None, capsys: Any) -> None:
    new = told(capsys, "lineage", "H99.06")
    assert [one["code"] for one in new["predecessors"]] == ["H99.01", "H99.02"]
    assert new["successors"] == [{"code": "H99.06", "name": "Sở Nội vụ mới", "share": "1"}]
    divided = told(capsys, "lineage", "H99.03")
    assert (divided["exists"], divided["versions"][0]["to"]) == (False, "2025-07-01")
    assert {one["code"]: one["share"] for one in divided["successors"]} == {"H99.04": "2/3", "H99.05": "1/3"}
    assert [(one["kind"], one["decision"]) for one in divided["events"]] == [("CHIA", "12/NQ-HĐND")]
    earlier = told(capsys, "lineage", "H99.03", "--at", "2025-06-30")
    assert [one["code"] for one in earlier["successors"]] == ["H99.03"]


def test_people_read_it_without_json(province: None, capsys: Any) -> None:
    assert main(["org", "lineage", "H99.03"]) == 0
    assert "H99.04  Sở Giao thông: 2/3" in capsys.readouterr().out
    assert main(["org", "--at", "2025-06-30"]) == 0
    assert "    H99.02.01  Phòng Việc làm" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        (["lineage"], 2, "lineage"),
        (["cay"], 2, "org"),
        (["--at", "2026-13-01"], 2, "--at"),
        (["lineage", "H00.99"], 1, "code"),
    ],
)
def test_words_that_cannot_be_used(capsys: Any, words: list[str], code: int, where: str) -> None:
    assert main(["org", *words, "--json"]) == code
    assert json.loads(capsys.readouterr().out)["error"]["what"].startswith(where)

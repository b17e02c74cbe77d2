"""Whatever an action writes into the log has words on the screen."""

import ast
from pathlib import Path

from congvu.portal.rules.audit_words import KINDS, VERBS, changes

SOURCE = Path(__file__).resolve().parents[2]
WRITERS = {"record", "record_many", "audit"}


def written() -> list[tuple[str, str, str | None]]:
    """(file, verb, kind) of every call of a writer of the log whose verb stands there as a word."""
    found: list[tuple[str, str, str | None]] = []
    for path in SOURCE.rglob("actions/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WRITERS
            ):
                continue
            words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args[:2]]
            if isinstance(words[0], str):
                kind = words[1] if len(words) > 1 and isinstance(words[1], str) else None
                found.append((path.relative_to(SOURCE).as_posix(), words[0], kind))
    return found


def test_every_verb_and_kind_has_words() -> None:
    calls = written()
    assert len(calls) > 20
    assert [(file, verb) for file, verb, _ in calls if verb not in VERBS] == []
    assert [(file, kind) for file, _, kind in calls if kind is not None and kind not in KINDS] == []


def test_changes_show_what_differs_only() -> None:
    found = changes({"a": 1, "b": 2, "gone": None}, {"a": 1, "b": 3, "new": True})
    assert [(one.name, one.before, one.after) for one in found] == [
        ("b", "2", "3"),
        ("new", None, "có"),
    ]
    dossier = changes({"status": 2}, {"status": 4, "due_on": "2026-11-30"}, "dossier")
    assert [(one.name, one.before, one.after) for one in dossier] == [
        ("trạng thái", "Được tiếp nhận", "Đang xử lý"),
        ("hạn", None, "30/11/2026"),
    ]
    assert changes(None, None) == ()
    assert changes({"x": "a" * 400}, {})[0].before == "a" * 299 + "…"


def test_the_versions_of_a_unit_are_read_as_a_name_and_its_days() -> None:
    was = [{"name": "Sở Nội vụ", "parent": 1, "tier": "TINH", "kind": "SO", "from": "2025-03-01", "to": None}]
    now = [{**was[0], "to": "2026-11-21"}, {**was[0], "name": "Sở mới", "from": "2026-11-21"}]
    (found,) = changes({"versions": was}, {"versions": now}, "unit")
    assert (found.name, found.before) == ("các bản", "Sở Nội vụ, từ 01/03/2025")
    assert found.after == "Sở Nội vụ, từ 01/03/2025 đến 21/11/2026; Sở mới, từ 21/11/2026"

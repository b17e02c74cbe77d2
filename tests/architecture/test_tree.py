"""The tree itself: nothing private in it, no registry named, no file too long to read."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, is_test, parsed, python_files

# Put together here so that this file does not contain what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("proxy", "golang", "org"),
        ("deb", "debian", "org"),
        ("unpkg", "com"),
        ("cdn", "jsdelivr", "net"),
        ("fonts", "googleapis", "com"),
    )
]
PRIVATE = [
    "/" + "work/",
    "/" + "work" + "/main",
    "." + "library",
    "/" + "opt/wheels",
    "/".join(["", "tmp", "cvpg"]),
]
NEIGHBOUR = "../" + "shared"
LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 500, 800, 60
# A file or function longer than that needs a reason here.
LONGER_WITH_REASON: dict[str, str] = {}


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in files():
        if path.stat().st_size > 3_000_000 or "vendor" in path.parts:
            continue  # other people's files, kept as they came with their licence
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_there_is_a_tree_to_look_at() -> None:
    assert len(texts()) > 100


@pytest.mark.parametrize("forbidden", REGISTRIES + PRIVATE)
def test_no_file_names_a_registry_or_a_private_path(forbidden: str) -> None:
    pattern = re.compile(
        rf"(?<![\w./-]){re.escape(forbidden)}" if forbidden.startswith("/") else re.escape(forbidden)
    )
    assert not [str(path.relative_to(ROOT)) for path, text in texts() if pattern.search(text)]


def test_only_tests_and_benchmarks_name_the_neighbouring_data() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path, text in texts()
        if NEIGHBOUR in text and not is_test(path) and "benchmarks" not in path.relative_to(ROOT).parts
    ]
    assert not found


def test_pins_carry_hashes() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][^\s=]*==", text, flags=re.MULTILINE | re.IGNORECASE)
        assert pins and text.count("--hash=sha256:") >= len(pins), path.name


def test_no_file_is_too_long() -> None:
    found = {}
    for path in python_files():
        relative = path.relative_to(ROOT)
        if "migrations" in relative.parts or str(relative) in LONGER_WITH_REASON:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > (LONGEST_TEST if is_test(path) else LONGEST_FILE):
            found[str(relative)] = lines
    assert not found


def test_no_function_is_too_long() -> None:
    found = {}
    for path in python_files():
        relative = path.relative_to(ROOT)
        if is_test(path) or "migrations" in relative.parts or relative.parts[0] == "benchmarks":
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{relative}:{node.name}"
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION and name not in LONGER_WITH_REASON:
                    found[name] = lines
    assert not found


def test_every_area_is_furnished_under_the_rules() -> None:
    """A new area must be added to the room contract of .importlinter, or nothing would order its inside."""
    rules = (ROOT / ".importlinter").read_text(encoding="utf-8")
    areas = {
        path.name
        for path in (ROOT / "src" / "congvu").iterdir()
        if (path / "models.py").exists() or (path / "models").is_dir()
    }
    for name in areas - {"foundation"}:
        assert f"    congvu.{name}\n" in rules, name


def test_no_signals_and_no_utils() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.stem in ("utils", "helpers", "signals", "misc")
    ]
    assert not found


def test_test_files_are_collected() -> None:
    """A test in a folder without `__init__.py` may shadow another of the same name."""
    bare = {
        path.parent
        for path in python_files()
        if path.name.startswith("test_") and not (path.parent / "__init__.py").exists()
    }
    assert not bare

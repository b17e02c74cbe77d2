"""What we carry from others is what we say it is, with its licence beside it, and asks nothing from elsewhere."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]
FOLDERS = (
    ROOT / "src" / "congvu" / "foundation" / "ui" / "static" / "vendor",
    ROOT / "tests" / "browser" / "vendor",
)
STYLES = sorted((ROOT / "src" / "congvu" / "foundation" / "ui" / "static").rglob("*.css"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_manifest_lists_every_file_with_its_hash_and_licence(folder: Path) -> None:
    listed = {
        entry["file"]: entry for entry in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    }
    present = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }
    assert {name: entry["sha256"] for name, entry in listed.items()} == present
    assert all(entry["licence"] and entry["source"].startswith("https://") for entry in listed.values())
    licensed = {entry["name"] for entry in listed.values() if entry["what"] == "licence"}
    assert licensed == {entry["name"] for entry in listed.values()}


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_ask_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", text)
    for target in re.findall(r"url\(\s*['\"]?(\.\.?/[^'\")]+)", text):
        assert (path.parent / target).is_file(), target


def test_colours_are_written_in_the_tokens_only() -> None:
    print_part = re.compile(r"@media print\s*\{(?:[^{}]|\{[^{}]*\})*\}")  # paper is black and white
    for name in ("components.css", "shell.css"):
        text = next(path for path in STYLES if path.name == name).read_text(encoding="utf-8")
        found = [c for c in re.findall(r"#[0-9a-fA-F]{3,8}\b", print_part.sub("", text)) if c != "#fff"]
        assert found == [], name

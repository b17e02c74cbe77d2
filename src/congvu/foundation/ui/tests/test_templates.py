"""House rules that every template of every area keeps, because the content security policy would drop the rest."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(SOURCE.rglob("*.html"))
RULES = {
    "a style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.I),
    "an inline handler": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "a colour": re.compile(r"(?:fill|stroke|color)\s*[=:]\s*[\"']?#[0-9a-f]{3}", re.I),
    "something from elsewhere": re.compile(
        r"(?:src|href)\s*=\s*[\"']https?://(?!www\.w3\.org)[^\"']+\.(?:js|css|woff2?)", re.I
    ),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_template_keeps_the_house_rules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name, rule in RULES.items() if rule.search(text)] == []


def test_there_are_templates_to_check() -> None:
    assert len(TEMPLATES) > 15

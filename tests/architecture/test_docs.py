"""Documents that would lie if nobody looked: settings, links, commands, names without a word in the glossary."""

import ast
import re
from pathlib import Path

import pytest

from congvu.config.cli.main import COMMANDS
from tests.architecture.tree import ROOT, files, is_test, parsed

DOCS = sorted(path for path in files() if path.suffix == ".md")
SETTINGS = ROOT / "docs" / "operate" / "settings.md"
GLOSSARY = ROOT / "docs" / "glossary.md"


def settings_in_code() -> set[str]:
    """Every CONGVU_… name the program mentions."""
    sources = [ROOT / "congvu", *(path for path in files() if path.suffix == ".py" and not is_test(path))]
    names = set()
    for path in sources:
        relative = path.relative_to(ROOT)
        if relative.parts[0] in ("src", "congvu"):
            names |= set(re.findall(r"\bCONGVU_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    return names - {
        "CONGVU_UPLOAD_LIMIT",
        "CONGVU_SIGNING",
        "CONGVU_OUTBOX",
        "CONGVU_FACTS",
    }  # Django settings, not read from the environment


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    told = set(
        re.findall(r"^\| `(CONGVU_[A-Z_]+)`", SETTINGS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert told == settings_in_code()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_our_pages_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)\s#]+)", text) if not re.match(r"[a-z]+:", target)]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_commands_named_in_the_documents_exist() -> None:
    known = {*COMMANDS, "test", "lint", "lock"}
    for path in DOCS:
        for name in re.findall(r"\./congvu ([a-z0-9]+)", path.read_text(encoding="utf-8")):
            assert name in known, f"{path.relative_to(ROOT)}: ./congvu {name}"


def is_verb(node: ast.stmt, name: str) -> bool:
    """A function named like its file that is told who acts and when."""
    told = isinstance(node, ast.FunctionDef) and node.name == name
    return told and {"by", "at"} <= {argument.arg for argument in node.args.kwonlyargs}  # type: ignore[attr-defined]


def test_every_table_and_every_verb_is_in_the_glossary() -> None:
    """A name a newcomer meets must be explained: models and action files of the domain rooms."""
    from django.apps import apps

    told = set(
        re.findall(r"^\| [^|]+ \| `([^`]+)`", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("congvu.") and ".foundation." not in model.__module__
    }
    verbs = {
        path.stem
        for path in (ROOT / "src" / "congvu").glob("*/actions/*.py")
        if any(is_verb(node, path.stem) for node in parsed(path).body)
    }
    assert not sorted(models - told), "add these tables to docs/glossary.md"
    assert not sorted(verbs - told), "add these verbs to docs/glossary.md"

"""The glossary is true: each code word stands in the file it names."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(
    r"^\| ([^|]+) \| `([^`]+)` \| [^|]+ \| `([^`]+)` \|$", (ROOT / "docs/glossary.md").read_text(), re.M
)


def test_the_glossary_is_read() -> None:
    assert len(ROWS) > 30


@pytest.mark.parametrize(("term", "word", "file"), ROWS)
def test_each_word_stands_where_the_glossary_says(term: str, word: str, file: str) -> None:
    text = (ROOT / "src/congvu" / file).read_text()
    assert re.search(rf"\b{re.escape(word)}\b", text), f"{term}: no {word} in {file}"


def test_every_verb_of_a_dossier_is_in_the_glossary() -> None:
    shared = {
        "beside",
        "deciding",
        "door",
        "dossier_set",
        "envelope_rows",
        "holding",
        "intake",
        "ledger",
        "money",
        "move_units",
        "now",
        "one_dossier",
        "outcome",
        "steps",
        "tie",
        "version_plan",
        "version_rows",
    }
    verbs = {path.stem for path in (ROOT / "src/congvu/dossiers/actions").glob("[a-z]*.py")} - shared
    named = {Path(file).stem for _, _, file in ROWS if file.startswith("dossiers/actions/")}
    variants = {
        "receive_registered",
        "register_online",
        "attach",
        "collect_fee",
        "keep_draft",
        "historical",
        "import_cases",
    }
    assert verbs <= named | variants

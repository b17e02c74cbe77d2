"""Every benchmark runs at a tiny size and prints one whole document. Nothing here looks at a time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from congvu.config.cli.bench import FOLDER, benchmarks, options_of
from congvu.config.cli.output import BadInput

ROOT = Path(__file__).parents[2]
TINY = {
    "terms": {"rounds": 1, "terms": 2000, "single": 50},
    "lifecycle": {"rounds": 1, "single": 1, "sets": 500, "peers": 0},
    "import_cases": {"cases": 300},
    "worklist": {"rounds": 1, "small": 200, "large": 300},
    "form06": {"rounds": 1, "dossiers": 300},
    "export_ocel": {"dossiers": 300},
    "recompute": {"rounds": 1, "dossiers": 300},
    "parallel": {"rounds": 1, "single": 1, "sets": 500, "peers": 0},
    "ledger": {"rounds": 1, "old": 60, "new": 20},
    "tree": {"rounds": 1, "old": 60, "new": 20},
    "reorganise": {"dossiers": 2000},
    "figures_bulk": {"rounds": 1, "dossiers": 300, "times": 2},
    "dashboard": {"rounds": 1, "dossiers": 300},
    "held_equal": {"dossiers": 300, "spark": 0},
    "rollup": {"rounds": 1, "small": 200, "large": 300, "events": 40},
    "report": {"rounds": 1, "figures": 12, "times": 1},
    "slips": {"rounds": 1, "single": 2, "job": 3, "signatures": 1},
}


def bench(*words: str) -> tuple[int, dict]:
    done = subprocess.run(
        [sys.executable, "-m", "congvu", "bench", *words],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_each_benchmark_of_the_folder_is_tried_here() -> None:
    assert set(benchmarks(FOLDER)) == set(TINY)
    assert all(benchmarks(FOLDER).values())


@pytest.mark.slow
@pytest.mark.parametrize("name", TINY)
def test_a_benchmark_prints_one_document_and_its_exit_code_says_whether_what_is_wanted_holds(
    name: str,
) -> None:
    code, document = bench(name, "--json", *(w for k, n in TINY[name].items() for w in ("--set", f"{k}={n}")))
    assert document["bench"] == name
    assert code == (0 if document["ok"] else 1)
    assert document["ok"] == all(one["holds"] is not False for one in document["wanted"])


@pytest.mark.slow
def test_a_recomputing_of_the_flood_moves_what_the_preview_said() -> None:
    """The benchmark itself refuses when preview, moving there and moving back differ; here, that something moved."""
    _, document = bench("recompute", "--json", "--rounds", "1", "--set", "dossiers=300")
    assert 0 < document["moves_many"]["dossiers_moved"] <= document["moves_many"]["clocks_asked"]
    assert document["moves_none"]["dossiers_moved"] == 0


def test_without_a_name_the_benchmarks_are_listed() -> None:
    code, document = bench("--json")
    assert code == 0
    assert set(document["benchmarks"]) == set(TINY)


@pytest.mark.parametrize(
    "words", [["khong-co"], ["terms", "--set", "gio=3"], ["terms", "--set", "terms=nhieu"]]
)
def test_a_wrong_name_or_size_is_bad_usage_in_words(words: list[str]) -> None:
    code, document = bench(*words, "--json")
    assert code == 2
    assert document["error"]["what"]


def test_sizes_are_those_the_benchmark_takes() -> None:
    def run(*, rounds: int = 3, cases: int = 10) -> dict:
        return {"rounds": rounds, "cases": cases}

    assert options_of(run, ["cases=7"], 2) == {"cases": 7, "rounds": 2}
    with pytest.raises(BadInput):
        options_of(run, ["-1"], None)

"""`congvu facts` and `congvu figure --engine`: what an operator types, and what comes back."""

import json
import random
from pathlib import Path

import pytest
from django.conf import LazySettings

from congvu.config.cli.main import main
from congvu.indicators.models import DossierFact
from congvu.indicators.tests.make import Ground
from congvu.indicators.tests.test_form06_any_history import a_life


@pytest.fixture(autouse=True)
def _ground(settings: LazySettings, tmp_path: Path, db: None) -> None:
    settings.CONGVU_FACTS = tmp_path
    Ground().write([a_life(random.Random(n).choice) for n in range(30)])


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    code = main([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_facts_are_kept_verified_exported_and_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    code, kept = told(capsys, "facts", "keep")
    assert code == 0 and kept["whole"] and kept["facts"] == DossierFact.objects.count() > 20
    code, checked = told(capsys, "facts", "verify", "--count", "500")
    assert (code, checked["drift"], checked["file_sound"]) == (0, 0, True) and checked["checked"] > 20
    code, file = told(capsys, "facts", "export")
    assert code == 0 and Path(file["file"]).is_file() and file["rows"] == kept["facts"]
    code, gone = told(capsys, "facts", "forget")
    assert (code, gone["filled"], DossierFact.objects.count()) == (0, False, 0)


def test_drift_is_exit_code_one_and_names_the_dossier(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "facts", "keep")
    one = DossierFact.objects.order_by("dossier_id").first()
    assert one is not None
    DossierFact.objects.filter(dossier_id=one.dossier_id).update(channel=9)
    code, checked = told(capsys, "facts", "verify", "--count", "500")
    assert (code, checked["dossiers"]) == (1, [one.dossier_id])
    assert main(["facts", "verify", "--count", "500"]) == 1
    assert "1 hồ sơ lệch" in capsys.readouterr().out


def test_a_figure_by_duckdb_is_the_figure_live_with_every_row(
    capsys: pytest.CaptureFixture[str], frozen_clock: object
) -> None:
    asked = ("figure", "ho-so.dung-han", "--from", "2026-10-01", "--to", "2026-10-31", "--by", "unit")
    _, live = told(capsys, *asked)
    code, bulk = told(capsys, *asked, "--engine", "duckdb")
    assert code == 0
    assert {**bulk, "engine": ""} == {**live, "engine": ""}
    assert len(live["rows"]) > 1 and live["denominator"] > 0
    assert {"numerator", "denominator", "value", "flag", "records"} <= set(bulk)


def test_an_engine_there_is_not_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, no = told(
        capsys, "figure", "ho-so.dung-han", "--from", "2026-10-01", "--to", "2026-10-31", "--engine", "excel"
    )
    assert code == 2 and "excel" in no["error"]["what"]

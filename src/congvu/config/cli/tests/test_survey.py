"""`congvu survey`: lists, results with what is hidden, a table of sheets answered row by row."""

import json
from pathlib import Path
from typing import Any

import pytest

from congvu.config.cli import main as cli
from congvu.dossiers.tests.make import a_place
from congvu.foundation.identity.actor import SYSTEM
from congvu.surveys.actions.campaigns import close_campaign
from congvu.surveys.queries.campaigns import content
from congvu.surveys.tests.make import NOW, a_campaign, answered
from congvu.surveys.web.sheet_file import template

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = cli.main(["survey", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_results_are_printed_with_what_is_hidden(
    frozen_clock: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = a_place()
    campaign = a_campaign()
    answered(campaign, place.centre, [(5, 4, 5)] * 35)
    answered(campaign, place.police, [(1, 1, 1)] * 3)
    assert told(capsys, "results", campaign.code)[0] == 1
    sheet = tmp_path / "mau.xlsx"
    sheet.write_bytes(template(campaign, content(campaign)).read())
    code, answer = told(capsys, "import", campaign.code, str(sheet), "--dry-run")
    assert code == 1 and "Bảng trống" in answer["error"]["what"]
    close_campaign(campaign.pk, by=SYSTEM, at=NOW)
    code, answer = told(capsys, "list")
    assert code == 0 and [one["code"] for one in answer["surveys"]] == [campaign.code]
    code, answer = told(capsys, "results", campaign.code, "--formula", "mean")
    assert code == 0 and answer["formula_evidence"] == "MEM"
    assert [one["overall"]["hidden"] for one in answer["units"]] == [True, True]
    assert answer["all"]["overall"]["n"] == 38 and answer["all"]["overall"]["value"]

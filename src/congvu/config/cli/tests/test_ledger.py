"""`congvu ledger`: the figures by pool, exact and rounded; how wrong words are answered."""

import json
from datetime import date

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.organisation.tests.make import a_unit
from congvu.staffing.rules.kinds import CAT_GIAM, VIEN_CHUC_NSNN
from congvu.staffing.tests.make import a_decision, a_line


@pytest.fixture(autouse=True)
def _ready(monkeypatch):
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)


def ask(capsys, *words):
    code = main(["ledger", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.django_db
def test_the_cut_of_2015_to_2021_is_10_01_per_cent_and_11_98(capsys):
    unit = a_unit("H99", "Toàn quốc", kind="UBND", since=date(2015, 1, 1))
    a_decision(
        a_line(unit, 274_848), a_line(unit, 2_025_877, pool=VIEN_CHUC_NSNN), number="1/QĐ", effective=date(2015, 1, 1)
    )  # fmt: skip
    a_decision(
        a_line(unit, 27_504, CAT_GIAM), a_line(unit, 242_703, CAT_GIAM, VIEN_CHUC_NSNN), number="2/QĐ",
        effective=date(2021, 1, 1),
    )  # fmt: skip
    code, out, _ = ask(capsys, "--at", "2021-12-31", "--base", "2015", "--json")
    told = json.loads(out)
    civil, employees = told["pools"]["cong_chuc"], told["pools"]["vien_chuc_nsnn"]
    assert code == 0
    assert (civil["base"], civil["balance"], civil["change"]) == (274_848, 247_344, -27_504)
    assert (civil["change_percent"], civil["change_percent_exact"]) == (-10.01, "-2750400/274848")
    assert (employees["change"], employees["change_percent"]) == (-242_703, -11.98)
    assert told["pools"]["hoi"]["change_percent"] is None
    code, out, _ = ask(capsys, "--at", "31/12/2021")
    assert code == 0
    assert "-10,01" in out


@pytest.mark.parametrize(
    "words",
    [(), ("--at", "x"), ("--at", "2026-11-20", "--base", "2027"), ("--at", "2026-11-20", "--base", "hai")],
)
def test_words_that_cannot_be_used_are_answered_with_2(capsys, words):
    code, out, err = ask(capsys, *words, "--json")
    assert code == 2
    assert json.loads(out)["error"]["what"]
    assert err

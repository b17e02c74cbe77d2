"""`congvu form06`: the document of the ten dossiers, and how wrong days are answered."""

import json

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.dossiers.tests.make import a_place
from congvu.foundation import clock
from congvu.indicators.tests.make import moment
from congvu.indicators.tests.test_form06_ten_dossiers import EXPECTED, LATER, Ten


@pytest.fixture(autouse=True)
def _ready(monkeypatch):
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)


def ask(capsys, *words):
    code = main(["form06", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["tier", "field", "unit"])
def test_the_ten_dossiers_as_a_document(capsys, by):
    ten = Ten(a_place())
    ten.go_on()
    with clock.frozen(moment(LATER)):
        code, out, _ = ask(capsys, "--from", "2026-10-01", "--to", "31/10/2026", "--by", by, "--json")
    told = json.loads(out)
    assert code == 0
    assert tuple(told["total"].values()) == EXPECTED
    assert [sum(row[f"c{n}"] for row in told["rows"]) for n in range(3, 14)] == list(EXPECTED)
    assert told["identities"] == [
        {"name": name, "holds": True}
        for name in (
            "(3) = (4) + (5) + (6)",
            "(7) = (8) + (9) + (10)",
            "(11) = (12) + (13)",
            "(3) = (7) + (11)",
        )
    ]
    assert (told["on_time"]["numerator"], told["on_time"]["denominator"]) == (4, 5)
    assert (told["from"], told["to"], told["as_of"], told["by"]) == (
        "2026-10-01",
        "2026-10-31",
        "2026-10-31",
        by,
    )
    keys = {"tier": ["TINH"], "field": ["NOI_VU"], "unit": ["H99.08"]}
    assert [row["key"] for row in told["rows"]] == keys[by]


@pytest.mark.django_db
def test_the_table_for_people(capsys):
    Ten(a_place())
    code, out, err = ask(capsys, "--from", "2026-10-01", "--to", "2026-10-31", "--as-of", "2026-12-01")
    assert code == 0
    assert "Tổng cộng        9        3        4        2        5        1        3        1        4" in out
    assert "4/5 = 80,0%" in err and "4/9 = 44,4%" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "2026-10-31"], "--from: Chưa ghi ngày."),
        (["--from", "2026-13-01", "--to", "2026-10-31"], "--from: Không có ngày «2026-13-01» trong lịch."),
        (["--from", "31/02/2026", "--to", "2026-10-31"], "Không có ngày «31/02/2026»"),
        (["--from", "hôm qua", "--to", "2026-10-31"], "--from: Không đọc được ngày «hôm qua»."),
        (
            ["--from", "2026-11-01", "--to", "2026-10-31"],
            "Ngày bắt đầu 01/11/2026 sau ngày kết thúc 31/10/2026.",
        ),
        (["--from", "0001-01-01", "--to", "2026-10-31"], "nằm ngoài các năm 1900–2199"),
        (["--from", "2026-10-01", "--to", "2026-10-31", "--as-of", "2026-09-30"], "Ngày chốt 30/09/2026"),
        (
            ["--from", "2026-10-01", "--to", "2026-10-31", "--by", "month"],
            "--by: Không chia dòng theo «month» được.",
        ),
    ],
)
def test_wrong_words_are_answered_with_exit_code_2(capsys, words, said):
    code, out, err = ask(capsys, *words, "--json")
    assert code == 2
    assert said in json.loads(out)["error"]["what"]
    assert said in err


@pytest.mark.django_db
def test_a_map_without_units_and_a_day_that_is_none_are_refused_and_a_map_is_told(capsys):
    ten = Ten(a_place())
    ten.go_on()
    october = ("--from", "2026-10-01", "--to", "31/10/2026")
    for words in (("--map", "2026-11-01"), ("--map", "2026-13-01", "--by", "unit")):
        code, out, told = ask(capsys, *october, *words)
        assert (code, out) == (2, "") and "--map" in told
    with clock.frozen(moment(LATER)):
        code, out, _ = ask(capsys, *october, "--by", "unit", "--map", "2026-11-01", "--json")
    told = json.loads(out)
    assert (code, told["map"], told["allocation"]) == (0, "2026-11-01", [])
    assert tuple(told["total"].values()) == EXPECTED

"""`congvu import reorganisation`: the real sheet of Lạng Sơn, and words that cannot be used."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.foundation import clock
from congvu.organisation import queries
from congvu.organisation.rules.kinds import HUYEN, TINH, XA
from congvu.organisation.rules.lists import read_listing
from congvu.organisation.tests.make import a_unit

SHARED = Path(__file__).resolve().parents[6] / "shared" / "data" / "administrative_units"
REAL = SHARED / "lang_son_old_to_new.csv"
real = pytest.mark.skipif(not REAL.exists(), reason="the sheet of Lạng Sơn is not beside the checkout")


@pytest.fixture(autouse=True)
def _ready(monkeypatch: Any) -> None:
    """The test database stands already."""
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)


def told(capsys: Any, *words: str) -> tuple[int, Any]:
    code = main(["import", "reorganisation", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def lang_son() -> None:
    """A unit for every old commune of the sheet under its district."""
    root = a_unit("H37", "UBND tỉnh Lạng Sơn", kind="UBND", tier=TINH)
    districts: dict[str, Any] = {}
    for line in {one.old_code: one for one in read_listing(REAL.read_bytes(), "bảng").went}.values():
        if line.district not in districts:
            code = f"H37.D{len(districts) + 1}"
            districts[line.district] = a_unit(code, f"UBND {line.district}", root, "HUYEN", tier=HUYEN)
        above = districts[line.district]
        a_unit(f"{above.code}.{line.old_code}", f"UBND {line.old_name}", above, "XA", tier=XA)


@real
@pytest.mark.django_db
def test_a_dry_run_on_an_empty_organisation_tells_the_sheet_and_asks_for_every_unit(capsys: Any) -> None:
    code, found = told(capsys, str(REAL), "--dry-run")
    assert (code, found["read"], found["old"], found["new"], found["divided"]) == (1, 197, 194, 65, 3)
    assert Counter(one["kind"] for one in found["questions"]) == {"unknown": 194, "divided": 3}
    assert (found["rejected"], found["units_found"], found["done"]) == ([], 0, None)


@real
@pytest.mark.django_db
def test_the_real_sheet_is_applied_once_its_three_questions_are_answered(capsys: Any, tmp_path: Path) -> None:
    lang_son()
    with clock.frozen(datetime(2025, 6, 20, 9, tzinfo=clock.LEGAL_ZONE)):
        code, asked = told(capsys, str(REAL), "--dry-run")
    assert (code, asked["units_found"]) == (1, 194)
    assert {(one["kind"], len(one["choices"])) for one in asked["questions"]} == {("divided", 2)}
    assert len(asked["questions"]) == 3
    lines = [f"{one['code']},{to['code']}," for one in asked["questions"] for to in one["choices"]]
    answers = tmp_path / "tra-loi.csv"
    answers.write_text("\n".join(["wardCode,newWardCode,share", *lines]), encoding="utf-8")
    words = (str(REAL), "--answers", str(answers), "--decision", "1672/NQ-UBTVQH15")
    code, done = told(capsys, *words)
    assert (code, done["done"]["divided"], done["done"]["districts_left"]) == (0, 3, [])
    assert done["done"]["made"] + done["done"]["kept"] == 65
    day = date(2025, 7, 1)
    assert sum(node.tier == XA for node in queries.tree(day)) == 65
    assert not any(node.tier == HUYEN for node in queries.tree(day))
    old = [node.unit_id for node in queries.tree(date(2025, 6, 30)) if node.tier == XA]
    assert len(old) == 194 and all(queries.successors(unit, day) for unit in old)
    code, again = told(capsys, *words)
    assert code == 1 and "đã cấp" in again["error"]["what"], "a second time refuses and changes nothing"


@pytest.mark.parametrize(
    ("content", "words", "what"),
    [
        (None, ["--dry-run"], "Không có tệp này"),
        (b"", ["--dry-run"], "Tệp rỗng"),
        (b"a,b\n1,2\n", ["--dry-run"], ""),
        (b"wardCode,ward,newWardCode,newWard,isDividedWard\n", [], "Thiếu số nghị quyết"),
    ],
)
@pytest.mark.django_db
def test_a_sheet_that_cannot_be_taken_is_bad_usage(
    capsys: Any, tmp_path: Path, content: bytes | None, words: list[str], what: str
) -> None:
    sheet = tmp_path / "bang.csv"
    if content is not None:
        sheet.write_bytes(content)
    code, found = told(capsys, str(sheet), *words)
    assert code == 2 and what in found["error"]["what"]

"""The ledger of a day on the map of another: exact shares, the same totals, and the units each number came from."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.models import Unit
from congvu.organisation.queries import picture
from congvu.organisation.rules.changes import NewUnit
from congvu.people.tests.make import a_person
from congvu.staffing.queries.table import table
from congvu.staffing.rules.kinds import CONG_CHUC
from congvu.staffing.tests.make import AT, a_decision, a_line
from congvu.staffing.tests.test_screens import text_of, works  # noqa: F401 the fixture

pytestmark = pytest.mark.django_db
THEN, NOW = date(2024, 12, 31), date(2026, 11, 20)
SAID: dict[str, Any] = {
    "effective": date(2025, 3, 1),
    "decision": Decision("9/NQ-HĐND"),
    "by": SYSTEM,
    "at": AT,
}


@pytest.fixture
def arranged(actors: Any, works: Any) -> dict[str, int]:  # noqa: F811
    """In 2025 construction is divided, one third to a new department, and ethnic affairs goes into home affairs."""
    a_person(works, "Trần Văn Xây")
    new = NewUnit("H98.40", "Sở Quy hoạch", "SO", "TINH", actors.province.pk)
    other = NewUnit("H98.41", "Sở Xây lắp", "SO", "TINH", actors.province.pk)
    parts = [Receiver(new, Fraction(1, 3)), Receiver(other, Fraction(2, 3))]
    split(works.pk, parts, ceases=True, under={}, heir=1, **SAID)
    merge([Unit.objects.get(code="H98.09").pk], actors.home.pk, **SAID)
    a_decision(a_line(Unit.objects.get(code="H98.40"), 1), number="8/QĐ-UBND", effective=date(2026, 1, 1))
    return dict(Unit.objects.values_list("code", "id"))


def test_an_earlier_day_on_a_later_map_divides_by_the_decision_and_keeps_the_totals(arranged: Any) -> None:
    known = picture()
    plain = table(THEN, date(2015, 12, 31), known, None)
    laid = table(THEN, date(2015, 12, 31), known, None, map_on=NOW)
    assert laid.totals == plain.totals
    planning, building = (laid.own[arranged[code]][CONG_CHUC] for code in ("H98.40", "H98.41"))
    assert (planning.balance, building.balance) == (Fraction(44, 3), Fraction(88, 3))
    assert planning.base + building.base == 50 and planning.present + building.present == 1
    home = laid.own[arranged["H98.08"]][CONG_CHUC]
    assert (home.base, home.balance) == (20, 50)
    assert {one.unit_id for one in laid.origins[arranged["H98.08"]]} == {
        arranged["H98.08"],
        arranged["H98.09"],
    }


def test_a_later_day_on_an_earlier_map_keeps_the_totals_and_guesses_nothing(arranged: Any) -> None:
    known = picture()
    plain, laid = (
        table(NOW, date(2015, 12, 31), known, None),
        table(NOW, date(2015, 12, 31), known, None, map_on=THEN),
    )
    assert laid.totals == plain.totals
    assert arranged["H98.40"] not in {row.node.unit_id for row in laid.rows}


def test_the_page_switches_says_where_numbers_came_from_and_gives_the_sheet(
    visit: Callable[[Any], Any], actors: Any, arranged: Any
) -> None:
    client = visit(actors.personnel)
    asked = "/bien-che/?ngay=31/12/2024&nhom=cong_chuc&ban-do=20/11/2026"
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(asked)
    page = text_of(answer)
    assert len(captured) <= 8
    assert "xếp theo đơn vị của ngày 20/11/2026" in page
    assert "gồm Sở Xây dựng (1/3)" in page and "14,67" in page
    assert "Không đọc được ngày của bản đồ" in text_of(client.get("/bien-che/?ban-do=hom-nay"))
    assert "Sở Xây dựng" in text_of(client.get("/bien-che/?ban-do=31/12/2024"))
    link = next(href for href in answer.content.decode().split(chr(34)) if "/bien-che/tai-ve/" in href)
    book = openpyxl.load_workbook(BytesIO(client.get(link.replace("&amp;", "&")).getvalue()))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert any("bản đồ đơn vị ngày 20/11/2026" in str(row[0]) for row in rows)
    assert any(row[0] == "H98.40" and abs(row[3] - 44 / 3) < 0.01 for row in rows)
    mine = text_of(visit(actors.leader).get(asked))
    assert "Sở Quy hoạch" not in mine

"""The charts of reports: on time by month, staffing, ranks and areas of an index; each with its table, kept with the version."""

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from congvu.foundation.clock import LEGAL_ZONE
from congvu.indices.models import Round
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.tests.make import a_set
from congvu.reports.actions.move_report import reopen_report
from congvu.reports.tests.make import NOW, Office, a_report, an_office, approved, october

pytestmark = pytest.mark.django_db
RANKS, AREAS = "{{bieu-do:chi-so}}", "{{bieu-do:chi-so-linh-vuc}}"


@pytest.fixture
def office(make_person: Any, frozen_clock: Any) -> Office:
    made = an_office(make_person)
    made.ground.write(october())
    return made


def a_published_round(year: int, ends: int = 0) -> Round:
    """Two departments; the first got everything, the second half of everything."""
    of = a_set(edition=str(year))
    areas = [node.code for node in nodes_of(criteria_of([of.pk])[of.pk]) if not node.depth]

    def sheet(code: str, name: str, rank: int, value: str, points: str) -> dict[str, Any]:
        lines = [[area, points, "10"] for area in areas]
        return {"code": code, "name": name, "rank": rank, "value": value, "lines": lines}

    content = {
        "sheets": [
            sheet("H99.08", "Sở Nội vụ", 1, "100,00", "10"),
            sheet("H99.09", "Sở Y tế", 2, "50,00", "5"),
        ]
    }
    return Round.objects.create(
        set=of, name=f"năm {year}", first=date(ends or year, 10, 1), last=date(ends or year, 10, 31), opened_by="x",
        opened_at=datetime(ends or year, 11, 1, tzinfo=LEGAL_ZONE), published_at=datetime(ends or year, 11, 2, tzinfo=LEGAL_ZONE),
        published_by="x", content=json.dumps(content), sha256="0" * 64,
    )  # fmt: skip


def test_on_time_by_month_tells_both_numbers(office: Office) -> None:
    made = a_report(office, "{{bieu-do:dung-han}}")
    assert made.charts["dung-han"]["rows"] == [["10", 2, 3]]


def test_ranks_and_areas_are_those_last_published_within_the_period(office: Office) -> None:
    a_published_round(2026)
    made = a_report(office, f"{RANKS}\n{AREAS}")
    assert [row[:2] for row in made.charts["chi-so"]["rows"]] == [
        ["1. Sở Nội vụ", "100.00"],
        ["2. Sở Y tế", "50.00"],
    ]
    assert {row[1] for row in made.charts["chi-so-linh-vuc"]["rows"]} == {"15"}
    assert {row[2] for row in made.charts["chi-so-linh-vuc"]["rows"]} == {"20"}


def test_the_year_before_stands_beside_in_the_radar(office: Office, visit: Any) -> None:
    a_published_round(2025)
    a_published_round(2026)
    made = a_report(office, AREAS)
    assert set(map(tuple, made.charts["chi-so-linh-vuc"]["before"].values())) == {("15", "20")}
    shown = visit(office.writer).get(f"/bao-cao/{made.report_id}/").content.decode()
    assert shown.count('<td class="n">75,0</td>') == 4  # two areas, this year and the one before


def test_a_period_without_a_published_index_says_so(office: Office, visit: Any) -> None:
    made = a_report(office, f"{RANKS}\n{AREAS}")
    shown = visit(office.writer).get(f"/bao-cao/{made.report_id}/").content.decode()
    assert "Chưa có chỉ số nào công bố" in shown


def test_each_chart_stands_with_its_table_on_the_screen_in_the_pdf_and_in_the_word_file(
    office: Office, visit: Any
) -> None:
    a_published_round(2026)
    made = approved(office, "{{bieu-do:dung-han}}\n{{bieu-do:bien-che}}\n" + f"{RANKS}\n{AREAS}")
    client = visit(office.head)
    shown = client.get(f"/bao-cao/{made.report_id}/").content.decode()
    assert "1. Sở Nội vụ" in shown
    pdf = PdfReader(BytesIO(client.get(f"/bao-cao/{made.report_id}/pdf/").getvalue()))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "1. Sở Nội vụ" in text
    assert "Giải quyết đúng hạn theo tháng" in text
    document = Document(BytesIO(client.get(f"/bao-cao/{made.report_id}/docx/").getvalue()))
    cells = [
        table.rows[1].cells[0].text
        for table in document.tables[1:]
        if len(table.columns) == 4 and len(table.rows) > 1
    ]
    assert "1. Sở Nội vụ" in cells
    assert "10" in cells


def test_a_chart_once_approved_stays_whatever_is_published_later(office: Office) -> None:
    a_published_round(2026)
    made = approved(office, RANKS)
    kept = dict(made.charts)
    a_published_round(2027, ends=2026)
    second = reopen_report(made.pk, "Chỉ số mới", by=office.writer.actor, at=NOW)
    made.refresh_from_db()
    assert made.charts == kept
    assert second.charts["chi-so"]["under"] != kept["chi-so"]["under"]

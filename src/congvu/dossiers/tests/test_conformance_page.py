"""The page of conformance: its numbers open their dossiers, through the reader's sight; event logs to take away."""

import json
import re
from typing import Any

import pytest

from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.test_conformance_counts import many  # noqa: F401
from congvu.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
URL = "/tuan-thu-quy-trinh/"
PERIOD = "tu=01/11/2026&den=20/11/2026"


def numbers(html: str) -> list[str]:
    table = re.search(r"<tfoot>.*?</tfoot>", html, re.S)
    assert table is not None
    return re.findall(r">(\d+)<", table[0])


def test_the_counts_open_their_dossiers(office: Office, many: dict[str, int], counting: Any) -> None:  # noqa: F811
    client = office.enter(office.place.auditor)
    client.get(f"{URL}?{PERIOD}")
    with counting(8):
        html = client.get(f"{URL}?{PERIOD}").content.decode()
    assert numbers(html) == ["5", "2", "1", "0", "1", "1"]
    links = re.findall(r'href="(/tuan-thu-quy-trinh/\?[^"]*mo=[^"]*)"', html)
    assert len(links) == 10, "every number but zero, of the row and of the whole"
    for link in links:
        with counting(8):
            opened = client.get(link.replace("&amp;", "&").split("#")[0]).content.decode()
        count = re.search(r'id="ban-ghi">[^:]*: <span class="num">(\d+)', opened)
        assert count is not None
        assert opened.count("<tr data-row>") == int(count[1]) > 0


def test_those_without_a_process_are_said_and_open(
    office: Office,
    many: dict[str, int],  # noqa: F811
    counting: Any,
) -> None:
    Dossier.objects.filter(pk=many["late"]).update(process=None)
    client = office.enter(office.place.auditor)
    html = client.get(f"{URL}?{PERIOD}").content.decode()
    link = re.search(r'href="([^"]*mo=not_compared[^"]*)"', html)
    assert link is not None and "không có quy trình để so" in html
    with counting(8):
        opened = client.get(link[1].replace("&amp;", "&").split("#")[0]).content.decode()
    assert opened.count("<tr data-row>") == 1 and "Không có quy trình để so: " in opened


@pytest.mark.parametrize("by", ["procedure", "unit", "step"])
def test_rows_by_each_grouping(office: Office, many: dict[str, int], by: str) -> None:  # noqa: F811
    html = office.enter(office.place.auditor).get(f"{URL}?{PERIOD}&theo={by}").content.decode()
    assert {"procedure": "1.012939", "unit": "Công an tỉnh", "step": "3. Góp ý"}[by] in html


def test_what_was_typed_wrong_is_said_beside_it(office: Office) -> None:
    client = office.enter(office.place.auditor)
    answer = client.get(f"{URL}?tu=32/1/2026&den=20/11/2026")
    assert answer.status_code == 422
    assert "Không đọc được ngày" in answer.content.decode()
    assert "Ngày cuối phải sau" in client.get(f"{URL}?tu=21/11/2026&den=20/11/2026").content.decode()


@pytest.mark.parametrize(
    ("form", "marks"), [("xes", "<trace>"), ("ocel-json", '"dossier"'), ("ocel-xml", "<events>")]
)
def test_the_event_log_is_taken_away_and_audited(
    office: Office,
    many: dict[str, int],  # noqa: F811
    form: str,
    marks: str,
) -> None:
    answer = office.enter(office.place.auditor).get(f"{URL}nhat-ky/?dang={form}&{PERIOD}")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert marks in text
    assert "Nguyễn Thị Hạnh" not in text
    if form == "ocel-json":
        assert sum(one["type"] == "dossier" for one in json.loads(text)["objects"]) == 5
    entry = AuditEntry.objects.get(verb="export_log")
    assert (entry.actor_id, entry.after["dossiers"]) == (office.place.auditor.account_id, 5)


def test_a_form_that_is_not_there_is_refused(office: Office) -> None:
    assert office.enter(office.place.auditor).get(f"{URL}nhat-ky/?dang=pdf").status_code in (400, 409, 422)

"""The process editor without a browser: fragments, uploads, refusals, how often it asks."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.organisation.tests.make import a_unit
from congvu.procedures.actions.set_process import draft_graph, publish_process
from congvu.procedures.models import ProcessVersion
from congvu.procedures.queries.graphs import stored_process
from congvu.procedures.rules.bpmn.read import read_bpmn
from congvu.procedures.rules.bpmn.write import write_bpmn
from congvu.procedures.rules.process.graph import Agency, Process
from congvu.procedures.tests.make import ADMIN, AT, a_published
from congvu.procedures.tests.process.make import a_return, a_step, rework

URL = "/thu-tuc/1.012939/quy-trinh/"
TYPED = {
    "ten": ["Nhận", "Làm", "Ký", "Trả"],
    "loai": ["RECEIVER", "COMPETENT", "COMPETENT", "RECEIVER"],
    "vai-tro": ["RECEIVE", "LEAD", "SIGN", "RETURN"],
    "so": ["1", "1", "1", "1"],
    "cho-buoc": ["", "", "", ""],
    "re-nhanh": ["", "", "nếu ket_luan = trả lại → làm lại 2; còn lại → 4", ""],
}
FRAGMENT = {"HTTP_HX_REQUEST": "true"}
pytestmark = pytest.mark.django_db


def sent(document: bytes, name: str = "q.bpmn") -> dict[str, Any]:
    return {"viec": "nap-bpmn", "tep": SimpleUploadedFile(name, document)}


def test_a_fragment_draws_what_is_typed_says_what_is_wrong_and_stores_nothing(
    visit: Any, actors: Any
) -> None:
    a_published()
    client = visit(actors.admin)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(URL, TYPED | {"viec": "xem"}, **FRAGMENT)
    assert len(captured) <= 8
    said = answer.content.decode()
    assert "<html" not in said and "<svg" in said and "3. Ký" in said
    assert 'href="#buoc-3"' in said and "chưa có số lần tối đa" in said
    assert not ProcessVersion.objects.exists()
    unread = client.post(
        URL, TYPED | {"viec": "xem", "cho-buoc": ["", "x", "", ""]}, **FRAGMENT
    ).content.decode()
    assert "Chưa vẽ được. Bước 2" in unread and 'class="prc"' not in unread
    mended = TYPED | {
        "re-nhanh": ["", "", "nếu ket_luan = trả lại → làm lại 2 (tối đa 2 lần); còn lại → 4", ""]
    }
    assert "Không có lỗi" in client.post(URL, mended | {"viec": "xem"}, **FRAGMENT).content.decode()
    assert "<svg" not in client.post(URL, {"viec": "xem"}, **FRAGMENT).content.decode()


def test_what_is_saved_comes_back_into_the_form_and_keys_stay(visit: Any, actors: Any) -> None:
    a_published()
    client = visit(actors.admin)
    page = client.post(URL, TYPED | {"viec": "luu"}, follow=True)
    rows = page.context["rows"]
    assert [row["name"] for row in rows] == ["Nhận", "Làm", "Ký", "Trả", "", "", ""]
    assert rows[2]["branches"] == "nếu ket_luan = trả lại → làm lại 2; còn lại → 4"
    moved = {**TYPED, "ma-buoc": [row["key"] for row in rows[:4]], "ten": ["Nhận", "Làm kỹ", "Ký", "Trả"]}
    client.post(URL, moved | {"viec": "luu"})
    graph = stored_process(ProcessVersion.objects.get().pk).graph
    assert graph.by_key["buoc-2"].name == "Làm kỹ"


def test_an_error_is_not_published_and_the_page_says_which_row(visit: Any, actors: Any) -> None:
    a_published()
    client = visit(actors.admin)
    client.post(URL, TYPED | {"viec": "luu"})
    refused = client.post(URL, {"viec": "cong-bo", "tu-ngay": "20/11/2026"})
    assert refused.status_code == 422
    assert "Bước 3: Nhánh làm lại chưa có số lần tối đa" in " ".join(refused.content.decode().split())
    assert ProcessVersion.objects.get().state == "DRAFT"


def test_a_fixed_unit_is_known_by_its_name_or_its_label_and_another_is_refused(
    visit: Any, actors: Any
) -> None:
    unit, _ = a_unit("H98.24", "Công an tỉnh"), a_published()
    client = visit(actors.admin)
    base = TYPED | {"viec": "luu", "loai": ["RECEIVER", "FIXED", "COMPETENT", "RECEIVER"]}
    for typed in ("Công an tỉnh", "\u2003Công an tỉnh (H98.24)"):
        assert client.post(URL, base | {"don-vi": ["", typed, "", ""]}).status_code == 302
        graph = stored_process(ProcessVersion.objects.get().pk).graph
        assert graph.steps[1].agency.unit_id == unit.pk
    assert client.post(URL, base | {"don-vi": ["", "Sở không có", "", ""]}).status_code == 422


def test_a_diagram_sent_becomes_the_draft_and_what_it_loses_is_listed(visit: Any, actors: Any) -> None:
    a_published()
    client = visit(actors.admin)
    assert client.post(URL, sent(write_bpmn(rework(), "x"))).status_code == 302
    assert stored_process(ProcessVersion.objects.get().pk).graph == rework()
    odd = write_bpmn(rework(), "x").replace(
        b"</bpmn:process>", b'<bpmn:textAnnotation id="g"/></bpmn:process>'
    )
    listed = client.post(URL, sent(odd)).content.decode()
    assert "Phần của sơ đồ không nhập được" in listed and "textAnnotation" in listed
    with CaptureQueriesContext(connection) as captured:
        client.get(URL)
    assert len(captured) <= 8


@pytest.mark.parametrize(
    ("document", "word"),
    [
        (b"<html/>", "không phải BPMN 2.0"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "thực thể"),
        (b"x", "không phải XML"),
        (b" " * 4_000_001, "quá 4 MB"),
    ],
)
def test_a_bad_diagram_is_refused_and_the_draft_stays(
    visit: Any, actors: Any, document: bytes, word: str
) -> None:
    procedure = a_published()
    draft_graph(procedure.pk, rework(), by=ADMIN, at=AT)
    client = visit(actors.admin)
    refused = client.post(URL, sent(document))
    assert refused.status_code == 422 and word in refused.content.decode()
    assert stored_process(ProcessVersion.objects.get().pk).graph == rework()
    assert client.post(URL, {"viec": "nap-bpmn"}).status_code == 422


def test_the_diagram_in_force_is_for_officials_and_the_draft_for_editors(visit: Any, actors: Any) -> None:
    procedure = a_published()
    file = f"{URL}bpmn/"
    assert visit(actors.clerk).get(file).status_code == 404
    draft_graph(procedure.pk, rework(), by=ADMIN, at=AT)
    assert visit(actors.clerk).get(f"{file}?ban=thao").status_code == 404
    assert read_bpmn(visit(actors.admin).get(f"{file}?ban=thao").content).process == rework()
    publish_process(procedure.pk, date(2026, 11, 20), by=ADMIN, at=AT)
    answer = visit(actors.clerk).get(file)
    assert read_bpmn(answer.content).process == rework() and ".bpmn" in answer.headers["Content-Disposition"]
    assert '<svg class="prc"' in visit(actors.clerk).get(URL).content.decode(), (
        "who reads sees the drawing too"
    )


def test_markup_in_a_step_is_shown_not_run(visit: Any, actors: Any) -> None:
    procedure = a_published()
    odd = "<script>alert(1)</script>"
    process = Process((a_step("a", "b", name=odd, agency=Agency("FIXED", None, "", odd)), a_return("b")))
    draft_graph(procedure.pk, process, by=ADMIN, at=AT, total_hours=Decimal(24))
    assert odd not in visit(actors.admin).get(URL).content.decode()

"""An imported process becomes the draft of a procedure with one click; what does not sum stays flagged."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.tests.make import a_unit
from congvu.procedures.actions.import_workflows import import_workflows
from congvu.procedures.actions.set_process import publish_process
from congvu.procedures.actions.use_imported import use_imported
from congvu.procedures.models import ProcessVersion
from congvu.procedures.queries.processes import draft_process, process_for
from congvu.procedures.tests.make import ADMIN, AT, a_published
from congvu.procedures.tests.test_processes import a_folder

pytestmark = pytest.mark.django_db
PAGE = "/thu-tuc/1.012939/quy-trinh/"


def imported(folder: Path, **parts: str) -> ProcessVersion:
    import_workflows(a_folder(folder, **parts), by=SYSTEM, at=AT)
    return ProcessVersion.objects.get(procedure=None, valid_to=None)


def test_it_is_copied_with_its_links_and_its_agencies_become_units(tmp_path: Path) -> None:
    unit = a_unit("H98.05", "Phòng Kinh tế và Hạ tầng")
    procedure, source = a_published(), imported(tmp_path)
    use_imported(procedure.pk, source.pk, by=ADMIN, at=AT)
    table = draft_process(procedure.pk)
    assert table is not None
    assert [(step.name, step.unit_id, step.leads_to) for step in table.steps] == [
        ("Tiếp nhận", None, (2,)),
        ("Thụ lý", unit.pk, (3,)),
        ("Trả", None, ()),
    ]
    assert (table.process.total_days, table.mismatch_hours) == (15, 0)
    assert table.process.source == "lấy từ quy trình đã nhập nhap/DT01, bản 1"
    assert AuditEntry.objects.filter(verb="draft_process", object_id=procedure.pk).exists()
    publish_process(procedure.pk, date(2026, 12, 1), by=ADMIN, at=AT)
    in_force = process_for(procedure.pk, date(2026, 12, 1))
    assert in_force is not None and len(in_force.steps) == 3
    source.refresh_from_db()
    assert (source.procedure_id, source.valid_to) == (None, None), (
        "the imported one stays for other procedures"
    )


def test_an_agency_that_two_units_are_called_stays_text_and_is_told(
    visit: Any, actors: Any, tmp_path: Path
) -> None:
    for code in ("H98.05", "H98.06"):
        a_unit(code, "Phòng Kinh tế và Hạ tầng")
    procedure, source = a_published(), imported(tmp_path)
    use_imported(procedure.pk, source.pk, by=ADMIN, at=AT)
    table = draft_process(procedure.pk)
    assert table is not None
    assert (table.steps[1].unit_id, table.steps[1].agency_text) == (None, "Phòng Kinh tế và Hạ tầng")
    told = visit(actors.admin).post(PAGE, {"viec": "lay", "quy-trinh": source.pk}, follow=True)
    assert "Chưa nhận ra đơn vị của bước 2 (Phòng Kinh tế và Hạ tầng)" in told.content.decode()


def test_only_an_imported_process_in_force_is_taken(tmp_path: Path) -> None:
    procedure, source = a_published(), imported(tmp_path)
    newer = imported(tmp_path, middle="14")
    other = use_imported(a_published("1.000001", "Thủ tục khác").pk, newer.pk, by=ADMIN, at=AT)
    for number in (source.pk, other.pk, 0, 10**17):
        with pytest.raises(Refused, match="quy trình đã nhập"):
            use_imported(procedure.pk, number, by=ADMIN, at=AT)


def test_one_click_from_the_list_with_its_flag_shown(visit: Any, actors: Any, tmp_path: Path) -> None:
    a_published()
    source = imported(tmp_path, middle="10")
    admin = visit(actors.admin)
    assert "/thu-tuc/quy-trinh-nhap/?cho=1.012939" in admin.get(PAGE).content.decode()
    shown = admin.get("/thu-tuc/quy-trinh-nhap/?cho=1.012939").content.decode()
    assert "Dùng cho thủ tục này" in shown
    assert "Các bước cộng 10,5 ngày, thời hạn ghi 15 ngày" in shown
    done = admin.post(PAGE, {"viec": "lay", "quy-trinh": source.pk}, follow=True)
    assert done.status_code == 200
    assert "Các bước lệch thời hạn" in done.content.decode()
    with CaptureQueriesContext(connection) as captured:
        admin.get(PAGE)
    assert len(captured) <= 8
    refused = admin.post(PAGE, {"viec": "lay", "quy-trinh": "' OR 1=1"})
    assert refused.status_code == 422
    assert 'value="Thụ lý"' in refused.content.decode(), "the draft is still in the form"


def test_who_may_not_edit_is_offered_nothing(visit: Any, actors: Any, tmp_path: Path) -> None:
    procedure, source = a_published(), imported(tmp_path)
    specialist = visit(actors.specialist)
    shown = specialist.get("/thu-tuc/quy-trinh-nhap/?cho=1.012939").content.decode()
    assert "Dùng cho thủ tục này" not in shown
    assert specialist.post(PAGE, {"viec": "lay", "quy-trinh": source.pk}).status_code == 404
    assert draft_process(procedure.pk) is None
    assert "Dùng cho" not in visit(actors.admin).get("/thu-tuc/quy-trinh-nhap/").content.decode()


def test_the_draft_keeps_half_days(tmp_path: Path) -> None:
    procedure, source = a_published(), imported(tmp_path)
    use_imported(procedure.pk, source.pk, by=ADMIN, at=AT)
    table = draft_process(procedure.pk)
    assert table is not None
    assert [step.term_n for step in table.steps] == [Decimal("0.5"), Decimal("14.5"), 0]

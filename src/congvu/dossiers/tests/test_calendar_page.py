"""The calendar page: what each day is, and what an edit would move."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.config.wiring import REACTIONS
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier, DossierStep
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import a_place, at
from congvu.dossiers.tests.test_lifecycle import handed
from congvu.foundation.happenings.actions import work_off
from congvu.foundation.happenings.models import Happening
from congvu.foundation.workdays.models import CalendarEdit

pytestmark = pytest.mark.django_db
SWAP = {
    "off": "07/12/2026",
    "work": "12/12/2026",
    "decision_number": "99/VPCP-KGVX",
    "decision_date": "20/11/2026",
}
STORM = {
    "date": "23/11/2026",
    "kind": "LE",
    "reason": "Nghỉ <b>tránh</b> bão",
    "decision_number": "12/CĐ",
    "decision_date": "",
}


def test_a_month_shows_holidays_with_their_decrees(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    page = visit(actors.clerk).get("/lich/?thang=2026-11").content.decode()
    assert "Ngày Văn hóa Việt Nam" in page
    assert "Ghi một ngày khác" not in page


@pytest.mark.parametrize("month", ["2026-13", "1999-01"])
def test_a_month_that_does_not_exist_is_refused(visit, actors, frozen_clock, month: str) -> None:  # type: ignore[no-untyped-def]
    answer = visit(actors.clerk).get(f"/lich/?thang={month}")
    assert answer.status_code == 422
    assert "Không có tháng" in answer.content.decode()


def test_an_edit_is_previewed_then_written(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    place = a_place()
    one = handed(place, "2026-11-20 09:00")  # 5 working days, due 30/11
    client = visit(actors.admin)
    preview = client.post("/lich/xem-truoc/ngay/", STORM).content.decode()
    assert "1 hồ sơ đổi hạn" in preview
    assert "30/11/2026" in preview
    assert "01/12/2026" in preview
    assert "<b>tránh</b>" not in preview
    assert not CalendarEdit.objects.exists()
    answer = client.post("/lich/xem-truoc/ngay/", {**STORM, "xac-nhan": "1"})
    assert answer.status_code == 302
    assert CalendarEdit.objects.get().date == date(2026, 11, 23)
    assert Dossier.objects.get(pk=one).due_on == date(2026, 11, 30)  # the worker moves it


def test_a_swap_with_a_working_saturday_is_refused_beside_the_form(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    answer = visit(actors.admin).post("/lich/xem-truoc/hoan-doi/", {**SWAP, "work": "11/12/2026"})
    assert answer.status_code == 422
    assert "07/12/2026" in answer.content.decode()


def test_only_an_administrator_edits(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    assert visit(actors.leader).post("/lich/xem-truoc/ngay/", STORM).status_code == 403


def test_an_edit_is_taken_back_with_a_reason(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    client = visit(actors.admin)
    client.post("/lich/xem-truoc/hoan-doi/", {**SWAP, "xac-nhan": "1"})
    edit = CalendarEdit.objects.filter(kind="HOAN_DOI_NGHI").get()
    assert client.post("/lich/bai-bo/", {"edit": edit.pk, "why": ""}).status_code == 422
    client.post("/lich/bai-bo/", {"edit": edit.pk, "why": "Văn bản bị rút"})
    assert not CalendarEdit.objects.filter(revoked_in__isnull=True).exists()


def test_the_page_stays_within_eight_statements(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    client = visit(actors.admin)
    client.post("/lich/xem-truoc/hoan-doi/", {**SWAP, "xac-nhan": "1"})
    client.get("/lich/?thang=2026-12")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/lich/?thang=2026-12").status_code == 200
    assert len(queries) <= 8


def test_the_preview_names_the_steps_that_move_and_silence_needs_its_reason(
    visit, actors, frozen_clock
) -> None:  # type: ignore[no-untyped-def]
    forget()  # the tests before rolled their calendars back
    place = a_place()
    one = place.received("2026-11-20 09:00").id
    hand_over([one], by=place.clerk, at=at("2026-11-20 10:00")).only()  # 2 working days: 25/11
    client = visit(actors.admin)
    preview = client.post("/lich/xem-truoc/ngay/", STORM).content.decode()
    assert "1 bước đang làm đổi hạn" in preview and "25/11/2026" in preview and "26/11/2026" in preview
    refused = client.post("/lich/xem-truoc/ngay/", {**STORM, "xac-nhan": "1", "silent": "on"})
    assert refused.status_code == 422 and "Chưa ghi lý do không báo" in refused.content.decode()
    client.post("/lich/xem-truoc/ngay/", {**STORM, "xac-nhan": "1", "silent": "on", "untold": "Đã báo rồi"})
    assert Happening.objects.get().payload["untold"] == "Đã báo rồi"
    work_off(REACTIONS, at=at("2026-11-20 15:00"))
    assert DossierStep.objects.get(dossier=one, state=1).due_on == date(2026, 11, 26)
